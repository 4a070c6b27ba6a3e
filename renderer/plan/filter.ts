import { isOverdue, type Task } from '../../shared/domain/plan.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';

export interface TaskFilter {
  readonly text: string;
  readonly overdue: boolean;
}

export const noTaskFilter: TaskFilter = { text: '', overdue: false };

/** The tasks a filter lets through, unfinished ones by due day (undated last), then finished ones. `today` is an ISO day. */
export function filterTasks(tasks: readonly Task[], filter: TaskFilter, today: string): Task[] {
  const words = filterWords(filter.text);
  return tasks
    .filter((task) => {
      if (filter.overdue && !isOverdue(task, today)) return false;
      return hasWords(`${task.number} ${task.title} ${task.phase} ${task.owner} ${task.successCriteria}`, words);
    })
    .sort((a, b) => finished(a) - finished(b) || (a.due || '9999').localeCompare(b.due || '9999') || a.number - b.number);
}

function finished({ progress }: Task): number {
  return progress >= 100 ? 1 : 0;
}

export const boardColumns = ['to-do', 'in-progress', 'done'] as const;
export type BoardColumn = (typeof boardColumns)[number];

/** Where a task stands on the board: nothing done, something, or all. */
export function boardColumn({ progress }: Pick<Task, 'progress'>): BoardColumn {
  if (progress >= 100) return 'done';
  return progress > 0 ? 'in-progress' : 'to-do';
}

/** The tasks that `task` may wait for: not itself, and none that already waits for it, directly or not. */
export function possibleDependencies(task: Task, tasks: readonly Task[]): Task[] {
  const byId = new Map(tasks.map((other) => [other.id, other]));
  const waitsForTask = (other: Task, seen: Set<string>): boolean => {
    if (other.id === task.id) return true;
    if (seen.has(other.id)) return false;
    seen.add(other.id);
    return other.dependsOn.some((id) => {
      const next = byId.get(id);
      return next !== undefined && waitsForTask(next, seen);
    });
  };
  return tasks.filter((other) => !waitsForTask(other, new Set()));
}
