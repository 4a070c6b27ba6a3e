import type { Verification, VerificationProblem } from '../../../../shared/domain/verification.ts';
import { ExpectedError } from '../../../../shared/ipc/errors.ts';
import { openPdf, type PdfFile } from '../pdf/file.ts';
import { latin1, PdfError } from '../pdf/objects.ts';
import { checkManifest } from './check-manifest.ts';
import { checkSignature } from './check-signature.ts';
import { findSignatures, type SignatureClaim, scanForSignatures } from './find-signatures.ts';
import { isNote, problem } from './problems.ts';

/** No report is larger than this, in bytes. */
export const largestReport = 512 * 1024 * 1024;

export interface VerifyOptions {
  /** Certificates (DER) of signers, or of issuers, that the reader trusts. With none given any signer will do. */
  readonly trusted?: readonly Uint8Array[];
}

/**
 * Says whether a report is genuine: signed over every byte, unchanged, with its manifest in place. Reads only what is
 * stored as it is and inflates nothing, so a hostile file costs no more than its size.
 * Errors: `verify.not-pdf`, `verify.unreadable`.
 */
export async function verifyReport(bytes: Uint8Array, { trusted = [] }: VerifyOptions = {}): Promise<Verification> {
  if (bytes.length > largestReport) throw new ExpectedError('verify.unreadable', 'It is larger than any report.');
  requirePdf(bytes);
  const { file, claims, problems } = readStructure(bytes);
  const signatures: Verification['signatures'][number][] = [];
  for (const claim of claims) {
    const judged = await checkSignature(bytes, claim, trusted);
    signatures.push(judged.signature);
    problems.push(...judged.problems);
  }
  if (claims.length === 0) problems.push(problem('no-signature'));
  const { manifest, problems: manifestProblems } = file
    ? await checkManifest(file)
    : { manifest: { present: false, matches: false, trailHead: '' }, problems: [] };
  problems.push(...manifestProblems);
  return { genuine: problems.every((item) => isNote(item, trusted.length > 0)), signatures, manifest, problems };
}

interface Structure {
  readonly file: PdfFile | null;
  readonly claims: readonly SignatureClaim[];
  readonly problems: VerificationProblem[];
}

/** Follows the structure to the signatures; where it is broken, looks for what is left of them. */
function readStructure(bytes: Uint8Array): Structure {
  const problems: VerificationProblem[] = [];
  if (latin1(bytes.subarray(0, 5)) !== '%PDF-') problems.push(problem('altered', 'byte 0'));
  try {
    const file = openPdf(bytes);
    return { file, claims: findSignatures(file), problems };
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    const claims = scanForSignatures(bytes);
    if (claims.length === 0 && !isComplete(bytes)) {
      throw new ExpectedError('verify.unreadable', 'The file is damaged or cut short. Ask for it again.', { offset: error.offset });
    }
    if (claims.length > 0) problems.push(problem('altered', `byte ${error.offset}`));
    return { file: null, claims, problems };
  }
}

/** A file that begins or ends like a PDF is taken for one. */
function requirePdf(bytes: Uint8Array): void {
  const begins = latin1(bytes.subarray(0, 1024)).includes('%PDF-');
  if (!begins && !isComplete(bytes)) throw new ExpectedError('verify.not-pdf', 'Drop the report itself, a file that ends in .pdf.');
}

function isComplete(bytes: Uint8Array): boolean {
  const end = latin1(bytes.subarray(Math.max(0, bytes.length - 1024)));
  return end.includes('startxref') && end.includes('%%EOF');
}
