import type { Answer, AnswerPatch } from '../../shared/domain/answer.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import type { SavedAnswer } from '../../shared/ipc/answers.ts';
import { applyPatch, isEmptyPatch, mergePatches, withoutUnchanged } from './patch.ts';
import type { UndoHistory, UndoStep } from './undo.ts';
import { emptyHistory, remember, rememberRedone, rememberUndone, takeRedo, takeUndo } from './undo.ts';

/** How a control's last change is doing. `saved` only after the vault acknowledged it. */
export type SaveStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface AnswerState {
  /** What the screen shows: the acknowledged answer with every change not yet acknowledged laid over it. */
  readonly answer: Answer;
  readonly status: SaveStatus;
}

export type Save = (reference: ControlReference, patch: AnswerPatch) => Promise<SavedAnswer>;

type Origin = 'edit' | 'undo' | 'redo';

interface Unit {
  readonly patch: AnswerPatch;
  readonly typed: boolean;
  readonly origin: Origin;
}

interface Entry {
  readonly reference: ControlReference;
  acknowledged: Answer;
  /** Counts acknowledged saves, so that an answer loaded meanwhile is known to be older. */
  version: number;
  inFlight: Unit | null;
  waiting: Unit[];
  timer: ReturnType<typeof setTimeout> | null;
  status: SaveStatus;
  running: Promise<void> | null;
  shown: AnswerState | null;
}

export interface Autosave {
  /** Null until the control was loaded. The same object until something changes. */
  read(key: string): AnswerState | null;
  keys(): string[];
  subscribe(listener: () => void): () => void;
  /** Call before loading a control and hand the number to `loaded`. */
  version(key: string): number;
  /** Takes a loaded answer unless a save was acknowledged since `version` was read. */
  loaded(answer: Answer, version: number): void;
  /** `typed` changes wait for a pause in typing; others are saved at once. */
  edit(reference: ControlReference, patch: AnswerPatch, typed?: boolean): void;
  /** Saves everything that still waits; resolves true when nothing is left unsaved. */
  flush(): Promise<boolean>;
  retry(key: string): void;
  /** Takes the newest change back and tells where it was; null when there is none. */
  undo(): Promise<ControlReference | null>;
  redo(): Promise<ControlReference | null>;
  unsaved(): boolean;
}

/** Pause in typing after which a text is saved, in milliseconds. */
export const typingDelay = 400;

/**
 * Keeps the answers of one audit: shows changes at once, saves each control's changes one after the other, never lets an
 * older acknowledgement replace newer typing, and keeps what could not be saved.
 */
