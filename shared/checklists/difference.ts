import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Control, Pack } from '../domain/control.ts';
import type { TailoringChange } from '../domain/pack-entry.ts';

/** What differs between two versions of a checklist, control by control. */

/**
 * SHA-256 (hex) over what an auditor answers to: citations, title, requirement, objective and the questions with what good
 * looks like. Guidance, weights and links may change without an answer having to be looked at again.
 */
export function controlTextHash(control: Control): string {
  const { citations, title, requirement, objective, questions } = control;
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ citations, title, requirement, objective, questions }))));
}

/** Controls by id, in checklist order. */
export function controlsById(pack: Pick<Pack, 'sections'>): Map<string, Control> {
  return new Map(pack.sections.flatMap((section) => section.controls).map((control) => [control.id, control]));
}

/** Controls of `pack` that `base` does not have, that it no longer has, or whose text is another. */
export function packDifferences(base: Pick<Pack, 'sections'>, pack: Pick<Pack, 'sections'>): Omit<TailoringChange, 'reason'>[] {
  const before = controlsById(base);
  const after = controlsById(pack);
  const changed = [...after].flatMap(([controlId, control]): Omit<TailoringChange, 'reason'>[] => {
    const earlier = before.get(controlId);
    if (earlier === undefined) return [{ kind: 'added', controlId }];
    return controlTextHash(earlier) === controlTextHash(control) ? [] : [{ kind: 'changed', controlId }];
  });
  const removed = [...before.keys()]
    .filter((controlId) => !after.has(controlId))
    .map((controlId) => ({ kind: 'removed' as const, controlId }));
  return [...changed, ...removed];
}
