import { useEffect, useRef } from 'react';

/** Text that was typed and is not saved yet. Screens register; leaving and locking wait for all of them. */
const flushes = new Set<() => Promise<void>>();

/** Registers a function that saves what is pending. Returns the way to take it back. */
export function registerFlush(flush: () => Promise<void>): () => void {
  flushes.add(flush);
  return () => {
    flushes.delete(flush);
  };
}

/** Saves everything that is pending and resolves when it is durable. A failed save does not stop the others. */
export async function flushPending(): Promise<void> {
  await Promise.allSettled([...flushes].map(async (flush) => flush()));
}

/** Registers the screen's flush while it is shown. */
export function useFlush(flush: () => Promise<void>): void {
  const latest = useRef(flush);
  latest.current = flush;
  useEffect(() => registerFlush(() => latest.current()), []);
}
