import { stringify } from 'csv-stringify/sync';

/** Cells that a spreadsheet would take for a formula are written as text. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { bom: true, record_delimiter: 'windows', escape_formulas: true },
  );
}
