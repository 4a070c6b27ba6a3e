import { session } from '../session.ts';
import { type EvidenceFilter, firstSort, noFilter, type Sort } from './register-filter.ts';

export type View = 'table' | 'gallery' | 'coverage';

/** How somebody left the register of an audit. */
export interface RegisterMemory {
  readonly filter: EvidenceFilter;
  readonly sort: Sort;
  readonly view: View;
  /** Whether the list of controls stands beside it. */
  readonly controls: boolean;
}

const fresh: RegisterMemory = { filter: noFilter, sort: firstSort, view: 'table', controls: false };

/** By audit, until the window closes or the vault locks: names of people and tags are record text and must not outlive the lock. */
const left = new Map<string, RegisterMemory>();
let following = false;

function followLock(): void {
  if (following) return;
  following = true;
  session.subscribe(() => {
    if (session.get().phase === 'closed') left.clear();
  });
}

export function recall(auditId: string): RegisterMemory {
  return left.get(auditId) ?? fresh;
}

export function remember(auditId: string, memory: RegisterMemory): void {
  followLock();
  left.set(auditId, memory);
}
