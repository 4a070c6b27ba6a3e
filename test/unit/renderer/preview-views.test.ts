import { describe, expect, test } from 'vitest';
import { documentParts, paragraphs } from '../../../renderer/evidence/preview/document-parts.ts';
import { bytesPerRow, hexRow } from '../../../renderer/evidence/preview/hex-rows.ts';
import { placeInPdf } from '../../../renderer/evidence/preview/pdf-places.ts';
import { follow, highestSurface, rowsInSight, scrolledTo, surfaceHeight, topFor } from '../../../renderer/evidence/preview/row-window.ts';
import {
  cellOfHit,
  cellsWith,
  columnName,
  columnStarts,
  columnsInSight,
  hasHeader,
  isNumeric,
  movedCell,
} from '../../../renderer/evidence/preview/table-cells.ts';
import { pageInView } from '../../../renderer/ui/page-in-view.ts';
import { itemsOf, joinItems } from '../../../renderer/ui/pdf-text.ts';
import { largerStep, smallerStep, wheelZoom } from '../../../renderer/ui/zoom.ts';
import { findIdentifiers } from '../../../shared/domain/identifiers.ts';

describe('scrolling through rows', () => {
  const few = { count: 1000, rowHeight: 20, height: 400 };
  const many = { count: 4_000_000, rowHeight: 20, height: 400 };
  const total = many.count * many.rowHeight;

  test('goes one to one while the rows fit below each other', () => {
    expect(follow({ scrollTop: 0, top: 0 }, 5000, few)).toEqual({ scrollTop: 5000, top: 5000 });
    expect(surfaceHeight(few)).toBe(20_000);
  });

  test('draws the rows in sight and some around them', () => {
    expect(rowsInSight(5000, few, 2)).toEqual({ first: 248, end: 272 });
    expect(rowsInSight(19_600, few, 2)).toEqual({ first: 978, end: 1000 });
    expect(rowsInSight(0, { ...few, count: 0 }, 2)).toEqual({ first: 0, end: 0 });
  });

  test('moves row by row with the wheel and by share with the scroll bar, where there are too many', () => {
    expect(surfaceHeight(many)).toBe(highestSurface);
    const middle = follow({ scrollTop: 0, top: 0 }, highestSurface / 2, many);
    expect(Math.abs(middle.top - total / 2)).toBeLessThan(total / 1000);
    expect(follow(middle, middle.scrollTop + 100, many).top).toBe(middle.top + 100);
  });

  test('reaches the first and the last row, and can always scroll on before', () => {
    const last = follow({ scrollTop: 0, top: 0 }, highestSurface - many.height, many);
    expect(last.top).toBe(total - many.height);
    // Creeping up from the end for longer than the surface has room at its edge.
    let place = last;
    for (let step = 0; step < 200; step += 1) place = follow(place, Math.max(0, place.scrollTop - 100), many);
    expect(place.top).toBe(last.top - 200 * 100);
    const nearTop = follow({ scrollTop: 50, top: 100_000 }, 0, many);
    expect(nearTop.top).toBe(99_950);
    expect(nearTop.scrollTop).toBeGreaterThan(0);
    expect(follow({ scrollTop: 50, top: 60 }, 0, many)).toEqual({ scrollTop: 0, top: 0 });
  });

  test('leaves a row alone that is in sight and puts another into the middle', () => {
    expect(topFor(255, 5000, few)).toBe(5000);
    expect(topFor(500, 5000, few)).toBe(10_000 - 190);
    expect(scrolledTo(1e12, many).top).toBe(total - many.height);
    expect(scrolledTo(-5, few)).toEqual({ scrollTop: 0, top: 0 });
  });
});

