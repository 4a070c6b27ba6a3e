import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runVerify } from '../../../electron/cli/verify.ts';
import { describeCertificate, issueIdentity } from '../../../electron/vault/crypto/identity.ts';
import { largestReport } from '../../../electron/vault/report/verify/verify.ts';
import { inTemporaryFolder, render, signedSample } from './fixtures.ts';
import { sampleModel } from './sample-model.ts';

const sample = await signedSample({ controls: 7, findings: 1, evidence: 1 });

async function run(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  let stdout = '';
  let stderr = '';
  const code = await runVerify(args, { stdout: (text) => (stdout += text), stderr: (text) => (stderr += text) });
  return { code, stdout, stderr };
}

/** A folder with the report, an altered copy, certificates and things that are none of these. */
function inFolder(use: (path: (name: string) => string) => Promise<void>): Promise<void> {
  return inTemporaryFolder(async (folder) => {
    const path = (name: string) => join(folder, name);
    const stranger = await issueIdentity({ name: 'S', email: 's@b.example' });
    writeFileSync(path('report.pdf'), sample.bytes);
    writeFileSync(path('altered.pdf'), Buffer.concat([sample.bytes, Buffer.from('x')]));
    writeFileSync(path('signer.pem'), describeCertificate(sample.key.certificateDer).certificatePem);
    writeFileSync(path('signer.der'), sample.key.certificateDer);
    writeFileSync(path('stranger.pem'), describeCertificate(stranger.certificateDer).certificatePem);
    writeFileSync(path('note.txt'), 'hello');
    mkdirSync(path('folder.pdf'));
    await use(path);
  });
}

describe('sealbook verify', () => {
  test('ends with 0 for a genuine report and says by whom', () =>
    inFolder(async (path) => {
      const { code, stdout, stderr } = await run(path('report.pdf'));
      expect(code).toBe(0);
      expect(stdout).toContain('Genuine');
      expect(stdout).toContain('Miriam Okafor');
      expect(stdout).toContain(sample.fingerprint);
      expect(stderr).toBe('');
    }));

  test('prints the contract as one JSON document', () =>
    inFolder(async (path) => {
      const { code, stdout } = await run('--json', path('report.pdf'));
      expect(code).toBe(0);
      const result = JSON.parse(stdout);
      expect(Object.keys(result).sort()).toEqual(['genuine', 'manifest', 'problems', 'signatures']);
      expect(Object.keys(result.signatures[0]).sort()).toEqual(['covers', 'fingerprint', 'level', 'reason', 'signedAt', 'signer', 'valid']);
      expect(result.problems[0]).toMatchObject({ code: 'unknown-signer' });
    }));

  test('ends with 1 for an altered one', () =>
    inFolder(async (path) => {
      const { code, stdout } = await run(path('altered.pdf'));
      expect(code).toBe(1);
      expect(stdout).toContain('NOT genuine');
      expect(stdout).toContain('[not-covered');
    }));

  test('says what is unknown of a signature that cannot be read, and what is wrong with the manifest', () =>
    inFolder(async (path) => {
      const text = Buffer.from(sample.bytes).toString('latin1');
      const write = (name: string, changed: string) => writeFileSync(path(name), Buffer.from(changed, 'latin1'));
      const digits = /\/Contents <([0-9a-f]+)>/i.exec(text)?.[1] ?? '';
      write('unsigned.pdf', text.replace(digits, '0'.repeat(digits.length)).replace('/M (D:', '/N (D:'));
      const unknown = await run(path('unsigned.pdf'));
      expect(unknown.code).toBe(1);
      expect(unknown.stdout).toMatch(/Signer {7}unknown\nFingerprint {2}unknown\nSigned at {4}unknown \(/);
      write('other.pdf', text.replace('"score":', '"scorf":'));
      expect((await run(path('other.pdf'))).stdout).toContain('Manifest     present, does not match\nTrail head   ');
      write('none.pdf', text.replace('/EmbeddedFiles', '/EmbeddedFilez'));
      const none = (await run(path('none.pdf'))).stdout;
      expect(none).toContain('Manifest     missing\n\n- ');
      expect(none).not.toContain('Trail head');
      writeFileSync(path('draft.pdf'), (await render(sampleModel({ controls: 7, findings: 0, evidence: 0 }))).bytes);
      expect((await run(path('draft.pdf'))).stdout).toMatch(/^- .* \[no-signature\]$/m);
    }));

  test('does not read what is larger than any report', () =>
    inFolder(async (path) => {
      writeFileSync(path('huge.pdf'), '%PDF-1.7');
      truncateSync(path('huge.pdf'), largestReport + 1);
      expect(await run(path('huge.pdf'))).toMatchObject({ code: 2, stderr: expect.stringContaining('larger than any report') });
    }));

  test('does not take a fault of its own for a fault of the report', () =>
    inFolder(async (path) => {
      const broken = new Error('EPIPE');
      const stdout = () => {
        throw broken;
      };
      await expect(runVerify([path('report.pdf')], { stdout, stderr: () => {} })).rejects.toBe(broken);
    }));

  test('follows --trust, in PEM and in DER', () =>
    inFolder(async (path) => {
      expect((await run(path('report.pdf'), '--trust', path('signer.pem'))).code).toBe(0);
      expect((await run('--trust', path('stranger.pem'), '--trust', path('signer.der'), path('report.pdf'))).stdout).toContain('Trust ');
      expect((await run('--trust', path('stranger.pem'), path('report.pdf'))).code).toBe(1);
    }));

  test('ends with 2 for what cannot be judged, and says why', () =>
    inFolder(async (path) => {
      for (const [name, reason] of [
        ['note.txt', 'not a PDF'],
        ['missing.pdf', 'exists'],
        ['folder.pdf', 'exists'],
      ] as const) {
        const { code, stdout, stderr } = await run(path(name));
        expect(code).toBe(2);
        expect(stdout).toBe('');
        expect(stderr).toContain(reason);
      }
      const json = await run(path('note.txt'), '--json');
      expect(JSON.parse(json.stdout)).toMatchObject({ genuine: false, error: { code: 'verify.not-pdf' } });
      expect((await run(path('report.pdf'), '--trust', path('note.txt'))).stderr).toContain('not a certificate');
      expect((await run(path('report.pdf'), '--trust', path('nothing.pem'))).code).toBe(2);
    }));

  test('shows how it is used when it is used otherwise', async () => {
    for (const args of [[], ['a.pdf', 'b.pdf'], ['a.pdf', '--trust'], ['a.pdf', '--what']])
      await expect(run(...args)).rejects.toThrow('Usage: sealbook verify REPORT.pdf');
  });
});
