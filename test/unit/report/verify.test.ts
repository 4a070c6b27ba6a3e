import { generateKeyPairSync } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { issueIdentity } from '../../../electron/vault/crypto/identity.ts';
import { signPdf } from '../../../electron/vault/report/sign/sign-pdf.ts';
import { largestReport, verifyReport } from '../../../electron/vault/report/verify/verify.ts';
import type { ExpectedError } from '../../../shared/ipc/errors.ts';
import { issueChain } from './certificates.ts';
import { askTool, hasTool, render, signedAt, signedSample } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const needs = (tool: string) => (hasTool(tool) ? test : test.skip);
const sample = await signedSample({ controls: 7, findings: 2, evidence: 3 });
const gap = findGap(sample.bytes);

/** Where the signature's hex digits stand, angle brackets included. */
function findGap(bytes: Uint8Array): { start: number; end: number } {
  const start = Buffer.from(bytes).lastIndexOf('/Contents <') + '/Contents '.length;
  return { start, end: Buffer.from(bytes).indexOf('>', start) + 1 };
}

function changed(bytes: Uint8Array, at: number, to: (byte: number) => number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[at] = to(copy[at] ?? 0);
  return copy;
}

/** Replaces text of the same length. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const at = Buffer.from(bytes).lastIndexOf(from);
  if (at < 0 || from.length !== to.length) throw new Error(`“${from}” cannot be replaced.`);
  const copy = Uint8Array.from(bytes);
  copy.set(Buffer.from(to, 'latin1'), at);
  return copy;
}

/** The verdict, or the code of the error. */
async function outcome(bytes: Uint8Array, trusted: readonly Uint8Array[] = []): Promise<string> {
  try {
    return (await verifyReport(bytes, { trusted })).genuine ? 'genuine' : 'not genuine';
  } catch (error) {
    return (error as ExpectedError).code;
  }
}

async function codes(bytes: Uint8Array, trusted: readonly Uint8Array[] = []): Promise<string[]> {
  return (await verifyReport(bytes, { trusted })).problems.map((problem) => problem.code);
}

describe('a signed report', () => {
  test('is genuine, and says by whom, when and up to which link of the trail', async () => {
    const verification = await verifyReport(sample.bytes);
    expect(verification.genuine).toBe(true);
    expect(verification.signatures).toEqual([
      {
        signer: 'Miriam Okafor',
        fingerprint: sample.fingerprint,
        signedAt: signedAt.toISOString(),
        level: 'B-B',
        valid: true,
        covers: 'whole document',
        reason: '',
      },
    ]);
    const { sequence, hash } = sampleModel().trailHead;
    expect(verification.manifest).toEqual({ present: true, matches: true, trailHead: `${sequence}:${hash}` });
    expect(verification.problems.map((problem) => problem.code)).toEqual(['unknown-signer']);
  });

  needs('pdfsig')('is valid for pdfsig, as a whole', async () => {
    const said = await askTool('pdfsig', ['-nocert', 'FILE'], sample.bytes);
    expect(said).toContain('Signature is Valid.');
    expect(said).toContain('Total document signed');
    expect(said).toContain('ETSI.CAdES.detached');
  });

  needs('qpdf')('passes qpdf --check', async () => {
    expect(await askTool('qpdf', ['--check', 'FILE'], sample.bytes)).toContain('No syntax or stream encoding errors found');
  });

  test('of a draft is genuine with a note', async () => {
    const draft = await signedSample({ draft: true, controls: 7, findings: 0, evidence: 0 });
    expect(await outcome(draft.bytes)).toBe('genuine');
    expect(await codes(draft.bytes)).toContain('draft');
  });

  test('can be signed invisibly, with a place, but not twice', async () => {
    const { bytes } = await render(sampleModel({ controls: 7, findings: 0, evidence: 0 }));
    const request = { ...sample.key, signedAt, name: 'Zoë 🖋', reason: 'Final report' };
    const signed = await signPdf({ ...request, pdf: bytes, location: 'Northgate' });
    expect(await outcome(signed)).toBe('genuine');
    await expect(signPdf({ ...request, pdf: signed })).rejects.toThrow('freshly rendered');
    await expect(signPdf({ ...request, pdf: Buffer.from('%PDF-1.7\nstartxref\n0\n%%EOF') })).rejects.toThrow();
  });
});

