import type { TaskId } from '../../shared/domain/ids.ts';
import type { Dashboard } from '../../shared/ipc/audits.ts';
import { daysBetween, isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { classNames, Link, Section } from '../ui/index.ts';

/** The tasks that are due first, overdue ones in red with their days. */
export function NextTasks({ tasks, navigate }: { readonly tasks: Dashboard['nextTasks']; readonly navigate: Navigate }) {
  return (
    <Section title={t('dashboard.tasks')} className="tasks-part">
      {tasks.length === 0 ? (
        <p className="muted">
          {t('dashboard.tasks.none')}{' '}
          <Link className="link--accent" onPress={() => navigate('plan')}>
            {t('dashboard.tasks.open')}
          </Link>
        </p>
      ) : null}
      <ul className="dashboard__list">
        {tasks.map((task) => {
          const days = daysBetween(isoDay(new Date()), task.due);
          return (
            <li key={task.id} className="next-task">
              <span className={classNames('next-task__days', 'mono', days < 0 && 'next-task__days--late')}>
                <span aria-hidden="true">{days < 0 ? `−${-days} d` : `+${days} d`}</span>
                <span className="visually-hidden">
                  {days < 0 ? t('dashboard.tasks.overdue', { count: -days }) : t('dashboard.tasks.left', { count: days })}
                </span>
              </span>
              {/* The contract carries the id as plain text here. */}
              <Link onPress={() => navigate('plan', { taskId: task.id as TaskId })}>{task.title}</Link>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
