import { useEffect, useRef } from 'react';
import { call } from '../../bridge.ts';
import { useFlush } from '../../pending.ts';
import type { Mark } from './editor.ts';

/** What was marked is kept after this pause, in milliseconds. */
const pause = 400;

/** Keeps the marks in the vault while somebody works on them, so that a lock takes none. They are forgotten with the copy, or by discarding. */
export function useKeptMarks(redactionId: string, marks: readonly Mark[]): void {
  const kept = useRef(marks);
  const latest = useRef(marks);
  latest.current = marks;
  const keep = async () => {
    if (kept.current === latest.current) return;
    kept.current = latest.current;
    await keepMarks(redactionId, latest.current);
  };
  useFlush(keep);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the marks
  useEffect(() => {
    // Not kept now is not lost yet: the next change, and the lock, try again.
    const timer = setTimeout(() => void keep().catch(() => undefined), pause);
    return () => clearTimeout(timer);
  }, [marks]);
}

/** Forgets what was marked: it was discarded. */
export async function discardMarks(redactionId: string): Promise<void> {
  await keepMarks(redactionId, []);
}

function keepMarks(redactionId: string, marks: readonly Mark[]): Promise<null> {
  return call('redaction.keepMarks', { redactionId, marks: marks.map(({ id: _, ...mark }) => mark) });
}
