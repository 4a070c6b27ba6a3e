import type { Evidence } from './evidence.ts';
import type { EvidenceId } from './ids.ts';

/** What a report or a body of evidence names: the originals, or the redacted copies in their place. */
export const redactionProfiles = ['originals', 'redacted'] as const;
export type RedactionProfile = (typeof redactionProfiles)[number];

/** What a profile goes by. */
export type ProfiledPiece = Pick<Evidence, 'id' | 'number' | 'derivedFrom' | 'derivation' | 'sensitivity'>;

export interface ProfiledEvidence<P extends ProfiledPiece> {
  /** What is named, in the order it came. */
  readonly shown: readonly P[];
  /** Each piece that is named with those it stands for, itself among them. */
  readonly groups: readonly { readonly named: P; readonly pieces: readonly P[] }[];
  /** Sensitive pieces without a redacted copy, or whose copy is sensitive itself: title and file name are not told. */
  readonly withheld: ReadonlySet<EvidenceId>;
}

/**
 * Applies a profile. With `redacted`, the newest redacted copy stands for its original and for every earlier copy of it:
 * whoever redacts again does so because the copy before shows too much.
 */
export function applyProfile<P extends ProfiledPiece>(evidence: readonly P[], profile: RedactionProfile): ProfiledEvidence<P> {
  if (profile === 'originals') {
    return { shown: evidence, groups: evidence.map((piece) => ({ named: piece, pieces: [piece] })), withheld: new Set() };
  }
  const byId = new Map(evidence.map((piece) => [piece.id, piece]));
  const newest = new Map<EvidenceId, P>();
  for (const piece of evidence) {
    if (piece.derivation !== 'redacted') continue;
    const root = originOf(piece, byId);
    const before = newest.get(root);
    if (before === undefined || before.number < piece.number) newest.set(root, piece);
  }
  const standsFor = (piece: P) => newest.get(originOf(piece, byId)) ?? piece;
  const shown = evidence.filter((piece) => standsFor(piece) === piece);
  const groups = new Map(shown.map((piece) => [piece.id, { named: piece, pieces: [] as P[] }]));
  for (const piece of evidence) groups.get(standsFor(piece).id)?.pieces.push(piece);
  return {
    shown,
    groups: [...groups.values()],
    withheld: new Set(shown.filter(({ sensitivity }) => sensitivity !== 'normal').map(({ id }) => id)),
  };
}

/** The piece at the beginning of a chain of redacted copies; also when that one was destroyed. */
function originOf<P extends ProfiledPiece>(piece: P, byId: ReadonlyMap<EvidenceId, P>): EvidenceId {
  let id: EvidenceId = piece.id;
  for (let left = byId.size; left > 0; left -= 1) {
    const at = byId.get(id);
    if (at === undefined || at.derivation !== 'redacted' || at.derivedFrom === '') break;
    id = at.derivedFrom;
  }
  return id;
}
