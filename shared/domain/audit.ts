import type { Verdict } from './answer.ts';
import type { AuditId, PersonId } from './ids.ts';

export const auditStates = ['planning', 'fieldwork', 'review', 'signed', 'archived'] as const;
export type AuditState = (typeof auditStates)[number];

/** What the auditor types about an engagement. Dates are ISO days (YYYY-MM-DD) or empty. */
export interface AuditFields {
  readonly title: string;
  readonly organisation: string;
  readonly scope: string;
  readonly sites: readonly string[];
  readonly systems: readonly string[];
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly due: string;
  /** The summary an auditor writes for the report's first page. */
  readonly summary: string;
  /** What the audit did not look at. */
  readonly limits: string;
}

export interface Audit extends AuditFields {
  readonly id: AuditId;
  readonly state: AuditState;
  /** Counts from 1; a signed audit that is reopened gets the next one. */
  readonly revision: number;
  readonly packs: readonly { readonly id: string; readonly version: string; readonly title: string; readonly hash: string }[];
  readonly team: readonly PersonId[];
  readonly createdAt: string;
}

/** Number of controls by verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

export interface AuditSummary extends Audit {
  readonly counts: VerdictCounts;
  readonly controls: number;
  readonly evidence: number;
  readonly findings: number;
  readonly openChecks: number;
  readonly overdueTasks: number;
  /** Requests for evidence that are neither settled nor withdrawn, and those of them that are late. */
  readonly openRequests: number;
  readonly lateRequests: number;
}
