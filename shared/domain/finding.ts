import type { AuditId, ControlReference, EvidenceId, FindingId, PersonId } from './ids.ts';

export const findingStates = ['open', 'accepted', 'closed'] as const;
export type FindingState = (typeof findingStates)[number];

/** A finding in the five parts of audit practice, with its rating. Likelihood and impact run from 1 to 5. */
export interface FindingFields {
  readonly title: string;
  readonly condition: string;
  readonly criteria: string;
  readonly cause: string;
  readonly effect: string;
  readonly recommendation: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly owner: string;
  /** ISO day or empty. */
  readonly due: string;
  readonly response: string;
  readonly state: FindingState;
}

export interface Finding extends FindingFields {
  readonly id: FindingId;
  readonly auditId: AuditId;
  /** Counts from 1 in the audit; shown as F-01. */
  readonly number: number;
  readonly controls: readonly ControlReference[];
  readonly evidence: readonly EvidenceId[];
  readonly updatedAt: string;
  readonly updatedBy: PersonId;
}

export function findingLabel(number: number): string {
  return `F-${String(number).padStart(2, '0')}`;
}
