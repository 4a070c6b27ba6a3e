import type { AuditId } from '../shared/domain/ids.ts';
import { flushPending } from './pending.ts';
import type { ScreenName, Target } from './screens.ts';
import { createStore } from './store.ts';

/** Where the window is. */
export interface Place {
  readonly screen: ScreenName;
  readonly auditId: AuditId | null;
  readonly target: Target;
}

const start: Place = { screen: 'audits', auditId: null, target: {} };
const most = 100;

export const place = createStore<Place>(start);
let past: Place[] = [];

/** Goes to a screen; the audit stays unless another is given. What was typed is saved on the way. */
export function navigate(screen: ScreenName, target: Target = {}, auditId?: AuditId): void {
  void flushPending();
  const here = place.get();
  past = [...past.slice(-most), here];
  place.set({ screen, auditId: auditId ?? here.auditId, target });
}

/** Back to where the window was before. */
export function goBack(): void {
  const before = past.pop();
  if (before === undefined) return;
  void flushPending();
  place.set(before);
}

/** Forgets every place, for another vault. */
export function resetPlaces(): void {
  past = [];
  place.set(start);
}