describe('one changed byte', () => {
  test('anywhere in the file is noticed', async () => {
    const positions = Array.from({ length: 240 }, (_, index) => Math.floor((index * sample.bytes.length) / 240));
    const last = Array.from({ length: 60 }, (_, index) => sample.bytes.length - 1 - index);
    for (const at of [...positions, ...last]) {
      expect(await outcome(changed(sample.bytes, at, (byte) => byte ^ 1)), `byte ${at}`).toBe('not genuine');
    }
  });

  test('in the signature container is noticed, in whichever field', async () => {
    for (let at = gap.start; at < gap.start + 2600; at += 5) {
      const other = changed(sample.bytes, at, (byte) => (byte === 0x30 ? 0x31 : 0x30));
      expect(await outcome(other), `byte ${at - gap.start} of the signature`).toBe('not genuine');
    }
  });

  test('in the padding, the brackets or the case of a digit is noticed', async () => {
    for (const at of [gap.start, gap.end - 1, gap.end - 2, gap.end - 200]) {
      expect(await outcome(changed(sample.bytes, at, (byte) => byte + 1)), `byte ${at}`).toBe('not genuine');
    }
    let flipped = 0;
    for (let at = gap.start; at < gap.end && flipped < 60; at += 1) {
      const byte = sample.bytes[at] ?? 0;
      if (byte < 0x61 || byte > 0x66) continue;
      flipped += 1;
      expect(await codes(changed(sample.bytes, at, (digit) => digit - 0x20)), `byte ${at}`).toContain('signature-malformed');
    }
    expect(flipped).toBe(60);
  });

  test('in the first line or the last is noticed without calling the file unreadable', async () => {
    expect(await codes(changed(sample.bytes, 0, () => 0x26))).toContain('altered');
    expect(await outcome(changed(sample.bytes, sample.bytes.length - 8, (byte) => byte ^ 1))).toBe('not genuine');
  });
});

describe('a file', () => {
  test('with bytes appended is not covered', async () => {
    for (const more of ['\n', '%', '\n1 0 obj\n<< >>\nendobj\n', 'x'.repeat(5000)]) {
      const longer = Buffer.concat([sample.bytes, Buffer.from(more)]);
      expect(await outcome(longer)).toBe('not genuine');
    }
    const verification = await verifyReport(Buffer.concat([sample.bytes, Buffer.from('\n')]));
    expect(verification.problems.map((problem) => problem.code)).toContain('not-covered');
    expect(verification.signatures[0]?.covers).toBe('all but the last byte');
  });

  test('cut short is not genuine or unreadable, and nothing else', async () => {
    for (const share of [0.001, 0.2, 0.5, 0.9, 0.99, 0.999]) {
      const cut = sample.bytes.subarray(0, Math.floor(sample.bytes.length * share));
      expect(['not genuine', 'verify.unreadable']).toContain(await outcome(cut));
    }
    for (const missing of [1, 2, 3, 7, 20, 200, 800, 1500]) {
      expect(await outcome(sample.bytes.subarray(0, sample.bytes.length - missing)), `${missing} missing`).not.toBe('genuine');
    }
  });

  test('without a signature says so', async () => {
    const { bytes } = await render(sampleModel({ controls: 7, findings: 0, evidence: 0 }));
    expect(await codes(bytes)).toEqual(['no-signature']);
    const modern = Buffer.from('%PDF-1.7\n1 0 obj << /Type /XRef >> stream\nx\nendstream endobj\nstartxref\n9\n%%EOF\n');
    expect(await codes(modern)).toEqual(['no-signature']);
  });

  test('that is no PDF, or a ruined one, is told apart', async () => {
    expect(await outcome(Buffer.from('hello'))).toBe('verify.not-pdf');
    expect(await outcome(new Uint8Array())).toBe('verify.not-pdf');
    expect(await outcome(Buffer.from('%PDF-1.7\nnothing else'))).toBe('verify.unreadable');
    expect(await outcome({ length: largestReport + 1 } as Uint8Array)).toBe('verify.unreadable');
  });

  test('with another byte range is refused', async () => {
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/.exec(Buffer.from(sample.bytes).toString('latin1'))?.[0] ?? '';
    for (const [from, to] of [
      ['[0 ', '[1 '],
      [/\d+ *\]$/.exec(range)?.[0] ?? '', ']'.padStart((/\d+ *\]$/.exec(range)?.[0] ?? '').length)],
    ] as const) {
      expect(await codes(replaced(sample.bytes, range, range.replace(from, to)))).toContain('signature-malformed');
    }
  });

  test('of another make of signature is refused', async () => {
    expect(await codes(replaced(sample.bytes, '/ETSI.CAdES.detached', '/adbe.pkcs7.detached'))).toContain('signature-malformed');
    expect(await codes(replaced(sample.bytes, '(D:20261124162011Z)', '(D:20261324162011Z)'))).toContain('signature-malformed');
    expect(await codes(replaced(sample.bytes, '(D:20261124162011Z)', '(24 November 2026.)'))).toContain('signature-malformed');
    expect(await codes(replaced(sample.bytes, '/FT /Sig', '/FT /Txt'))).toContain('no-signature');
    expect(await codes(replaced(sample.bytes, '/AcroForm', '/NotAForm'))).toContain('no-signature');
  });

  test('that was cut out of another container does not verify', async () => {
    // A signature by P-256 is some bytes longer or shorter each time; one of the same length fits where this one was.
    let container = new Uint8Array();
    while (container.length !== gap.end - gap.start) {
      const { bytes } = await signedSample({ controls: 7, findings: 2, evidence: 3 });
      const { start, end } = findGap(bytes);
      container = bytes.slice(start, end);
    }
    const mixed = Uint8Array.from(sample.bytes);
    mixed.set(container, gap.start);
    expect(await codes(mixed)).toContain('altered');
  });
});

