import type { EvidenceId } from '../../shared/domain/ids.ts';

/** Which pieces of a list are meant: the one the keyboard is at, and any number of marked ones. */
export interface Selection {
  /** Where the arrow keys go on from; null before anything was chosen. */
  readonly cursor: EvidenceId | null;
  /** Where a range begins. */
  readonly anchor: EvidenceId | null;
  readonly marked: ReadonlySet<EvidenceId>;
}

type Ids = readonly { readonly id: EvidenceId }[];

export const nothingSelected: Selection = { cursor: null, anchor: null, marked: new Set() };

/** A plain click or arrow key: this piece and no others. */
export function choose(id: EvidenceId | null): Selection {
  return { cursor: id, anchor: id, marked: new Set() };
}

/** Goes to a piece and leaves the marks alone. */
export function moveTo(selection: Selection, id: EvidenceId): Selection {
  return { ...selection, cursor: id, anchor: id };
}

/** Adds a piece or takes it away. The piece that was open counts as the first one, as in every list of files. */
export function toggle(selection: Selection, id: EvidenceId, withCursor = false): Selection {
  const marked = new Set(selection.marked);
  if (marked.size === 0 && withCursor && selection.cursor !== null && selection.cursor !== id) marked.add(selection.cursor);
  if (!marked.delete(id)) marked.add(id);
  return { cursor: id, anchor: id, marked };
}

/** Marks everything from where the range began to this piece, and nothing else. */
export function extendTo(selection: Selection, items: Ids, id: EvidenceId): Selection {
  const to = items.findIndex((item) => item.id === id);
  const begun = items.findIndex((item) => item.id === (selection.anchor ?? selection.cursor));
  const from = begun === -1 ? to : begun;
  const marked = new Set(items.slice(Math.min(from, to), Math.max(from, to) + 1).map((item) => item.id));
  return { cursor: id, anchor: items[from]?.id ?? id, marked };
}

export function markAll(selection: Selection, items: Ids): Selection {
  return { ...selection, cursor: selection.cursor ?? items[0]?.id ?? null, marked: new Set(items.map((item) => item.id)) };
}

export function markNone(selection: Selection): Selection {
  return { ...selection, marked: new Set() };
}

/** The marked pieces that are shown: what cannot be seen is not changed. */
export function markedOf<Item extends { readonly id: EvidenceId }>(selection: Selection, shown: readonly Item[]): Item[] {
  return selection.marked.size === 0 ? [] : shown.filter((item) => selection.marked.has(item.id));
}

/** Whether a row is drawn as chosen: the marked ones, or the one at the cursor while none is marked. */
export function isChosen(selection: Selection, id: EvidenceId): boolean {
  return selection.marked.size === 0 ? selection.cursor === id : selection.marked.has(id);
}

/** What a key in the list asks for, beside going on with the arrow keys. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Ctrl, or Cmd on a Mac. */
  readonly modKey: boolean;
}

/** What a key did: `step` went to another piece, which is shown; `enter` asked for the one at the cursor; `none` only changed marks. */
export interface KeyResult {
  readonly selection: Selection;
  readonly open: 'step' | 'enter' | 'none';
}

/** The selection after a key, or null when the key means nothing here. `next` is where an arrow key leads, null for other keys. */
export function selectByKey(
  selection: Selection,
  items: Ids,
  { key, shiftKey, modKey }: KeyPress,
  next: EvidenceId | null,
): KeyResult | null {
  if (next !== null) {
    if (shiftKey) return { selection: extendTo(selection, items, next), open: 'none' };
    if (modKey) return { selection: moveTo(selection, next), open: 'none' };
    return { selection: choose(next), open: 'step' };
  }
  if (modKey && key.toLowerCase() === 'a') return { selection: markAll(selection, items), open: 'none' };
  if (modKey || shiftKey) return null;
  if (key === ' ' && selection.cursor !== null) return { selection: toggle(selection, selection.cursor), open: 'none' };
  if (key === 'Enter' && selection.cursor !== null) return { selection, open: 'enter' };
  if (key === 'Escape' && selection.marked.size > 0) return { selection: markNone(selection), open: 'none' };
  return null;
}

/** The selection after a click: alone it chooses and shows, with Shift or Ctrl it only marks. */
export function selectByClick(selection: Selection, items: Ids, id: EvidenceId, keys: Omit<KeyPress, 'key'>): KeyResult {
  if (keys.shiftKey) return { selection: extendTo(selection, items, id), open: 'none' };
  if (keys.modKey) return { selection: toggle(selection, id, true), open: 'none' };
  return { selection: choose(id), open: 'step' };
}
