import type { Evidence } from '../../../shared/domain/evidence.ts';
import { type ControlReference, controlKey } from '../../../shared/domain/ids.ts';
import { applyProfile } from '../../../shared/domain/redaction-profile.ts';
import type { BodyOptions } from '../../../shared/ipc/evidence.ts';

export interface ChosenEvidence {
  /** What is handed out, with the controls it lies under. */
  readonly pieces: readonly Evidence[];
  /** How many pieces stay out by choice; a redacted copy in the place of its original counts as handed out. */
  readonly leftOut: number;
}

/**
 * The pieces that an export takes. By checklist, only what is linked to one of them, and only under its controls. With redacted
 * copies, a copy lies where its original would; what is sensitive and has no copy stays out.
 */
export function choosePieces(evidence: readonly Evidence[], { packIds, sensitive, redaction }: BodyOptions): ChosenEvidence {
  const { groups, withheld } = applyProfile(evidence, redaction);
  const pieces = groups.flatMap(({ named: piece, pieces: represented }) => {
    if (withheld.has(piece.id) || (!sensitive && piece.sensitivity !== 'normal')) return [];
    const all = distinct(represented.flatMap(({ controls }) => controls));
    if (packIds === null) return [{ ...piece, controls: all }];
    const controls = all.filter(({ packId }) => packIds.includes(packId));
    return controls.length === 0 ? [] : [{ ...piece, controls }];
  });
  return { pieces, leftOut: groups.length - pieces.length };
}

function distinct(controls: readonly ControlReference[]): ControlReference[] {
  return [...new Map(controls.map((control) => [controlKey(control), control])).values()];
}
