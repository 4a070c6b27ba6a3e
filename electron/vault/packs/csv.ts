import { stringify } from 'csv-stringify/sync';
import { guardCell } from '../../../shared/domain/spreadsheet-cell.ts';

/** RFC 4180, UTF-8 with a mark. Cells that a spreadsheet would take for a formula are written as text. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => row.map(guardCell)),
    { bom: true, record_delimiter: 'windows' },
  );
}
