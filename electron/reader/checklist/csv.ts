import { CsvError, parse } from 'csv-parse/sync';
import type { CsvReading } from '../../../shared/checklists/import.ts';
import { unguardCell } from '../../../shared/domain/spreadsheet-cell.ts';
import { separate } from '../delimiter.ts';

interface Parsed {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** Cells of a CSV (RFC 4180) with commas, semicolons or tabs, without what keeps them from being taken for formulas, with the line on which their record begins. */
export function readCsv(written: string, file: string): CsvReading {
  const { delimiter, text, linesBefore } = separate(written, [',', ';', '\t']);
  try {
    const records = parse(text, {
      bom: true,
      delimiter,
      info: true,
      relax_column_count: true,
      skip_empty_lines: false,
    }) as unknown as Parsed[];
    let next = 1 + linesBefore;
    return {
      ok: true,
      rows: records.map(({ info, record }) => {
        const line = next;
        next = info.lines + 1 + linesBefore;
        return record.map((cell, index) => ({ text: unguardCell(cell), place: { line, column: index + 1 } }));
      }),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = Number((error as CsvError & { lines?: number }).lines ?? 1) + linesBefore;
    return {
      ok: false,
      faults: [{ file, line, column: 1, path: '', message: `Not a well-formed CSV file: ${error.message}.`, severity: 'error' }],
    };
  }
}
