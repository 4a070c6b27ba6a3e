import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { extractAttachment, extractFile, scanFile } from '../../../electron/reader/extract.ts';
import { runJob } from '../../../electron/reader/jobs.ts';
import { previewFile } from '../../../electron/reader/preview.ts';
import { attachmentAnswer, extractAnswer, previewAnswer, scanAnswer } from '../../../electron/vault/reader/answers.ts';
import type { ReaderFile } from '../../../shared/domain/reader.ts';
import { readerBounds } from '../../../shared/domain/reader.ts';
import * as samples from './samples.ts';

const { file } = samples;

/** What is shown, as the vault takes it. */
const preview = async (given: ReaderFile) => previewAnswer.parse(await previewFile(given));
const extract = async (given: ReaderFile, most = 1e6) => extractAnswer.parse(await extractFile(given, most));
const hexWith = (...limits: string[]) => ({ content: { kind: 'hex' }, limits });

describe('texts', () => {
  it.each<[string, string | Uint8Array, string, string, string]>([
    ['a.txt', 'Prüfung', 'plain', 'UTF-8', 'Prüfung'],
    ['a.txt', Buffer.from([0x50, 0xfc, 0x66, 0x80, 0x93]), 'plain', 'windows-1252', 'Püf€“'],
    ['a.log', Buffer.from('\ufeffline', 'utf16le'), 'log', 'UTF-16LE', 'line'],
    ['a.txt', Buffer.from('\ufeffline', 'utf16le').swap16(), 'plain', 'UTF-16BE', 'line'],
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
    const bomb = samples.archive({ 'zeros.bin': new Uint8Array(50 * 1024 * 1024), 'b/c.txt': 'c' });
    expect(await preview(file('a.docx', bomb))).toEqual({
      content: {
        kind: 'table',
        sheets: [
          {
            name: '',
            rows: [
              ['zeros.bin', '52428800'],
              ['b/c.txt', '1'],
            ],
            totalRows: 2,
            totalColumns: 2,
          },
        ],
      },
      limits: [],
    });
    expect((await extract(file('a.zip', bomb))).text).toBe('zeros.bin\nb/c.txt');
    expect(await preview(file('a.tar', await samples.tar({ 'x/y.txt': 'hello' })))).toMatchObject({
      content: { sheets: [{ rows: [['x/y.txt', '5']] }] },
    });
    expect((await extract(file('a.tar', await samples.tar({ 'x/y.txt': 'hello' })))).text).toBe('x/y.txt');
    const locked = Buffer.from(samples.archive({ a: 'a' }));
    locked[6] = 1;
    expect((await preview(file('a.zip', locked))).limits).toEqual(['encrypted']);
  });
});

describe('documents', () => {
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

  it('MSG: the same from a message of Outlook', async () => {
    const given = file('a.msg', samples.msg());
    const { content } = await preview(given);
    if (content.kind !== 'mail') throw new Error('no mail');
    expect(content.mail).toMatchObject({
      text: 'The body of the message',
      attachments: [{ index: 0, name: 'rules.txt', size: 10 }],
    });
    expect(content.mail.headers).toEqual(
      expect.arrayContaining([
        { name: 'From', value: 'Ada <ada@example.org>' },
        { name: 'Subject', value: 'Firewall' },
        { name: 'X-Mailer', value: 'Outlook' },
        { name: 'Received', value: 'by example.org' },
      ]),
    );
    expect(Buffer.from((await extractAttachment(given, 0)).bytes).toString()).toBe('allow none');
    const html = file('b.msg', samples.msg({ '1000': '', '1013': '<p>As HTML</p>' }));
    expect((await extract(html)).text).toContain('As HTML');
  });
});

