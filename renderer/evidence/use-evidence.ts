import { useCallback, useSyncExternalStore } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { call, onChanged, onShell } from '../bridge.ts';
import type { Query } from '../use-query.ts';
import { createEvidenceStore, type EvidenceStore } from './evidence-store.ts';

export interface EvidenceQuery extends Query<readonly Evidence[]> {
  /** False while only the first pieces are there. */
  readonly complete: boolean;
}

let store: EvidenceStore | null = null;

function evidenceStore(): EvidenceStore {
  if (store !== null) return store;
  const made = createEvidenceStore({
    page: (auditId, after, limit) => call('evidence.list', { auditId, after, limit }),
    changed: (auditId, since) => call('evidence.changed', { auditId, since }),
    onChanged: (auditId, listener) => onChanged(['evidence', 'findings'], auditId, listener),
  });
  onShell((event) => {
    if (event.type === 'locked') made.reset();
  });
  store = made;
  return made;
}

/** The audit's evidence by number, kept up to date. Screens share what was read. */
export function useEvidence(auditId: AuditId): EvidenceQuery {
  const follow = useCallback((listener: () => void) => evidenceStore().follow(auditId, listener), [auditId]);
  const { items, complete, error } = useSyncExternalStore(follow, () => evidenceStore().read(auditId));
  const reload = useCallback(() => evidenceStore().reload(auditId), [auditId]);
  return { data: items, complete, error, loading: items === undefined && error === null, reload };
}
