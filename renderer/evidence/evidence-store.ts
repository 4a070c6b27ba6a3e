import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { EvidenceChanges } from '../../shared/ipc/evidence.ts';

/** An audit's evidence as far as the window has read it. */
export interface EvidenceState {
  /** By number; undefined before the first pieces are there. A piece stays the same object until it changes. */
  readonly items: readonly Evidence[] | undefined;
  /** False while the rest is being read. */
  readonly complete: boolean;
  readonly error: unknown;
}

export interface EvidenceCalls {
  page(auditId: AuditId, after: number, limit: number): Promise<readonly Evidence[]>;
  changed(auditId: AuditId, since: number | null): Promise<EvidenceChanges>;
  /** Calls the listener when evidence of the audit may have changed. Returns the way to stop. */
  onChanged(auditId: AuditId, listener: () => void): () => void;
}

/**
 * The window's one copy of an audit's evidence, which every screen looks at. It is read once, in pages, so that the first rows are there at
 * once and other calls come between; afterwards only what changed is fetched. It stays while screens change.
 */
export interface EvidenceStore {
  read(auditId: AuditId): EvidenceState;
  /** Reads what is not there yet or may have changed, and goes on doing so. Returns the way to stop. */
  follow(auditId: AuditId, listener: () => void): () => void;
  /** Tries again after an error. */
  reload(auditId: AuditId): void;
  /** Forgets everything; for the lock. */
  reset(): void;
}

/** Pieces of the first page, which fills a screen, and of those after it: each keeps the vault busy for some hundredths of a second. */
const firstPage = 200;
const nextPages = 2000;

const unread: EvidenceState = { items: undefined, complete: false, error: null };

export function createEvidenceStore(calls: EvidenceCalls): EvidenceStore {
  const lists = new Map<AuditId, EvidenceList>();
  return {
    read: (auditId) => lists.get(auditId)?.read() ?? unread,
    follow(auditId, listener) {
      // The evidence of one audit may be large; that of the audit before is not kept beside it.
      for (const [other, list] of lists) if (other !== auditId && !list.isFollowed()) forget(other, list);
      let list = lists.get(auditId);
      if (list === undefined) {
        list = createList(calls, auditId);
        lists.set(auditId, list);
      }
      return list.follow(listener);
    },
    reload: (auditId) => lists.get(auditId)?.reload(),
    reset() {
      for (const [auditId, list] of lists) forget(auditId, list);
    },
  };

  function forget(auditId: AuditId, list: EvidenceList): void {
    list.drop();
    lists.delete(auditId);
  }
}

interface EvidenceList {
  read(): EvidenceState;
  isFollowed(): boolean;
  follow(listener: () => void): () => void;
  reload(): void;
  drop(): void;
}

function createList(calls: EvidenceCalls, auditId: AuditId): EvidenceList {
  const listeners = new Set<() => void>();
  let state = unread;
  /** Up to where the changes are known; null before everything was read once. */
  let revision: number | null = null;
  let stale = true;
  let running = false;
  let dropped = false;
  const stopListening = calls.onChanged(auditId, () => {
    stale = true;
    if (listeners.size > 0) void bring();
  });

  function show(next: Partial<EvidenceState>): void {
    state = { ...state, ...next };
    for (const listener of [...listeners]) listener();
  }

  /** Brings the list up to date. What changes meanwhile is fetched after it. */
  async function bring(): Promise<void> {
    if (running) return;
    running = true;
    try {
      while (stale && !dropped) {
        stale = false;
        revision ??= await readAll();
        await readChanges(revision);
      }
    } catch (error) {
      stale = true;
      if (!dropped) show({ error });
    } finally {
      running = false;
    }
  }

  /** Returns the revision from before the first page: what changes between two pages is among the changes since then. */
  async function readAll(): Promise<number> {
    const { revision: before } = await calls.changed(auditId, null);
    const read: Evidence[] = [];
    let shown = 0;
    for (let size = firstPage, whole = false; !whole && !dropped; size = nextPages) {
      const page = await calls.page(auditId, read.at(-1)?.number ?? 0, size);
      read.push(...page);
      whole = page.length < size;
      // Shown each time it has doubled, so that sorting and drawing it again and again costs no more than doing it twice.
      if (dropped || (!whole && read.length < 2 * shown)) continue;
      shown = read.length;
      show({ items: [...read], complete: whole, error: null });
    }
    return before;
  }

  async function readChanges(since: number): Promise<void> {
    const changed = new Map<EvidenceId, Evidence>();
    const gone = new Set<EvidenceId>();
    for (let reached = since, more = true; more && !dropped; ) {
      const answer = await calls.changed(auditId, reached);
      ({ revision: reached, more } = answer);
      for (const piece of answer.pieces) changed.set(piece.id, piece);
      for (const id of answer.gone) gone.add(id);
      if (!more) revision = reached;
    }
    if (dropped) return;
    const items = withChanges(state.items ?? [], changed, gone);
    if (items !== state.items || state.error !== null) show({ items, error: null });
  }

  return {
    read: () => state,
    isFollowed: () => listeners.size > 0,
    follow(listener) {
      listeners.add(listener);
      void bring();
      return () => {
        listeners.delete(listener);
      };
    },
    reload: () => void bring(),
    drop() {
      dropped = true;
      stopListening();
    },
  };
}

/** The list with what changed, in its order. The list itself when nothing of it did. */
function withChanges(
  items: readonly Evidence[],
  changed: ReadonlyMap<EvidenceId, Evidence>,
  gone: ReadonlySet<EvidenceId>,
): readonly Evidence[] {
  if (changed.size === 0 && gone.size === 0) return items;
  const fresh = new Map(changed);
  const next: Evidence[] = [];
  for (const item of items) {
    if (!gone.has(item.id)) next.push(fresh.get(item.id) ?? item);
    fresh.delete(item.id);
  }
  if (changed.size === 0 && next.length === items.length) return items;
  const added = [...fresh.values()].filter(({ id }) => !gone.has(id));
  return added.length === 0 ? next : [...next, ...added].sort((one, other) => one.number - other.number);
}
