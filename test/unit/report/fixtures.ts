import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeCertificate, issueIdentity, type SigningKey } from '../../../electron/vault/crypto/identity.ts';
import { type RenderedReport, renderReport } from '../../../electron/vault/report/render/render.ts';
import { signPdf } from '../../../electron/vault/report/sign/sign-pdf.ts';
import type { ReportModel } from '../../../shared/domain/report-model.ts';
import { type SampleOptions, sampleModel } from './sample-model.ts';

/** Rendered and signed sample reports, and outside tools to look at them with. */

export const fontsDirectory = join(import.meta.dirname, '../../../node_modules');
export const signedAt = new Date('2026-11-24T16:20:11.000Z');

export function render(model: ReportModel): Promise<RenderedReport> {
  return renderReport(model, { fontsDirectory });
}

export interface SignedSample {
  readonly bytes: Uint8Array;
  readonly key: SigningKey;
  readonly fingerprint: string;
}

export async function signedSample(options: SampleOptions = {}, key?: SigningKey): Promise<SignedSample> {
  const identity =
    key ?? (await issueIdentity({ name: 'Miriam Okafor', email: 'miriam@auditors.example' }, new Date('2026-01-02T00:00:00Z')));
  const { fingerprint } = describeCertificate(identity.certificateDer);
  const rendered = await render(sampleModel({ ...options, fingerprint }));
  const bytes = await signPdf({
    pdf: rendered.bytes,
    ...identity,
    signedAt,
    name: 'Miriam Okafor',
    reason: 'Final report',
    box: rendered.signatureBox,
  });
  return { bytes, key: identity, fingerprint };
}

/** Whether a program is installed; tests that need it are skipped, with its name, where it is not. */
export function hasTool(name: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${name}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Runs `use` in a temporary folder that is removed afterwards. */
export async function inTemporaryFolder<Result>(use: (folder: string) => Result | Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'sealbook-report-'));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a program prints about a PDF; `FILE` in the arguments stands for it. */
export function askTool(name: string, args: readonly string[], pdf: Uint8Array): Promise<string> {
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, pdf);
    return execFileSync(
      name,
      args.map((argument) => (argument === 'FILE' ? file : argument)),
      { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] },
    );
  });
}
