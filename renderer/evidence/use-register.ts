import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { AuditSummary } from '../../shared/domain/audit.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { isoDay } from '../i18n/format.ts';
import type { Target } from '../screens.ts';
import { useQuery } from '../use-query.ts';
import { type EvidenceFilter, type FilterFacts, filterEvidence, noFilter, type Sort, sortEvidence } from './register-filter.ts';
import { recall, remember, type View } from './register-memory.ts';
import { relate } from './relations.ts';
import { choose, markedOf, type Selection } from './selection.ts';
import { useContentSearch } from './use-content-search.tsx';

const nothing: readonly Evidence[] = [];

/** How the register is looked at: filter, order, view, and what is chosen in it. Remembered while the vault is open. */
export function useRegister(auditId: AuditId, list: readonly Evidence[] | undefined, audit: AuditSummary | undefined, target: Target) {
  const items = list ?? nothing;
  const [memory, setMemory] = useState(() => {
    const left = recall(auditId);
    return target.query === undefined ? left : { ...left, filter: { ...noFilter, search: target.query } };
  });
  const [selection, setSelection] = useState<Selection>(() => choose(target.evidenceId ?? null));
  const [opened, setOpened] = useState<EvidenceId | null>(target.evidenceId ?? null);
  useEffect(() => remember(auditId, memory), [auditId, memory]);
  useEffect(() => {
    if (target.evidenceId === undefined) return;
    setSelection(choose(target.evidenceId));
    setOpened(target.evidenceId);
  }, [target]);

  const { filter, sort, view, controls } = memory;
  const suspectedRows = useQuery('evidence.suspected', { auditId }, ['evidence']).data;
  const suspected = useMemo(() => new Set(suspectedRows?.map(({ evidenceId }) => evidenceId) ?? []), [suspectedRows]);
  const content = useContentSearch(auditId, filter.search);
  const relations = useMemo(() => relate(items), [items]);
  const facts: FilterFacts = useMemo(
    () => ({
      relations,
      suspected,
      found: content.found,
      periodFrom: audit?.periodFrom ?? '',
      periodTo: audit?.periodTo ?? '',
      today: isoDay(new Date()),
    }),
    [relations, suspected, content.found, audit?.periodFrom, audit?.periodTo],
  );
  // What is typed is on the screen at once; tens of thousands of rows follow when there is time.
  const wanted = useDeferredValue(filter);
  const shown = useMemo(() => sortEvidence(filterEvidence(items, wanted, facts), sort), [items, wanted, facts, sort]);
  const marked = useMemo(() => markedOf(selection, shown), [selection, shown]);

  return {
    filter,
    sort,
    view,
    controls,
    relations,
    content,
    shown,
    selection,
    marked,
    opened,
    setFilter: (next: EvidenceFilter) => setMemory((before) => ({ ...before, filter: next })),
    setSort: (next: Sort) => setMemory((before) => ({ ...before, sort: next })),
    setView: (next: View) => setMemory((before) => ({ ...before, view: next })),
    toggleControls: () => setMemory((before) => ({ ...before, controls: !before.controls })),
    setSelection,
    /** Chooses a piece alone and shows it. */
    show: (id: EvidenceId) => {
      setSelection(choose(id));
      setOpened(id);
    },
    open: setOpened,
    step: (by: 1 | -1) => {
      const index = shown.findIndex((item) => item.id === selection.cursor);
      const next = shown[index === -1 ? 0 : index + by];
      if (next === undefined) return;
      setSelection(choose(next.id));
      setOpened(next.id);
    },
  };
}
