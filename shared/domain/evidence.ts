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
  /** ISO day, or ISO moment with its offset, at which it was collected where it came from; empty when not known. */
  readonly collectedAt: string;
}

/** What a file says of itself: a camera's model, a mail's sender. Read from hostile bytes, so it is shown and never trusted. */
export interface EvidenceFact {
  /** A name of `evidenceFactNames`, which the window translates. */
  readonly name: string;
  readonly value: string;
}

/** How a piece came out of another one: blacked out, or taken out of an e-mail. */
export const derivations = ['redacted', 'attachment'] as const;
export type Derivation = (typeof derivations)[number];

/** A blacked-out place. Pages count from 1; lengths are shares of the page's or picture's width and height; for texts, character positions. */
export interface RedactedPlace {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly reason: string;
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
  /** Path below the folder it was attached with, `/` between parts; empty when attached by itself. */
  readonly relativePath: string;
  /** The piece that this one replaces as its newer revision, or empty. */
  readonly supersedes: EvidenceId | '';
  /** The newer revision that replaced this one, or empty. */
  readonly supersededBy: EvidenceId | '';
  /** The piece that this one was made from, or empty. */
  readonly derivedFrom: EvidenceId | '';
  readonly derivation: Derivation | '';
  readonly redactions: readonly RedactedPlace[];
  readonly facts: readonly EvidenceFact[];
  readonly controls: readonly ControlReference[];
  readonly findings: readonly FindingId[];
}

export const custodyActions = [
  'collected',
  'received',
  'viewed',
  'exported',
  'not-exported',
  'redacted',
  'verified',
  'transferred',
  'released',
  'superseded',
  'linked',
  'unlinked',
  'destroyed',
] as const;
export type CustodyAction = (typeof custodyActions)[number];

/** What people wrote about a hand-over, or why a piece was destroyed. */
export interface HandOver {
  readonly from: string;
  readonly to: string;
  /** ISO day, or ISO moment with its offset, at which it happened; empty for a destruction. */
  readonly at: string;
  readonly purpose: string;
  readonly reference: string;
}

/** A step in a piece's custody: one link of the trail. */
export interface CustodyEvent {
  /** Number of the link. */
  readonly sequence: number;
  readonly action: CustodyAction;
  readonly at: string;
  readonly person: string;
  readonly detail: string;
  readonly handOver: HandOver | null;
  /** SHA-256 of the content before and after; empty where there was or is none. */
  readonly before: string;
  readonly after: string;
}

/** How evidence is named in tables and reports: E-007. */
export function evidenceLabel(number: number): string {
  return `E-${String(number).padStart(3, '0')}`;
}

/** Whether a piece's last day lies before its first. Days as `YYYY-MM-DD`; an empty one is open. */
export function isReversedPeriod({
  effectiveFrom,
  effectiveTo,
}: {
  readonly effectiveFrom: string;
  readonly effectiveTo: string;
}): boolean {
  return effectiveFrom !== '' && effectiveTo !== '' && effectiveTo < effectiveFrom;
}

/** Hours by which the day begins earlier in the east than in Greenwich. */
const earliestZone = 14;

/**
 * Whether a piece is said to have been collected after it was received, which a wrong clock or a slip of the keyboard makes of it. A day
 * without a time counts from its beginning in the east.
 */
export function isCollectedLate({ collectedAt, receivedAt }: { readonly collectedAt: string; readonly receivedAt: string }): boolean {
  if (collectedAt === '') return false;
  const begin = Date.parse(collectedAt) - (collectedAt.length === 10 ? earliestZone * 3_600_000 : 0);
  return begin > Date.parse(receivedAt);
}