describe('pictures and media', () => {
  it.each<[string, Uint8Array, object]>([
    ['image/png', samples.pngHead(640, 480), { width: 640, height: 480 }],
    ['image/jpeg', samples.jpeg(640, 480), { width: 640, height: 480 }],
    ['image/jpeg', samples.jpeg(640, 480, true), { width: 640, height: 480 }],
    ['image/gif', Buffer.from('GIF89a\x80\x02\xe0\x01', 'latin1'), { width: 640, height: 480 }],
    [
      'image/bmp',
      Buffer.concat([Buffer.from('BM'), Buffer.alloc(12), Buffer.from([40, 0, 0, 0, 0x80, 2, 0, 0, 0x20, 0xfe, 255, 255, 0])]),
      { width: 640, height: 480 },
    ],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x7f\x02\0\xdf\x01\0', 'latin1'), { width: 640, height: 480 }],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x7f\xc2\x77\0\0', 'latin1'), { width: 640, height: 480 }],
    ['image/webp', Buffer.from('RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9d\x01\x2a\x80\x02\xe0\x01', 'latin1'), { width: 640, height: 480 }],
    [
      'image/avif',
      Buffer.from('\0\0\0\x14ftypavif\0\0\0\0\0\0\0\x14ispe\0\0\0\0\0\0\x02\x80\0\0\x01\xe0', 'latin1'),
      { width: 640, height: 480 },
    ],
  ])('%s passes as its bytes with the size of its header', async (mediaType, bytes, size) => {
    expect(await preview(file('x', bytes))).toEqual({ content: { kind: 'image', mediaType, ...size }, limits: [] });
  });

  it('a picture with too many pixels is not drawn, and one that lies about itself neither', async () => {
    expect(await preview(file('a.png', samples.pngHead(10_000, 10_000)))).toEqual(hexWith('pixels'));
    expect(await preview(file('a.png', samples.pngHead(0, 5)))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4])))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.jpg', Buffer.from('ffd8ffff01ffd800000000000000000000', 'hex')))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.webp', Buffer.from('RIFF\0\0\0\0WEBPXXXX', 'latin1')))).toEqual(hexWith('unreadable'));
    expect(await preview({ ...file('a.png', samples.pngHead(5, 5)), size: 1000 })).toEqual(hexWith('cut'));
  });

  it('EXIF tells the camera and the moment; malformed EXIF tells nothing', async () => {
    const { text, facts } = await extract(file('a.jpg', samples.jpeg(640, 480, true)));
    expect(text).toBeNull();
    expect(facts).toEqual([
      { name: 'camera', value: 'Acme Model 5' },
      { name: 'taken-at', value: '2026-05-04 10:11:12' },
      { name: 'dimensions', value: '640 × 480' },
    ]);
    const broken = Buffer.from(samples.jpeg(640, 480, true));
    broken.fill(0xff, 20, 60);
    expect((await extract(file('a.jpg', broken))).facts.map(({ name }) => name)).not.toContain('camera');
    expect((await extract(file('a.png', samples.pngHead(0, 0)))).facts).toEqual([]);
  });

  it.each([
    ['ID3\x04', 'audio', 'audio/mpeg'],
    ['\xff\xfb\x90\x00', 'audio', 'audio/mpeg'],
    ['OggS\0', 'audio', 'audio/ogg'],
    ['fLaC\0', 'audio', 'audio/flac'],
    ['RIFF\0\0\0\0WAVE', 'audio', 'audio/wav'],
    ['\0\0\0\x18ftypM4A ', 'audio', 'audio/mp4'],
    ['\0\0\0\x18ftypisom', 'video', 'video/mp4'],
    ['\x1a\x45\xdf\xa3', 'video', 'video/webm'],
  ])('%j is played whole or not at all', async (head, kind, mediaType) => {
    const given = file('x', Buffer.from(head, 'latin1'));
    expect(await preview(given)).toEqual({ content: { kind, mediaType }, limits: [] });
    expect(await preview({ ...given, size: 10_000 })).toEqual(hexWith('cut'));
    expect(await extract(given)).toMatchObject({ text: null, failure: null });
  });

  it('anything else shows its bytes', async () => {
    for (const head of ['\0\x01\x02', '\0\0\0\x18ftypheic', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1nothing'])
      expect(await preview(file('x', Buffer.from(head, 'latin1')))).toEqual(hexWith());
  });
});

