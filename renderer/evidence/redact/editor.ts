import type { RedactedPlace } from '../../../shared/domain/evidence.ts';
import type { RedactionReason } from '../../../shared/domain/redaction.ts';
import type { Box } from './geometry.ts';

/** A marked place with the number by which the editor knows it. */
export interface Mark extends RedactedPlace {
  readonly id: number;
  readonly reason: RedactionReason;
}

export type NewMark = Omit<Mark, 'id'>;

export interface EditorState {
  readonly marks: readonly Mark[];
  readonly selected: number | null;
  /** A place that is to be shown and to get the focus. */
  readonly wanted: number | null;
  readonly past: readonly (readonly Mark[])[];
  readonly future: readonly (readonly Mark[])[];
  /** What the last change belongs to: further changes of the same are one step for undo. */
  readonly gesture: string | null;
  readonly nextId: number;
}

export type EditorAction =
  | { readonly type: 'add'; readonly marks: readonly NewMark[] }
  | { readonly type: 'shape'; readonly id: number; readonly box: Box; readonly gesture: string }
  | { readonly type: 'reason'; readonly id: number; readonly reason: RedactionReason }
  | { readonly type: 'remove'; readonly id: number }
  | { readonly type: 'select'; readonly id: number | null }
  | { readonly type: 'show'; readonly id: number }
  | { readonly type: 'shown' }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' };

export const emptyEditor: EditorState = { marks: [], selected: null, wanted: null, past: [], future: [], gesture: null, nextId: 1 };

/** The editor with what was marked earlier. */
export function editorWith(marks: readonly NewMark[]): EditorState {
  return { ...emptyEditor, marks: marks.map((mark, index) => ({ ...mark, id: index + 1 })), nextId: marks.length + 1 };
}

export function edit(state: EditorState, action: EditorAction): EditorState {
  switch (action.type) {
    case 'add': {
      if (action.marks.length === 0) return state;
      const added = action.marks.map((mark, index) => ({ ...mark, id: state.nextId + index }));
      const last = added.at(-1)?.id ?? null;
      return { ...changed(state, [...state.marks, ...added], null), nextId: state.nextId + added.length, selected: last, wanted: last };
    }
    case 'shape':
      return changed(
        state,
        state.marks.map((mark) => (mark.id === action.id ? { ...mark, ...action.box } : mark)),
        action.gesture,
      );
    case 'reason':
      return changed(
        state,
        state.marks.map((mark) => (mark.id === action.id ? { ...mark, reason: action.reason } : mark)),
        null,
      );
    case 'remove': {
      const at = state.marks.findIndex(({ id }) => id === action.id);
      const left = state.marks.filter(({ id }) => id !== action.id);
      return { ...changed(state, left, null), selected: left[Math.min(at, left.length - 1)]?.id ?? null };
    }
    case 'select':
      return { ...state, selected: action.id, gesture: null };
    case 'show':
      return { ...state, selected: action.id, wanted: action.id, gesture: null };
    case 'shown':
      return { ...state, wanted: null };
    case 'undo':
    case 'redo':
      return stepped(state, action.type);
  }
}

function changed(state: EditorState, marks: readonly Mark[], gesture: string | null): EditorState {
  const goesOn = gesture !== null && gesture === state.gesture;
  return { ...state, marks, past: goesOn ? state.past : [...state.past, state.marks], future: [], gesture };
}

function stepped(state: EditorState, way: 'undo' | 'redo'): EditorState {
  const from = way === 'undo' ? state.past : state.future;
  const marks = from.at(-1);
  if (marks === undefined) return state;
  const rest = from.slice(0, -1);
  const selected = marks.some(({ id }) => id === state.selected) ? state.selected : null;
  const base = { ...state, marks, selected, wanted: null, gesture: null };
  return way === 'undo'
    ? { ...base, past: rest, future: [...state.future, state.marks] }
    : { ...base, past: [...state.past, state.marks], future: rest };
}
