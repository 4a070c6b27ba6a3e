import { read, utils, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { unzipSync, zipSync } from 'fflate';
import type { Cell } from '../../../shared/checklists/table.ts';
import { controlsSheet, headFields, headSheet, type SheetHead } from '../../../shared/checklists/workbook.ts';
import { counted } from '../../../shared/domain/count.ts';
import type { PackFault } from '../../../shared/domain/pack-fault.ts';

/** Bytes that a workbook may have, and may unpack to. */
const largestWorkbook = 16 * 1024 * 1024;
const largestUnpacked = 96 * 1024 * 1024;

export type WorkbookReading =
  | { readonly ok: true; readonly rows: readonly (readonly Cell[])[]; readonly head: SheetHead; readonly faults: readonly PackFault[] }
  | { readonly ok: false; readonly faults: readonly PackFault[] };

/** Reads the cells as they are shown. Formulas and merged cells are faults: neither says what stands in a row. */
export function readWorkbook(bytes: Uint8Array, file: string): WorkbookReading {
  const fail = (message: string): WorkbookReading => ({
    ok: false,
    faults: [{ file, line: 1, column: 1, path: '', message, severity: 'error' }],
  });
  if (bytes.length > largestWorkbook)
    return fail(`The workbook has ${counted(bytes.length, 'byte')}; at most ${counted(largestWorkbook, 'byte')} are read.`);
  let workbook: WorkBook;
  try {
    const unpacked = unpackBounded(bytes);
    if (unpacked === null) return fail(`The workbook unpacks to more than ${counted(largestUnpacked, 'byte')}.`);
    workbook = read(unpacked, { type: 'array', cellFormula: true, cellHTML: false, cellDates: false });
  } catch {
    return fail('The workbook cannot be read: it is damaged, or protected by a password.');
  }
  const name = workbook.SheetNames.find((sheet) => sheet.toLowerCase() === controlsSheet.toLowerCase()) ?? workbook.SheetNames[0];
  const sheet = name === undefined ? undefined : workbook.Sheets[name];
  if (name === undefined || sheet?.['!ref'] === undefined) return fail('The workbook has no filled sheet.');
  const place = (row: number, column: number) => ({
    line: row + 1,
    column: column + 1,
    cell: `${name}!${utils.encode_cell({ r: row, c: column })}`,
  });
  const faults: PackFault[] = [];
  const fault = (row: number, column: number, message: string) =>
    faults.push({ file, ...place(row, column), path: '', message, severity: 'error' });
  for (const merge of sheet['!merges'] ?? [])
    fault(merge.s.r, merge.s.c, `Merged cells ${utils.encode_range(merge)}: give every row its own value.`);
  const rows = cellsOf(
    sheet,
    (row, column) => place(row, column),
    (row, column, formula) => fault(row, column, `A formula (=${formula.slice(0, 60)}): put its value there instead.`),
  );
  return { ok: true, rows, head: readHead(workbook), faults };
}

/** The same archive without compression, or null when it is larger than allowed: sizes are counted on real bytes. */
function unpackBounded(bytes: Uint8Array): Uint8Array | null {
  let declared = 0;
  const files = unzipSync(bytes, {
    filter: (entry) => {
      declared += entry.originalSize;
      return declared <= largestUnpacked;
    },
  });
  return declared > largestUnpacked ? null : zipSync(files, { level: 0 });
}

function cellsOf(
  sheet: WorkSheet,
  place: (row: number, column: number) => Cell['place'],
  onFormula: (row: number, column: number, formula: string) => void,
): Cell[][] {
  const range = utils.decode_range(sheet['!ref'] ?? 'A1');
  // A sheet may claim a million rows; only what is filled counts.
  const filled = Object.keys(sheet).filter((key) => !key.startsWith('!'));
  const last = filled.reduce((most, key) => Math.max(most, utils.decode_cell(key).r), range.s.r);
  const width = Math.min(range.e.c, range.s.c + 99);
  const rows: Cell[][] = [];
  for (let row = range.s.r; row <= last; row += 1) {
    const cells: Cell[] = [];
    for (let column = range.s.c; column <= width; column += 1) {
      const cell = sheet[utils.encode_cell({ r: row, c: column })] as { w?: string; f?: string } | undefined;
      if (cell?.f !== undefined) onFormula(row, column, cell.f);
      cells.push({ text: cell?.w ?? '', place: place(row, column) });
    }
    rows.push(cells);
  }
  return rows;
}

function readHead(workbook: WorkBook): SheetHead {
  const name = workbook.SheetNames.find((sheet) => sheet.toLowerCase() === headSheet.toLowerCase());
  const sheet = name === undefined ? undefined : workbook.Sheets[name];
  if (sheet === undefined) return {};
  const head: SheetHead = {};
  for (const [label = '', value = ''] of utils.sheet_to_json<string[]>(sheet, { header: 1, raw: false, blankrows: false })) {
    const field = headFields.find(([title]) => title.toLowerCase() === String(label).trim().toLowerCase())?.[1];
    if (field !== undefined) head[field] = String(value).trim();
  }
  return head;
}
