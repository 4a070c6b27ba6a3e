import { describe, expect, test } from 'vitest';
import { openPdf } from '../../../electron/vault/report/pdf/file.ts';
import type { PdfReference } from '../../../electron/vault/report/pdf/objects.ts';
import { checkManifest } from '../../../electron/vault/report/verify/check-manifest.ts';
import { findSignatures, scanForSignatures } from '../../../electron/vault/report/verify/find-signatures.ts';

/** A PDF of these objects, numbered from 1, with a table that tells where they are. */
function pdf(objects: readonly string[], trailer = '/Root 1 0 R', generation = '00000'): Buffer {
  let text = '%PDF-1.7\n';
  const rows = objects.map((object, index) => {
    const row = `${String(text.length).padStart(10, '0')} ${generation} n \n`;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return row;
  });
  const table = text.length;
  return Buffer.from(
    `${text}xref\n0 1\n0000000000 65535 f \n1 ${objects.length}\n${rows.join('')}trailer\n<< ${trailer} >>\nstartxref\n${table}\n%%EOF\n`,
    'latin1',
  );
}

const referenceTo = (object: number): PdfReference => ({
  ...(openPdf(pdf(['1'], '/A 9 0 R')).trailer.entries.get('A') as PdfReference),
  object,
});
const stream = (head: string, between = '\n') => pdf([`<< ${head} >> stream${between}hello\nendstream`]);

describe('a PDF’s objects', () => {
  test('are found by number and generation; what is not there is null', () => {
    expect(openPdf(pdf(['7'])).resolve(referenceTo(1))).toBe(7);
    expect(openPdf(pdf(['7'])).resolve(referenceTo(2))).toBeNull();
    expect(openPdf(pdf(['7'], '/Root 1 0 R', '00003')).resolve(referenceTo(1))).toBeNull();
    expect(openPdf(pdf(['7'], '/Root 1 0 R', 'zzzzz')).resolve(referenceTo(1))).toBeNull();
    expect(openPdf(pdf(['7'])).resolve(undefined)).toBeNull();
    expect(() => openPdf(pdf(['2 0 R', '7'])).resolve(referenceTo(1))).toThrow('points at a reference');
  });

  test('are not looked for in circles, nor in more tables than there can be', () => {
    const circle = pdf(['7']).toString('latin1');
    const table = circle.indexOf('xref\n');
    expect(() => openPdf(Buffer.from(circle.replace('/Root 1 0 R', `/Prev ${table}`), 'latin1'))).toThrow('in a circle');
    expect(() => openPdf(Buffer.from(circle.replace('/Root 1 0 R', '/Prev (x)'), 'latin1'))).toThrow('in a circle');
    const many = `%PDF-1.7\nxref\n${'1 0\n'.repeat(10_001)}trailer\n<< >>\nstartxref\n9\n%%EOF\n`;
    expect(() => openPdf(Buffer.from(many, 'latin1'))).toThrow('too many parts');
  });

  test('that are streams are taken as long as they say, after either kind of line end', () => {
    for (const between of ['\n', '\r\n'])
      expect(Buffer.from(openPdf(stream('/Length 5', between)).plainStream(referenceTo(1)) ?? []).toString()).toBe('hello');
    for (const head of ['/Length -1', '/Length 1.5', '/Length (5)', '', '/Length 5 /Filter /FlateDecode'])
      expect(openPdf(stream(head)).plainStream(referenceTo(1)), head).toBeNull();
    expect(openPdf(pdf(['7'])).plainStream(referenceTo(1))).toBeNull();
    expect(openPdf(pdf(['7'])).plainStream(referenceTo(4))).toBeNull();
    expect(() => openPdf(stream('/Length 4')).plainStream(referenceTo(1))).toThrow();
  });
});

describe('signatures in a PDF', () => {
  const signedBy = (dictionary: string, field = '/FT /Sig /V 3 0 R') =>
    openPdf(pdf(['<< /AcroForm << /Fields [2 0 R] >> >>', `<< ${field} >>`, `<< ${dictionary} >>`]));

  test('that lack a part, or have another thing in its place, claim nothing for it', () => {
    expect(findSignatures(signedBy('/ByteRange 5 /Contents 6 /M 7 /SubFilter 8'))).toMatchObject([
      { byteRange: [], contents: null, signedAt: '', subFilter: '' },
    ]);
    expect(findSignatures(signedBy('/ByteRange [0 /a 2 (3)] /Contents <00> /M (D:2026) /SubFilter /ETSI.CAdES.detached'))).toMatchObject([
      { byteRange: [0, -1, 2, -1], contents: { start: expect.any(Number) }, signedAt: 'D:2026', subFilter: 'ETSI.CAdES.detached' },
    ]);
  });

  test('are fields of their kind with a value', () => {
    expect(findSignatures(signedBy('/M 1', '/FT /Tx /V 3 0 R'))).toEqual([]);
    expect(findSignatures(signedBy('/M 1', '/FT /Sig'))).toEqual([]);
    expect(findSignatures(openPdf(pdf(['<< /AcroForm << /Fields 5 >> >>'])))).toEqual([]);
    expect(findSignatures(openPdf(pdf(['<< >>'])))).toEqual([]);
  });

  test('in a ruined file are found by four numbers, and by nothing less', () => {
    const found = scanForSignatures(Buffer.from('/ByteRange [0 1] /ByteRange [a b c d] /ByteRange[0 10 30 40]'));
    expect(found).toMatchObject([{ byteRange: [0, 10, 30, 40], contents: { start: 10, end: 30 } }]);
  });
});

describe('the manifest of a PDF', () => {
  const withFile = (specification: string, info = '/Info << >>', content = '{}') =>
    openPdf(
      pdf(
        [
          '<< /Names << /EmbeddedFiles << /Names [(other) 2 0 R (manifest.json) 2 0 R] >> >> >>',
          specification,
          `<< /Length ${content.length} >> stream\n${content}\nendstream`,
        ],
        `/Root 1 0 R ${info}`,
      ),
    );
  const missing = { manifest: { present: false, matches: false, trailHead: '' } };

  test('is missing where its attachment is no file, or none that can be read', async () => {
    for (const specification of ['5', '<< >>', '<< /EF << >> >>', '<< /EF << /F 9 0 R >> >>', '<< /EF << /F 2 0 R >> >>'])
      expect(await checkManifest(withFile(specification)), specification).toMatchObject(missing);
    expect(await checkManifest(openPdf(pdf(['2 0 R', '3 0 R'])))).toMatchObject({
      ...missing,
      problems: [{ code: 'manifest-missing', where: 'byte 0' }],
    });
  });

  test('matches nothing where no hash was written, and needs an index of evidence', async () => {
    const given = '<< /EF << /F 3 0 R >> >>';
    for (const info of ['', '/Info << >>', '/Info << /SealbookManifest 5 >>'])
      expect(await checkManifest(withFile(given, info))).toMatchObject({ manifest: { present: true, matches: false } });
    const bare = '{"format":"sealbook-manifest","version":1}';
    expect((await checkManifest(withFile(given, '', bare))).problems.map(({ code }) => code)).toContain('evidence-index-invalid');
  });

  test('does not take a fault of its own for a missing manifest', async () => {
    const broken = new Error('a bug');
    const file = {
      ...withFile('5'),
      dictionary: () => {
        throw broken;
      },
    };
    await expect(checkManifest(file)).rejects.toBe(broken);
  });
});
