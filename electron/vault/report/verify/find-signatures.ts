import { isDictionary, isName, isString, type PdfFile } from '../pdf/file.ts';
import { latin1, type PdfDictionary, PdfReader, type PdfValue, textOf } from '../pdf/objects.ts';

/** A signature dictionary, as it claims to be. */
export interface SignatureClaim {
  readonly byteRange: readonly number[];
  /** The hex string of the signature with its angle brackets; null when there is none. */
  readonly contents: { readonly start: number; readonly end: number } | null;
  /** PDF date, e.g. `D:20261124162011Z`, or empty. */
  readonly signedAt: string;
  readonly subFilter: string;
  /** Byte offset of the dictionary. */
  readonly offset: number;
}

const mostFields = 64;
const mostCandidates = 16;

/** The signatures of the form's fields. */
export function findSignatures(file: PdfFile): SignatureClaim[] {
  const root = file.dictionary(file.trailer, 'Root');
  if (!root) throw new PdfReader(file.bytes, file.trailer.start).error('The document has no catalog.');
  const form = file.dictionary(root, 'AcroForm');
  const fields = form ? file.resolve(form.entries.get('Fields')) : null;
  if (!Array.isArray(fields)) return [];
  const claims: SignatureClaim[] = [];
  for (const reference of (fields as readonly PdfValue[]).slice(0, mostFields)) {
    const field = file.resolve(reference);
    if (!isDictionary(field) || !isName(file.resolve(field.entries.get('FT')), 'Sig')) continue;
    const dictionary = file.dictionary(field, 'V');
    if (dictionary) claims.push(claimOf(dictionary, file.resolve));
  }
  return claims;
}

function claimOf(dictionary: PdfDictionary, resolve: PdfFile['resolve']): SignatureClaim {
  const { entries } = dictionary;
  const range = resolve(entries.get('ByteRange'));
  const contents = entries.get('Contents');
  const signedAt = resolve(entries.get('M'));
  const subFilter = resolve(entries.get('SubFilter'));
  return {
    byteRange: Array.isArray(range) ? (range as readonly PdfValue[]).map((value) => (typeof value === 'number' ? value : -1)) : [],
    contents: isString(contents) ? { start: contents.start, end: contents.end } : null,
    signedAt: isString(signedAt) ? textOf(signedAt) : '',
    subFilter: isName(subFilter, 'ETSI.CAdES.detached') ? 'ETSI.CAdES.detached' : '',
    offset: dictionary.start,
  };
}

/**
 * Signatures in a file whose structure cannot be followed, found by their text alone: enough to say that a signed
 * document was altered, never to call it genuine.
 */
export function scanForSignatures(bytes: Uint8Array): SignatureClaim[] {
  const claims: SignatureClaim[] = [];
  const needle = Buffer.from('/ByteRange');
  const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = haystack.indexOf(needle); at >= 0 && claims.length < mostCandidates; at = haystack.indexOf(needle, at + 1)) {
    const text = latin1(bytes.subarray(at, at + 128));
    const numbers = /^\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(text);
    if (!numbers) continue;
    const byteRange = numbers.slice(1).map(Number);
    const [first = 0, length = 0, end = 0] = byteRange;
    claims.push({ byteRange, contents: { start: first + length, end }, signedAt: '', subFilter: '', offset: at });
  }
  return claims;
}
