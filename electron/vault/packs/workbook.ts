import { utils, write } from '@e965/xlsx';
import { type TableHead, tableColumns } from '../../../shared/checklists/table.ts';
import { controlsSheet, headFields, headSheet } from '../../../shared/checklists/workbook.ts';

/** A workbook of rows, titles first, with the notes of the columns on a sheet of their own. */
export function writeWorkbook(rows: readonly (readonly string[])[], head: TableHead): Uint8Array {
  const workbook = utils.book_new();
  const controls = utils.aoa_to_sheet(rows.map((row) => [...row]));
  controls['!cols'] = tableColumns.map(({ title }) => ({
    wch: ['Question', 'Objective', 'What good looks like'].includes(title) ? 60 : 24,
  }));
  controls['!autofilter'] = {
    ref: utils.encode_range({ s: { r: 0, c: 0 }, e: { r: Math.max(0, rows.length - 1), c: tableColumns.length - 1 } }),
  };
  const [source = { title: '', citation: '', asOf: '' }] = head.sources;
  const values = { ...head, sourceTitle: source.title, sourceCitation: source.citation, sourceAsOf: source.asOf };
  const about = utils.aoa_to_sheet(headFields.map(([title, field]) => [title, values[field]]));
  about['!cols'] = [{ wch: 20 }, { wch: 80 }];
  const notes = utils.aoa_to_sheet([
    ['Column', 'Needed', 'What to write'],
    ...tableColumns.map(({ title, needed, note }) => [title, needed ? 'yes' : 'no', note]),
  ]);
  notes['!cols'] = [{ wch: 24 }, { wch: 10 }, { wch: 80 }];
  utils.book_append_sheet(workbook, controls, controlsSheet);
  utils.book_append_sheet(workbook, about, headSheet);
  utils.book_append_sheet(workbook, notes, 'Columns');
  return new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
}
