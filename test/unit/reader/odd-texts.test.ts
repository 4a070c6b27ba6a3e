import { zipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { readRows } from '../../../electron/reader/checklist/read.ts';
import { detectMediaType } from '../../../electron/vault/evidence/media-type.ts';
import { extract, preview } from './read-as-vault.ts';
import { file } from './samples.ts';

/** Texts and tables as programs of all kinds leave them behind. */

const rowsOf = async (name: string, content: string | Uint8Array, size?: number) => {
  const given = file(name, content);
  const shown = await preview({ ...given, size: size ?? given.size });
  return shown.content.kind === 'table' ? { rows: shown.content.sheets[0]?.rows, limits: shown.limits } : shown;
};

describe('a log', () => {
  it('with the colours of a terminal is shown and searched without their codes', async () => {
    const given = file('a.log', '\u001b[31mERROR\u001b[0m disk\u001b[K\n\u001b(B\u001b[1;33mWARN\u001b[m');
    expect(await preview(given)).toMatchObject({ content: { text: 'ERROR disk\nWARN' }, limits: ['terminal'] });
    expect((await extract(given)).text).toBe('ERROR disk\nWARN');
  });

  it('of a recorded terminal is a text, and what a title of a window says is not hidden', async () => {
    const given = file('typescript', '\u001b]0;ssn 123-45-6789\u0007$ lss\b \b\r\n');
    expect(await preview(given)).toMatchObject({ content: { kind: 'text', text: 'ssn 123-45-6789 $ lss\b \b\r\n' } });
    expect((await extract(given)).identifiers).toEqual([{ kind: 'ssn', count: 1 }]);
  });

  it('with a hole of zeros from a crash is a text, a file of zeros is none', async () => {
    const lines = '2026-01-02 10:00:00 a line of the log\n'.repeat(40);
    const given = file('a.log', `${lines}${'\0'.repeat(500)}\n${lines}after`);
    expect((await preview(given)).content.kind).toBe('text');
    expect((await extract(given)).text).toContain('after');
    expect((await preview(file('a.log', `head${'\0'.repeat(500)}`))).content.kind).toBe('hex');
    expect((await preview(file('a.log', `${lines}\0${lines}`))).content.kind).toBe('hex');
  });

  it('ends with the mark of DOS and stays a text', async () => {
    expect((await preview(file('a.txt', 'total 1\r\n\u001a'))).content.kind).toBe('text');
  });

  it('in UTF-8 with a broken byte in it stays UTF-8; Western text with one umlaut does not become it', async () => {
    const broken = Buffer.concat([Buffer.from('Prüfung ä ö\n'), Buffer.from([0xff]), Buffer.from(' ende')]);
    expect(await preview(file('a.log', broken))).toMatchObject({ content: { encoding: 'UTF-8', text: 'Prüfung ä ö\n\ufffd ende' } });
    expect(await preview(file('a.txt', Buffer.from('M\xfcller', 'latin1')))).toMatchObject({ content: { encoding: 'windows-1252' } });
  });

  it('ends in a letter that only looks like the half of one of UTF-8', async () => {
    expect(await preview(file('a.txt', Buffer.from('Caf\xe9', 'latin1')))).toMatchObject({
      content: { encoding: 'windows-1252', text: 'Café' },
    });
    const cut = file('a.txt', Buffer.from('Café').subarray(0, 4));
    expect(await preview({ ...cut, size: 9 })).toMatchObject({ content: { encoding: 'UTF-8', text: 'Caf' }, limits: ['cut'] });
  });

  it('and an archive get their type, also where looking into the archive fails', async () => {
    vi.stubGlobal(
      'DecompressionStream',
      class {
        constructor() {
          throw new TypeError('not here');
        }
      },
    );
    try {
      const { bytes } = file('a.docx', zipSync({ '[Content_Types].xml': Buffer.from('<Types>'.repeat(50)) }));
      expect(await detectMediaType(bytes, 'a.docx')).toMatch(/wordprocessingml/);
      expect(await detectMediaType(bytes, 'a.zip')).toBe('application/zip');
    } finally {
      vi.unstubAllGlobals();
    }
  });

  it('begins with letters by which other formats are known, and is a text by its type', async () => {
    for (const [name, text, type] of [
      ['a.csv', 'BMI,weight\n22,70\n', 'text/csv'],
      ['a.txt', 'MZ is a zone', 'text/plain'],
      ['a.txt', 'ID3 is a list', 'text/plain'],
    ] as const) {
      const given = file(name, text);
      expect(await detectMediaType(given.bytes, name)).toBe(type);
      expect((await preview(given)).content.kind).not.toMatch(/image|audio|hex/);
    }
  });
});

describe('RTF', () => {
  it('keeps letters with accents', async () => {
    const given = file('a.rtf', "{\\rtf1\\ansi Gr\\'fc\\'dfe \\'e4\\'f6\\'e9\\par}");
    expect((await extract(given)).text).toBe('Grüße äöé');
  });
});

describe('a CSV', () => {
  it('in which Excel is told the delimiter begins with its first row', async () => {
    expect(await rowsOf('a.csv', 'sep=;\r\nName;Share\r\nA;1,5')).toEqual({
      rows: [
        ['Name', 'Share'],
        ['A', '1,5'],
      ],
      limits: [],
    });
  });

  it('is taken apart by what most lines have, not by what stands in quotes or in a title', async () => {
    expect(await rowsOf('a.csv', '"Name, first";"Role, main, x";Z\n"a";"b";c\n')).toMatchObject({
      rows: [
        ['Name, first', 'Role, main, x', 'Z'],
        ['a', 'b', 'c'],
      ],
    });
    expect(await rowsOf('a.csv', 'Users, as of today, all\n\nname;role;last\nann;x;1\nbob;y;2\n')).toMatchObject({
      rows: [['Users, as of today, all'], [''], ['name', 'role', 'last'], ['ann', 'x', '1'], ['bob', 'y', '2']],
    });
    expect(await rowsOf('a.csv', 'id;size\n1;3.5" disk, new\n2;5" disk, old\n3;"say ""x"", y"\n')).toMatchObject({
      rows: [
        ['id', 'size'],
        ['1', '3.5" disk, new'],
        ['2', '5" disk, old'],
        ['3', 'say "x", y'],
      ],
    });
  });

  it('that is cut in the middle of a cell in quotes is still a table', async () => {
    expect(await rowsOf('a.csv', '"a","b"\n"1","2"\n"3","hal', 99)).toEqual({
      rows: [
        ['a', 'b'],
        ['1', '2'],
      ],
      limits: ['cut'],
    });
  });

  it('of files counts its lines as they are in the file', async () => {
    expect(await readRows('list.csv', 'sep=;\npath;control\na.pdf;x')).toEqual({
      ok: true,
      rows: [
        [
          { text: 'path', place: { line: 2, column: 1 } },
          { text: 'control', place: { line: 2, column: 2 } },
        ],
        [
          { text: 'a.pdf', place: { line: 3, column: 1 } },
          { text: 'x', place: { line: 3, column: 2 } },
        ],
      ],
    });
    expect(await readRows('list.csv', 'sep=;\npath\n"a')).toMatchObject({ ok: false, faults: [{ line: 3 }] });
  });
});
