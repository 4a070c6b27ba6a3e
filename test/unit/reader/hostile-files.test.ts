import { describe, expect, it } from 'vitest';
import { scanFile } from '../../../electron/reader/extract.ts';
import { runJob } from '../../../electron/reader/jobs.ts';
import { readerBounds } from '../../../shared/domain/reader.ts';
import { zerosArchive } from '../../fixtures/zeros-archive.ts';
import { extract, hexWith, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

describe('hostile files', () => {
  it('behind a password are told so', async () => {
    expect(await preview(file('a.docx', samples.encryptedOffice()))).toEqual(hexWith('encrypted'));
    const lockedPdf = file('a.pdf', await samples.pdf('secret', { password: 'x' }));
    expect(await preview(lockedPdf)).toEqual({ content: { kind: 'pdf' }, limits: ['encrypted'] });
    const half = lockedPdf.bytes.subarray(0, lockedPdf.bytes.length - 20);
    expect((await preview({ ...lockedPdf, bytes: half })).content.kind).toBe('hex');
    expect((await extract(file('a.pdf', await samples.pdf('secret', { password: 'x' })))).failure).toBe('encrypted');
    const locked = Buffer.from(samples.docxOf('<w:p/>'));
    locked[6] = 1;
    expect(await preview(file('a.docx', locked))).toEqual(hexWith('encrypted'));
    const manifest = '<m:manifest xmlns:m="m"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>';
    expect(await preview(file('a.odt', samples.openDocument('x', { 'META-INF/manifest.xml': manifest })))).toEqual(hexWith('encrypted'));
  });

  it('that unpack to too much are not unpacked', async () => {
    const bomb = await zerosArchive({ 'word/document.xml': readerBounds.unpackedBytes + 1 });
    expect(bomb.length).toBeLessThan(1024 * 1024);
    expect(await preview(file('a.docx', bomb))).toEqual(hexWith('bomb'));
  });

  it('that unpack to too much together are not unpacked, though each of them alone would be', async () => {
    const share = 1024 * 1024;
    const alone = Math.floor(readerBounds.unpackedBytes / share) - 1;
    const parts = await zerosArchive({ 'word/header1.xml': share, 'word/header2.xml': share }, { 'word/document.xml': '<a/>' });
    // The directory says how much room each of them wants, and that is what is counted.
    for (let at = parts.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = parts.indexOf('PK\u0001\u0002', at + 4, 'latin1'))
      if (parts.readUInt32LE(at + 24) === share) parts.writeUInt32LE((alone * share) / 2 + share, at + 24);
    expect(await preview(file('a.docx', parts))).toEqual(hexWith('bomb'));
  });

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

  it('with HTML that is deep or full of empty cells give their words in time', async () => {
    const mail = (html: string) => file('a.eml', `From: a@b.org\r\nTo: c@d.org\r\nContent-Type: text/html\r\n\r\n<p>first</p>${html}`);
    const started = performance.now();
    for (const html of ['<div>'.repeat(1_000_000), '<td>'.repeat(1_000_000), `${'<td>'.repeat(500_000)}x`])
      expect((await extract(mail(html))).text).toContain('first');
    expect(performance.now() - started).toBeLessThan(15_000);
  }, 60_000);

  it('of more PDF pages than there is time for give the first of them', async () => {
    const { pdfText, withPdf } = await import('../../../electron/reader/pdf.ts');
    const bytes = await samples.pdf('words');
    expect(await withPdf(bytes, (document) => pdfText(document, 1000, -1))).toEqual({ text: '', cut: true });
    expect(await withPdf(bytes, (document) => pdfText(document, 1000))).toMatchObject({
      text: expect.stringContaining('words'),
      cut: false,
    });
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