export function createAutosave(save: Save, now: () => number = Date.now): Autosave {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();
  let history: UndoHistory = emptyHistory;

  const changed = (entry: Entry) => {
    entry.shown = null;
    for (const listener of [...listeners]) listener();
  };

  const visible = (entry: Entry): Answer => {
    const units = entry.inFlight === null ? entry.waiting : [entry.inFlight, ...entry.waiting];
    return units.reduce((answer, unit) => applyPatch(answer, unit.patch), entry.acknowledged);
  };

  const busy = (entry: Entry) => entry.inFlight !== null || entry.waiting.length > 0;

  function queue(entry: Entry, unit: Unit): void {
    const last = entry.waiting.at(-1);
    const together = last !== undefined && last.origin === 'edit' && unit.origin === 'edit';
    if (together) {
      const merged: Unit = { patch: mergePatches(last.patch, unit.patch), typed: last.typed && unit.typed, origin: 'edit' };
      entry.waiting = [...entry.waiting.slice(0, -1), merged];
    } else entry.waiting = [...entry.waiting, unit];
    entry.status = { kind: 'pending' };
    changed(entry);
    if (unit.typed) schedule(entry);
    else void drain(entry);
  }

  function schedule(entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = setTimeout(() => void drain(entry), typingDelay);
  }

  /** Sends what waits, one save at a time per control, until nothing waits or a save fails. */
  function drain(entry: Entry): Promise<void> {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.running ??= send(entry).then(() => {
      entry.running = null;
      // A change queued between the last acknowledgement and this line found the run still standing.
      if (entry.waiting.length > 0 && entry.status.kind !== 'failed' && entry.timer === null) return drain(entry);
    });
    return entry.running;
  }

  async function send(entry: Entry): Promise<void> {
    for (let unit = entry.waiting[0]; unit !== undefined; unit = entry.waiting[0]) {
      entry.waiting = entry.waiting.slice(1);
      entry.inFlight = unit;
      try {
        const saved = await save(entry.reference, unit.patch);
        entry.acknowledged = saved.answer;
        entry.version += 1;
        note(entry, unit, saved.undo);
        entry.inFlight = null;
        entry.status = entry.waiting.length === 0 ? { kind: 'saved', at: saved.savedAt } : { kind: 'pending' };
      } catch (error) {
        entry.inFlight = null;
        entry.waiting = [unit, ...entry.waiting];
        entry.status = { kind: 'failed', error };
      }
      changed(entry);
      if (entry.status.kind === 'failed') return;
    }
  }

  function note(entry: Entry, unit: Unit, patch: AnswerPatch): void {
    if (isEmptyPatch(patch)) return;
    const step: UndoStep = { reference: entry.reference, patch, typed: unit.typed, at: now() };
    if (unit.origin === 'edit') history = remember(history, step);
    else if (unit.origin === 'undo') history = rememberUndone(history, step);
    else history = rememberRedone(history, step);
  }

  async function flush(): Promise<boolean> {
    await Promise.all([...entries.values()].filter(busy).map(drain));
    return ![...entries.values()].some(busy);
  }

  async function step(take: typeof takeUndo, origin: Origin): Promise<ControlReference | null> {
    // What still waits is newer than the newest remembered step; it must be saved to be taken back in order.
    if (!(await flush())) return null;
    const taken = take(history);
    if (taken === null) return null;
    history = taken.history;
    const entry = entries.get(controlKey(taken.step.reference));
    if (entry !== undefined) queue(entry, { patch: taken.step.patch, typed: false, origin });
    return taken.step.reference;
  }

  return {
    read(key) {
      const entry = entries.get(key);
      if (entry === undefined) return null;
      entry.shown ??= { answer: visible(entry), status: entry.status };
      return entry.shown;
    },
    keys: () => [...entries.keys()],
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: (key) => entries.get(key)?.version ?? 0,
    loaded(answer, version) {
      const key = controlKey(answer);
      const entry = entries.get(key);
      if (entry === undefined) {
        const reference = { packId: answer.packId, controlId: answer.controlId };
        const fresh: Entry = {
          reference,
          acknowledged: answer,
          version,
          inFlight: null,
          waiting: [],
          timer: null,
          status: { kind: 'idle' },
          running: null,
          shown: null,
        };
        entries.set(key, fresh);
        changed(fresh);
      } else if (entry.version === version && JSON.stringify(entry.acknowledged) !== JSON.stringify(answer)) {
        entry.acknowledged = answer;
        changed(entry);
      }
    },
    edit(reference, patch, typed = false) {
      const entry = entries.get(controlKey(reference));
      if (entry === undefined) return;
      const needed = withoutUnchanged(visible(entry), patch);
      if (!isEmptyPatch(needed)) queue(entry, { patch: needed, typed, origin: 'edit' });
    },
    flush,
    retry(key) {
      const entry = entries.get(key);
      if (entry === undefined || !busy(entry)) return;
      entry.status = { kind: 'pending' };
      changed(entry);
      void drain(entry);
    },
    undo: () => step(takeUndo, 'undo'),
    redo: () => step(takeRedo, 'redo'),
    unsaved: () => [...entries.values()].some(busy),
  };
}
