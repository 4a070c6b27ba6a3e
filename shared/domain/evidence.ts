import type { AuditId, ControlReference, EvidenceId, FindingId, PersonId } from './ids.ts';

export const sensitivities = ['normal', 'personal-data', 'phi', 'secret'] as const;
export type Sensitivity = (typeof sensitivities)[number];

/** What the auditor may change about a piece of evidence; the bytes never change. */
export interface EvidenceFields {
  readonly title: string;
  readonly description: string;
  readonly source: string;
  readonly collector: string;
  readonly method: string;
  /** ISO day the content speaks about, or empty. */
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
  readonly sensitivity: Sensitivity;
  /** ISO day until which it is to be kept, or empty. Destroying it earlier is warned of and noted. */
  readonly retainUntil: string;
  /** Words to find it by. */
  readonly tags: readonly string[];
}

/** Years that documentation is kept: 45 CFR 164.316(b)(2)(i). */
const retentionYears = 6;

/** The day until which evidence received now is kept unless somebody says otherwise. 29 February becomes 1 March. */
export function defaultRetention(receivedAt: string): string {
  const day = new Date(receivedAt);
  return new Date(Date.UTC(day.getUTCFullYear() + retentionYears, day.getUTCMonth(), day.getUTCDate())).toISOString().slice(0, 10);
}

export interface Evidence extends EvidenceFields {
  readonly id: EvidenceId;
  readonly auditId: AuditId;
  /** Counts from 1 in the audit; shown as E-001. */
  readonly number: number;
  readonly originalName: string;
  readonly mediaType: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 of the content, 64 lower-case hex digits. */
  readonly sha256: string;
  readonly receivedAt: string;
  readonly receivedBy: PersonId;
  readonly controls: readonly ControlReference[];
  readonly findings: readonly FindingId[];
}

export const custodyActions = ['collected', 'viewed', 'exported', 'verified', 'linked', 'unlinked', 'destroyed'] as const;
export type CustodyAction = (typeof custodyActions)[number];

export interface CustodyEvent {
  readonly action: CustodyAction;
  readonly at: string;
  readonly person: string;
  readonly detail: string;
}

/** How evidence is named in tables and reports: E-007. */
export function evidenceLabel(number: number): string {
  return `E-${String(number).padStart(3, '0')}`;
}