describe('hostile files', () => {
  it('behind a password are told so', async () => {
    expect(await preview(file('a.docx', samples.encryptedOffice()))).toEqual(hexWith('encrypted'));
    expect(await preview(file('a.pdf', await samples.pdf('secret', { password: 'x' })))).toEqual(hexWith('encrypted'));
    expect((await extract(file('a.pdf', await samples.pdf('secret', { password: 'x' })))).failure).toBe('encrypted');
    const locked = Buffer.from(samples.docxOf('<w:p/>'));
    locked[6] = 1;
    expect(await preview(file('a.docx', locked))).toEqual(hexWith('encrypted'));
    const manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>';
    expect(await preview(file('a.odt', samples.openDocument('x', { 'META-INF/manifest.xml': manifest })))).toEqual(hexWith('encrypted'));
  });

  it('that unpack to too much are not unpacked', async () => {
    const zeros = new Uint8Array(readerBounds.unpackedBytes / 2 + 10);
    const bomb = zipSync({ 'word/document.xml': zeros, 'word/header1.xml': zeros });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await preview(file('a.docx', bomb))).toEqual(hexWith('bomb'));
  }, 60_000);

  it('that say they are smaller than they are get no more room than they said', async () => {
    const lying = Buffer.from(samples.docxOf(`<w:p><w:r><w:t>${'a'.repeat(100_000)}</w:t></w:r></w:p>`));
    const entry = lying.lastIndexOf('PK\x01\x02', undefined, 'latin1');
    lying.writeUInt32LE(100, entry + 24);
    expect((await preview(file('a.docx', lying))).content).toEqual({ kind: 'hex' });
  });

  it('with entities, deep nesting or broken markup are refused', async () => {
    const entities = samples.archive({ 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>' });
    expect(await preview(file('a.docx', entities))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.docx', samples.docxOf('<a>'.repeat(600) + '</a>'.repeat(600))))).toEqual(hexWith('bomb'));
    expect(await preview(file('a.docx', samples.docxOf('<w:p><w:t>&unknown;')))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.odt', samples.openDocument('<a><b></a>')))).toEqual(hexWith('unreadable'));
    expect(await preview(file('a.rtf', `{\\rtf1 ${'{'.repeat(2000)}x`))).toMatchObject({ content: { kind: 'document' } });
  });

  it('with more than is shown are cut, and say so', async () => {
    const paragraphs = samples.docxOf('<w:p><w:r><w:t>a</w:t></w:r></w:p>'.repeat(readerBounds.blocks + 5));
    const { content, limits } = await preview(file('a.docx', paragraphs));
    expect(content.kind === 'document' ? content.blocks.length : 0).toBe(readerBounds.blocks);
    expect(limits).toEqual(['more']);
    const headers = `From: a@b.org\r\nSubject: s\r\n${'X-A: b\r\n'.repeat(300)}\r\ntext`;
    expect((await preview(file('a.eml', headers))).limits).toEqual(['more']);
  });

  it('of every kind, cut in the middle, end in a clear state', async () => {
    const whole = [
      samples.workbook(),
      samples.workbook('biff8'),
      await samples.docx(),
      samples.pptx(),
      samples.msg(),
      await samples.pdf('x'),
      await samples.tar({ a: 'b'.repeat(5000) }),
      Buffer.from(samples.eml),
    ];
    for (const bytes of whole) {
      for (const share of [0.3, 0.7, 0.95]) {
        const half = bytes.subarray(0, Math.floor(bytes.length * share));
        const { limits } = await preview(file('x', half));
        expect(limits.every((limit) => ['unreadable', 'more', 'encrypted'].includes(limit))).toBe(true);
        expect((await preview({ ...file('x', half), size: bytes.length })).limits).toContain('cut');
        await extract(file('x', half));
        await scanFile(file('x', half));
      }
    }
  }, 60_000);

  it('are given to each job alike', async () => {
    const given = file('a.txt', 'a@b.org');
    expect(await runJob({ kind: 'preview', file: given })).toMatchObject({ content: { kind: 'text' } });
    expect(await runJob({ kind: 'extract', file: given, mostCharacters: 3 })).toMatchObject({ text: 'a@b', cut: true });
    expect(await runJob({ kind: 'scan', file: given })).toMatchObject({ scan: { counts: [{ kind: 'email', count: 1 }] } });
    expect(await runJob({ kind: 'scan', file: file('x', new Uint8Array([0])) })).toEqual({ scan: null, cut: false });
    expect(await runJob({ kind: 'scan', file: file('a.pdf', '%PDF-1.4 x') })).toEqual({ scan: null, cut: false });
    expect(await runJob({ kind: 'attachment', file: file('a.eml', samples.eml), index: 0 })).toMatchObject({ mediaType: 'text/plain' });
  });
});