describe('a table', () => {
  const rows = [
    ['Name', 'Amount', 'Note'],
    ['Ada', '1,200.50', 'write to ada@example.org'],
    ['Grace', '-3', ''],
  ];

  test('has columns as wide as their text, within bounds, and draws those in sight', () => {
    const starts = columnStarts([['a', 'x'.repeat(500)], ['b']]);
    expect([...starts]).toEqual([0, 56, 376]);
    expect(columnsInSight(starts, 60, 100)).toEqual({ first: 1, end: 2 });
    expect(columnsInSight(starts, 0, 1000)).toEqual({ first: 0, end: 2 });
    expect(columnsInSight(columnStarts([]), 0, 1000)).toEqual({ first: 0, end: 0 });
  });

  test('names its columns as spreadsheets do', () => {
    expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
  });

  test('tells numbers from words', () => {
    expect(['12', '-3.5', '1,200.50', '$ 4', '12 %', '(300)', '1e5'].filter((text) => !isNumeric(text))).toEqual([]);
    expect(['', 'A1', '12-34', '2026-11-27', '1.2.3.4 x', '-'].filter(isNumeric)).toEqual([]);
  });

  test('keeps the first row in sight where it reads like names', () => {
    expect(hasHeader(rows)).toBe(true);
    expect(hasHeader([['Ada', '12'], ['Grace']])).toBe(false);
    expect(hasHeader([['only', 'row']])).toBe(false);
    expect(hasHeader([])).toBe(false);
  });

  test('is gone through with the keys and never left', () => {
    const table = { rows: 3, columns: 3, page: 2 };
    const from = { row: 1, column: 1 };
    const move = (key: string, control = false, cell = from) => movedCell(key, control, cell, table);
    expect(move('ArrowUp')).toEqual({ row: 0, column: 1 });
    expect(move('ArrowDown')).toEqual({ row: 2, column: 1 });
    expect(move('ArrowLeft', false, { row: 0, column: 0 })).toEqual({ row: 0, column: 0 });
    expect(move('ArrowRight')).toEqual({ row: 1, column: 2 });
    expect(move('PageDown')).toEqual({ row: 2, column: 1 });
    expect(move('PageUp')).toEqual({ row: 0, column: 1 });
    expect(move('Home')).toEqual({ row: 1, column: 0 });
    expect(move('End', true)).toEqual({ row: 2, column: 2 });
    expect(move('x')).toBeNull();
  });

  test('is searched row by row', () => {
    expect([...cellsWith(rows, 'AD')].flat()).toEqual([
      { row: 1, column: 0 },
      { row: 1, column: 2 },
    ]);
    expect([...cellsWith(rows, 'a', 1)].flat()).toHaveLength(1);
    expect([...cellsWith(rows, '')].flat()).toEqual([]);
  });

  test('shows the cell of an identifier, also when its line is another row', () => {
    const [hit] = findIdentifiers('Name\nAda,write to ada@example.org').hits;
    if (hit === undefined) throw new Error('Nothing was found');
    expect(cellOfHit(rows, hit)).toEqual({ row: 1, column: 2 });
    expect(cellOfHit([['x'], ...rows], hit)).toEqual({ row: 2, column: 2 });
    expect(cellOfHit([['x']], hit)).toBeNull();
  });
});

describe('bytes', () => {
  test('are shown as numbers and letters with their position', () => {
    const bytes = new Uint8Array([0x25, 0x50, 0, 255, 0x41, 0x42, 0x43, 0x44, 0x45, 10]);
    expect(hexRow(bytes, 0, 16)).toEqual({
      offset: '00000000',
      numbers: `25 50 00 ff 41 42 43 44  45 0a${'   '.repeat(6)}`,
      letters: '%P..ABCDE.',
    });
    expect(hexRow(bytes, 1, 8).offset).toBe('00000008');
    expect(hexRow(bytes, 1, 8).numbers.trim()).toBe('45 0a');
  });

  test('are eight in a row where there is little room', () => {
    expect(bytesPerRow(400, 7)).toBe(8);
    expect(bytesPerRow(700, 7)).toBe(16);
  });
});

describe('a document', () => {
  test('joins list items and rows that follow each other, and keeps its headings in order', () => {
    const block = (style: 'heading' | 'paragraph' | 'list' | 'row', level: number, ...texts: string[]) => ({ style, level, texts });
    expect(
      documentParts([
        block('heading', 4, 'Deep'),
        block('paragraph', 0, 'Words'),
        block('list', 1, 'one'),
        block('list', 2, 'two'),
        block('row', 0, 'a', 'b'),
        block('row', 0, 'c'),
        block('paragraph', 0, ''),
        block('heading', 2, 'Second'),
        block('heading', 6, 'Below'),
        block('heading', 1, 'First'),
      ]),
    ).toEqual([
      { kind: 'heading', level: 3, text: 'Deep' },
      { kind: 'paragraph', text: 'Words' },
      {
        kind: 'list',
        items: [
          { depth: 1, text: 'one' },
          { depth: 2, text: 'two' },
        ],
      },
      { kind: 'table', rows: [['a', 'b'], ['c']] },
      { kind: 'heading', level: 4, text: 'Second' },
      { kind: 'heading', level: 5, text: 'Below' },
      { kind: 'heading', level: 3, text: 'First' },
    ]);
  });

  test('tells what is not its own text, and by whom; what it does not know stays as it is', () => {
    const part = (...texts: string[]) => ({ style: 'part', level: 0, texts }) as const;
    expect(documentParts([part('comment', 'Eve'), part('footnotes'), part('constructor')])).toEqual([
      { kind: 'part', name: 'comment', author: 'Eve' },
      { kind: 'part', name: 'footnotes', author: '' },
      { kind: 'paragraph', text: 'constructor' },
    ]);
  });

  test('is set in pieces, of which none is lost', () => {
    const text = `${'a'.repeat(3000)}\n${'b'.repeat(3000)}\n${'c'.repeat(9000)}`;
    const pieces = paragraphs(text);
    expect(pieces.every((piece) => piece.length <= 4001)).toBe(true);
    expect(pieces.join('').replaceAll('\n', '')).toBe(text.replaceAll('\n', ''));
    expect(paragraphs('')).toEqual([]);
  });
});

