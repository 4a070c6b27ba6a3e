import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ControlReference } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import type { Target } from '../screens.ts';
import type { ListFilter } from './filter.ts';
import { filterCounts, neighbour, rowSection, visibleRows } from './filter.ts';

/** Where the auditor is in the lists, and the ways to go on. */
export interface Place {
  readonly current: ControlReference;
  readonly key: string;
  readonly row: ControlRow;
  /** Section key; the list shows this section unless something is searched for. */
  readonly section: string;
  readonly filter: ListFilter;
  readonly search: string;
  readonly listed: readonly ControlRow[];
  readonly counts: Readonly<Record<ListFilter, number>>;
  /** Counts from 1 in the list. */
  readonly position: number;
  readonly next: ControlReference | null;
  readonly previous: ControlReference | null;
  readonly open: (reference: ControlReference | null) => void;
  readonly openSection: (key: string) => void;
  readonly step: (direction: 1 | -1) => void;
  readonly setFilter: (filter: ListFilter) => void;
  readonly setSearch: (search: string) => void;
}

/** Where each audit was left, so that coming back from another screen goes on there. Forgotten with the window. */
const left = new Map<string, string>();

export function usePlace(auditId: string, rows: readonly ControlRow[], target: Target): Place {
  const [key, setKey] = useState(() => start(auditId, rows, target));
  const [filter, setFilter] = useState<ListFilter>('all');
  const [search, setSearch] = useState(target.query ?? '');

  useEffect(() => {
    left.set(auditId, key);
  }, [auditId, key]);
  // The screen may be asked for another control while it is already shown.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new target moves the auditor
  useEffect(() => {
    if (target.controlKey !== undefined || target.sectionKey !== undefined) setKey(start(auditId, rows, target));
  }, [target]);

  const row = rows.find((candidate) => controlKey(candidate) === key) ?? firstRow(rows);
  const section = rowSection(row);
  const view = useMemo(() => ({ section, filter, search, current: key }), [section, filter, search, key]);
  const listed = useMemo(() => visibleRows(rows, view), [rows, view]);
  const counts = useMemo(() => filterCounts(rows, { section, search }), [rows, section, search]);
  const next = useMemo(() => neighbour(rows, view, 1), [rows, view]);
  const previous = useMemo(() => neighbour(rows, view, -1), [rows, view]);

  const open = useCallback((reference: ControlReference | null) => {
    if (reference !== null) setKey(controlKey(reference));
  }, []);
  return {
    current: row,
    key: controlKey(row),
    row,
    section,
    filter,
    search,
    listed,
    counts,
    position: listed.findIndex((candidate) => controlKey(candidate) === key) + 1,
    next,
    previous,
    open,
    openSection: (wanted) => {
      setSearch('');
      const members = visibleRows(rows, { section: wanted, filter, search: '', current: null });
      open(members[0] ?? rows.find((candidate) => rowSection(candidate) === wanted) ?? null);
    },
    step: (direction) => open(direction === 1 ? next : previous),
    setFilter,
    setSearch,
  };
}

/** The control asked for, else where the auditor was, else the first one without a verdict. */
function start(auditId: string, rows: readonly ControlRow[], target: Target): string {
  const known = (key: string | undefined) => rows.find((row) => controlKey(row) === key);
  const asked =
    known(target.controlKey) ??
    (target.sectionKey === undefined ? undefined : rows.find((row) => rowSection(row) === target.sectionKey && fits(row, target))) ??
    (target.verdict === undefined ? undefined : rows.find((row) => fits(row, target)));
  return controlKey(asked ?? known(left.get(auditId)) ?? rows.find((row) => row.verdict === 'not-assessed') ?? firstRow(rows));
}

function fits(row: ControlRow, target: Target): boolean {
  return target.verdict === undefined || row.verdict === target.verdict;
}

function firstRow(rows: readonly ControlRow[]): ControlRow {
  const [row] = rows;
  if (row === undefined) throw new Error('The walkthrough is only shown for audits with controls');
  return row;
}
