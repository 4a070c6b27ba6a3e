import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { describe, expect, it, vi } from 'vitest';
import { textMask } from '../../shared/domain/redaction.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { pdf, png } from '../e2e/sample-files.ts';
import { encode } from '../fixtures/encode.ts';
import { codeOf, newAudit, riskAnalysis, temporaryFolder, terminations } from './fixture.ts';
import { sessionOf } from './helpers.ts';
import { attachOne, contentOf, copy, corner, objects, pixels, redactPages, redactText } from './redaction-fixture.ts';

const hasTools = ['pdftotext', 'pdftoppm', 'qpdf'].every((tool) => spawnSync(tool, ['--version']).error === undefined);

const page = { width: 1241, height: 1755, pageWidth: 595, pageHeight: 842 };
describe('a redacted copy of a text', () => {
  it('has blocks of one length in the place of what was marked, and the original stays as it was', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'users.csv', 'name,ssn\nAda,536-22-1234\nBo,078-05-1120\n', [riskAnalysis]);
    const { evidence, known } = await redactText(vault, original.id, [
      { start: 13, end: 24, reason: 'personal-data' },
      { start: 25, end: 27, reason: 'other' },
    ]);
    expect(known).toBe(false);
    expect((await contentOf(vault, evidence.id)).toString('utf8')).toBe(`name,ssn\nAda,${textMask}\n${textMask},078-05-1120\n`);
    expect(evidence).toMatchObject({
      number: 2,
      title: 'Screen (redacted)',
      originalName: 'E-001 redacted.csv',
      mediaType: 'text/csv',
      derivedFrom: original.id,
      derivation: 'redacted',
      sensitivity: 'normal',
      controls: [riskAnalysis],
      method: 'Redacted copy of E-001',
    });
    expect(evidence.redactions).toEqual([
      { page: 1, x: 13, y: 0, width: 11, height: 0, reason: 'personal-data' },
      { page: 1, x: 25, y: 0, width: 2, height: 0, reason: 'other' },
    ]);
    expect((await contentOf(vault, original.id)).toString('utf8')).toContain('536-22-1234');
  });

  it('is told in both custody ledgers with the hash before and after', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'a.txt', 'secret word');
    const { evidence } = await redactText(vault, original.id, [{ start: 0, end: 6, reason: 'secret' }]);
    const after = createHash('sha256').update(`${textMask} word`).digest('hex');
    const before = await vault.call('evidence.get', { evidenceId: original.id });
    expect(before.custody.map(({ action }) => action)).toEqual(['collected', 'viewed', 'redacted']);
    expect(before.custody.at(-1)?.detail).toBe(`E-002 made, 1 place, SHA-256 ${after}; this original is unchanged`);
    const made = await vault.call('evidence.get', { evidenceId: evidence.id });
    expect(made.custody.map(({ action }) => action)).toEqual(['collected', 'redacted']);
    expect(made.custody.at(-1)?.detail).toBe(`made from E-001, 1 place; SHA-256 before ${original.sha256}, after ${after}`);
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: true });
  });

  it('is there once when the same places are blacked out again, and takes over no links when not asked to', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'a.txt', 'secret word', [riskAnalysis, terminations]);
    const first = await redactText(vault, original.id, [{ start: 0, end: 6, reason: 'secret' }], { takeLinks: false });
    expect(first.evidence.controls).toEqual([]);
    const again = await redactText(vault, original.id, [{ start: 0, end: 6, reason: 'phi' }]);
    expect(again).toMatchObject({ known: true, evidence: { id: first.evidence.id } });
    expect(objects(vault)).toBe(2);
  });

  it('is the piece that has the same content in this audit, and shares the content of one in another audit', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'a.txt', 'secret word');
    const same = await attachOne(vault, auditId, 'b.txt', `${textMask} word`);
    const places = [{ start: 0, end: 6, reason: 'secret' as const }];
    expect(await redactText(vault, original.id, places)).toMatchObject({ known: true, evidence: { id: same.id, title: 'b' } });
    const other = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const elsewhere = await attachOne(vault, other.id, 'c.txt', 'secret word');
    expect(await redactText(vault, elsewhere.id, places)).toMatchObject({
      known: false,
      evidence: { number: 2, derivedFrom: elsewhere.id },
    });
    expect(objects(vault)).toBe(2);
  });

  it('has every character that the preview shows, also of a text that is neither UTF-8 nor marked as UTF-16', async () => {
    const { vault, auditId } = await newAudit();
    const places = [{ start: 0, end: 6, reason: 'personal-data' as const }];
    for (const [name, bytes] of [
      ['windows.txt', Buffer.from('M\u00fcller \u0080 5', 'latin1')],
      ['unmarked.txt', Buffer.from('Müller € 6', 'utf16le')],
    ] as const) {
      const original = await attachOne(vault, auditId, name, bytes);
      const { evidence } = await redactText(vault, original.id, places);
      expect((await contentOf(vault, evidence.id)).toString('utf8')).toMatch(new RegExp(`^\ufeff${textMask} € [56]$`));
    }
  });

  it('has every character of a text from before Unicode, and says by its mark that it is UTF-8', async () => {
    const { vault, auditId } = await newAudit();
    const text = '<meta charset=shift_jis>氏名: 山田太郎\r\n部署: 経理部、監査の確認\r\n';
    const original = await attachOne(vault, auditId, 'page.html', encode(text, 'shift_jis'));
    const { redactionId, text: shown } = await vault.call('redaction.open', { evidenceId: original.id });
    expect(shown).toBe(text);
    await vault.call('redaction.close', { redactionId });
    const start = text.indexOf('山田太郎');
    const { evidence } = await redactText(vault, original.id, [{ start, end: start + 4, reason: 'personal-data' }]);
    const masked = text.replace('山田太郎', textMask);
    expect((await contentOf(vault, evidence.id)).toString('utf8')).toBe(`\ufeff${masked}`);
    expect((await vault.call('redaction.open', { evidenceId: evidence.id })).text).toBe(masked);
  });

  it('reads UTF-16 by its mark and writes UTF-8', async () => {
    const { vault, auditId } = await newAudit();
    for (const [name, bytes] of [
      ['le.txt', Buffer.from('\ufeffname Ada', 'utf16le')],
      ['be.txt', Buffer.from('\ufeffname Ada', 'utf16le').swap16()],
    ] as const) {
      const { id } = await attachOne(vault, auditId, name, bytes);
      sessionOf(vault).records.raw.exec(`UPDATE evidence SET media_type = 'text/plain' WHERE id = '${id}'`);
      const { text } = await vault.call('redaction.open', { evidenceId: id });
      expect(text).toBe('name Ada');
    }
  });

  it.each([
    ['a range that ends before it begins', [{ start: 5, end: 5, reason: 'phi' as const }]],
    ['a range behind the end', [{ start: 5, end: 500, reason: 'phi' as const }]],
  ])('is refused for %s', async (_name, places) => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.txt', 'secret word');
    expect(await codeOf(redactText(vault, id, places))).toBe('redaction.nothing');
    expect(objects(vault)).toBe(1);
  });

  it('is refused when it would be the original again', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.txt', `${textMask} word`);
    expect(await codeOf(redactText(vault, id, [{ start: 0, end: 8, reason: 'phi' }]))).toBe('redaction.nothing');
    expect(await vault.call('evidence.list', { auditId })).toHaveLength(1);
    expect(objects(vault)).toBe(1);
  });

  it('keeps nothing when it is cancelled while the text is read', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.txt', 'secret word');
    const controller = new AbortController();
    controller.abort();
    await expect(vault.call('redaction.open', { evidenceId: id }, controller.signal)).rejects.toThrow('Cancelled');
  });
});

