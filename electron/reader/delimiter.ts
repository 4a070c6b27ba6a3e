/** How the cells of a CSV are kept apart, and its rows. */
export interface Separated<Delimiter extends string> {
  readonly delimiter: Delimiter;
  /** Without the line in which Excel is told the delimiter. */
  readonly text: string;
  /** How many lines stand before it. */
  readonly linesBefore: number;
}

/** Characters and lines at the beginning that are looked at. */
const lookedAt = 20_000;
const mostLines = 50;

/**
 * Finds the delimiter: the one that Excel is told in a first line `sep=;`, else the one that most lines have equally often outside of
 * quotes. The first of `candidates` where none is better.
 */
export function separate<Delimiter extends string>(text: string, candidates: readonly [Delimiter, ...Delimiter[]]): Separated<Delimiter> {
  const told = /^\ufeff?"?sep=(.)"?\r?\n/i.exec(text);
  const named = candidates.find((candidate) => candidate === told?.[1]);
  if (told !== null && named !== undefined) return { delimiter: named, text: text.slice(told[0].length), linesBefore: 1 };
  const lines = unquotedLines(text.slice(0, lookedAt));
  let best = candidates[0];
  let bestRank = rank(lines, best);
  for (const candidate of candidates.slice(1)) {
    const candidateRank = rank(lines, candidate);
    if (candidateRank.lines > bestRank.lines || (candidateRank.lines === bestRank.lines && candidateRank.times > bestRank.times)) {
      best = candidate;
      bestRank = candidateRank;
    }
  }
  return { delimiter: best, text, linesBefore: 0 };
}

/** The lines without what stands in quotes. A quote begins a cell or ends one; in the middle of a cell it is a sign for inches. */
function unquotedLines(text: string): string[] {
  return text
    .replace(/(^|[,;\t|\r\n])"(?:[^"]|"")*"(?=[,;\t|\r\n]|$)/g, '$1')
    .split(/\r\n|\n|\r/)
    .slice(0, mostLines);
}

/** How many lines have the delimiter the same number of times, and how often that is. */
function rank(lines: readonly string[], delimiter: string): { lines: number; times: number } {
  const linesByTimes = new Map<number, number>();
  for (const line of lines) {
    const times = line.split(delimiter).length - 1;
    if (times > 0) linesByTimes.set(times, (linesByTimes.get(times) ?? 0) + 1);
  }
  let best = { lines: 0, times: 0 };
  for (const [times, count] of linesByTimes)
    if (count > best.lines || (count === best.lines && times > best.times)) best = { lines: count, times };
  return best;
}
