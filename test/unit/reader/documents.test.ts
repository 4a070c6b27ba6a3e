import { describe, expect, it } from 'vitest';
import { extractAttachment, scanFile } from '../../../electron/reader/extract.ts';
import { CharacterTables } from '../../../electron/reader/pdf-data.ts';
import { attachmentAnswer, scanAnswer } from '../../../electron/vault/reader/answers.ts';
import { japanese } from '../../e2e/preview-files.ts';
import { extract, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

describe('documents', () => {
  it('PDF that only names its table of characters: the words are there', async () => {
    expect(await extract(file('a.pdf', japanese()))).toMatchObject({ text: '日本語の方針', failure: null });
  });

  it('PDF asks for no other file than a table', async () => {
    const tables = new CharacterTables();
    expect((await tables.fetch({ kind: 'cMapUrl', filename: 'UniJIS-UCS2-H.bcmap' })).length).toBeGreaterThan(100);
    for (const asked of [
      { kind: 'cMapUrl', filename: '../package.json' },
      { kind: 'cMapUrl', filename: '/etc/hosts.bcmap' },
      { kind: 'wasmUrl', filename: 'UniJIS-UCS2-H.bcmap' },
    ])
      await expect(tables.fetch(asked)).rejects.toThrow('Not a table');
  });

  it('DOCX: headings, paragraphs, lists, rows and properties', async () => {
    const given = file('policy.bin', await samples.docx());
    expect(await preview(given)).toEqual({
      content: {
        kind: 'document',
        blocks: [
          { style: 'heading', level: 2, texts: ['Purpose'] },
          { style: 'paragraph', level: 0, texts: ['Accounts end with the employment.'] },
          { style: 'list', level: 2, texts: ['First'] },
          { style: 'row', level: 0, texts: ['Name', 'Role'] },
        ],
      },
      limits: [],
    });
    const { text, facts } = await extract(given);
    expect(text).toContain('Accounts end');
    expect(facts).toContainEqual({ name: 'title', value: 'Access policy' });
    expect(facts).toContainEqual({ name: 'author', value: 'Ada' });
  });

  it('DOCX: what was deleted with changes tracked is found as well', async () => {
    const given = file(
      'a.docx',
      samples.docxOf('<w:p><w:r><w:t>kept</w:t><w:tab/><w:noBreakHyphen/><w:br/><w:delText> 123-45-6789</w:delText></w:r></w:p>'),
    );
    expect((await extract(given)).identifiers).toEqual([{ kind: 'ssn', count: 1 }]);
  });

  it('PPTX: slides in their order, with notes', async () => {
    const given = file('a.pptx', samples.pptx());
    expect((await preview(given)).content).toEqual({
      kind: 'document',
      blocks: [
        { style: 'heading', level: 1, texts: ['1  Plan'] },
        { style: 'list', level: 2, texts: ['Point\nmore'] },
        { style: 'heading', level: 1, texts: ['2'] },
        { style: 'list', level: 1, texts: ['Second slide'] },
        { style: 'part', level: 0, texts: ['speaker-notes'] },
        { style: 'paragraph', level: 0, texts: ['Say it slowly'] },
      ],
    });
    expect((await extract(given)).facts).toContainEqual({ name: 'pages', value: '2' });
  });

  it('ODT: headings, spaces, lists, rows and pages', async () => {
    const given = file('a.odt', samples.openDocument(samples.odtContent, { 'meta.xml': '<m><generator>Writer</generator></m>' }));
    expect((await preview(given)).content).toEqual({
      kind: 'document',
      blocks: [
        { style: 'heading', level: 2, texts: ['Scope'] },
        { style: 'paragraph', level: 0, texts: ['One  two\tthree\nfour'] },
        { style: 'list', level: 1, texts: ['Item'] },
        { style: 'row', level: 0, texts: ['A', 'B'] },
        { style: 'heading', level: 1, texts: ['1  Cover'] },
        { style: 'paragraph', level: 0, texts: ['On it'] },
      ],
    });
    expect((await extract(given)).facts).toEqual([{ name: 'software', value: 'Writer' }]);
  });

  it('RTF: paragraphs, Unicode and Western letters, without the font table', async () => {
    const rtf =
      "{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}{\\*\\generator X;}\\f0 Pr\\'fcfung \\u8364?\\uc1 100\\~x\\_y\\{z\\}\\par Second\\tab line\\line more}";
    expect((await preview(file('a.rtf', rtf))).content).toEqual({
      kind: 'document',
      blocks: [
        { style: 'paragraph', level: 0, texts: ['Prüfung €100 x-y{z}'] },
        { style: 'paragraph', level: 0, texts: ['Second\tline\nmore'] },
      ],
    });
  });

  it('PDF: text, pages and what it says of itself', async () => {
    const given = file('a.txt', await samples.pdf('Minutes of the meeting, 123-45-6789', { pages: 2 }));
    expect(await preview(given)).toEqual({ content: { kind: 'pdf' }, limits: [] });
    const { text, facts, identifiers, cut } = await extract(given);
    expect(text).toContain('Minutes of the meeting');
    expect(identifiers).toEqual([{ kind: 'ssn', count: 2 }]);
    expect(cut).toBe(false);
    expect(facts).toEqual(
      expect.arrayContaining([
        { name: 'title', value: 'Minutes' },
        { name: 'pages', value: '2' },
        { name: 'created-at', value: '2026-05-04 10:11' },
      ]),
    );
    expect((await scanFile(given)).scan?.hits).toHaveLength(2);
  });
});

describe('mails', () => {
  it('EML: headers, text of the HTML part, attachments by their place', async () => {
    const given = file('mail.txt', samples.eml);
    const { content, limits } = await preview(given);
    if (content.kind !== 'mail') throw new Error('no mail');
    expect(limits).toEqual([]);
    expect(content.mail.headers.slice(0, 4)).toEqual([
      { name: 'From', value: 'Ada Löv <ada@example.org>' },
      { name: 'To', value: 'b@example.org' },
      { name: 'Date', value: 'Mon, 4 May 2026 10:00:00 +0000' },
      { name: 'Subject', value: 'Prüfung' },
    ]);
    expect(content.mail.text).toBe('Dear Grace,\n\nSSN\t123-45-6789');
    expect(content.mail.attachments).toEqual([
      { index: 0, name: '../../notes.txt', mediaType: 'text/plain', size: 5 },
      { index: 1, name: expect.stringMatching(/\.eml$/), mediaType: 'message/rfc822', size: expect.any(Number) },
    ]);
    const attachment = attachmentAnswer.parse(await extractAttachment(given, 0));
    expect(Buffer.from(attachment.bytes).toString()).toBe('hello');
    expect((await extractAttachment(given, 1)).bytes.length).toBeGreaterThan(20);
    await expect(extractAttachment(given, 2)).rejects.toThrow('unreadable');
    await expect(extractAttachment(file('a.txt', 'no mail'), 0)).rejects.toThrow('unreadable');
    const { facts, text } = await extract(given);
    expect(text).toContain('Subject: Prüfung');
    expect(facts).toEqual(
      expect.arrayContaining([
        { name: 'mail-from', value: 'Ada Löv <ada@example.org>' },
        { name: 'mail-id', value: '<1@example.org>' },
        { name: 'mail-attachments', value: '2' },
      ]),
    );
    expect(scanAnswer.parse(await scanFile(given)).scan?.counts).toContainEqual({ kind: 'ssn', count: 1 });
  });

  it('EML that is encrypted says so', async () => {
    const mail = 'From: a@b.org\r\nSubject: s\r\nContent-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nAAAA\r\n';
    expect((await preview(file('a.eml', mail))).limits).toEqual(['encrypted']);
  });
});
