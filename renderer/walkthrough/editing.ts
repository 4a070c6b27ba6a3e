import type { Answer, AnswerPatch } from '../../shared/domain/answer.ts';
import { needsRationale } from '../../shared/domain/answer.ts';

/** How a part of the pane changes the answer: at once, or `typed` after a pause. */
export type Edit = (patch: AnswerPatch, typed?: boolean) => void;

/** What every part of the pane gets. */
export interface PartProps {
  readonly answer: Answer;
  readonly edit: Edit;
  /** Saves typed text now; called when a field loses the focus. */
  readonly flush: () => void;
  readonly readOnly: boolean;
}

/** Whoever answers anything has begun the work, so a control does not stay "to do". */
export function withWorkBegun(answer: Answer, patch: AnswerPatch): AnswerPatch {
  return answer.workStatus === 'to-do' && patch.workStatus === undefined ? { ...patch, workStatus: 'in-progress' } : patch;
}

export type RationaleNeed = 'verdict' | 'decision' | null;

/** Why a rationale is still missing, or null. The same rule as the consistency check. */
export function missingRationale(answer: Answer): RationaleNeed {
  if (answer.rationale.trim() !== '' || answer.verdict === 'not-assessed') return null;
  if (needsRationale(answer.verdict)) return 'verdict';
  return answer.addressableDecision !== null && answer.addressableDecision !== 'implemented' ? 'decision' : null;
}
