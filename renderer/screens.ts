import type { Verdict } from '../shared/domain/answer.ts';
import type { AuditId, EvidenceId, FindingId, ReportId, RequestId, TaskId } from '../shared/domain/ids.ts';

/** Every screen behind the unlock screen. */
export const screenNames = [
  'audits',
  'dashboard',
  'walkthrough',
  'requests',
  'evidence',
  'findings',
  'plan',
  'review',
  'report',
  'checklists',
  'trail',
  'settings',
  'verify',
] as const;
export type ScreenName = (typeof screenNames)[number];

/** What a screen should show first. A screen reads the parts it knows and ignores the others. */
export interface Target {
  /** `packId/controlId`, as made by `controlKey`. */
  readonly controlKey?: string;
  /** `packId/sectionId`. */
  readonly sectionKey?: string;
  readonly verdict?: Verdict;
  readonly evidenceId?: EvidenceId;
  readonly requestId?: RequestId;
  readonly findingId?: FindingId;
  readonly taskId?: TaskId;
  readonly reportId?: ReportId;
  readonly packId?: string;
  /** A cell of the 5x5 risk matrix. */
  readonly risk?: { readonly likelihood: number; readonly impact: number };
  /** Only what is overdue. */
  readonly overdue?: boolean;
  /** Text to search for. */
  readonly query?: string;
}

/** Goes to a screen of the current audit; a third argument changes the audit. */
export type Navigate = (screen: ScreenName, target?: Target, auditId?: AuditId) => void;

/** Props of every screen that works inside one audit. */
export interface ScreenProps {
  readonly auditId: AuditId;
  readonly target: Target;
  readonly navigate: Navigate;
}

/** Props of the screens that also work without an audit: trail, settings, verify. */
export interface OpenScreenProps {
  readonly auditId: AuditId | null;
  readonly target: Target;
  readonly navigate: Navigate;
}
