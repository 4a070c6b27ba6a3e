import { useCallback, useEffect, useRef, useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { TrailEvent, TrailHead } from '../../shared/domain/trail.ts';
import { call, onChanged } from '../bridge.ts';

const pageSize = 200;

export interface TrailPages {
  /** Newest first; grows as `more` is called. */
  readonly events: readonly TrailEvent[];
  readonly head: TrailHead | null;
  /** How many entries match. */
  readonly total: number;
  readonly loading: boolean;
  /** Whether the oldest matching entry is loaded. */
  readonly complete: boolean;
  /** Whether the trail has grown since it was read. */
  readonly stale: boolean;
  readonly error: unknown;
  readonly more: () => void;
  /** Reads from the newest entry again. */
  readonly reload: () => void;
}

const nothing = { events: [], head: null, total: 0, complete: false } as const;

interface Loaded {
  readonly events: readonly TrailEvent[];
  readonly head: TrailHead | null;
  readonly total: number;
  readonly complete: boolean;
}

/** Reads the trail page by page, newest first. Another query starts over. */
export function useTrailPages(query: string, auditId: AuditId | null): TrailPages {
  const [loaded, setLoaded] = useState<Loaded>(nothing);
  const [loading, setLoading] = useState(true);
  const [stale, setStale] = useState(false);
  const [error, setError] = useState<unknown>(null);
  /** Counts readings from the start, so that a late page of an earlier one is dropped. */
  const reading = useRef(0);
  const busy = useRef(false);

  const read = useCallback(
    async (before: number | null): Promise<void> => {
      if (before === null) reading.current += 1;
      else if (busy.current) return;
      const mine = reading.current;
      busy.current = true;
      setLoading(true);
      try {
        const page = await call('trail.list', { before, limit: pageSize, query, auditId });
        if (mine !== reading.current) return;
        const complete = page.events.length < pageSize;
        setLoaded((earlier) => ({
          events: before === null ? page.events : [...earlier.events, ...page.events],
          head: before === null ? page.head : earlier.head,
          total: page.total,
          complete,
        }));
        setError(null);
        if (before === null) setStale(false);
      } catch (thrown) {
        if (mine === reading.current) setError(thrown);
      } finally {
        if (mine === reading.current) {
          busy.current = false;
          setLoading(false);
        }
      }
    },
    [query, auditId],
  );

  useEffect(() => void read(null), [read]);
  useEffect(() => {
    const topics = ['vault', 'people', 'audits', 'answers', 'evidence', 'findings', 'plan', 'reports', 'trail'] as const;
    return onChanged(topics, null, () => setStale(true));
  }, []);

  const last = loaded.events.at(-1)?.sequence ?? null;
  const more = useCallback(() => void (last === null ? undefined : read(last)), [read, last]);
  const reload = useCallback(() => void read(null), [read]);
  return { ...loaded, loading, stale, error, more, reload };
}
