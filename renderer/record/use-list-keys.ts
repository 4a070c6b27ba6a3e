import type { RefObject } from 'react';
import { useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import type { RecordKind } from './kind.ts';

export interface ListKeys<Id extends string> {
  /** What the list shows, in its order. */
  readonly shown: readonly { readonly id: Id }[];
  readonly selected: Id | null;
  readonly onSelect: (id: Id) => void;
  readonly search: RefObject<HTMLInputElement | null>;
  /** Null where nothing may be made. */
  readonly onNew: (() => void) | null;
}

/** The keys of a list of records: next, previous, search, new. */
export function useListKeys<Id extends string>(kind: RecordKind, { shown, selected, onSelect, search, onNew }: ListKeys<Id>): void {
  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => id === selected);
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next !== undefined) onSelect(next.id);
  };
  const group = t(`${kind}.title`);
  useCommands([
    { id: `${kind}.next`, title: t(`${kind}.next`), keys: 'j', group, hidden: true, run: () => step(1) },
    { id: `${kind}.previous`, title: t(`${kind}.previous`), keys: 'k', group, hidden: true, run: () => step(-1) },
    { id: `${kind}.search`, title: t(`${kind}.search`), keys: '/', group, run: () => search.current?.focus() },
    ...(onNew === null ? [] : [{ id: `${kind}.new`, title: t(`${kind}.new`), keys: 'n', group, run: onNew }]),
  ]);
}