describe('the words of a page', () => {
  const page = joinItems([
    { str: 'Access', hasEOL: true },
    { type: 'beginMarkedContent' },
    { str: 'control ', hasEOL: false },
    { str: 'policy', hasEOL: true },
  ]);

  test('are joined with a space at the end of a line', () => {
    expect(page).toEqual({ text: 'Access control policy ', starts: [0, 7, 15], lineEnds: [6, 21] });
  });

  test('lead back to the items they come from', () => {
    expect(itemsOf(page, 3, 8)).toEqual([
      { item: 0, from: 3, to: 7 },
      { item: 1, from: 0, to: 4 },
    ]);
    expect(itemsOf(page, 15, 6)).toEqual([{ item: 2, from: 0, to: 6 }]);
  });
});

describe('zooming', () => {
  test('goes from step to step and ends at the last', () => {
    expect(largerStep(0.37)).toBe(0.5);
    expect(smallerStep(0.37)).toBe(0.25);
    expect(largerStep(1)).toBe(1.25);
    expect(smallerStep(1)).toBe(0.75);
    expect(largerStep(8)).toBeNull();
    expect(smallerStep(0.1)).toBeNull();
  });

  test('with the wheel stays within the steps, and outside only as far as it was', () => {
    expect(wheelZoom(1, -100)).toBeGreaterThan(1);
    expect(wheelZoom(8, -1000)).toBe(8);
    expect(wheelZoom(0.1, 1000)).toBe(0.1);
    expect(wheelZoom(0.02, 1000)).toBe(0.02);
  });
});

describe('an identifier that was found in a PDF', () => {
  const item = (str: string, hasEOL = true) => ({ str, hasEOL });
  const pages = [
    joinItems([item('first'), item('second', false)]),
    joinItems([]),
    joinItems([item('to ada@example.org and'), item('to bob@example.org, or'), item('axx@example.org', false)]),
  ];
  const find = (line: number, column: number, masked: string) =>
    placeInPdf(async (page) => pages[page - 1] ?? Promise.reject(new Error('damaged')), 4, { kind: 'email', line, column, masked });

  test('leads to its page and place, over pages without words', async () => {
    // As extracted: first, second, nothing between the pages, an empty page, nothing, and the third page from line 6 on.
    expect(await find(7, 4, 'bo•••••••••••rg')).toEqual({ page: 3, start: 26, length: 15 });
    expect(await find(6, 4, 'ad•••••••••••rg')).toEqual({ page: 3, start: 3, length: 15 });
  });

  test('leads to the nearest one that looks the same, to the line where there is none, and nowhere beyond the end', async () => {
    expect(await find(8, 3, 'ax•••••••••••rg')).toMatchObject({ page: 3, start: 46 });
    expect(await find(2, 3, 'zz••zz')).toEqual({ page: 1, start: 8, length: 0 });
    expect(await find(99, 1, 'zz••zz')).toBeNull();
  });
});

describe('the page in view', () => {
  const heights = [900, 400, 900];
  const inView = (top: number, height: number) => pageInView(heights.length, (page) => heights[page - 1] ?? 0, { top, height });

  test('is the one of which most is seen', () => {
    expect(inView(0, 600)).toBe(1);
    expect(inView(650, 600)).toBe(2);
    expect(inView(1300, 600)).toBe(3);
    // The middle of the view would lie on the second page.
    expect(inView(300, 1200)).toBe(1);
  });

  test('is the nearest to the middle of several that are seen alike', () => {
    expect(pageInView(3, () => 100, { top: 0, height: 300 })).toBe(2);
    expect(pageInView(2, () => 100, { top: 0, height: 1000 })).toBe(2);
    expect(inView(0, 0)).toBe(1);
  });
});
