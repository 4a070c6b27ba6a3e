import { latin1, type PdfDictionary, PdfError, PdfReader, type PdfReference, type PdfValue } from './objects.ts';

/**
 * A PDF with classic cross-reference tables, which is what Sealbook writes: finds objects by number without reading
 * the rest. Cross-reference streams and encryption are not read.
 */
export interface PdfFile {
  readonly bytes: Uint8Array;
  readonly trailer: PdfDictionary;
  /** Offset of the newest cross-reference table. */
  readonly startXref: number;
  /** The value, or what the reference points at. */
  readonly resolve: (value: PdfValue | undefined) => PdfValue;
  /** A dictionary behind a key of another one, or null. */
  readonly dictionary: (parent: PdfDictionary, key: string) => PdfDictionary | null;
  /** The bytes of a stream that is stored as it is; null when it is compressed or not a stream. */
  readonly plainStream: (reference: PdfReference) => Uint8Array | null;
}

interface Section {
  readonly first: number;
  readonly count: number;
  /** Offset of the first 20-byte entry. */
  readonly entries: number;
}

const mostRevisions = 64;
const mostSections = 10_000;

/** Opens a PDF. Throws a `PdfError` where the syntax is not the expected one. */
export function openPdf(bytes: Uint8Array): PdfFile {
  const startXref = findStartXref(bytes);
  const sections: Section[] = [];
  const newest = readTable(bytes, startXref, sections);
  const seen = new Set([startXref]);
  let previous = newest.entries.get('Prev');
  while (previous !== undefined) {
    if (typeof previous !== 'number' || seen.has(previous) || seen.size >= mostRevisions)
      throw new PdfError('The tables run in a circle.', startXref);
    seen.add(previous);
    previous = readTable(bytes, previous, sections).entries.get('Prev');
  }

  function offsetOf({ object, generation }: PdfReference): number | null {
    for (const section of sections) {
      if (object < section.first || object >= section.first + section.count) continue;
      const at = section.entries + 20 * (object - section.first);
      const match = /^(\d{10}) (\d{5}) n[ \r][\r\n]$/.exec(latin1(bytes.subarray(at, at + 20)));
      return match && Number(match[2]) === generation ? Number(match[1]) : null;
    }
    return null;
  }

  function open(reference: PdfReference): { value: PdfValue; reader: PdfReader } | null {
    const offset = offsetOf(reference);
    if (offset === null) return null;
    const reader = new PdfReader(bytes, offset);
    if (reader.integer() !== reference.object || reader.integer() !== reference.generation) throw reader.error('Another object is here.');
    reader.expect('obj');
    return { value: reader.value(), reader };
  }

  const resolve = (value: PdfValue | undefined): PdfValue => {
    if (!isReference(value)) return value ?? null;
    const target = open(value)?.value ?? null;
    if (isReference(target)) throw new PdfError('A reference points at a reference.', 0);
    return target;
  };
  return {
    bytes,
    trailer: newest,
    startXref,
    resolve,
    dictionary: (parent, key) => {
      const value = resolve(parent.entries.get(key));
      return isDictionary(value) ? value : null;
    },
    plainStream: (reference) => {
      const opened = open(reference);
      if (!opened || !isDictionary(opened.value) || opened.value.entries.has('Filter')) return null;
      const length = resolve(opened.value.entries.get('Length'));
      if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0) return null;
      opened.reader.expect('stream');
      const start = opened.reader.position + (bytes[opened.reader.position] === 0x0d ? 2 : 1);
      const end = new PdfReader(bytes, start + length);
      end.expect('endstream');
      return bytes.subarray(start, start + length);
    },
  };
}

/** The last `startxref`, which is near the end of the file. */
function findStartXref(bytes: Uint8Array): number {
  const start = Math.max(0, bytes.length - 2048);
  const at = latin1(bytes.subarray(start)).lastIndexOf('startxref');
  if (at < 0) throw new PdfError('“startxref” is missing.', start);
  const reader = new PdfReader(bytes, start + at);
  reader.expect('startxref');
  return reader.integer();
}

/** Notes the sections of the table at `offset` and returns its trailer. */
function readTable(bytes: Uint8Array, offset: number, sections: Section[]): PdfDictionary {
  const reader = new PdfReader(bytes, offset);
  if (offset >= bytes.length) throw reader.error('The table is missing.');
  reader.expect('xref');
  for (;;) {
    reader.skipSpace();
    if (reader.startsWith('trailer')) break;
    const first = reader.integer();
    const count = reader.integer();
    if (sections.length >= mostSections) throw reader.error('The table has too many parts.');
    reader.skipSpace();
    sections.push({ first, count, entries: reader.position });
    reader.position += 20 * count;
    if (reader.position > bytes.length) throw reader.error('The table is cut short.');
  }
  reader.expect('trailer');
  const trailer = reader.value();
  if (!isDictionary(trailer)) throw reader.error('The trailer is missing.');
  return trailer;
}

export function isDictionary(value: PdfValue | undefined): value is PdfDictionary {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'dictionary';
}

export function isReference(value: PdfValue | undefined): value is PdfReference {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'reference';
}

export function isString(value: PdfValue | undefined): value is Extract<PdfValue, { kind: 'string' }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'string';
}

export function isName(value: PdfValue | undefined, name: string): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'name' && value.name === name;
}
