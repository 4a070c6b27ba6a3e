import type { Evidence, Sensitivity } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceType } from './types.ts';
import { evidenceType } from './types.ts';

export interface EvidenceFilter {
  readonly search: string;
  readonly type: EvidenceType | 'any';
  readonly sensitivity: Sensitivity | 'any';
  readonly unlinked: boolean;
}

export const noFilter: EvidenceFilter = { search: '', type: 'any', sensitivity: 'any', unlinked: false };

export const sortColumns = ['number', 'title', 'type', 'size', 'received', 'links'] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export function isUnlinked(item: Evidence): boolean {
  return item.controls.length === 0 && item.findings.length === 0;
}

export function isFiltered(filter: EvidenceFilter): boolean {
  return filter.search.trim() !== '' || filter.type !== 'any' || filter.sensitivity !== 'any' || filter.unlinked;
}

/** Every word of the search must occur somewhere in what is known of the evidence, the beginning of its hash included. */
export function filterEvidence(items: readonly Evidence[], filter: EvidenceFilter): Evidence[] {
  const words = filter.search.toLowerCase().split(/\s+/).filter(Boolean);
  return items.filter((item) => {
    if (filter.unlinked && !isUnlinked(item)) return false;
    if (filter.type !== 'any' && evidenceType(item.mediaType) !== filter.type) return false;
    if (filter.sensitivity !== 'any' && item.sensitivity !== filter.sensitivity) return false;
    if (words.length === 0) return true;
    const { title, originalName, description, source, collector, sha256, tags } = item;
    const haystack = [evidenceLabel(item.number), title, originalName, description, source, collector, sha256, ...tags]
      .join('\n')
      .toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
}

const keys: Readonly<Record<SortColumn, (item: Evidence) => string | number>> = {
  number: (item) => item.number,
  title: (item) => item.title.toLowerCase(),
  type: (item) => evidenceType(item.mediaType),
  size: (item) => item.size,
  received: (item) => item.receivedAt,
  links: (item) => item.controls.length + item.findings.length,
};

/** Sorted by the column; equal ones by number. */
export function sortEvidence(items: readonly Evidence[], { column, descending }: Sort): Evidence[] {
  const key = keys[column];
  const compare = (left: string | number, right: string | number) => (left < right ? -1 : left > right ? 1 : 0);
  return [...items].sort((left, right) => {
    const order = compare(key(left), key(right));
    return order === 0 ? left.number - right.number : descending ? -order : order;
  });
}
