import { createStore } from './store.ts';

/** ISO time of the last durable change, for the status bar. Null until something was saved. */
export const savedAt = createStore<string | null>(null);

/** Tells that a change is durable. Changes of the vault are noticed by themselves; this is for a more exact time. */
export function markSaved(at: string): void {
  const before = savedAt.get();
  if (before === null || before < at) savedAt.set(at);
}
