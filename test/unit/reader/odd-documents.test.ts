import { CFB, utils, write } from '@e965/xlsx';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { scanFile } from '../../../electron/reader/extract.ts';
import { readOpenDocument } from '../../../electron/reader/open-document.ts';
import { readWord } from '../../../electron/reader/word.ts';
import type { ReaderFile } from '../../../shared/domain/reader.ts';
import { readerBounds } from '../../../shared/domain/reader.ts';
import { extract, hexWith, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

/** Documents that are not as their writers usually make them, and lose no word for it. */

async function blocksOf(given: ReaderFile): Promise<[string, number, ...string[]][]> {
  const { content } = await preview(given);
  if (content.kind !== 'document') throw new Error(`no document but ${content.kind}`);
  return content.blocks.map(({ style, level, texts }) => [style, level, ...texts]);
}

describe('DOCX', () => {
  const paragraph = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;

  it('with a table in a cell keeps the words before, in and behind the inner table', async () => {
    const inner = `<w:tbl><w:tr><w:tc>${paragraph('inner')}</w:tc></w:tr></w:tbl>`;
    const body = `<w:tbl><w:tr><w:tc>${paragraph('123-45-6789')}${inner}${paragraph('behind')}</w:tc><w:tc>${paragraph('next')}</w:tc></w:tr></w:tbl>`;
    const given = file('a.docx', samples.docxOf(body));
    expect(await blocksOf(given)).toEqual([
      ['row', 0, 'inner'],
      ['row', 0, '123-45-6789\nbehind', 'next'],
    ]);
    expect((await extract(given)).identifiers).toEqual([{ kind: 'ssn', count: 1 }]);
  });

  it('with a text box in a paragraph keeps the words on both sides of it, and tells the box once', async () => {
    const box = (text: string) => `<w:txbxContent>${paragraph(text)}</w:txbxContent>`;
    const alternatives = (other: string) =>
      `<mc:AlternateContent xmlns:mc="m"><mc:Choice>${box('boxed')}</mc:Choice><mc:Fallback>${box(other)}</mc:Fallback></mc:AlternateContent>`;
    const around = (inner: string) => `<w:p><w:r><w:t>before </w:t></w:r><w:r>${inner}</w:r><w:r><w:t>after</w:t></w:r></w:p>`;
    expect(await blocksOf(file('a.docx', samples.docxOf(around(alternatives('boxed')))))).toEqual([
      ['paragraph', 0, 'boxed'],
      ['paragraph', 0, 'before after'],
    ]);
    // What only old programs are told is not hidden by it.
    expect(await blocksOf(file('a.docx', samples.docxOf(around(alternatives('other')))))).toEqual([
      ['paragraph', 0, 'boxed'],
      ['paragraph', 0, 'other'],
      ['paragraph', 0, 'before after'],
    ]);
  });

  it('tells deleted and inserted words from the others', async () => {
    const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`;
    const change = `<w:p>${run('Keep for ')}<w:del><w:r><w:delText>30</w:delText></w:r></w:del><w:ins>${run('36')}${run('5')}</w:ins>${run(' days')}</w:p>`;
    const move = `<w:p><w:moveFrom>${run('moved')}</w:moveFrom></w:p><w:p><w:moveTo>${run('moved')}</w:moveTo></w:p>`;
    const given = file('a.docx', samples.docxOf(change + move));
    expect(await blocksOf(given)).toEqual([
      ['paragraph', 0, 'Keep for [- 30 -][+ 365 +] days'],
      ['paragraph', 0, '[- moved -]'],
      ['paragraph', 0, '[+ moved +]'],
    ]);
    expect((await preview(given)).limits).toEqual(['tracked']);
    const inserted = samples.docxOf(`<w:p><w:ins>${run('123-45-6789')}</w:ins></w:p>`);
    expect((await extract(file('a.docx', inserted))).identifiers).toEqual([{ kind: 'ssn', count: 1 }]);
  });

  it('tells comments, footnotes and headers from its own text, and leaves that out of the words', async () => {
    const part = (name: string, inner: string) => `<w:${name} xmlns:w="w">${inner}</w:${name}>`;
    const given = file(
      'a.docx',
      samples.archive({
        'word/document.xml': part('document', paragraph('own text')),
        'word/header1.xml': part('hdr', paragraph('')),
        'word/footnotes.xml': part('footnotes', `<w:footnote>${paragraph('a note')}</w:footnote>`),
        'word/comments.xml': part(
          'comments',
          `<w:comment w:author="Eve">${paragraph('is that so?')}</w:comment><w:comment>${paragraph('yes')}</w:comment>`,
        ),
      }),
    );
    expect(await blocksOf(given)).toEqual([
      ['paragraph', 0, 'own text'],
      ['part', 0, 'footnotes'],
      ['paragraph', 0, 'a note'],
      ['part', 0, 'comment', 'Eve'],
      ['paragraph', 0, 'is that so?'],
      ['part', 0, 'comment'],
      ['paragraph', 0, 'yes'],
    ]);
    expect((await extract(given)).text).toBe('own text\na note\nis that so?\nyes');
  });

  it('with a body of another name is a document all the same', async () => {
    const document = `<w:document xmlns:w="w">${paragraph('from a service')}</w:document>`;
    expect(await blocksOf(file('a.docx', samples.archive({ 'word/document2.xml': document })))).toEqual([
      ['paragraph', 0, 'from a service'],
    ]);
  });

  it('without values where the format wants them is read as plain paragraphs', async () => {
    const styles =
      '<w:styles xmlns:w="w"><w:style><w:name w:val="heading 3"/></w:style><w:style w:styleId="x"><w:name/></w:style></w:styles>';
    const body = [
      `<w:p><w:pPr><w:pStyle/></w:pPr><w:r><w:t>style without a name</w:t></w:r></w:p>`,
      `<w:p><w:pPr><w:pStyle w:val="x"/></w:pPr><w:r><w:t>unknown style</w:t></w:r></w:p>`,
      `<w:p><w:pPr><w:numPr><w:ilvl/></w:numPr></w:pPr><w:r>between<w:t>list</w:t></w:r></w:p>`,
      '<w:tr/><w:tc/>',
    ].join('');
    const document = `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>`;
    expect(await blocksOf(file('a.docx', samples.archive({ 'word/document.xml': document, 'word/styles.xml': styles })))).toEqual([
      ['paragraph', 0, 'style without a name'],
      ['paragraph', 0, 'unknown style'],
      ['list', 1, 'list'],
    ]);
  });

  it('knows headings by the names of their styles, whatever their ids', async () => {
    const styles = '<w:styles xmlns:w="w"><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>';
    const document = `<w:document xmlns:w="w"><w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>Zweck</w:t></w:r></w:p></w:document>`;
    expect(await blocksOf(file('a.docx', samples.archive({ 'word/document.xml': document, 'word/styles.xml': styles })))).toEqual([
      ['heading', 2, 'Zweck'],
    ]);
  });

  it('without its main part is unreadable', () => {
    expect(() => readWord(samples.archive({ 'word/styles.xml': '<a/>' }))).toThrow('unreadable');
  });
});

describe('ODT', () => {
  const body = (content: string) =>
    `<o:document-content xmlns:o="o" xmlns:t="t" xmlns:d="d" xmlns:p="p"><o:body>${content}</o:body></o:document-content>`;

  it('has comments behind its text, with who wrote them, and nothing of them within it', async () => {
    const note =
      '<o:annotation><d:creator>Ada</d:creator><d:date>2026-03-01T10:00:00</d:date><t:p>Check this</t:p><t:p>again</t:p></o:annotation>';
    const content = body(`<o:text><t:p>The policy${note} applies.</t:p><t:p>End</t:p></o:text>`);
    expect(await blocksOf(file('a.odt', samples.openDocument(content)))).toEqual([
      ['paragraph', 0, 'The policy applies.'],
      ['paragraph', 0, 'End'],
      ['part', 0, 'comment', 'Ada'],
      ['paragraph', 0, 'Check this'],
      ['paragraph', 0, 'again'],
    ]);
  });

  it('has the words of tracked changes where they stood, between marks', async () => {
    const info = '<o:change-info><d:creator>Ada</d:creator><d:date>2026-03-01</d:date></o:change-info>';
    const changes = `<t:tracked-changes><t:changed-region t:id="c1"><t:deletion>${info}<t:p>six</t:p></t:deletion></t:changed-region><t:changed-region t:id="c2"><t:insertion>${info}</t:insertion></t:changed-region></t:tracked-changes>`;
    const text =
      '<t:p>Kept for <t:change t:change-id="c1"/><t:change-start t:change-id="c2"/>two<t:change-end t:change-id="c2"/> years</t:p>';
    const { content, limits } = await preview(file('a.odt', samples.openDocument(body(`<o:text>${changes}${text}</o:text>`))));
    expect(content).toMatchObject({ blocks: [{ texts: ['Kept for [- six -][+ two +] years'] }] });
    expect(limits).toEqual(['tracked']);
  });

  it('as a presentation has the notes of the speaker behind its pages', async () => {
    const notes = '<p:notes><d:frame><d:text-box><t:p>Say it slowly</t:p></d:text-box></d:frame></p:notes>';
    const page = `<d:page d:name="One"><d:frame><d:text-box><t:p>Point</t:p></d:text-box></d:frame>${notes}</d:page>`;
    const content = body(`<o:presentation>${page}<d:page d:name="Two"/></o:presentation>`);
    expect(await blocksOf(file('a.odp', samples.openDocument(content)))).toEqual([
      ['heading', 1, '1  One'],
      ['paragraph', 0, 'Point'],
      ['heading', 1, '2  Two'],
      ['part', 0, 'speaker-notes'],
      ['paragraph', 0, 'Say it slowly'],
    ]);
  });

  it('without attributes where the format wants them, and with words outside of paragraphs, is read as far as it goes', async () => {
    const content =
      '<a xmlns:t="t" xmlns:d="d">stray<t:h>Title</t:h><t:p>a<t:s/>b<t:s t:c="x"/>c</t:p><d:page><t:p>on it</t:p></d:page><t:table-row/><t:p>outer<t:p>inner</t:p> behind</t:p></a>';
    expect(await blocksOf(file('a.odt', samples.openDocument(content)))).toEqual([
      ['heading', 1, 'Title'],
      ['paragraph', 0, 'a b c'],
      ['heading', 1, '1'],
      ['paragraph', 0, 'on it'],
      ['paragraph', 0, 'inner'],
      ['paragraph', 0, 'outer behind'],
    ]);
  });

  it('without its content is unreadable', () => {
    expect(() => readOpenDocument(samples.archive({ mimetype: 'application/vnd.oasis.opendocument.text' }))).toThrow('unreadable');
  });
});

describe('PPTX', () => {
  it('without slides is unreadable', async () => {
    expect(await preview(file('a.pptx', samples.archive({ 'ppt/presentation.xml': '<p/>' })))).toEqual(hexWith('unreadable'));
  });

  it('takes a placeholder without a type, a paragraph without a level and words between the shapes as they are', async () => {
    const slide =
      '<p:sld xmlns:p="p" xmlns:a="a">stray<p:sp><p:ph/><a:p><a:pPr/><a:t>Point</a:t></a:p></p:sp><p:sp><p:ph type="ctrTitle"/><a:p><a:t>Big</a:t></a:p></p:sp></p:sld>';
    expect(await blocksOf(file('a.pptx', samples.archive({ 'ppt/presentation.xml': '<p/>', 'ppt/slides/slide3.xml': slide })))).toEqual([
      ['heading', 1, '3  Big'],
      ['list', 1, 'Point'],
    ]);
  });
});

describe('RTF', () => {
  it.each([
    ['one brace too many', '{\\rtf1 a}} b', 'a b'],
    ['a character with two bytes in its place', "{\\rtf1\\uc2 \\u8364\\'80\\'80x}", '€x'],
    ['a character with a byte in its place by default', "{\\rtf1\\uc\\u8364\\'80x}", '€x'],
    ['no number behind a character', '{\\rtf1 a\\u ?b}', 'a b'],
    ['negative numbers of characters', '{\\rtf1\\u-3?}', '\ufffd'],
    ['words about the look between the characters', '{\\rtf1 a\\b b\\b0  c\\-d\\|e}', 'ab cde'],
    ['lines that end in the file', '{\\rtf1 a\r\nb}', 'ab'],
  ])('with %s', async (_what, source, text) => {
    expect(await blocksOf(file('a.rtf', Buffer.from(source, 'latin1')))).toEqual([['paragraph', 0, text]]);
  });
});

describe('workbooks', () => {
  it('write a day of no country as in ISO 8601, and one whose format is not known as well', async () => {
    const book = utils.book_new();
    const cell = (v: number, z: string) => ({ t: 'n', v, z });
    const formats = ['m/d/yy', 'm/d/yy h:mm', 'dd.mm.yyyy', 'dd.mm.yyyy hh:mm', 'h:mm', 'mmm d, yyyy', '#,##0.00'];
    const cells = formats.map((z, index) => [utils.encode_cell({ r: 0, c: index }), cell(z === 'h:mm' ? 0.25 : 46024.5, z)] as const);
    utils.book_append_sheet(book, { '!ref': 'A1:G1', ...Object.fromEntries(cells) });
    const shown = async () => {
      const { content } = await preview(file('a.xlsx', new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer)));
      return content.kind === 'table' ? content.sheets[0]?.rows[0] : content;
    };
    expect(await shown()).toEqual([
      '2026-01-02',
      '2026-01-02 12:00',
      '2026-01-02 12:00:00',
      '2026-01-02 12:00:00',
      '6:00',
      'Jan 2, 2026',
      '46,024.50',
    ]);
    book.Workbook = { WBProps: { date1904: true } };
    expect(await shown()).toEqual(expect.arrayContaining(['2030-01-03', '2030-01-03 12:00', 'Jan 3, 2030']));
  });

  it('show a formula that has no value yet, and end where their content does', async () => {
    const sheet =
      '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><f>SUM(B1:B2)</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" s="1"/></row><row r="9"><c r="A9" s="1"/></row></sheetData></worksheet>';
    const parts = unzipSync(samples.workbook());
    const given = file('a.xlsx', zipSync({ ...parts, 'xl/worksheets/sheet1.xml': Buffer.from(sheet) }));
    expect((await preview(given)).content).toMatchObject({ sheets: [{ rows: [['=SUM(B1:B2)', '2']], totalRows: 1, totalColumns: 2 }, {}] });
  });

  const bookOf = (sheet: ReturnType<typeof utils.aoa_to_sheet>, bookType: 'xlsx' | 'biff8' = 'xlsx') => {
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Sheet');
    return new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer);
  };

  it.each(['xlsx', 'xlsb', 'biff8'] as const)(
    'say which sheets, rows and columns they hide, and have the comments on cells: %s',
    async (bookType) => {
      const book = utils.book_new();
      const sheet = utils.aoa_to_sheet([['a', 'b', 'c', 'd'], [1, 2, 3, 4], [5, 6], [7], [8]]);
      sheet['!rows'] = [{}, { hidden: true }, { hidden: true }, {}, { hidden: true }];
      sheet['!cols'] = [{}, { hidden: true }, {}, { hidden: true }];
      utils.cell_add_comment(sheet.B2, 'SSN 123-45-6789', 'Ada');
      utils.book_append_sheet(book, sheet, 'One');
      utils.book_append_sheet(book, utils.aoa_to_sheet([['salaries']]), 'Two');
      utils.book_append_sheet(book, utils.aoa_to_sheet([['deepest']]), 'Three');
      book.Workbook = { Sheets: [{}, { Hidden: 1 }, { Hidden: 2 }] };
      const given = file('a.xlsx', new Uint8Array(write(book, { type: 'array', bookType }) as ArrayBuffer));
      const { content } = await preview(given);
      expect(content).toMatchObject({
        sheets: [
          // The library tells no hidden rows of the oldest format, and cannot be asked safely about the binary one.
          {
            name: 'One',
            ...(bookType === 'xlsx' ? { hiddenRows: '2-3, 5' } : {}),
            ...(bookType === 'xlsb' ? {} : { hiddenColumns: 'B, D' }),
          },
          { name: 'Two', rows: [['salaries']], hidden: 'hidden' },
          { name: 'Three', rows: [['deepest']], hidden: 'very-hidden' },
          { isComments: true, rows: [['One', 'B2', 'Ada', 'SSN 123-45-6789']] },
        ],
      });
      expect((await extract(given)).identifiers).toContainEqual({ kind: 'ssn', count: 1 });
    },
  );

  it('whose last row is said to be far below any other are read', async () => {
    const xml =
      '<worksheet><sheetData><row r="2000000000" hidden="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>';
    const { content } = await preview(file('a.xlsx', replaced(bookOf(utils.aoa_to_sheet([['x']])), 'xl/worksheets/sheet1.xml', xml)));
    expect(content).toMatchObject({ kind: 'table', sheets: [{ rows: [['x']] }] });
  });

  it.each(['<cols><col min="1" max="2000000000" hidden="1"/></cols>', '<cols><col min="-5" max="1e9" hidden="1"/></cols>'])(
    'whose columns have no end are read: %s',
    async (columns) => {
      const xml = `<worksheet>${columns}<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>`;
      const { content } = await preview(file('a.xlsx', replaced(bookOf(utils.aoa_to_sheet([['x']])), 'xl/worksheets/sheet1.xml', xml)));
      expect(content).toMatchObject({ kind: 'table', sheets: [{ rows: [['x']] }] });
    },
  );

  it.each(['xlsx', 'biff8'] as const)('with gaps and nothing in them keep every cell at its place: %s', async (type) => {
    const sheet = utils.aoa_to_sheet([['a', null, 'c'], [], [null, true]]);
    const { content } = await preview(file('a', bookOf(sheet, type)));
    expect(content).toMatchObject({ sheets: [{ rows: [['a', '', 'c'], [], ['', 'TRUE']], totalRows: 3 }] });
    const empty = await preview(file('a', bookOf(utils.aoa_to_sheet([]), type)));
    expect(empty).toMatchObject({ content: { sheets: [{ name: 'Sheet', rows: [], totalRows: 0 }] }, limits: [] });
  });

  it('show a cell by its value where it says nothing else', async () => {
    const sheet =
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>text</v></c><c r="B1"/><c r="C1" t="e"><v>#N/A</v></c></row></sheetData></worksheet>';
    const given = file('a.xlsx', replaced(bookOf(utils.aoa_to_sheet([['x']])), 'xl/worksheets/sheet1.xml', sheet));
    expect((await preview(given)).content).toMatchObject({ sheets: [{ rows: [['text', '', '#N/A']] }] });
  });

  it('with a sheet that is not there show the others; with none at all they are unreadable', async () => {
    const whole = samples.workbook();
    const shown = await preview(file('a.xlsx', replaced(whole, 'xl/worksheets/sheet1.xml', null)));
    expect(shown.content).toMatchObject({ kind: 'table', sheets: [{ name: 'Second', rows: [['Only']] }] });
    const none = replaced(replaced(whole, 'xl/worksheets/sheet1.xml', null), 'xl/worksheets/sheet2.xml', null);
    expect(await preview(file('a.xlsx', none))).toEqual(hexWith('unreadable'));
  });

  /** A sheet of this XML, with what it claims to reach from and to. */
  const claiming = (reference: string, rows: string) =>
    replaced(
      bookOf(utils.aoa_to_sheet([['x']])),
      'xl/worksheets/sheet1.xml',
      `<worksheet><dimension ref="${reference}"/><sheetData>${rows}</sheetData></worksheet>`,
    );
  const row = (number: number) => `<row r="${number}"><c r="A${number}" t="str"><v>cell</v></c></row>`;

  it.each([
    ['a cell far below the rows that are shown', 'A25000', row(25_000), 25_000],
    ['one at the top and one at the very end', 'A1:A1048576', row(1) + row(1_048_576), 1_048_576],
    ['a claim of a million rows and three cells', 'A1:XFD1048576', row(1) + row(2) + row(3), 3],
    ['a claim of some hundred rows and one cell', 'A1:B300', row(1), 1],
  ])('with %s tell where the sheet ends', async (_what, reference, xml, totalRows) => {
    const { content, limits } = await preview(file('a.xlsx', claiming(reference, xml)));
    expect(content).toMatchObject({ sheets: [{ totalRows, totalColumns: 1 }] });
    expect(limits).toEqual(totalRows > readerBounds.rows ? ['more'] : []);
  });

  it('that are too large to be read to their end are taken at their word', async () => {
    const padding = `<!--${'x'.repeat(5 * 1024 * 1024)}-->`;
    const { content, limits } = await preview(file('a.xlsx', claiming('A1:A25000', padding + row(1))));
    expect(content).toMatchObject({ sheets: [{ rows: [['cell']], totalRows: 25_000 }] });
    expect(limits).toEqual(['more']);
  });

  it('with more rows than are read tell how many they claim', async () => {
    const rows = Array.from({ length: readerBounds.rows + 7 }, (_, index) => [index]);
    const { content, limits } = await preview(file('a.xlsx', bookOf(utils.aoa_to_sheet(rows))));
    expect(limits).toEqual(['more']);
    expect(content).toMatchObject({ sheets: [{ totalRows: readerBounds.rows + 7, totalColumns: 1 }] });
  });

  it('behind a password in the old format say so', async () => {
    const container = CFB.read(Buffer.from(samples.workbook('biff8')), { type: 'buffer' });
    const entry = CFB.find(container, 'Workbook');
    if (entry === null) throw new Error('No stream');
    const stream = Buffer.from(entry.content as Uint8Array);
    const afterStart = 4 + stream.readUInt16LE(2);
    const password = Buffer.concat([Buffer.from([0x2f, 0, 6, 0, 0, 0]), Buffer.alloc(4, 1)]);
    const locked = Buffer.concat([stream.subarray(0, afterStart), password, stream.subarray(afterStart)]);
    CFB.utils.cfb_add(container, '/Workbook', locked as never);
    expect(await preview(file('a.xls', CFB.write(container, { type: 'buffer' }) as Buffer))).toEqual(hexWith('encrypted'));
  });

  /** An archive with one part exchanged, or without it. */
  function replaced(bytes: Uint8Array, name: string, part: string | null): Uint8Array {
    const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([key]) => key !== name));
    return zipSync(part === null ? parts : { ...parts, [name]: Buffer.from(part) });
  }
});

describe('names, mails and archives', () => {
  it.each(['a.constructor', 'a.__proto__', '__proto__', 'toString', ''])('a text called %j is a text', async (name) => {
    expect((await preview(file(name, 'words'))).content).toEqual({ kind: 'text', text: 'words', language: 'plain', encoding: 'UTF-8' });
  });

  it('a document behind a password has neither words nor places of identifiers, and says why', async () => {
    const given = file('a.docx', samples.encryptedOffice());
    expect(await extract(given)).toMatchObject({ text: null, failure: 'encrypted' });
    expect(await scanFile(given)).toEqual({ scan: null, cut: false });
  });

  it('an archive with more entries than are listed says so', async () => {
    const many = Object.fromEntries(Array.from({ length: readerBounds.rows + 1 }, (_, index) => [`${index}`, '']));
    const { content, limits } = await preview(file('a.zip', samples.archive(many)));
    expect(limits).toEqual(['more']);
    expect(content).toMatchObject({ sheets: [{ totalRows: readerBounds.rows + 1 }] });
  });

  it('bytes that Windows leaves undefined stay what they are', async () => {
    expect((await preview(file('a.txt', Buffer.from([0x61, 0x81, 0x80])))).content).toMatchObject({ text: 'a\u0081€' });
  });
});
