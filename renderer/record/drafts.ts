/** A record that says when it was last changed, as an ISO time. */
interface Dated {
  readonly id: string;
  readonly updatedAt: string;
}

/** How the last change of a record is doing. `saved` only after the vault acknowledged it. */
export type DraftStatus =
  | { readonly kind: 'idle' }
  | { readonly kind: 'pending' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Changes of records that are shown at once and saved after a pause, one save at a time per record. */
export interface Drafts<R extends Dated, Patch> {
  /** The record with every change that the vault has not acknowledged laid over it. */
  readonly overlay: (record: R) => R;
  readonly status: (id: string) => DraftStatus;
  /** `typed` changes wait for a pause in typing; others are saved at once. */
  readonly edit: (id: string, patch: Patch, typed: boolean) => void;
  readonly retry: (id: string) => void;
  /** Saves everything that waits. Resolves when it is acknowledged or has failed. */
  readonly flush: () => Promise<void>;
  /** Forgets what waits for a record that is about to be removed. */
  readonly forget: (id: string) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Changes whenever anything does; for `useSyncExternalStore`. */
  readonly version: () => number;
}

interface Entry<R, Patch> {
  saved: R | null;
  inFlight: Patch | null;
  waiting: Patch | null;
  timer: ReturnType<typeof setTimeout> | null;
  running: Promise<void> | null;
  status: DraftStatus;
}

/** Pause in typing after which a text is saved, in milliseconds. */
export const typingDelay = 500;

export function createDrafts<R extends Dated, Patch extends object>(
  save: (id: string, patch: Patch) => Promise<R>,
  onSaved: (at: string) => void = () => {},
): Drafts<R, Patch> {
  const entries = new Map<string, Entry<R, Patch>>();
  const listeners = new Set<() => void>();
  let version = 0;

  const changed = () => {
    version += 1;
    for (const listener of [...listeners]) listener();
  };

  function entryOf(id: string): Entry<R, Patch> {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const fresh: Entry<R, Patch> = { saved: null, inFlight: null, waiting: null, timer: null, running: null, status: { kind: 'idle' } };
    entries.set(id, fresh);
    return fresh;
  }

  /** Saves what waits until nothing does or a save fails. A failed change stays, under what was typed since. */
  function drain(id: string, entry: Entry<R, Patch>): Promise<void> {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.running ??= send(id, entry).finally(() => {
      entry.running = null;
      // A change made between the last acknowledgement and this line found the run still standing.
      if (entry.waiting !== null && entry.timer === null && entry.status.kind === 'pending') return drain(id, entry);
    });
    return entry.running;
  }

  async function send(id: string, entry: Entry<R, Patch>): Promise<void> {
    while (entry.waiting !== null) {
      entry.inFlight = entry.waiting;
      entry.waiting = null;
      try {
        entry.saved = await save(id, entry.inFlight);
        entry.inFlight = null;
        entry.status = entry.waiting === null ? { kind: 'saved', at: entry.saved.updatedAt } : { kind: 'pending' };
        onSaved(entry.saved.updatedAt);
        changed();
      } catch (error) {
        entry.waiting = { ...entry.inFlight, ...(entry.waiting ?? {}) } as Patch;
        entry.inFlight = null;
        entry.status = { kind: 'failed', error };
        changed();
        return;
      }
    }
  }

  return {
    overlay(record) {
      const entry = entries.get(record.id);
      if (entry === undefined) return record;
      // The list may have been read before the last save was acknowledged.
      const newest = entry.saved !== null && entry.saved.updatedAt > record.updatedAt ? entry.saved : record;
      return { ...newest, ...entry.inFlight, ...entry.waiting };
    },
    status: (id) => entries.get(id)?.status ?? { kind: 'idle' },
    edit(id, patch, typed) {
      const entry = entryOf(id);
      entry.waiting = { ...(entry.waiting ?? {}), ...patch } as Patch;
      entry.status = { kind: 'pending' };
      if (entry.timer !== null) clearTimeout(entry.timer);
      entry.timer = null;
      if (typed) entry.timer = setTimeout(() => void drain(id, entry), typingDelay);
      else void drain(id, entry);
      changed();
    },
    retry(id) {
      const entry = entries.get(id);
      if (entry === undefined || entry.waiting === null) return;
      entry.status = { kind: 'pending' };
      changed();
      void drain(id, entry);
    },
    async flush() {
      await Promise.all(
        [...entries].filter(([, entry]) => entry.waiting !== null || entry.running !== null).map(([id, entry]) => drain(id, entry)),
      );
    },
    forget(id) {
      const entry = entries.get(id);
      if (entry === undefined) return;
      if (entry.timer !== null) clearTimeout(entry.timer);
      // A save that is under way ends by itself; what was typed since must not follow it.
      entry.waiting = null;
      entries.delete(id);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    version: () => version,
  };
}
