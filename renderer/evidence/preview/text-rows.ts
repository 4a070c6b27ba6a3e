/** A text cut into rows of one height, so that only those in sight need drawing. */
export interface TextRows {
  /** Where each line begins in the text. */
  readonly lines: Uint32Array;
  /** Where each row begins; a row is a line, or a part of one that is too long. */
  readonly rows: Uint32Array;
  /** The number of columns of the widest row. */
  readonly widest: number;
  /** There were more rows than are kept. */
  readonly cut: boolean;
}

/** More rows than any log that fits into a preview has, unless it is made to be a nuisance. */
export const mostRows = 4_000_000;
/** Longer lines are broken even where lines are not wrapped, because drawing one line of megabytes freezes the window. */
export const longestRow = 2000;
/** Columns from one stop of a tab to the next; the style sheet says the same. */
export const tabSize = 4;

const newline = 10;
const carriageReturn = 13;
const space = 32;
const tab = 9;

/** Cuts a text into rows of at most so many columns; without a number, only lines longer than `longestRow` characters are broken. */
export function textRows(text: string, columns: number | null = null): TextRows {
  const lines = new Offsets();
  const rows = new Offsets();
  let widest = 0;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    // A line break at the very end closes the last line and does not begin another.
    if (found === -1 && start === text.length && lines.length > 0) break;
    if (rows.length >= mostRows) return { lines: lines.values(), rows: rows.values(), widest, cut: true };
    lines.push(start);
    let from = start;
    do {
      const row = columns === null ? unwrappedRow(text, from, end) : wrappedRow(text, from, end, Math.max(8, columns));
      if (row.columns > widest) widest = row.columns;
      rows.push(from);
      from = row.end;
    } while (from < end && rows.length < mostRows);
    start = end + 1;
  }
  return { lines: lines.values(), rows: rows.values(), widest, cut: false };
}

/** The text of a row without the line break that ends it. */
export function rowText(text: string, { rows }: TextRows, row: number): string {
  const start = rows[row] ?? text.length;
  let end = rows[row + 1] ?? lineEnd(text, start);
  if (end > start && text.charCodeAt(end - 1) === newline) end -= 1;
  if (end > start && text.charCodeAt(end - 1) === carriageReturn) end -= 1;
  return text.slice(start, end);
}

/** The number of the line that begins with this row, counting from 1; null where a row goes on with a line. */
export function lineNumber({ lines, rows }: TextRows, row: number): number | null {
  const start = rows[row];
  if (start === undefined) return null;
  const line = indexAt(lines, start);
  return lines[line] === start ? line + 1 : null;
}

/** The row that holds this position of the text. */
export function rowAt({ rows }: TextRows, position: number): number {
  return Math.max(0, indexAt(rows, position));
}

/** The position of a place that is told by line and column, both from 1. Places outside are moved to the nearest inside. */
export function positionOf(text: string, { lines }: TextRows, line: number, column = 1): number {
  const start = lines[Math.min(Math.max(1, line), lines.length) - 1] ?? 0;
  return Math.min(start + Math.max(1, column) - 1, lineEnd(text, start));
}

/** The last index whose value is not greater; -1 when there is none. */
export function indexAt(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function lineEnd(text: string, start: number): number {
  const found = text.indexOf('\n', start);
  return found === -1 ? text.length : found;
}

function unwrappedRow(text: string, from: number, end: number): { end: number; columns: number } {
  const cut = wholeCharacter(text, from, Math.min(end, from + longestRow));
  return { end: cut, columns: cut - from };
}

/** Breaks after the last space that fits, or in the middle of a word that is longer than half a row. */
function wrappedRow(text: string, from: number, end: number, columns: number): { end: number; columns: number } {
  let width = 0;
  let afterSpace = -1;
  for (let at = from; at < end; at += 1) {
    const code = text.charCodeAt(at);
    const wider = code === tab ? tabSize - (width % tabSize) : columnsOf(code);
    if (width + wider > columns) {
      const cut = afterSpace - from > columns / 2 ? afterSpace : wholeCharacter(text, from, at);
      return { end: cut, columns: width };
    }
    width += wider;
    if (code === space || code === tab) afterSpace = at + 1;
  }
  return { end, columns: width };
}

/** A cut does not split a pair of surrogates; it goes forward where going back would leave nothing. */
function wholeCharacter(text: string, from: number, cut: number): number {
  const code = text.charCodeAt(cut);
  const splits = code >= 0xdc00 && code <= 0xdfff && cut > from;
  if (!splits) return cut;
  return cut - 1 > from ? cut - 1 : cut + 1;
}

/** Columns of a character in a monospaced font: East Asian ones take two, marks none. Half of a surrogate pair counts as one. */
function columnsOf(code: number): number {
  if (code < 0x300) return 1;
  if (code <= 0x36f) return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60);
  return wide ? 2 : 1;
}

/** A list of offsets that grows without a number object for each. */
class Offsets {
  length = 0;
  #held = new Uint32Array(1024);

  push(offset: number): void {
    if (this.length === this.#held.length) {
      const larger = new Uint32Array(this.#held.length * 2);
      larger.set(this.#held);
      this.#held = larger;
    }
    this.#held[this.length] = offset;
    this.length += 1;
  }

  values(): Uint32Array {
    return this.#held.slice(0, this.length);
  }
}
