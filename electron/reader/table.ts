import { CsvError, parse } from 'csv-parse/sync';
import type { PreviewSheet } from '../../shared/domain/preview.ts';
import { readerBounds } from '../../shared/domain/reader.ts';
import { separate } from './delimiter.ts';
import { cellText } from './text.ts';

export interface ReadTable {
  readonly sheets: readonly PreviewSheet[];
  readonly more: boolean;
  /** The file does not say how its letters are written. */
  readonly guessed?: boolean;
}

/**
 * The rows of a CSV file (RFC 4180), or null where quotes do not fit together. Excel writes semicolons in half of the world.
 * @param isCut the text is the beginning of more: a cell whose quotes are not closed at its end is half a cell
 */
export function readCsv(written: string, expected: ',' | '\t', isCut = false): ReadTable | null {
  const { delimiter, text } = separate(written, expected === '\t' ? ['\t'] : [',', ';', '\t', '|']);
  const sheet = collectSheet('', readerBounds.cells);
  try {
    parse(text, {
      bom: true,
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: 4 * 1024 * 1024,
      // Each row is taken as it comes, so that millions of them are counted and not kept.
      on_record: (record: string[]) => {
        sheet.add(record);
        return null;
      },
    });
  } catch (error) {
    const isHalfACell = isCut && error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED';
    if (!isHalfACell) return null;
  }
  const { shown, more } = sheet.finish();
  return { sheets: [shown], more };
}

/** Takes rows one by one and keeps as many as are shown. */
export function collectSheet(name: string, mostCells: number) {
  const rows: string[][] = [];
  let cells = 0;
  let totalRows = 0;
  let totalColumns = 0;
  return {
    get cells() {
      return cells;
    },
    add(record: readonly unknown[]): void {
      totalRows += 1;
      totalColumns = Math.max(totalColumns, record.length);
      const kept = Math.min(record.length, readerBounds.columns);
      if (rows.length >= readerBounds.rows || cells + kept > mostCells) return;
      cells += kept;
      rows.push(record.slice(0, kept).map(cellText));
    },
    finish(claimed: { readonly rows: number; readonly columns: number } = { rows: 0, columns: 0 }): { shown: PreviewSheet; more: boolean } {
      const shown = { name, rows, totalRows: Math.max(totalRows, claimed.rows), totalColumns: Math.max(totalColumns, claimed.columns) };
      return { shown, more: shown.totalRows > rows.length || shown.totalColumns > readerBounds.columns };
    },
  };
}

/** The words of a table for search and scan: cells of a row with tabs between them. */
export function tableText({ sheets }: ReadTable): string {
  return sheets.flatMap(({ name, rows }) => [...(name === '' ? [] : [name]), ...rows.map((row) => row.join('\t'))]).join('\n');
}
