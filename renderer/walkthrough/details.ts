import type { ControlReference } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import type { Autosave } from './autosave.ts';

/** A control's pane as far as it is known. A stale detail is shown while a fresh one is loaded. */
export interface DetailState {
  readonly detail: ControlDetail | null;
  /** Null while nothing went wrong. */
  readonly error: unknown;
}

interface Entry {
  readonly reference: ControlReference;
  state: DetailState;
  fresh: boolean;
  loading: boolean;
  /** Something changed while the detail was being loaded, so it has to be loaded once more. */
  again: boolean;
}

export interface Details {
  read(key: string): DetailState;
  /** Loads the control unless a fresh detail is there. */
  want(reference: ControlReference): void;
  /** Marks everything stale and reloads the wanted controls; call when the vault says that something changed. */
  invalidate(wanted: readonly ControlReference[]): void;
  subscribe(listener: () => void): () => void;
}

const unknown: DetailState = { detail: null, error: null };
/** Details kept in memory; far more than one sitting's way back and forth needs. */
const kept = 60;

/** Caches control details by key and hands every loaded answer to the autosave. */
export function createDetails(get: (reference: ControlReference) => Promise<ControlDetail>, autosave: Autosave): Details {
  const entries = new Map<string, Entry>();
  const listeners = new Set<() => void>();

  async function load(key: string, entry: Entry): Promise<void> {
    entry.loading = true;
    entry.again = false;
    const version = autosave.version(key);
    try {
      const detail = await get(entry.reference);
      autosave.loaded(detail.answer, version);
      entry.state = { detail, error: null };
      entry.fresh = true;
    } catch (error) {
      entry.state = { detail: entry.state.detail, error };
    }
    entry.loading = false;
    for (const listener of [...listeners]) listener();
    if (entry.again) await load(key, entry);
  }

  function want(reference: ControlReference): void {
    const key = controlKey(reference);
    const found = entries.get(key);
    const entry = found ?? { reference, state: unknown, fresh: false, loading: false, again: false };
    // Deleting first moves the entry to the end, so the oldest entries are the first ones.
    entries.delete(key);
    entries.set(key, entry);
    if (!entry.fresh && !entry.loading) void load(key, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= kept) break;
      entries.delete(oldest);
    }
  }

  return {
    read: (key) => entries.get(key)?.state ?? unknown,
    want,
    invalidate(wanted) {
      for (const entry of entries.values()) {
        entry.fresh = false;
        if (entry.loading) entry.again = true;
      }
      for (const reference of wanted) want(reference);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
