import { describe, expect, it } from 'vitest';
import { readerBounds } from '../../../shared/domain/reader.ts';
import { zerosArchive } from '../../fixtures/zeros-archive.ts';
import { extract, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

describe('texts', () => {
  it.each<[string, string | Uint8Array, string, string, string]>([
    ['a.txt', 'Prüfung', 'plain', 'UTF-8', 'Prüfung'],
    ['a.txt', Buffer.from([0x50, 0xfc, 0x66, 0x80, 0x93]), 'plain', 'windows-1252', 'Püf€“'],
    ['a.log', Buffer.from('\ufeffline', 'utf16le'), 'log', 'UTF-16LE', 'line'],
    ['a.txt', Buffer.from('\ufeffline', 'utf16le').swap16(), 'plain', 'UTF-16BE', 'line'],
    ['a.txt', Buffer.from('no mark Ω\r\n', 'utf16le'), 'plain', 'UTF-16LE', 'no mark Ω\r\n'],
    ['a.txt', Buffer.from('no mark Ω\r\n', 'utf16le').swap16(), 'plain', 'UTF-16BE', 'no mark Ω\r\n'],
    ['a.html', '<script>alert(1)</script>', 'html', 'UTF-8', '<script>alert(1)</script>'],
    ['page', '<!doctype html><p>', 'html', 'UTF-8', '<!doctype html><p>'],
    ['a.svg', '<svg onload="alert(1)"/>', 'xml', 'UTF-8', '<svg onload="alert(1)"/>'],
    ['part', '<?xml version="1.0"?><a/>', 'xml', 'UTF-8', '<?xml version="1.0"?><a/>'],
    ['a.yaml', 'a: 1', 'yaml', 'UTF-8', 'a: 1'],
    ['a.md', '# A', 'markdown', 'UTF-8', '# A'],
    ['run', '#!/bin/sh\nls', 'code', 'UTF-8', '#!/bin/sh\nls'],
    [
      'a.json',
      '{"b":[1, 2.50,{}],"a":"x\\"y","a":[]}',
      'json',
      'UTF-8',
      '{\n  "b": [\n    1,\n    2.50,\n    {}\n  ],\n  "a": "x\\"y",\n  "a": []\n}',
    ],
    ['response', '[12345678901234567890]', 'json', 'UTF-8', '[\n  12345678901234567890\n]'],
    ['a.json', '{"a":', 'json', 'UTF-8', '{"a":'],
    ['a.json', '['.repeat(200) + ']'.repeat(200), 'json', 'UTF-8', '['.repeat(200) + ']'.repeat(200)],
    ['brace', '{not json', 'plain', 'UTF-8', '{not json'],
  ])('%s is shown as its source', async (name, content, language, encoding, text) => {
    expect(await preview(file(name, content))).toEqual({ content: { kind: 'text', text, language, encoding }, limits: [] });
  });

  it('that were cut say so, and a large JSON stays as it is', async () => {
    const text = `[${'1,'.repeat(3 * 1024 * 1024)}1]`;
    expect(await preview(file('a.json', text))).toMatchObject({ content: { text: expect.stringMatching(/^\[1,1/) }, limits: [] });
    expect((await preview({ ...file('a.txt', 'half'), size: 9 })).limits).toEqual(['cut']);
  });

  it('are not what has zeros between control characters, or few of them', async () => {
    for (const numbers of [
      [1, 0, 2, 0, 3, 0, 4, 0],
      [65, 0, 66, 67, 68, 69, 70, 71],
      [65, 0, 66, 0, 0, 0, 67, 0],
    ])
      expect((await preview(file('a.txt', Buffer.from(numbers)))).content.kind).toBe('hex');
  });

  it('are normalised for the search and cut there without half a character', async () => {
    expect((await extract(file('a.txt', 'a\r\nb\rc\u001bd\ufeffe\u0301'))).text).toBe('a\nb\nc dé');
    expect(await extract(file('a.txt', 'ab😀'), 3)).toMatchObject({ text: 'ab', cut: true });
  });
});

describe('tables', () => {
  it('CSV with quotes, other separators and rows of unequal length', async () => {
    expect(await preview(file('a.csv', 'a;b\r\n1;"x\ny";z\n'))).toEqual({
      content: {
        kind: 'table',
        sheets: [
          {
            name: '',
            rows: [
              ['a', 'b'],
              ['1', 'x\ny', 'z'],
            ],
            totalRows: 2,
            totalColumns: 3,
          },
        ],
      },
      limits: [],
    });
    expect(await preview(file('a.tsv', 'a\tb'))).toMatchObject({ content: { sheets: [{ rows: [['a', 'b']] }] } });
    expect(await preview(file('a.csv', 'a,"b\nc'))).toMatchObject({ content: { kind: 'text' }, limits: ['unreadable'] });
  });

  it('counts millions of cells and keeps as many as are shown', async () => {
    const { content, limits } = await preview(file('a.csv', 'a,b\n'.repeat(30_000)));
    expect(limits).toEqual(['more']);
    if (content.kind !== 'table') throw new Error('no table');
    expect([content.sheets[0]?.rows.length, content.sheets[0]?.totalRows]).toEqual([readerBounds.rows, 30_000]);
    const wide = await preview(file('a.csv', Array.from({ length: 900 }, (_, index) => index).join(',')));
    expect(wide).toMatchObject({ content: { sheets: [{ totalColumns: 900 }] }, limits: ['more'] });
  });

  it.each(['xlsx', 'biff8', 'ods', 'xlsb'] as const)('a workbook as %s', async (type) => {
    const given = file('wrong.txt', samples.workbook(type));
    const { content, limits } = await preview(given);
    expect(limits).toEqual([]);
    expect(content).toMatchObject({
      kind: 'table',
      sheets: [
        {
          name: 'People',
          rows: [
            ['Name', 'Since'],
            ['Ada', '2019'],
            ['Grace', '12.5'],
          ],
          totalRows: 3,
        },
        { name: 'Second', rows: [['Only']] },
      ],
    });
    expect((await extract(given)).text).toContain('Ada\t2019');
  });

  it('an archive is listed and not unpacked', async () => {
    const bomb = await zerosArchive({ 'zeros.bin': 50 * 1024 * 1024 }, { 'b/c.txt': 'c' });
    expect(await preview(file('a.docx', bomb))).toEqual({
      content: {
        kind: 'table',
        sheets: [
          {
            name: '',
            rows: [
              ['b/c.txt', '1'],
              ['zeros.bin', '52428800'],
            ],
            totalRows: 2,
            totalColumns: 2,
          },
        ],
      },
      limits: [],
    });
    expect((await extract(file('a.zip', bomb))).text).toBe('b/c.txt\nzeros.bin');
    expect(await preview(file('a.tar', await samples.tar({ 'x/y.txt': 'hello' })))).toMatchObject({
      content: { sheets: [{ rows: [['x/y.txt', '5']] }] },
    });
    expect((await extract(file('a.tar', await samples.tar({ 'x/y.txt': 'hello' })))).text).toBe('x/y.txt');
    const locked = Buffer.from(samples.archive({ a: 'a' }));
    locked[6] = 1;
    expect((await preview(file('a.zip', locked))).limits).toEqual(['encrypted']);
  });
});
