import type { Pack } from '../../shared/domain/control.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import { type Relative, relativesAmong } from '../../shared/domain/relations.ts';

/** The last set of checklists and its index: an auditor works in one audit at a time, and its checklists never change. */
let latest: { readonly key: string; readonly find: (reference: ControlReference) => readonly Relative[] } | null = null;

/** Controls in an audit's other checklists that ask the same. */
export function relativesIn(packs: readonly Pack[], reference: ControlReference): readonly Relative[] {
  const key = packs.map((pack) => pack.hash).join(' ');
  if (latest?.key !== key) latest = { key, find: relativesAmong(packs) };
  return latest.find(reference);
}
