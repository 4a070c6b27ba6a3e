import { read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { readerBounds } from '../../shared/domain/reader.ts';
import { UnreadableFile } from './failure.ts';
import { collectSheet, type ReadTable } from './table.ts';
import { shortText } from './text.ts';
import { unpack } from './zip.ts';

/** Reads XLSX, XLSB, XLS and ODS: cells as they are shown, formulas as their last value. */
export function readSpreadsheet(bytes: Uint8Array): ReadTable {
  const workbook = readWorkbook(bytes);
  const sheets = [];
  let left: number = readerBounds.cells;
  let more = workbook.SheetNames.length > readerBounds.sheets;
  for (const name of workbook.SheetNames.slice(0, readerBounds.sheets)) {
    const sheet = workbook.Sheets[name];
    if (sheet === undefined) continue;
    const collected = collectSheet(shortText(name, readerBounds.nameCharacters), left);
    for (const row of denseRows(sheet)) collected.add(row);
    const { shown, more: cut } = collected.finish(claimedSize(sheet));
    left -= collected.cells;
    more ||= cut;
    sheets.push(shown);
  }
  if (sheets.length === 0) throw new UnreadableFile('unreadable');
  return { sheets, more };
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
  const plain = zipped ? zipSync(Object.fromEntries(unpack(bytes, () => true)), { level: 0 }) : bytes;
  const sheetRows = plain.length <= mostToReadWhole ? 0 : readerBounds.rows;
  try {
    return read(plain, { type: 'array', dense: true, cellFormula: false, cellHTML: false, cellStyles: false, sheetRows });
  } catch (error) {
    throw new UnreadableFile(/password|encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable');
  }
}

interface ShownCell {
  readonly w?: string;
  readonly v?: unknown;
}

function rowsOf(sheet: WorkSheet): readonly (readonly (ShownCell | undefined)[] | undefined)[] {
  return sheet['!data'] ?? [];
}

/** Rows up to the last filled cell; gaps are empty cells. */
function* denseRows(sheet: WorkSheet): Generator<unknown[]> {
  const rows = rowsOf(sheet);
  for (let row = 0; row < rows.length; row += 1) {
    const cells = rows[row] ?? [];
    yield Array.from({ length: Math.min(cells.length, readerBounds.columns) }, (_, column) => cells[column]?.w ?? cells[column]?.v);
  }
}

/** What the sheet says that it has, where only its beginning was read. */
function claimedSize(sheet: WorkSheet): { rows: number; columns: number } {
  const reference = sheet['!fullref'];
  if (typeof reference !== 'string') return { rows: 0, columns: 0 };
  const { e } = utils.decode_range(reference);
  return { rows: e.r + 1, columns: e.c + 1 };
}
