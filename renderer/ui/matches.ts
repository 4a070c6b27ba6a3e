/** Where a search stops counting. */
export const mostMatches = 100_000;

/** Characters looked through before others get their turn. */
const stretch = 2 * 1024 * 1024;

/** A pattern that finds what was typed, as it is, in either case. It has the same length as what it finds. */
export function matchPattern(query: string): RegExp {
  return new RegExp(query.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'gi');
}

/** Positions at which a text has what was typed, a stretch of the text at a time. Matches do not overlap. */
export function* matchesIn(text: string, query: string, most = mostMatches): Generator<readonly number[]> {
  if (query === '') return;
  const pattern = matchPattern(query);
  let left = most;
  let from = 0;
  while (from < text.length && left > 0) {
    const end = Math.min(text.length, from + stretch);
    // Long enough that a match on the border is seen whole.
    const part = text.slice(from, Math.min(text.length, end + query.length - 1));
    const found: number[] = [];
    let next = end;
    for (const { index } of part.matchAll(pattern)) {
      if (from + index >= end || left === 0) break;
      found.push(from + index);
      left -= 1;
      next = Math.max(end, from + index + query.length);
    }
    yield found;
    from = next;
  }
}
