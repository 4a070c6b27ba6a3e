import { describe, expect, it } from 'vitest';
import { writeCsv } from '../../../electron/vault/packs/csv.ts';
import { guardCell, unguardCell } from '../../../shared/domain/spreadsheet-cell.ts';

/** Cells that a spreadsheet sees which separates by something else than commas and closes no quotes that it did not open. */
function cellsBetween(csv: string, separator: string): string[] {
  return csv
    .slice(1)
    .split(/\r\n|[\r\n]/)
    .flatMap((row) => row.split(separator))
    .map((cell) => cell.replace(/^"+/, ''));
}

describe('cells that a spreadsheet would take for a formula', () => {
  const hostile = [
    '=1+1',
    'a;=1+1',
    'a; b;+1',
    'a\t@x',
    'line\n-1',
    'line\r\n=1+1;b',
    'a;"=1+1;b',
    '"=1"',
    ';;=1',
    '\t=1',
    "\t'=1",
    "'=1",
    "a;''=1",
  ];

  it('begin with an apostrophe wherever a spreadsheet lets a cell begin', () => {
    expect(hostile.map(guardCell)).toEqual([
      "'=1+1",
      "a;'=1+1",
      "a; b;'+1",
      "a\t'@x",
      "line\n'-1",
      "line\r\n'=1+1;b",
      `a;'"=1+1;b`,
      `'"=1"`,
      ";;'=1",
      "'\t'=1",
      "'\t''=1",
      "''=1",
      "a;'''=1",
    ]);
    for (const separator of [';', '\t', ','])
      for (const cell of cellsBetween(writeCsv(hostile.map((text) => ['E-001', text, 'end'])), separator))
        expect(cell).not.toMatch(/^[=+\-@]/);
  });

  it('come back as they were', () => {
    const characters = ["'", '"', ';', '=', '-', 'a', '\t', '\r', '\n'];
    const texts = characters.flatMap((a) => characters.flatMap((b) => characters.flatMap((c) => characters.map((d) => a + b + c + d))));
    for (const text of [...texts, ...hostile]) expect(unguardCell(guardCell(text))).toBe(text);
  });

  it('are no others', () => {
    for (const text of ['', 'a - b', 'it’s; so', "it's 1=1", 'C:\\a;b', 'a;b']) expect(guardCell(text)).toBe(text);
  });
});
