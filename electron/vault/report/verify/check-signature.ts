import { counted } from '../../../../shared/domain/count.ts';
import type { VerificationProblem, VerifiedSignature } from '../../../../shared/domain/verification.ts';
import { DerError, equalBytes } from '../cms/der.ts';
import { sha256 } from '../cms/platform.ts';
import { takeApart, verifySignature } from '../cms/public-key.ts';
import { decodeSignedData, encodeSignedData, type ReadSignature, signedAttributes } from '../cms/signed-data.ts';
import { checkTrust, fingerprint, readCertificate } from './certificates.ts';
import type { SignatureClaim } from './find-signatures.ts';
import { isNote, type ProblemCode, problem } from './problems.ts';

/** One signature judged: the line for the result, and what is wrong with it. */
export interface JudgedSignature {
  readonly signature: VerifiedSignature;
  readonly problems: readonly VerificationProblem[];
}

const wholeDocument = 'whole document';

/** Checks one signature in every respect. Never throws for what the file says. */
export async function checkSignature(bytes: Uint8Array, claim: SignatureClaim, trusted: readonly Uint8Array[]): Promise<JudgedSignature> {
  const where = `byte ${claim.offset}`;
  const problems: VerificationProblem[] = [];
  const object = (code: ProblemCode) => {
    if (!problems.some((known) => known.code === code)) problems.push(problem(code, where));
  };
  const signedAt = isoTime(claim.signedAt);
  const covered = coverage(bytes, claim);
  if (covered.code) object(covered.code);
  const read = covered.container ? await readContainer(covered.container) : null;
  if (!read) object('signature-malformed');
  if (read && !read.canonical) object('signature-malformed');
  if (claim.subFilter === '' || signedAt === '') object('signature-malformed');

  const certificate = read?.parts.certificates[0];
  const known = certificate ? readCertificate(certificate) : null;
  if (read && certificate && claim.contents) {
    if (!read.certificatesMatch) object('certificate-mismatch');
    const digest = await sha256(...coveredBytes(bytes, claim.byteRange));
    if (!equalBytes(digest, read.parts.digest)) object('altered');
    if (!(await isSigned(read, certificate))) object('signature-invalid');
    for (const code of await checkTrust(read.parts.certificates, trusted, signedAt)) object(code);
  }
  const serious = problems.filter((item) => !isNote(item, trusted.length > 0));
  return {
    problems,
    signature: {
      signer: known?.name ?? '',
      fingerprint: certificate ? await fingerprint(certificate) : '',
      signedAt,
      level: read && claim.subFilter !== '' ? 'B-B' : '',
      valid: serious.length === 0,
      covers: covered.text,
      reason: serious.map((item) => item.message).join(' '),
    },
  };
}

interface Coverage {
  readonly text: string;
  readonly code: ProblemCode | null;
  /** The bytes of the hex string, when the range is sound. */
  readonly container: Uint8Array | null;
}

/** The range must be the whole file but for the signature's hex string, and say so in the one way it is written. */
function coverage(bytes: Uint8Array, { byteRange, contents }: SignatureClaim): Coverage {
  const [start = -1, length = -1, next = -1, rest = -1] = byteRange;
  const sound =
    byteRange.length === 4 && start === 0 && contents !== null && length === contents.start && next === contents.end && next > length;
  if (!sound || next + rest > bytes.length) return { text: 'nothing that can be relied on', code: 'signature-malformed', container: null };
  const container = decodeHex(bytes, contents.start, contents.end);
  const left = bytes.length - next - rest;
  if (left > 0) return { text: `all but the last ${left === 1 ? 'byte' : counted(left, 'byte')}`, code: 'not-covered', container };
  return { text: wholeDocument, code: null, container };
}

function coveredBytes(bytes: Uint8Array, [, length = 0, next = 0, rest = 0]: readonly number[]): Uint8Array[] {
  return [bytes.subarray(0, length), bytes.subarray(next, next + rest)];
}

/** The bytes of `<…>` in lower-case hex digits and nothing else; null otherwise. */
function decodeHex(bytes: Uint8Array, start: number, end: number): Uint8Array | null {
  if (bytes[start] !== 0x3c || bytes[end - 1] !== 0x3e || (end - start) % 2 !== 0) return null;
  const decoded = new Uint8Array((end - start - 2) / 2);
  for (let index = 0; index < decoded.length; index += 1) {
    const high = hexDigit(bytes[start + 1 + 2 * index]);
    const low = hexDigit(bytes[start + 2 + 2 * index]);
    if (high < 0 || low < 0) return null;
    decoded[index] = high * 16 + low;
  }
  return decoded;
}

function hexDigit(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  return byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
}

/** The signature's parts, and whether the container is exactly those parts written down, padded with zeros. */
async function readContainer(container: Uint8Array): Promise<(ReadSignature & { canonical: boolean }) | null> {
  try {
    const read = await decodeSignedData(container);
    const padding = container.subarray(read.raw.length);
    const canonical = equalBytes(await encodeSignedData(read.parts), read.raw) && padding.every((byte) => byte === 0);
    return { ...read, canonical };
  } catch (error) {
    if (error instanceof DerError) return null;
    throw error;
  }
}

async function isSigned({ parts }: ReadSignature, certificate: Uint8Array): Promise<boolean> {
  try {
    return await verifySignature(takeApart(certificate), await signedAttributes(parts), parts.signature);
  } catch {
    // A key or a signature that cannot even be read does not verify.
    return false;
  }
}

/** `D:20261124162011Z` -> `2026-11-24T16:20:11.000Z`; empty when it is written in any other way. */
function isoTime(date: string): string {
  const match = /^D:(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(date);
  if (!match) return '';
  const [year, month, day, hour, minute, second] = match.slice(1);
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`);
  return Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
