import type { Tone, Toned } from './colour.ts';
import { indexAt } from './text-rows.ts';

/** A run of characters of a row that look the same. */
export interface RowPart {
  readonly text: string;
  readonly tone: Tone | null;
  /** Part of something that was found; `current` when it is the place shown now. */
  readonly mark: 'found' | 'current' | null;
}

/** What is marked in a text: positions in order, all of the same length, and which of them is shown now. */
export interface Marks {
  readonly places: readonly number[];
  readonly length: number;
  readonly current: number;
}

/** Cuts a row into parts by its colours and by what is marked in it. `start` is where the row begins in the text. */
export function rowParts(row: string, start: number, tones: readonly Toned[], marks: Marks): RowPart[] {
  const marked = marksOf(row.length, start, marks);
  if (tones.length === 0 && marked.length === 0) return [{ text: row, tone: null, mark: null }];
  const edges = new Set([0, row.length]);
  for (const { start: from, end } of [...tones, ...marked]) edges.add(from).add(end);
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, index) => ({
    text: row.slice(from, sorted[index + 1]),
    tone: tones.find((tone) => tone.start <= from && from < tone.end)?.tone ?? null,
    mark: marked.find((mark) => mark.start <= from && from < mark.end)?.mark ?? null,
  }));
}

function marksOf(length: number, start: number, marks: Marks): { start: number; end: number; mark: 'found' | 'current' }[] {
  const found: { start: number; end: number; mark: 'found' | 'current' }[] = [];
  // One that began on the row before may reach into this one.
  for (let index = indexAt(marks.places, start - marks.length) + 1; index < marks.places.length; index += 1) {
    const from = (marks.places[index] as number) - start;
    if (from >= length) break;
    const mark = index === marks.current ? 'current' : 'found';
    found.push({ start: Math.max(0, from), end: Math.min(length, from + marks.length), mark });
  }
  return found;
}
