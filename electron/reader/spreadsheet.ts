import { read, SSF, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { zipSync } from 'fflate';
import type { PreviewSheet } from '../../shared/domain/preview.ts';
import { readerBounds } from '../../shared/domain/reader.ts';
import { UnreadableFile } from './failure.ts';
import { collectSheet, type ReadTable } from './table.ts';
import { shortText } from './text.ts';
import { unpack } from './zip.ts';

/** One place is kept for the comments on cells. */
const mostSheets = readerBounds.sheets - 1;

/**
 * Reads XLSX, XLSB, XLS and ODS: cells as they are shown, formulas as their last value. Days that a program shows in the way of its country
 * are written as in ISO 8601. A formula that has no value yet, as programs write it that do not reckon, stands as a formula.
 */
export function readSpreadsheet(bytes: Uint8Array): ReadTable {
  const workbook = readWorkbook(bytes);
  const sheets: PreviewSheet[] = [];
  const comments = collectSheet('', readerBounds.cells);
  let left: number = readerBounds.cells;
  let more = workbook.SheetNames.length > mostSheets;
  for (const [index, name] of workbook.SheetNames.slice(0, mostSheets).entries()) {
    const sheet = workbook.Sheets[name];
    if (sheet === undefined) continue;
    const collected = collectSheet(shortText(name, readerBounds.nameCharacters), left);
    for (const row of denseRows(sheet, workbook.Workbook?.WBProps?.date1904 === true)) collected.add(row);
    const { shown, more: cut } = collected.finish(claimedSize(sheet));
    left -= collected.cells;
    more ||= cut;
    sheets.push({ ...shown, ...hiddenParts(sheet, workbook.Workbook?.Sheets?.[index]?.Hidden) });
    for (const comment of commentsOf(sheet)) comments.add([name, ...comment]);
  }
  if (sheets.length === 0) throw new UnreadableFile('unreadable');
  const { shown, more: cut } = comments.finish();
  if (shown.totalRows > 0) sheets.push({ ...shown, isComments: true });
  more ||= cut;
  return { sheets, more };
}

/** What the workbook hides of a sheet. */
function hiddenParts(sheet: WorkSheet, visibility: number | undefined): Pick<PreviewSheet, 'hidden' | 'hiddenRows' | 'hiddenColumns'> {
  const rows = rangesOf(sheet['!rows'], String);
  const columns = rangesOf(sheet['!cols'], (number) => utils.encode_col(number - 1));
  return {
    ...(visibility === 1 ? { hidden: 'hidden' } : visibility === 2 ? { hidden: 'very-hidden' } : {}),
    ...(rows === '' ? {} : { hiddenRows: rows }),
    ...(columns === '' ? {} : { hiddenColumns: columns }),
  };
}

/** The hidden ones among rows or columns, as `3-5, 8`. */
function rangesOf(lines: readonly ({ readonly hidden?: boolean } | undefined)[] | undefined, nameOf: (number: number) => string): string {
  const ranges: string[] = [];
  let length = 0;
  const end = Math.min(lines?.length ?? 0, mostRows);
  for (let at = 0; at < end; at += 1) {
    if (lines?.[at]?.hidden !== true) continue;
    const first = at;
    while (lines?.[at + 1]?.hidden === true) at += 1;
    const range = first === at ? nameOf(first + 1) : `${nameOf(first + 1)}-${nameOf(at + 1)}`;
    length += range.length + 2;
    if (length > readerBounds.hiddenCharacters - 3) return `${ranges.join(', ')}, …`;
    ranges.push(range);
  }
  return ranges.join(', ');
}

/** The comments on the cells of a sheet, with their place and who wrote them. */
function* commentsOf(sheet: WorkSheet): Generator<[place: string, author: string, text: string]> {
  const rows = rowsOf(sheet);
  for (let row = 0; row < rows.length; row += 1)
    for (const [column, cell] of (rows[row] ?? []).entries())
      for (const { a = '', t = '' } of cell?.c ?? []) yield [utils.encode_cell({ r: row, c: column }), a, t];
}

/** Author, title and dates that the workbook says of itself. */
export function workbookProperties(bytes: Uint8Array): Record<string, unknown> {
  return { ...readWorkbook(bytes).Props };
}

/**
 * Bytes of a workbook, unpacked, of which every row is read: some 200,000 cells. A sheet may claim a million rows and fill three, or
 * fill the first and the millionth; of a larger workbook its word is taken for what was not read.
 */
const mostToReadWhole = 4 * 1024 * 1024;

function readWorkbook(bytes: Uint8Array): WorkBook {
  const zipped = bytes[0] === 0x50;
  // Written anew without compression, so that the workbook's own reader cannot be made to unpack more than was counted.
  const parts = zipped ? unpack(bytes, () => true) : null;
  const plain = parts === null ? bytes : zipSync(Object.fromEntries(parts), { level: 0 });
  const sheetRows = plain.length <= mostToReadWhole ? 0 : readerBounds.rows;
  try {
    return read(plain, {
      type: 'array',
      dense: true,
      cellHTML: false,
      cellNF: true,
      cellStyles: parts === null || hasSoundColumns(parts),
      sheetStubs: true,
      sheetRows,
    });
  } catch (error) {
    throw new UnreadableFile(/password|encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable');
  }
}

/** How many rows and columns a sheet has at most, and the bytes in front of its cells that are looked through for them. */
const mostRows = 1_048_576;
const mostColumns = 16_384;
const mostHead = 1024 * 1024;

/** Whether the library may be asked for what is hidden: it makes a column of each that a sheet speaks of, be it a billion. */
function hasSoundColumns(parts: ReadonlyMap<string, Uint8Array>): boolean {
  if (parts.has('xl/workbook.bin')) return false;
  return [...parts.values()].every((part) => {
    const head = Buffer.from(part.buffer, part.byteOffset, Math.min(part.length, mostHead)).toString('latin1');
    const cells = head.search(/<(?:\w+:)?sheetData/);
    if (cells === -1 && part.length > mostHead && head.includes('worksheet')) return false;
    return [...head.slice(0, cells === -1 ? undefined : cells).matchAll(/\bmax\s*=\s*["']([^"']*)/g)].every(
      ([, last]) => Number(last) <= mostColumns,
    );
  });
}

interface ShownCell {
  /** A letter for the type: `n` for a number, `z` for a cell without content. */
  readonly t?: string;
  readonly w?: string;
  readonly v?: unknown;
  /** The format of a number. */
  readonly z?: unknown;
  readonly f?: string;
  /** Comments: who wrote each, and its text. */
  readonly c?: readonly { readonly a?: string; readonly t?: string }[];
}

function rowsOf(sheet: WorkSheet): readonly (readonly (ShownCell | undefined)[] | undefined)[] {
  return sheet['!data'] ?? [];
}

/** Rows up to the last one with a filled cell, each up to its last filled cell; gaps are empty cells. */
function* denseRows(sheet: WorkSheet, since1904: boolean): Generator<unknown[]> {
  const rows = rowsOf(sheet);
  let empty = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const cells = rows[row] ?? [];
    let length = cells.length;
    while (length > 0 && isEmpty(cells[length - 1])) length -= 1;
    if (length === 0) empty += 1;
    else {
      for (; empty > 0; empty -= 1) yield [];
      yield Array.from({ length }, (_, column) => (column < readerBounds.columns ? shownCell(cells[column], since1904) : ''));
    }
  }
}

function isEmpty(cell: ShownCell | undefined): boolean {
  return cell === undefined || (cell.t === 'z' && cell.f === undefined);
}

/** Formats 14 and 22 of ECMA-376: they mean the day as the reader's country writes it, which nobody knows here. */
const formatsOfTheCountry: ReadonlyMap<unknown, string> = new Map([
  ['m/d/yy', 'yyyy-mm-dd'],
  ['m/d/yy h:mm', 'yyyy-mm-dd hh:mm'],
]);

function shownCell(cell: ShownCell | undefined, since1904: boolean): unknown {
  if (cell === undefined) return '';
  if (cell.t === 'z') return cell.f === undefined ? '' : `=${cell.f}`;
  if (cell.t !== 'n' || typeof cell.v !== 'number') return cell.w ?? cell.v;
  const format = formatsOfTheCountry.get(cell.z) ?? unknownFormat(cell);
  return format === null ? (cell.w ?? cell.v) : SSF.format(format, cell.v, { date1904: since1904 });
}

/** Of a day or time whose format the library cannot follow; null for everything else. */
function unknownFormat({ w, v, z }: ShownCell): string | null {
  if (w !== undefined || typeof z !== 'string' || !SSF.is_date(z)) return null;
  return Number(v) % 1 === 0 ? 'yyyy-mm-dd' : Number(v) < 1 ? 'hh:mm:ss' : 'yyyy-mm-dd hh:mm:ss';
}

/** What the sheet says that it has, where only its beginning was read. */
function claimedSize(sheet: WorkSheet): { rows: number; columns: number } {
  const reference = sheet['!fullref'];
  if (typeof reference !== 'string') return { rows: 0, columns: 0 };
  const { e } = utils.decode_range(reference);
  return { rows: e.r + 1, columns: e.c + 1 };
}
