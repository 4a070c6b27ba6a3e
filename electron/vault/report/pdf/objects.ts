/** Reading PDF objects (ISO 32000-1, 7.3): strict where it costs nothing, and bounded everywhere. */

export interface PdfName {
  readonly kind: 'name';
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  readonly bytes: Uint8Array;
  /** Where it stands in the file, delimiters included. */
  readonly start: number;
  readonly end: number;
}

export interface PdfReference {
  readonly kind: 'reference';
  readonly object: number;
  readonly generation: number;
}

export interface PdfDictionary {
  readonly kind: 'dictionary';
  readonly entries: ReadonlyMap<string, PdfValue>;
  readonly start: number;
  readonly end: number;
}

export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | PdfDictionary | readonly PdfValue[];

/** Thrown for bytes that are not the PDF syntax that was expected at a place. */
export class PdfError extends Error {
  override readonly name = 'PdfError';
  /** Byte offset in the file. */
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

const deepest = 24;
const mostValues = 100_000;
const longestString = 4 * 1024 * 1024;

/** Reads objects one after the other, from `position` on. */
export class PdfReader {
  readonly bytes: Uint8Array;
  position: number;
  private values = 0;

  constructor(bytes: Uint8Array, position: number) {
    this.bytes = bytes;
    this.position = position;
  }

  value(depth = 0): PdfValue {
    this.values += 1;
    if (depth > deepest || this.values > mostValues) throw this.error('An object is too large.');
    this.skipSpace();
    const byte = this.bytes[this.position];
    switch (byte) {
      case 0x2f:
        return this.name();
      case 0x28:
        return this.literalString();
      case 0x5b:
        return this.array(depth);
      case 0x3c:
        return this.bytes[this.position + 1] === 0x3c ? this.dictionary(depth) : this.hexString();
      default:
        return this.word();
    }
  }

  /** Reads a fixed word, such as `obj`. */
  expect(word: string): void {
    this.skipSpace();
    if (!this.startsWith(word)) throw this.error(`“${word}” is missing.`);
    this.position += word.length;
  }

  startsWith(word: string): boolean {
    for (let index = 0; index < word.length; index += 1) {
      if (this.bytes[this.position + index] !== word.charCodeAt(index)) return false;
    }
    return true;
  }

  integer(): number {
    const value = this.number();
    if (!Number.isSafeInteger(value) || value < 0) throw this.error('A whole number is missing.');
    return value;
  }

  skipSpace(): void {
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === 0x25) while (this.position < this.bytes.length && !isLineEnd(this.bytes[this.position])) this.position += 1;
      else if (isSpace(byte)) this.position += 1;
      else return;
    }
  }

  error(message: string): PdfError {
    return new PdfError(message, this.position);
  }

  private token(): string {
    const start = this.position;
    while (isRegular(this.bytes[this.position]) && this.position - start < 256) this.position += 1;
    return latin1(this.bytes.subarray(start, this.position));
  }

  private number(): number {
    this.skipSpace();
    const text = this.token();
    if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text)) throw this.error('A number is missing.');
    return Number(text);
  }

  private word(): PdfValue {
    const start = this.position;
    const text = this.token();
    if (text === 'true') return true;
    if (text === 'false') return false;
    if (text === 'null') return null;
    this.position = start;
    const number = this.number();
    return Number.isSafeInteger(number) && number >= 0 ? (this.reference(number) ?? number) : number;
  }

  /** `12 0 R`, when the number just read begins one. */
  private reference(object: number): PdfReference | null {
    const after = this.position;
    this.skipSpace();
    const generation = this.token();
    this.skipSpace();
    if (/^\d{1,5}$/.test(generation) && this.token() === 'R') return { kind: 'reference', object, generation: Number(generation) };
    this.position = after;
    return null;
  }

  private name(): PdfName {
    this.position += 1;
    return {
      kind: 'name',
      name: this.token().replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    };
  }

  private array(depth: number): readonly PdfValue[] {
    this.position += 1;
    const values: PdfValue[] = [];
    for (;;) {
      this.skipSpace();
      if (this.bytes[this.position] === 0x5d) break;
      values.push(this.value(depth + 1));
    }
    this.position += 1;
    return values;
  }

  private dictionary(depth: number): PdfDictionary {
    const start = this.position;
    this.position += 2;
    const entries = new Map<string, PdfValue>();
    for (;;) {
      this.skipSpace();
      if (this.startsWith('>>')) break;
      if (this.bytes[this.position] !== 0x2f) throw this.error('A key is missing.');
      const { name } = this.name();
      if (entries.has(name)) throw this.error('A key is there twice.');
      entries.set(name, this.value(depth + 1));
    }
    this.position += 2;
    return { kind: 'dictionary', entries, start, end: this.position };
  }

  private hexString(): PdfString {
    const start = this.position;
    const end = this.bytes.indexOf(0x3e, start);
    if (end < 0 || end - start > longestString) throw this.error('A string does not end.');
    this.position = end + 1;
    const digits = latin1(this.bytes.subarray(start + 1, end)).replace(/\s+/g, '');
    const bytes = Uint8Array.from(digits.match(/..?/g) ?? [], (pair) => Number.parseInt(pair.padEnd(2, '0'), 16));
    return { kind: 'string', bytes, start, end: this.position };
  }

  private literalString(): PdfString {
    const start = this.position;
    const bytes: number[] = [];
    let open = 1;
    this.position += 1;
    for (;;) {
      const byte = this.bytes[this.position];
      if (byte === undefined || bytes.length > longestString) throw this.error('A string does not end.');
      this.position += 1;
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open === 0) break;
      if (byte === 0x5c) bytes.push(...this.escape());
      else bytes.push(byte);
    }
    return { kind: 'string', bytes: Uint8Array.from(bytes), start, end: this.position };
  }

  private escape(): number[] {
    const octal = /^[0-7]{1,3}/.exec(latin1(this.bytes.subarray(this.position, this.position + 3)))?.[0];
    if (octal) {
      this.position += octal.length;
      return [Number.parseInt(octal, 8) & 0xff];
    }
    const byte = this.bytes[this.position] ?? 0;
    this.position += 1;
    if (byte === 0x0d || byte === 0x0a) return [];
    const plain = { n: 0x0a, r: 0x0d, t: 0x09, b: 0x08, f: 0x0c }[String.fromCharCode(byte)];
    return [plain ?? byte];
  }
}

export function latin1(bytes: Uint8Array): string {
  let text = '';
  for (let offset = 0; offset < bytes.length; offset += 8192) text += String.fromCharCode(...bytes.subarray(offset, offset + 8192));
  return text;
}

/** A text string: UTF-16 with a byte order mark, or Latin (ISO 32000-1, 7.9.2.2). */
export function textOf(value: PdfString): string {
  const { bytes } = value;
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return latin1(bytes);
  const whole = bytes.length - (bytes.length % 2);
  return new TextDecoder('utf-16be').decode(bytes.subarray(2, whole));
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x0c || byte === 0x00;
}

/** Neither white space nor one of ( ) < > [ ] { } / %. */
function isRegular(byte: number | undefined): boolean {
  if (byte === undefined || isSpace(byte)) return false;
  return !'()<>[]{}/%'.includes(String.fromCharCode(byte));
}
