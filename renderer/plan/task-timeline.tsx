import './task-timeline.css';
import { CalendarRange, Clock } from 'lucide-react';
import { Button } from 'react-aria-components';
import { isOverdue, type Task } from '../../shared/domain/plan.ts';
import { formatDate, formatPercent } from '../i18n/format.ts';
import { language, t } from '../i18n/translate.ts';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Link } from '../ui/link.tsx';
import type { TaskViewProps } from './task-table.tsx';
import { layOutTimeline } from './timeline-scale.ts';

const monthName = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
/** Pixels for a day, so that short tasks stay targets. */
const pixelsPerDay = 6;
/** Bars that end further along than this have their numbers before them. */
const lateEnd = 0.88;

/** The tasks as bars from start to due, with a line at today. The filled part of a bar is what is done. */
export function TaskTimeline({ tasks, today, selected, onSelect }: TaskViewProps) {
  const timeline = layOutTimeline(tasks, today);
  if (timeline === null) {
    return <EmptyState icon={<CalendarRange />} title={t('plan.timeline.none')} text={t('plan.timeline.none.text')} />;
  }
  const percent = (share: number) => `${share * 100}%`;
  return (
    <section className="timeline" aria-label={t('plan.timeline', { from: formatDate(timeline.from), to: formatDate(timeline.to) })}>
      <div className="timeline__sheet" style={{ minInlineSize: `calc(var(--timeline-names) + ${timeline.days * pixelsPerDay}px)` }}>
        <div className="timeline__months" aria-hidden="true">
          {timeline.months.map(({ day, at }) => (
            <span key={day} className="timeline__month" style={{ insetInlineStart: percent(at) }}>
              {monthLabel(day)}
            </span>
          ))}
          <span className="timeline__today" style={{ insetInlineStart: percent(timeline.today) }}>
            {t('plan.timeline.today')}
          </span>
        </div>
        <div className="timeline__grid" aria-hidden="true">
          {timeline.months.slice(1).map(({ day, at }) => (
            <span key={day} className="timeline__line" style={{ insetInlineStart: percent(at) }} />
          ))}
          <span className="timeline__line timeline__line--today" style={{ insetInlineStart: percent(timeline.today) }} />
        </div>
        <ul className="timeline__rows">
          {timeline.bars.map(({ task, start, length }) => {
            const late = isOverdue(task, today);
            const kind = late ? 'late' : task.progress >= 100 ? 'done' : 'open';
            return (
              <li key={task.id} className={classNames('timeline__row', selected === task.id && 'timeline__row--selected')}>
                <span className="timeline__name" aria-hidden="true">
                  <span className="mono timeline__code">{task.number}</span>
                  <span className="truncate">{task.title}</span>
                </span>
                <span className="timeline__lane">
                  <Button
                    className={`timeline__bar timeline__bar--${kind}`}
                    style={{ insetInlineStart: percent(start), inlineSize: percent(length) }}
                    aria-label={barLabel(task, late)}
                    aria-current={selected === task.id}
                    onPress={() => onSelect(task.id)}
                  >
                    <span className="timeline__done" style={{ inlineSize: `${task.progress}%` }} />
                  </Button>
                  <span
                    className={classNames('timeline__after', late && 'timeline__after--late')}
                    aria-hidden="true"
                    style={
                      start + length > lateEnd ? { insetInlineEnd: percent(1 - start) } : { insetInlineStart: percent(start + length) }
                    }
                  >
                    {late ? <Clock /> : null}
                    {late ? `${t('record.overdue')} · ` : ''}
                    {formatPercent(task.progress / 100)}
                  </span>
                </span>
              </li>
            );
          })}
        </ul>
      </div>
      {timeline.undated.length === 0 ? null : (
        <div className="timeline__undated">
          <h2 className="overline">{t('plan.timeline.undated')}</h2>
          <ul>
            {timeline.undated.map((task) => (
              <li key={task.id} className="timeline__undated-task">
                <span className="mono timeline__code">{task.number}</span>
                <Link onPress={() => onSelect(task.id)}>{task.title}</Link>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function monthLabel(day: string): string {
  const name = monthName.format(new Date(`${day}T00:00:00Z`));
  return day.slice(5, 7) === '01' ? `${name} ${day.slice(0, 4)}` : name;
}

function barLabel(task: Task, late: boolean): string {
  const values = {
    title: task.title,
    from: formatDate(task.start || task.due),
    to: formatDate(task.due || task.start),
    percent: formatPercent(task.progress / 100),
  };
  return t(late ? 'plan.timeline.bar.late' : 'plan.timeline.bar', values);
}
