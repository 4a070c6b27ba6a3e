import type { AuditId, FindingId, TaskId } from './ids.ts';

export const priorities = ['low', 'medium', 'high', 'critical'] as const;
export type Priority = (typeof priorities)[number];

/** One piece of corrective work. Dates are ISO days or empty; progress is 0..100. */
export interface TaskFields {
  readonly title: string;
  readonly phase: string;
  readonly owner: string;
  readonly start: string;
  readonly due: string;
  readonly priority: Priority;
  readonly progress: number;
  readonly successCriteria: string;
  readonly findingId: FindingId | null;
  readonly dependsOn: readonly TaskId[];
}

export interface Task extends TaskFields {
  readonly id: TaskId;
  readonly auditId: AuditId;
  readonly number: number;
  readonly updatedAt: string;
}

/** Overdue: not finished and due before today. Both are ISO days, which compare as text. */
export function isOverdue(task: Pick<Task, 'due' | 'progress'>, today: string): boolean {
  return task.due !== '' && task.progress < 100 && task.due < today;
}
