import 'reflect-metadata';
import { readFile, stat } from 'node:fs/promises';
import { PemConverter, X509Certificate } from '@peculiar/x509';
import type { Verification } from '../../shared/domain/verification.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { largestReport, verifyReport } from '../vault/report/verify/verify.ts';
import { printable, UsageError } from './io.ts';

/** Where a command writes: results to `stdout`, everything else to `stderr`. */
export interface Output {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
}

export const verifyUsage = 'sealbook verify REPORT.pdf [--trust CERT.pem]... [--json]';

const exit = { genuine: 0, notGenuine: 1, unreadable: 2 } as const;

interface Request {
  readonly report: string;
  readonly trust: readonly string[];
  readonly json: boolean;
}

/** `sealbook verify`: 0 when the report is genuine, 1 when it is not, 2 when it cannot be judged. */
export async function runVerify(args: readonly string[], io: Output): Promise<number> {
  const request = parse(args);
  if (!request) throw new UsageError(`Usage: ${verifyUsage}`);
  try {
    const trusted = (await Promise.all(request.trust.map(readCertificates))).flat();
    const verification = await verifyReport(await readReport(request.report), { trusted });
    io.stdout(request.json ? `${JSON.stringify(verification, null, 2)}\n` : inWords(request.report, verification, trusted.length > 0));
    return verification.genuine ? exit.genuine : exit.notGenuine;
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const { code, message, hint } = error;
    if (request.json) io.stdout(`${JSON.stringify({ genuine: false, error: { code, message, hint } }, null, 2)}\n`);
    io.stderr(printable(`${message} ${hint}`.trimEnd()).concat(` [${code}]\n`));
    return exit.unreadable;
  }
}

function parse(args: readonly string[]): Request | null {
  const reports: string[] = [];
  const trust: string[] = [];
  let json = false;
  const left = [...args];
  for (let argument = left.shift(); argument !== undefined; argument = left.shift()) {
    if (argument === '--json') json = true;
    else if (argument === '--trust') {
      const file = left.shift();
      if (file === undefined) return null;
      trust.push(file);
    } else if (argument.startsWith('--')) return null;
    else reports.push(argument);
  }
  const [report] = reports;
  return report === undefined || reports.length > 1 ? null : { report, trust, json };
}

async function readReport(path: string): Promise<Uint8Array> {
  let size: number;
  try {
    size = (await stat(path)).size;
    if (size <= largestReport) return await readFile(path);
  } catch {
    throw new ExpectedError('verify.unreadable', `Check that ${path} exists and that you may read it.`);
  }
  throw new ExpectedError('verify.unreadable', 'It is larger than any report.', { size });
}

/** The certificates of a PEM file, or the one of a DER file. */
async function readCertificates(path: string): Promise<Uint8Array[]> {
  try {
    const bytes = await readFile(path);
    const text = bytes.toString('latin1');
    const blocks = text.includes('-----BEGIN') ? PemConverter.decode(text) : [bytes];
    const certificates = blocks.map((block) => new Uint8Array(new X509Certificate(new Uint8Array(block)).rawData));
    if (certificates.length > 0) return certificates;
  } catch {
    // Told below, in the same words as a file without any certificate.
  }
  throw new ExpectedError('verify.unreadable', `${path} is not a certificate (PEM or DER).`);
}

function inWords(path: string, verification: Verification, trustGiven: boolean): string {
  const { genuine, signatures, manifest, problems } = verification;
  const lines = [`${genuine ? 'Genuine' : 'NOT genuine'}: ${path}`, ''];
  for (const signature of signatures) {
    lines.push(
      `Signer       ${signature.signer || 'unknown'}`,
      `Fingerprint  ${signature.fingerprint || 'unknown'}`,
      `Signed at    ${signature.signedAt || 'unknown'} (as the signer’s clock said)`,
      `Signature    ${signature.valid ? `valid, PAdES ${signature.level}` : signature.reason}`,
      `Covers       ${signature.covers}`,
    );
    if (signature.valid && trustGiven) lines.push('Trust        the signer is trusted by a certificate you gave');
    lines.push('');
  }
  lines.push(`Manifest     ${manifest.present ? (manifest.matches ? 'present, matches' : 'present, does not match') : 'missing'}`);
  if (manifest.trailHead !== '') lines.push(`Trail head   ${manifest.trailHead}`);
  if (problems.length > 0) lines.push('');
  for (const { code, message, where } of problems) lines.push(`- ${message} [${code}${where === '' ? '' : `, ${where}`}]`);
  return `${lines.map(printable).join('\n')}\n`;
}
