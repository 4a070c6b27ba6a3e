import type { KeyboardEvent, MouseEvent } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { listKeys } from './list-keys.ts';
import { type KeyResult, type Selection, selectByClick, selectByKey, toggle } from './selection.ts';

/** What a list of evidence needs so that pieces can be chosen and marked in it. */
export interface MarkingProps {
  /** In the order shown. */
  readonly items: readonly Evidence[];
  readonly selection: Selection;
  readonly onSelection: (selection: Selection) => void;
  /** A piece is to be shown: stepped to, or asked for with Enter or a second click. */
  readonly onOpen: (id: EvidenceId, how: 'step' | 'enter') => void;
}

/** The keys and clicks of a list with `columns` pieces in a row. */
export function useMarking({ items, selection, onSelection, onOpen }: MarkingProps, columns: number) {
  const index = items.findIndex((item) => item.id === selection.cursor);
  const apply = (result: KeyResult | null) => {
    if (result === null) return false;
    onSelection(result.selection);
    if (result.open !== 'none' && result.selection.cursor !== null) onOpen(result.selection.cursor, result.open);
    return true;
  };
  return {
    index,
    onKeyDown: (event: KeyboardEvent) => {
      // The buttons in the head have keys of their own.
      if (event.target !== event.currentTarget) return;
      const next = items[listKeys(event, index, items.length, columns) ?? -1]?.id ?? null;
      const press = { key: event.key, shiftKey: event.shiftKey, modKey: event.ctrlKey || event.metaKey };
      if (apply(selectByKey(selection, items, press, next))) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    onClick: (event: MouseEvent, id: EvidenceId) => {
      apply(selectByClick(selection, items, id, { shiftKey: event.shiftKey, modKey: event.ctrlKey || event.metaKey }));
    },
    onDoubleClick: (id: EvidenceId) => onOpen(id, 'enter'),
    onTick: (event: MouseEvent, id: EvidenceId) => {
      event.stopPropagation();
      if (event.shiftKey) apply(selectByClick(selection, items, id, { shiftKey: true, modKey: false }));
      else onSelection(toggle(selection, id));
    },
    /** The pieces that a drag of this one takes along: all marked ones when it is among them. */
    dragged: (item: Evidence): Evidence[] =>
      selection.marked.has(item.id) ? items.filter((other) => selection.marked.has(other.id)) : [item],
  };
}
