import { describe, expect, test } from 'vitest';
import { tonesOf } from '../../../renderer/evidence/preview/colour.ts';
import { placeOfHit } from '../../../renderer/evidence/preview/places.ts';
import { rowParts } from '../../../renderer/evidence/preview/row-parts.ts';
import type { TextRows } from '../../../renderer/evidence/preview/text-rows.ts';
import { lineNumber, longestRow, mostRows, positionOf, rowAt, rowText, textRows } from '../../../renderer/evidence/preview/text-rows.ts';
import { matchesIn, matchPattern } from '../../../renderer/ui/matches.ts';
import { findIdentifiers } from '../../../shared/domain/identifiers.ts';

function all(text: string, rows: TextRows): string[] {
  return Array.from(rows.rows, (_, index) => rowText(text, rows, index));
}

describe('a text as rows', () => {
  test('has a row for each line, without the breaks that end them', () => {
    const text = 'one\r\ntwo\n\nfour\n';
    const rows = textRows(text);
    expect(all(text, rows)).toEqual(['one', 'two', '', 'four']);
    expect([0, 1, 2, 3].map((row) => lineNumber(rows, row))).toEqual([1, 2, 3, 4]);
    expect(rows.cut).toBe(false);
  });

  test('of nothing is one empty line', () => {
    expect(all('', textRows(''))).toEqual(['']);
  });

  test('breaks a line of megabytes, numbers it once and loses nothing of it', () => {
    const text = `${'x'.repeat(10_000_000)}\nlast`;
    const rows = textRows(text);
    expect(rows.rows).toHaveLength(10_000_000 / longestRow + 1);
    expect(lineNumber(rows, 1)).toBeNull();
    expect(lineNumber(rows, rows.rows.length - 1)).toBe(2);
    expect(all(text, rows).join('')).toBe(text.replace('\n', ''));
  });

  test('wraps after a space, and within a word that is too long', () => {
    const text = 'the quick brown fox\n\nabcdefghijklmnop\n\n';
    const rows = textRows(text, 10);
    expect(all(text, rows)).toEqual(['the quick ', 'brown fox', '', 'abcdefghij', 'klmnop', '']);
    expect(textRows('\n'.repeat(1000), 40).rows).toHaveLength(1000);
    expect(rows.widest).toBe(10);
  });

  test('counts two columns for East Asian characters, none for marks, and a tab up to its stop', () => {
    expect(all('漢字漢字漢字', textRows('漢字漢字漢字', 8))).toEqual(['漢字漢字', '漢字']);
    expect(all('a\u0301'.repeat(8), textRows('a\u0301'.repeat(8), 8))).toHaveLength(1);
    expect(all('\ta\tb', textRows('\ta\tb', 8))).toEqual(['\ta\t', 'b']);
  });

  test('never splits a pair of surrogates', () => {
    const text = '😀'.repeat(3000);
    for (const columns of [null, 9, 11]) {
      const rows = all(text, textRows(text, columns));
      expect(rows.join('')).toBe(text);
      expect(rows.filter((row) => /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(row))).toEqual([]);
    }
  });

  test('says when there are more lines than are kept', () => {
    const rows = textRows('\n'.repeat(mostRows + 10));
    expect(rows.cut).toBe(true);
    expect(rows.rows).toHaveLength(mostRows);
  });

  test('finds the row of a position and the position of a place, and keeps to the text', () => {
    const text = 'one\ntwo\nthree';
    const rows = textRows(text);
    expect(positionOf(text, rows, 3, 2)).toBe(9);
    expect(rowAt(rows, 9)).toBe(2);
    expect(positionOf(text, rows, 99, 99)).toBe(text.length);
    expect(positionOf(text, rows, 0, 0)).toBe(0);
  });
});

