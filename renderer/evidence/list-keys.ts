import type { Range } from '@tanstack/react-virtual';
import { defaultRangeExtractor } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';

/** Where an arrow key leads in a list with `columns` per row, or null for other keys. Prevents the scroll of the key. */
export function listKeys(event: KeyboardEvent, index: number, count: number, columns: number): number | null {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    ...(columns > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
    Home: -count,
    End: count,
  };
  const step = steps[event.key];
  if (step === undefined || count === 0) return null;
  event.preventDefault();
  return index === -1 ? 0 : Math.min(count - 1, Math.max(0, index + step));
}

/** Keeps the current row in the document wherever the list is scrolled, so that it can be named as the active one. */
export function withCurrent(index: number): (range: Range) => number[] {
  return (range) => {
    const drawn = defaultRangeExtractor(range);
    return index < 0 || drawn.includes(index) ? drawn : [...drawn, index].sort((left, right) => left - right);
  };
}
