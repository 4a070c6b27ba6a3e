import type { VerdictCounts } from '../../shared/domain/audit.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';
import type { ControlRow, SectionRow } from '../../shared/ipc/audits.ts';

export const listFilters = ['all', 'to-do', 'ready', 'flagged'] as const;
export type ListFilter = (typeof listFilters)[number];

/** Names a section across checklists. */
export function sectionKey(section: { readonly packId: string; readonly id: string }): string {
  return `${section.packId}/${section.id}`;
}

export function rowSection(row: ControlRow): string {
  return sectionKey({ packId: row.packId, id: row.sectionId });
}

/** A control nobody has judged is not flagged for being open; a judged one with something missing is. */
export function isFlagged(row: ControlRow): boolean {
  return row.findings > 0 || (row.verdict !== 'not-assessed' && row.checks.length > 0);
}

export function matchesFilter(row: ControlRow, filter: ListFilter): boolean {
  if (filter === 'to-do') return row.verdict === 'not-assessed' || row.workStatus === 'to-do' || row.workStatus === 'in-progress';
  if (filter === 'ready') return row.workStatus === 'ready-for-review' || row.workStatus === 'reviewed';
  if (filter === 'flagged') return isFlagged(row);
  return true;
}

/** Every word must occur in the title, the citation, the id or the group. */
export function matchesSearch(row: ControlRow, search: string): boolean {
  return hasWords(`${row.title} ${row.citation} ${row.controlId} ${row.group}`, filterWords(search));
}

export interface ListView {
  readonly section: string | null;
  readonly filter: ListFilter;
  readonly search: string;
  /** The open control stays in the list although it no longer matches, so that it does not vanish under the hand. */
  readonly current: string | null;
}

/** The rows of the middle list. A search looks through every section. */
export function visibleRows(rows: readonly ControlRow[], view: ListView): ControlRow[] {
  const searching = view.search.trim() !== '';
  return rows.filter((row) => {
    const inSection = searching || view.section === null || rowSection(row) === view.section;
    if (!inSection || !matchesSearch(row, view.search)) return false;
    return matchesFilter(row, view.filter) || controlKey(row) === view.current;
  });
}

/** How many rows each filter would show, for the numbers on the pills. */
export function filterCounts(rows: readonly ControlRow[], view: Pick<ListView, 'section' | 'search'>): Record<ListFilter, number> {
  const counts = { all: 0, 'to-do': 0, ready: 0, flagged: 0 };
  for (const row of visibleRows(rows, { ...view, filter: 'all', current: null })) {
    for (const filter of listFilters) if (matchesFilter(row, filter)) counts[filter] += 1;
  }
  return counts;
}

/**
 * The control a step away from the current one, through all sections in checklist order under the same filter.
 * Null at either end.
 */
export function neighbour(rows: readonly ControlRow[], view: ListView, step: 1 | -1): ControlReference | null {
  const all = visibleRows(rows, { ...view, section: null });
  const index = all.findIndex((row) => controlKey(row) === view.current);
  if (index === -1) return all[0] ?? null;
  return all[index + step] ?? null;
}

export function assessedCount(counts: VerdictCounts): number {
  return totalCount(counts) - counts['not-assessed'];
}

export function totalCount(counts: VerdictCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export interface SectionGroup {
  readonly packId: string;
  readonly packTitle: string;
  readonly sections: readonly SectionRow[];
}

/** Sections in order, one group per checklist. */
export function groupSections(sections: readonly SectionRow[]): SectionGroup[] {
  const groups = new Map<string, SectionRow[]>();
  for (const section of sections) groups.set(section.packId, [...(groups.get(section.packId) ?? []), section]);
  return [...groups].map(([packId, members]) => ({ packId, packTitle: members[0]?.packTitle ?? packId, sections: members }));
}

/** The standards of a section in order, each with its first control. */
export function sectionGroups(rows: readonly ControlRow[], section: string): { readonly title: string; readonly first: ControlRow }[] {
  const seen = new Map<string, ControlRow>();
  for (const row of rows) if (rowSection(row) === section && row.group !== '' && !seen.has(row.group)) seen.set(row.group, row);
  return [...seen].map(([title, first]) => ({ title, first }));
}

/** Counts recomputed from the rows, so that rings follow a verdict before it is saved. */
export function countVerdicts(rows: readonly ControlRow[]): Map<string, VerdictCounts> {
  const counts = new Map<string, Record<keyof VerdictCounts, number>>();
  for (const row of rows) {
    const key = rowSection(row);
    const section = counts.get(key) ?? {
      'not-assessed': 0,
      compliant: 0,
      'partially-compliant': 0,
      'non-compliant': 0,
      'not-applicable': 0,
    };
    section[row.verdict] += 1;
    counts.set(key, section);
  }
  return counts;
}
