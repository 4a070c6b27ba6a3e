/** Distinguished Encoding Rules (ITU-T X.690), as little of them as signatures need. */

export const tags = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

export interface DerValue {
  readonly tag: number;
  /** The whole encoding: tag, length and content. */
  readonly raw: Uint8Array;
  readonly content: Uint8Array;
}

/** Thrown for bytes that are not DER, or not the structure that was expected. */
export class DerError extends Error {
  override readonly name = 'DerError';
}

export function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, content) => sum + content.length, 0);
  const head = [tag, ...encodeLength(length)];
  const result = new Uint8Array(head.length + length);
  result.set(head);
  let offset = head.length;
  for (const content of contents) {
    result.set(content, offset);
    offset += content.length;
  }
  return result;
}

function encodeLength(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

/** SET OF: the elements in ascending order of their encodings (X.690, 11.6). */
export function encodeSetOf(tag: number, elements: readonly Uint8Array[]): Uint8Array {
  return encode(tag, ...[...elements].sort(compareBytes));
}

export function encodeObjectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) | 0x80);
    bytes.push(...groups);
  }
  return encode(tags.objectIdentifier, Uint8Array.from(bytes));
}

/** Reads one value that fills `bytes` entirely. */
export function decode(bytes: Uint8Array): DerValue {
  const value = decodeAt(bytes, 0);
  if (value.raw.length !== bytes.length) throw new DerError('There are bytes behind the value.');
  return value;
}

/** Reads the value at `offset`; what follows it is left alone. */
export function decodeAt(bytes: Uint8Array, offset: number): DerValue {
  const tag = bytes[offset];
  const first = bytes[offset + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('A value is cut short.');
  let length = first;
  let start = offset + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError('A length is not definite.');
    length = 0;
    for (let index = 0; index < count; index += 1) length = length * 256 + (bytes[start + index] ?? 0);
    start += count;
  }
  if (start + length > bytes.length) throw new DerError('A value is cut short.');
  return { tag, raw: bytes.subarray(offset, start + length), content: bytes.subarray(start, start + length) };
}

/** The values inside a constructed value. */
export function children(value: DerValue): DerValue[] {
  const result: DerValue[] = [];
  for (let offset = 0; offset < value.content.length; ) {
    const child = decodeAt(value.content, offset);
    result.push(child);
    offset += child.raw.length;
  }
  return result;
}

/** The child at `index`, which must have the tag. */
export function child(value: DerValue, index: number, tag: number): DerValue {
  const found = children(value)[index];
  if (found?.tag !== tag) throw new DerError('A part is missing.');
  return found;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  return Buffer.compare(a, b);
}
