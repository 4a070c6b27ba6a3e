import type { AnswerPatch } from '../../shared/domain/answer.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import { patchFields } from './patch.ts';

/** A saved change that can be taken back: where it was made and the patch that reverses it. */
export interface UndoStep {
  readonly reference: ControlReference;
  readonly patch: AnswerPatch;
  /** Text that was typed; neighbouring steps of the same text melt into one. */
  readonly typed: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Newest last. */
export interface UndoHistory {
  readonly past: readonly UndoStep[];
  readonly future: readonly UndoStep[];
}

export const emptyHistory: UndoHistory = { past: [], future: [] };

const deepest = 200;
/** Pauses shorter than this belong to the same stretch of typing, in milliseconds. */
const typingPause = 4000;

/** Remembers a change the auditor made. What had been undone before can no longer be redone. */
export function remember(history: UndoHistory, step: UndoStep): UndoHistory {
  const last = history.past.at(-1);
  const past =
    last !== undefined && continues(last, step) ? [...history.past.slice(0, -1), { ...last, at: step.at }] : [...history.past, step];
  return { past: past.slice(-deepest), future: [] };
}

/** Remembers how to redo what was just undone. */
export function rememberUndone(history: UndoHistory, step: UndoStep): UndoHistory {
  return { past: history.past, future: [...history.future, step].slice(-deepest) };
}

/** Remembers how to undo what was just redone; other redo steps stay. */
export function rememberRedone(history: UndoHistory, step: UndoStep): UndoHistory {
  return { past: [...history.past, step].slice(-deepest), future: history.future };
}

export function takeUndo(history: UndoHistory): { step: UndoStep; history: UndoHistory } | null {
  const step = history.past.at(-1);
  return step === undefined ? null : { step, history: { past: history.past.slice(0, -1), future: history.future } };
}

export function takeRedo(history: UndoHistory): { step: UndoStep; history: UndoHistory } | null {
  const step = history.future.at(-1);
  return step === undefined ? null : { step, history: { past: history.past, future: history.future.slice(0, -1) } };
}

/** The earlier step already restores the text from before this stretch of typing, so the later one adds nothing. */
function continues(last: UndoStep, step: UndoStep): boolean {
  return (
    last.typed &&
    step.typed &&
    step.at - last.at < typingPause &&
    last.reference.packId === step.reference.packId &&
    last.reference.controlId === step.reference.controlId &&
    patchFields(last.patch) === patchFields(step.patch)
  );
}
