import type { SnippetPart } from '../../shared/ipc/search.ts';

/** Characters before the place that was found; the palette has room for few. */
const before = 12;

/** An excerpt on one short line that begins shortly before what was found. */
export function foundPlace(snippet: readonly SnippetPart[]): string {
  const text = snippet.map((part) => part.text).join('');
  const index = snippet.findIndex(({ found }) => found);
  const place = snippet.slice(0, Math.max(0, index)).reduce((length, part) => length + part.text.length, 0);
  if (place <= before) return text;
  // A word that would be cut is left out, unless there is none but it.
  const start = text.slice(place - before, place).search(/\s\S/);
  return `…${text.slice(start === -1 ? place - before : place - before + start + 1)}`;
}
