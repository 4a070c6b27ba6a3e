import type { IdentifierHit } from '../../../shared/domain/identifiers.ts';
import { matchPattern, mostMatches } from '../../ui/matches.ts';
import { maskPattern } from './mask.ts';
import { indexAt } from './text-rows.ts';

/** A cell by its place, both counting from 0. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

type TableRows = readonly (readonly string[])[];

/** Pixels. */
const narrowest = 56;
const widest = 320;
const perCharacter = 7.4;
const besideText = 22;
/** Rows that are looked at for the widths. */
const sampled = 200;

/** The number of columns that the rows have at most. */
export function columnCount(rows: TableRows): number {
  return rows.reduce((most, row) => Math.max(most, row.length), 0);
}

/** Where each column begins, in pixels, and at the end where the last one ends. Widths follow from the first rows. */
export function columnStarts(rows: TableRows, columns = columnCount(rows)): Float64Array {
  const longest = new Uint16Array(columns);
  for (const row of rows.slice(0, sampled)) {
    for (let column = 0; column < row.length; column += 1) {
      const length = Math.min(100, row[column]?.length ?? 0);
      if (length > (longest[column] ?? 0)) longest[column] = length;
    }
  }
  const starts = new Float64Array(columns + 1);
  for (let column = 0; column < columns; column += 1) {
    const width = Math.min(widest, Math.max(narrowest, (longest[column] ?? 0) * perCharacter + besideText));
    starts[column + 1] = (starts[column] ?? 0) + Math.round(width);
  }
  return starts;
}

/** The columns in sight, from `first` to before `end`. */
export function columnsInSight(starts: Float64Array, scrollLeft: number, width: number): { first: number; end: number } {
  const columns = starts.length - 1;
  const first = Math.max(0, Math.min(columns, indexAt(starts, scrollLeft)));
  const end = Math.min(columns, indexAt(starts, scrollLeft + width) + 1);
  return { first, end: Math.max(first, end) };
}

/** The letters of a column as spreadsheets name it: A to Z, AA and on. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column; left >= 0; left = Math.floor(left / 26) - 1) name = String.fromCharCode(65 + (left % 26)) + name;
  return name;
}

/** Whether a cell shows a number, a share or an amount, which belong below each other by their last digit. */
export function isNumeric(text: string): boolean {
  return text.length <= 40 && /^\s*[(+-]?\s?(?:[$€£¥]\s?)?\d[\d.,' ]*(?:e[+-]?\d+)?\s?(?:[%€]|\))?\s*$/i.test(text);
}

/** Whether the first row reads like names of columns: words in every cell, and something below. */
export function hasHeader(rows: TableRows): boolean {
  const [head, next] = rows;
  if (head === undefined || next === undefined || head.length < 2) return false;
  return head.every((text) => text.trim() !== '' && text.length <= 80 && !isNumeric(text));
}

/** Where a key takes the chosen cell; null when the key is not one of those that move. */
export function movedCell(
  key: string,
  withControl: boolean,
  cell: Cell,
  table: { rows: number; columns: number; page: number },
): Cell | null {
  const last = { row: table.rows - 1, column: table.columns - 1 };
  const to = (row: number, column: number): Cell => ({
    row: Math.min(Math.max(0, row), last.row),
    column: Math.min(Math.max(0, column), last.column),
  });
  const { row, column } = cell;
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'PageUp':
      return to(row - table.page, column);
    case 'PageDown':
      return to(row + table.page, column);
    case 'Home':
      return to(withControl ? 0 : row, 0);
    case 'End':
      return to(withControl ? last.row : row, last.column);
    default:
      return null;
  }
}

/** Rows that are searched before others get their turn. */
const stretch = 5000;

/** The cells that hold what was typed, row by row, a stretch of rows at a time. */
export function* cellsWith(rows: TableRows, query: string, most = mostMatches): Generator<readonly Cell[]> {
  const pattern = new RegExp(matchPattern(query).source, 'i');
  let left = query === '' ? 0 : most;
  for (let from = 0; from < rows.length && left > 0; from += stretch) {
    const found: Cell[] = [];
    for (let row = from; row < Math.min(rows.length, from + stretch); row += 1) {
      rows[row]?.forEach((text, column) => {
        if (found.length < left && pattern.test(text)) found.push({ row, column });
      });
    }
    left -= found.length;
    yield found;
  }
}

/** The cell in which an identifier was found: on the line of the file if the line is a row, else the first that holds one that looks like it. */
export function cellOfHit(rows: TableRows, hit: IdentifierHit): Cell | null {
  const pattern = maskPattern(hit.masked);
  const order = [hit.line - 1, ...rows.keys()];
  for (const row of order) {
    const column = rows[row]?.findIndex((text) => text.search(pattern) !== -1) ?? -1;
    if (column !== -1) return { row, column };
  }
  return null;
}