describe('the manifest', () => {
  test('is missed when it is gone, compressed or out of reach', async () => {
    for (const [from, to] of [
      ['/EmbeddedFiles', '/EmbeddedFilez'],
      ['(manifest.json) ', '(manifesto.jso) '],
      ['/EF <<', '/EG <<'],
      ['/Subtype /application#2Fjson', '/Filter /application#2Fjson '],
    ] as const) {
      expect(await codes(replaced(sample.bytes, from, to)), from).toContain('manifest-missing');
    }
  });

  test('is compared with its hash', async () => {
    const found = await codes(replaced(sample.bytes, '"score":', '"scorf":'));
    expect(found).toEqual(expect.arrayContaining(['altered', 'manifest-mismatch']));
    const unknown = await codes(replaced(sample.bytes, 'sealbook-manifest', 'sealbook-manifesu'));
    expect(unknown).toContain('manifest-mismatch');
  });

  test('has its evidence index checked in itself', async () => {
    const model = sampleModel({ controls: 7, findings: 0, evidence: 3 });
    const [first, second, third] = model.evidence;
    if (!first || !second || !third) throw new Error('The sample has no evidence.');
    const bad = [[first, { ...second, label: first.label }], [{ ...first, sha256: first.sha256.toUpperCase() }], [{ ...first, size: -1 }]];
    for (const evidence of bad) {
      const { bytes } = await render({ ...model, evidence });
      const signed = await signPdf({ pdf: bytes, ...sample.key, signedAt, name: 'A', reason: 'B' });
      expect(await codes(signed)).toContain('evidence-index-invalid');
      expect(await outcome(signed)).toBe('not genuine');
    }
    const { bytes } = await render({ ...model, trailHead: { sequence: 1, hash: 'none' } });
    expect(await codes(await signPdf({ pdf: bytes, ...sample.key, signedAt, name: 'A', reason: 'B' }))).toContain('manifest-mismatch');
  });

  test('may speak of byte ranges without being taken for a signature', async () => {
    const model = sampleModel({ controls: 7, findings: 0, evidence: 0 });
    const { bytes } = await render({ ...model, audit: { ...model.audit, organisation: '/ByteRange [0 1 2 3]' } });
    const signed = await signPdf({ pdf: bytes, ...sample.key, signedAt, name: 'A', reason: 'B' });
    expect((await verifyReport(signed)).signatures).toHaveLength(1);
    expect(await outcome(signed)).toBe('genuine');
  });
});

