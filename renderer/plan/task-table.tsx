import './task-table.css';
import { type Finding, findingLabel } from '../../shared/domain/finding.ts';
import type { FindingId, TaskId } from '../../shared/domain/ids.ts';
import { isOverdue, type Task } from '../../shared/domain/plan.ts';
import { formatShortDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { DueMark } from '../record/due-mark.tsx';
import { RecordRow } from '../record/record-table.tsx';
import { Link } from '../ui/link.tsx';
import { PriorityMark, ProgressMark } from './marks.tsx';

/** What each view of the plan gets. */
export interface TaskViewProps {
  readonly tasks: readonly Task[];
  readonly findings: ReadonlyMap<FindingId, Finding>;
  /** ISO day. */
  readonly today: string;
  readonly selected: TaskId | null;
  readonly onSelect: (id: TaskId) => void;
  readonly onOpenFinding: (id: FindingId) => void;
}

/** The tasks as a table. */
export function TaskTable({ tasks, findings, today, selected, onSelect, onOpenFinding }: TaskViewProps) {
  return (
    <table className="table record-table">
      <caption className="visually-hidden">{t('plan.tasks')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('plan.column.number')}</th>
          <th scope="col">{t('plan.column.title')}</th>
          <th scope="col">{t('plan.column.phase')}</th>
          <th scope="col">{t('plan.column.owner')}</th>
          <th scope="col" className="task-table__start">
            {t('plan.column.start')}
          </th>
          <th scope="col">{t('plan.column.due')}</th>
          <th scope="col">{t('plan.column.priority')}</th>
          <th scope="col">{t('plan.column.progress')}</th>
          <th scope="col">{t('plan.column.finding')}</th>
        </tr>
      </thead>
      <tbody>
        {tasks.map((task) => {
          const finding = task.findingId === null ? undefined : findings.get(task.findingId);
          return (
            <RecordRow
              key={task.id}
              code={task.number}
              title={task.title}
              isSelected={selected === task.id}
              onSelect={() => onSelect(task.id)}
            >
              <td>{task.phase}</td>
              <td>{task.owner}</td>
              <td className="numeric task-table__start">{formatShortDate(task.start)}</td>
              <td>
                <DueMark due={task.due} overdue={isOverdue(task, today)} />
              </td>
              <td>
                <PriorityMark priority={task.priority} />
              </td>
              <td>
                <ProgressMark percent={task.progress} />
              </td>
              <td>
                {finding === undefined ? null : (
                  <Link
                    className="mono"
                    label={`${findingLabel(finding.number)} ${finding.title}`}
                    onPress={() => onOpenFinding(finding.id)}
                  >
                    {findingLabel(finding.number)}
                  </Link>
                )}
              </td>
            </RecordRow>
          );
        })}
      </tbody>
    </table>
  );
}
