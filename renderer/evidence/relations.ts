import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';

/** What the register has to know of a piece that stands in other pieces. */
export interface Relations {
  /** Pieces that a newer revision replaced. */
  readonly superseded: ReadonlySet<EvidenceId>;
  /** Pieces that nothing rests on and that nobody has set aside: not replaced, and nothing made from them is linked. */
  readonly loose: ReadonlySet<EvidenceId>;
}

/** Whether no control and no finding rests on it directly. */
export function isUnlinked(item: Evidence): boolean {
  return item.controls.length === 0 && item.findings.length === 0;
}

/** Works out the relations of an audit's evidence in one pass. */
export function relate(items: readonly Evidence[]): Relations {
  const superseded = new Set<EvidenceId>();
  const stoodInFor = new Set<EvidenceId>();
  for (const item of items) {
    if (item.supersedes !== '') superseded.add(item.supersedes);
    // A mail whose attachment is linked, or a scan whose redacted copy is, has done its work.
    if (item.derivedFrom !== '' && !isUnlinked(item)) stoodInFor.add(item.derivedFrom);
  }
  const loose = items.filter((item) => isUnlinked(item) && !superseded.has(item.id) && !stoodInFor.has(item.id));
  return { superseded, loose: new Set(loose.map(({ id }) => id)) };
}