describe('a redacted copy of a picture', () => {
  it('is black where it was marked, whatever the window drew, and has no chunk but the picture', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'screen.png', png(40, 30, 'markercomment'));
    const { redactionId, kind, size, text } = await vault.call('redaction.open', { evidenceId: original.id });
    expect({ kind, size, text }).toEqual({ kind: 'image', size: original.size, text: null });
    const read = await vault.call('redaction.read', { redactionId });
    expect(read.done).toBe(true);
    expect(createHash('sha256').update(read.bytes).digest('hex')).toBe(original.sha256);
    await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
    await vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 });
    await vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 11) });
    await vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 20, [200, 100, 0, 0]) });
    const { evidence } = await vault.call('redaction.finish', { redactionId });
    expect(evidence).toMatchObject({ mediaType: 'image/png', originalName: 'E-001 redacted.png', redactions: [corner] });
    const bytes = await contentOf(vault, evidence.id);
    expect(bytes.includes('markercomment')).toBe(false);
    expect(new Set([...bytes.toString('latin1').matchAll(/IHDR|IDAT|IEND|tEXt|zTXt|iTXt|eXIf/g)].map(([name]) => name))).toEqual(
      new Set(['IHDR', 'IDAT', 'IEND']),
    );
    const { width, height, channels, data } = decode(bytes);
    expect({ width, height, channels }).toEqual({ width: 41, height: 31, channels: 3 });
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
    // Half of 41 is 20.5: the pixel that is only touched is black too.
    for (const [x, y] of [
      [0, 0],
      [20, 0],
      [0, 15],
      [20, 15],
    ] as const)
      expect(at(x, y)).toEqual([0, 0, 0]);
    for (const [x, y] of [
      [21, 0],
      [40, 10],
    ] as const)
      expect(at(x, y)).toEqual([10, 200, 30]);
    // What was transparent is white, and its colour is gone.
    for (const [x, y] of [
      [21, 11],
      [0, 16],
      [40, 30],
    ] as const)
      expect(at(x, y)).toEqual([255, 255, 255]);
  });

  it.each([
    ['half a row', 41 * 4 - 2],
    ['no bytes', 0],
    ['more rows than there are', 41 * 4 * 40],
  ])('is given up when %s arrive, and nothing of it stays', async (_name, length) => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
    await vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 });
    expect(await codeOf(vault.call('redaction.pixels', { redactionId, bytes: new Uint8Array(length) }))).toBe('redaction.incomplete');
    expect(objects(vault)).toBe(1);
    expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe('redaction.incomplete');
  });

  it('takes rows one call after the other', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
    await vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 });
    const both = await Promise.all([
      codeOf(vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 10) })),
      codeOf(vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 10) })),
    ]);
    expect(both).toEqual(['redaction.incomplete', 'redaction.incomplete']);
    expect(objects(vault)).toBe(1);
  });

  it('is forgotten when it is closed in the middle, or when another redaction is opened', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
    for (const end of ['close', 'open'] as const) {
      const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
      await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
      await vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 });
      const running = codeOf(vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 31) }));
      if (end === 'close') await vault.call('redaction.close', { redactionId });
      else await vault.call('redaction.open', { evidenceId: id });
      expect(await running).toBe('redaction.incomplete');
      expect(objects(vault)).toBe(1);
      expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe('redaction.ended');
      expect(await vault.call('redaction.close', { redactionId })).toBe(null);
    }
  });

  it('can be begun a second time, and asks for a page before its rows', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    for (let round = 0; round < 2; round += 1) {
      await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
      expect(await codeOf(vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 31) }))).toBe('redaction.incomplete');
      expect(await codeOf(vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 }))).toBe(
        'redaction.incomplete',
      );
      expect(objects(vault)).toBe(1);
    }
  });

  it('is refused beyond the limits and where pages do not fit', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    const start = (pages: number, places = [corner]) => vault.call('redaction.startCopy', { redactionId, copy, pages, places });
    expect(await codeOf(start(2))).toBe('redaction.incomplete');
    expect(await codeOf(start(1, [{ ...corner, page: 2 }]))).toBe('redaction.incomplete');
    expect(await codeOf(start(1, []))).toBe('payload.invalid');
    expect(await codeOf(start(1, [{ ...corner, x: 1.5 }]))).toBe('payload.invalid');
    await start(1);
    expect(
      await codeOf(vault.call('redaction.startPage', { redactionId, width: 10_000, height: 6_000, pageWidth: 9, pageHeight: 9 })),
    ).toBe('redaction.too-large');
    expect(objects(vault)).toBe(1);
  });
});

