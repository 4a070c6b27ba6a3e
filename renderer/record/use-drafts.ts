import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react';
import { useFlush } from '../pending.ts';
import { markSaved } from '../saved.ts';
import { createDrafts, type Drafts } from './drafts.ts';

/**
 * Drafts of one screen. What waits is saved when the screen is left, when focus leaves the window and before the vault
 * locks. The component is drawn again whenever a draft changes.
 */
export function useDrafts<R extends { readonly id: string; readonly updatedAt: string }, Patch extends object>(
  save: (id: string, patch: Patch) => Promise<R>,
): Drafts<R, Patch> {
  const latest = useRef(save);
  latest.current = save;
  const drafts = useMemo(() => createDrafts<R, Patch>((id, patch) => latest.current(id, patch), markSaved), []);
  useSyncExternalStore(drafts.subscribe, drafts.version);
  useFlush(drafts.flush);
  useEffect(() => {
    const flush = () => void drafts.flush();
    window.addEventListener('blur', flush);
    return () => {
      window.removeEventListener('blur', flush);
      flush();
    };
  }, [drafts]);
  return drafts;
}