describe('trust', () => {
  test('is given by the signer’s own certificate and by no other', async () => {
    const stranger = await issueIdentity({ name: 'Somebody', email: 'some@body.example' });
    expect(await outcome(sample.bytes, [sample.key.certificateDer])).toBe('genuine');
    expect(await codes(sample.bytes, [sample.key.certificateDer])).toEqual([]);
    expect(await outcome(sample.bytes, [stranger.certificateDer])).toBe('not genuine');
    expect(await outcome(sample.bytes, [Buffer.from('no certificate')])).toBe('not genuine');
    expect(await outcome(sample.bytes, [stranger.certificateDer, sample.key.certificateDer])).toBe('genuine');
  });

  test('comes from an issuer too, through the chain', async () => {
    for (const kind of ['P-256', 'P-384', 'RSA'] as const) {
      const { key, root, intermediate } = await issueChain(kind);
      const signed = await signedSample({ controls: 7, findings: 0, evidence: 0 }, key);
      expect(await outcome(signed.bytes), kind).toBe('genuine');
      expect(await outcome(signed.bytes, [root])).toBe('genuine');
      expect(await outcome(signed.bytes, [intermediate])).toBe('genuine');
      const stranger = await issueChain(kind);
      expect(await outcome(signed.bytes, [stranger.root])).toBe('not genuine');
      const alone = await signedSample({ controls: 7, findings: 0, evidence: 0 }, { ...key, chain: [] });
      expect(await outcome(alone.bytes)).toBe('genuine');
      expect(await outcome(alone.bytes, [intermediate])).toBe('genuine');
      expect(await outcome(alone.bytes, [root])).toBe('not genuine');
    }
  });

  test('is not given by a certificate that may not issue others', async () => {
    const { key, root } = await issueChain('P-256', { intermediateIsIssuer: false });
    const signed = await signedSample({ controls: 7, findings: 0, evidence: 0 }, key);
    expect(await outcome(signed.bytes, [root])).toBe('not genuine');
  });

  test('ends where the chain does not hold together', async () => {
    const one = await issueChain('P-256');
    const two = await issueChain('P-256');
    const signed = await signedSample({ controls: 7, findings: 0, evidence: 0 }, { ...one.key, chain: two.key.chain });
    expect(await codes(signed.bytes)).toContain('certificate-mismatch');
  });

  test('does not outlive the certificate', async () => {
    const late = await issueIdentity({ name: 'Late', email: 'l@ate.example' }, new Date('2027-01-01T00:00:00Z'));
    const signed = await signedSample({ controls: 7, findings: 0, evidence: 0 }, late);
    expect(await codes(signed.bytes)).toContain('certificate-expired');
    expect(await outcome(signed.bytes)).toBe('not genuine');
  });

  test('is of no use for a signature made with another key', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    const signed = await signedSample(
      { controls: 7, findings: 0, evidence: 0 },
      { ...sample.key, privateKeyPkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }) },
    );
    expect(await codes(signed.bytes)).toContain('signature-invalid');
    expect(await outcome(signed.bytes, [sample.key.certificateDer])).toBe('not genuine');
  });
});

describe('hostile files', () => {
  const wrap = (objects: string, trailer = '/Root 1 0 R /Size 3') => {
    const head = '%PDF-1.7\n';
    const offset = head.length;
    const table = head.length + objects.length;
    const entry = `${String(offset).padStart(10, '0')} 00000 n \n`;
    return Buffer.from(
      `${head}${objects}xref\n0 2\n0000000000 65535 f \n${entry}trailer\n<< ${trailer} >>\nstartxref\n${table}\n%%EOF\n`,
      'latin1',
    );
  };

  test('are refused in time, whatever they nest, repeat or promise', async () => {
    const bombs = [
      wrap(`1 0 obj\n${'['.repeat(100_000)}\nendobj\n`),
      wrap(`1 0 obj\n${'<</A'.repeat(5000)}\nendobj\n`),
      wrap(`1 0 obj\n[${'1 '.repeat(300_000)}]\nendobj\n`),
      wrap(`1 0 obj\n(${'('.repeat(200_000)}\nendobj\n`),
      wrap('1 0 obj\n<< /A 1 /A 2 >>\nendobj\n'),
      wrap('1 0 obj\n<< /AcroForm 1 0 R /Fields 1 0 R >>\nendobj\n'),
      wrap('1 0 obj\n<< /A <00 >>\nendobj\n'),
      wrap('1 0 obj\n<< >>\nendobj\n', '/Root 1 0 R /Prev 9'),
      wrap('1 0 obj\n<< >>\nendobj\n', '/Root 9 0 R'),
      wrap('2 0 obj\n<< >>\nendobj\n'),
      wrap('1 0 obj\n1 0 R\nendobj\n'),
      Buffer.concat([Buffer.from('%PDF-1.7\n'), deflateSync(Buffer.alloc(8_000_000)), Buffer.from('\nstartxref\n9\n%%EOF')]),
      Buffer.from(`%PDF-1.7\n${'/ByteRange [0 1 2 3]'.repeat(100_000)}\nstartxref\n9\n%%EOF`),
      Buffer.from('%PDF-1.7\nxref\n0 99999999\ntrailer\n<<>>\nstartxref\n9\n%%EOF'),
      Buffer.from('%PDF-1.7\nxref\ntrailer\n[]\nstartxref\n9\n%%EOF'),
      Buffer.from('%PDF-1.7\nstartxref\nx\n%%EOF'),
      Buffer.from('%PDF-1.7\nstartxref\n99999999\n%%EOF'),
    ];
    const started = performance.now();
    for (const [index, bomb] of bombs.entries()) {
      expect(['not genuine', 'verify.unreadable'], `bomb ${index}`).toContain(await outcome(bomb));
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
