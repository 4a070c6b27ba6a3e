import './task-board.css';
import { findingLabel } from '../../shared/domain/finding.ts';
import { isOverdue } from '../../shared/domain/plan.ts';
import { t } from '../i18n/translate.ts';
import { DueMark } from '../record/due-mark.tsx';
import { classNames } from '../ui/class-names.ts';
import { Link } from '../ui/link.tsx';
import { boardColumn, boardColumns } from './filter.ts';
import { PriorityMark, ProgressMark } from './marks.tsx';
import type { TaskViewProps } from './task-table.tsx';

/** The tasks in three columns by how far they are. */
export function TaskBoard({ tasks, findings, today, selected, onSelect }: TaskViewProps) {
  return (
    <div className="task-board">
      {boardColumns.map((column) => {
        const here = tasks.filter((task) => boardColumn(task) === column);
        return (
          <section key={column} className="task-board__column" aria-labelledby={`board-${column}`}>
            <h2 id={`board-${column}`} className="overline task-board__title">
              {t(`plan.board.${column}`)}
              <span className="numeric task-board__count">{here.length}</span>
            </h2>
            {here.length === 0 ? <p className="muted task-board__none">{t('plan.board.none')}</p> : null}
            <ul className="task-board__cards">
              {here.map((task) => {
                const finding = task.findingId === null ? undefined : findings.get(task.findingId);
                return (
                  <li
                    key={task.id}
                    className={classNames('task-board__card', selected === task.id && 'task-board__card--selected')}
                    aria-current={selected === task.id ? 'true' : undefined}
                  >
                    <Link className="task-board__name" onPress={() => onSelect(task.id)}>
                      {task.title}
                    </Link>
                    <p className="task-board__facts">
                      <span className="mono">{task.number}</span>
                      {finding === undefined ? null : <span className="mono">{findingLabel(finding.number)}</span>}
                      {task.owner === '' ? null : <span>{task.owner}</span>}
                    </p>
                    <p className="task-board__facts">
                      <PriorityMark priority={task.priority} />
                      <DueMark due={task.due} overdue={isOverdue(task, today)} />
                    </p>
                    {column === 'in-progress' ? <ProgressMark percent={task.progress} /> : null}
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </div>
  );
}