describe('a redacted copy of a PDF', () => {
  it.skipIf(!hasTools)('is pictures alone: no text, black boxes, the sizes of its pages', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'markername.pdf', pdf('markertext of a patient'));
    const landscape = { width: 1755, height: 1241, pageWidth: 842, pageHeight: 595 };
    const places = [
      { ...corner, reason: 'phi' as const },
      { ...corner, page: 2, x: 0.5, reason: 'phi' as const },
    ];
    const { evidence } = await redactPages(vault, original.id, places, [page, landscape]);
    expect(evidence).toMatchObject({ mediaType: 'application/pdf', originalName: 'E-001 redacted.pdf' });
    const path = join(temporaryFolder(), 'copy.pdf');
    const bytes = await contentOf(vault, evidence.id);
    writeFileSync(path, bytes);
    expect(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).trim()).toBe('');
    execFileSync('qpdf', ['--check', path]);
    execFileSync('qpdf', ['--qdf', '--object-streams=disable', path, `${path}.plain`]);
    const plain = readFileSync(`${path}.plain`, 'latin1');
    for (const hidden of ['markertext', 'markername', 'JavaScript', 'EmbeddedFile', '/Annots', '/Font ', 'PDFKit'])
      expect(plain).not.toContain(hidden);
    expect(plain).toContain('(E-001 redacted)');
    expect(execFileSync('pdfinfo', ['-f', '1', '-l', '2', path], { encoding: 'utf8' })).toMatch(/595 x 842[\s\S]*842 x 595/);
    execFileSync('pdftoppm', ['-png', '-r', '150', path, join(path, '..', 'page')]);
    const colour = (number: number, x: number, y: number) => {
      const { width, height, channels, data } = decode(readFileSync(join(path, '..', `page-${number}.png`)));
      const at = (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
      return [...data.subarray(at, at + 3)];
    };
    expect(colour(1, 0.25, 0.25)).toEqual([0, 0, 0]);
    expect(colour(1, 0.75, 0.25)).toEqual([10, 200, 30]);
    expect(colour(2, 0.75, 0.25)).toEqual([0, 0, 0]);
    expect(colour(2, 0.25, 0.25)).toEqual([10, 200, 30]);
  });

  it('is refused where a place hides nothing', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.png', png(40, 20));
    const size = { width: 40, height: 20, pageWidth: 40, pageHeight: 20 };
    const visible = { ...corner, reason: 'phi' } as const;
    for (const place of [
      { ...visible, x: 0.5, width: 0 },
      { ...visible, y: 0.5, height: 0 },
      { ...visible, x: 1 },
    ])
      expect(await codeOf(redactPages(vault, id, [visible, place], [size]))).toBe('redaction.nothing');
    expect(await vault.call('evidence.list', { auditId })).toHaveLength(1);
  });

  it('is refused when a page is missing, is one too many, or is drawn coarser than 150 dots per inch', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.pdf', pdf('words'));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    const start = () => vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
    await start();
    expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe('redaction.incomplete');
    await start();
    expect(await codeOf(vault.call('redaction.startPage', { redactionId, ...page, width: 800 }))).toBe('redaction.incomplete');
    await start();
    await vault.call('redaction.startPage', { redactionId, width: 20, height: 20, pageWidth: 9, pageHeight: 9 });
    await vault.call('redaction.pixels', { redactionId, bytes: pixels(20, 20) });
    expect(await codeOf(vault.call('redaction.startPage', { redactionId, ...page }))).toBe('redaction.incomplete');
    expect(objects(vault)).toBe(1);
    expect(await codeOf(vault.call('redaction.maskText', { redactionId, copy, places: [{ start: 0, end: 1, reason: 'phi' }] }))).toBe(
      'redaction.incomplete',
    );
  });

  it('ends with the reason when what it is made of cannot be kept, and nothing of it stays', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.pdf', pdf('words'));
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    const small = { width: 20, height: 20, pageWidth: 9, pageHeight: 9 };
    const full = new ExpectedError('disk.full');
    const drawn = async () => {
      await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
      await vault.call('redaction.startPage', { redactionId, ...small });
      await vault.call('redaction.pixels', { redactionId, bytes: pixels(20, 20) });
    };
    await drawn();
    const append = vi.spyOn(sessionOf(vault).chunks, 'append').mockImplementation(() => {
      throw full;
    });
    expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe('disk.full');
    append.mockRestore();
    expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe('redaction.incomplete');
    expect(objects(vault)).toBe(1);
    await drawn();
    const finishing = codeOf(vault.call('redaction.finish', { redactionId }));
    await vault.call('redaction.close', { redactionId });
    expect(await finishing).toBe('redaction.incomplete');
    expect(objects(vault)).toBe(1);
  });

  it('is read in pieces, each of them once', async () => {
    const { vault, auditId } = await newAudit();
    const content = Buffer.concat([pdf('words'), Buffer.alloc(9 * 1024 * 1024, 0x20)]);
    const { id } = await attachOne(vault, auditId, 'a.pdf', content);
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    const parts: Uint8Array[] = [];
    for (let done = false; !done; ) {
      const read = await vault.call('redaction.read', { redactionId });
      expect(read.bytes.length).toBeLessThanOrEqual(5 * 1024 * 1024);
      parts.push(read.bytes);
      done = read.done;
    }
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(await vault.call('redaction.read', { redactionId })).toMatchObject({ bytes: new Uint8Array(), done: true });
  });
});