describe('a search', () => {
  const collect = (text: string, query: string, most?: number) => [...matchesIn(text, query, most)].flat();

  test('takes what was typed as it is, in either case', () => {
    expect(collect('A.b a.B axb', 'a.b')).toEqual([0, 4]);
    expect(matchPattern('(a|b)[c]*\\d{2}^$?+-/').test('(A|B)[c]*\\d{2}^$?+-/')).toBe(true);
  });

  test('finds a match that lies across two stretches once, and none that overlaps another', () => {
    const border = 2 * 1024 * 1024;
    const text = `${'-'.repeat(border - 2)}abcd${'-'.repeat(100)}abcd`;
    expect(collect(text, 'abcd')).toEqual([border - 2, border + 102]);
    expect(collect('aaaaa', 'aa')).toEqual([0, 2]);
    const many = 'ab'.repeat(border);
    expect(collect(many, 'abab', 1e9)).toHaveLength(border / 2);
  });

  test('stops counting, and finds nothing for nothing', () => {
    expect(collect('aaaa', 'a', 3)).toEqual([0, 1, 2]);
    expect(collect('aaaa', '')).toEqual([]);
  });
});

describe('the parts of a row', () => {
  const none = { places: [], length: 0, current: -1 };

  test('are the row itself where nothing is marked', () => {
    expect(rowParts('plain', 10, [], none)).toEqual([{ text: 'plain', tone: null, mark: null }]);
  });

  test('follow colours and marks, also a mark that began on the row before', () => {
    const parts = rowParts('cd "x"', 10, [{ start: 3, end: 6, tone: 'string' }], { places: [8, 14], length: 4, current: 1 });
    expect(parts).toEqual([
      { text: 'cd', tone: null, mark: 'found' },
      { text: ' ', tone: null, mark: null },
      { text: '"', tone: 'string', mark: null },
      { text: 'x"', tone: 'string', mark: 'current' },
    ]);
  });
});

describe('colours', () => {
  const read = (row: string, language: 'json' | 'xml' | 'plain') =>
    tonesOf(row, language).map(({ start, end, tone }) => `${tone} ${row.slice(start, end)}`);

  test('tell names, strings and numbers of JSON apart', () => {
    expect(read('  "a\\"b": ["text 12", -3.5e2, true],', 'json')).toEqual([
      'name "a\\"b"',
      'string "text 12"',
      'number -3.5e2',
      'number true',
    ]);
  });

  test('tell tags, attributes and comments of markup apart', () => {
    expect(read('<a href="x">text</a><!-- <b> -->', 'xml')).toEqual([
      'name <a',
      'number href',
      'string "x"',
      'name >',
      'name </a',
      'name >',
      'quiet <!-- <b> -->',
    ]);
  });

  test('are left out in other languages and in very long rows', () => {
    expect(read('"a": 1', 'plain')).toEqual([]);
    expect(read(`"${'a'.repeat(500)}"`, 'json')).toEqual([]);
  });
});

describe('the place of an identifier', () => {
  const show = (text: string, shown: string) => {
    const [hit] = findIdentifiers(text).hits;
    if (hit === undefined) throw new Error('Nothing was found');
    const { position, length } = placeOfHit(shown, textRows(shown), hit);
    return shown.slice(position, position + length);
  };

  test('is where it was found', () => {
    const text = 'nothing\nwrite to ada@example.org today';
    expect(show(text, text)).toBe('ada@example.org');
  });

  test('is found again where the text is shown with other line breaks', () => {
    expect(show('{"a":1,"mail":"ada.lindqvist@example.org"}', '{\n  "a": 1,\n  "mail": "ada.lindqvist@example.org"\n}')).toBe(
      'ada.lindqvist@example.org',
    );
  });

  test('is at least the line where it is not there any more', () => {
    const text = 'one\nssn 123-45-6789';
    const [hit] = findIdentifiers(text).hits;
    if (hit === undefined) throw new Error('Nothing was found');
    expect(placeOfHit('one\nanother', textRows('one\nanother'), hit)).toEqual({ position: 8, length: 0 });
  });
});
