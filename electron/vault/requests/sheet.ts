import { utils, write } from '@e965/xlsx';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import type { ClientList } from './listing.ts';
import { listWords } from './words.ts';

/** The list for the client as a workbook: one sheet, ready to be filled in and printed. */

const { columns } = listWords;
const titles = [
  columns.number,
  columns.what,
  columns.description,
  columns.requirement,
  columns.askedOf,
  columns.due,
  columns.state,
  columns.remark,
];
const widths = [14, 34, 44, 44, 18, 12, 14, 40];

/** Points: a line of the table's text, and the tallest row there is. */
const lineHeight = 13.5;
const tallestRow = 409;

/** Characters that a cell takes. */
const longestCell = 32_000;

/** Styles by their place in `styleSheet`: plain text, bold label, title of the list, title of a column, cell of the table. */
const styles = { label: 1, title: 2, column: 3, cell: 4 } as const;

/** Every cell is text, so that nothing in it is ever taken for a formula. */
export function writeRequestSheet(list: ClientList): Uint8Array {
  const head = [
    [listWords.title],
    [listWords.organisation, list.organisation],
    [listWords.audit, list.audit],
    [listWords.period, list.period],
    [listWords.contact, list.contact],
    [listWords.writtenOn, list.writtenOn],
    [],
    [list.requests.length === 0 ? listWords.none : listWords.intro],
    [],
  ];
  const rows = list.requests.map((request) => [
    request.label,
    request.title,
    request.description,
    request.requirements.join('\n'),
    request.askedOf,
    request.due,
    request.state,
    '',
  ]);
  const sheet = utils.aoa_to_sheet([...head, titles, ...rows.map((row) => row.map(cut))]);
  sheet['!cols'] = widths.map((wch) => ({ wch }));
  sheet['!rows'] = [{ hpt: 24 }, ...head.slice(1).map(() => ({ hpt: 15 })), { hpt: 18 }, ...rows.map((row) => ({ hpt: rowHeight(row) }))];
  sheet['!autofilter'] = {
    ref: utils.encode_range({ s: { r: head.length, c: 0 }, e: { r: head.length + rows.length, c: titles.length - 1 } }),
  };
  sheet['!margins'] = { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.3, footer: 0.3 };
  const workbook = utils.book_new();
  utils.book_append_sheet(workbook, sheet, listWords.title);
  const bytes = new Uint8Array(write(workbook, { type: 'array', bookType: 'xlsx', bookSST: false }) as ArrayBuffer);
  return dress(bytes, head.length + 1);
}

/** Not every program fits rows to wrapped text by itself. */
function rowHeight(row: readonly string[]): number {
  const lines = row.map((text, column) =>
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / (widths[column] ?? 1))), 0),
  );
  return Math.min(tallestRow, Math.max(...lines) * lineHeight + 4);
}

function cut(text: string): string {
  return text.length <= longestCell ? text : text.slice(0, longestCell) + listWords.cut;
}

/**
 * The library writes cells without styles. This puts in the ones that make the list readable: wrapped text, bold titles, hairlines,
 * the titles frozen and repeated on every printed page, landscape, one page wide. `quotePrefix` keeps a text that begins with `=` a
 * text when somebody edits its cell.
 */
function dress(workbook: Uint8Array, titleRow: number): Uint8Array {
  const files = unzipSync(workbook);
  const sheetName = 'xl/worksheets/sheet1.xml';
  const sheet = strFromU8(files[sheetName] ?? new Uint8Array());
  const pane = `<pane ySplit="${titleRow}" topLeftCell="A${titleRow + 1}" activePane="bottomLeft" state="frozen"/>`;
  const dressed = sheet
    .replace(/<c r="([A-Z]+)(\d+)"/g, (cell, column: string, row: string) => `${cell} s="${styleOf(column, Number(row), titleRow)}"`)
    .replace(
      /<sheetView workbookViewId="0"\s*\/>|<sheetView workbookViewId="0"\s*>\s*<\/sheetView>/,
      `<sheetView workbookViewId="0">${pane}</sheetView>`,
    )
    .replace(/(<worksheet[^>]*>)/, '$1<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>')
    .replace(/(<pageMargins[^>]*\/>)/, '$1<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>');
  const names = `<definedName name="_xlnm.Print_Titles" localSheetId="0">'${listWords.title}'!$${titleRow}:$${titleRow}</definedName>`;
  const book = strFromU8(files['xl/workbook.xml'] ?? new Uint8Array()).replace('</definedNames>', `${names}</definedNames>`);
  return zipSync({ ...files, [sheetName]: strToU8(dressed), 'xl/workbook.xml': strToU8(book), 'xl/styles.xml': strToU8(styleSheet) });
}

function styleOf(column: string, row: number, titleRow: number): number {
  if (row > titleRow) return styles.cell;
  if (row === titleRow) return styles.column;
  if (row === 1) return styles.title;
  return column === 'A' && row < titleRow - 3 ? styles.label : 0;
}

const cellFormat = (font: number, fill: number, border: number, alignment = '') =>
  `<xf numFmtId="49" fontId="${font}" fillId="${fill}" borderId="${border}" xfId="0" quotePrefix="1" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">${alignment}</xf>`;
const wrapped = '<alignment vertical="top" wrapText="1"/>';

const styleSheet = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="4"><font><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="10"/><name val="Calibri"/></font><font><b/><sz val="16"/><name val="Calibri"/></font><font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="Calibri"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FF006763"/></patternFill></fill></fills><borders count="2"><border/><border><left/><right/><top/><bottom style="thin"><color rgb="FFCFCCC6"/></bottom><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5">${cellFormat(0, 0, 0)}${cellFormat(1, 0, 0)}${cellFormat(2, 0, 0)}${cellFormat(3, 2, 0, wrapped)}${cellFormat(0, 0, 1, wrapped)}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`;
