import { type Decoder, declaredEncoding, guessEncoding } from './legacy-encoding.ts';

/** A text and how its bytes were written. */
export interface DecodedText {
  readonly text: string;
  /** As the window shows it. */
  readonly encoding: string;
  /** Neither the bytes nor the file say it. */
  readonly guessed: boolean;
}

/** What windows-1252 has from 0x80 to 0x9f; Node's own decoder takes it for Latin-1 in some versions. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/**
 * Decodes as UTF-16 where a mark or the bytes say so, else as UTF-8 where the bytes are that, else as the file says or as it most likely is, else as
 * windows-1252. Unicode comes before what a file says: a redacted copy is UTF-8 whatever its original was.
 * @param isCut the bytes are the beginning of more, and may end in the middle of a character
 * @param told the encoding that is known from elsewhere, such as a header of a mail
 */
export function decodeText(bytes: Uint8Array, Decoder: Decoder, isCut = false, told: string | null = null): DecodedText {
  const order = utf16Order(bytes);
  if (order === 'little') return { text: new Decoder('utf-16le').decode(bytes), encoding: 'UTF-16LE', guessed: false };
  if (order === 'big') return { text: new Decoder('utf-16le').decode(swapped(bytes)), encoding: 'UTF-16BE', guessed: false };
  const japanese = hasJapaneseShifts(bytes) ? decodeAs('iso-2022-jp', bytes, Decoder, isCut) : null;
  if (japanese !== null) return { ...japanese, guessed: false };
  const unicode = decodeUtf8(bytes, Decoder, isCut);
  if (unicode !== null) return { text: unicode, encoding: 'UTF-8', guessed: false };
  const known = told ?? declaredEncoding(bytes);
  const declared = known === null ? null : decodeAs(known, bytes, Decoder, isCut);
  if (declared !== null) return { ...declared, guessed: false };
  const guess = guessEncoding(bytes, Decoder, (sample) => decodeWestern(sample, Decoder));
  const guessed = guess === null ? null : decodeAs(guess, bytes, Decoder, isCut);
  return guessed === null
    ? { text: decodeWestern(bytes, Decoder), encoding: 'windows-1252', guessed: false }
    : { ...guessed, guessed: true };
}

/** Characters that may be broken in a text that is otherwise written as it says. */
const mostBroken = 0.05;

/** Null where the runtime knows no such encoding, or the bytes are not written so. */
function decodeAs(label: string, bytes: Uint8Array, Decoder: Decoder, isCut: boolean): Pick<DecodedText, 'text' | 'encoding'> | null {
  let decoder: InstanceType<Decoder> & { readonly encoding?: string };
  try {
    decoder = new Decoder(label);
  } catch {
    return null;
  }
  const encoding = decoder.encoding ?? label;
  if (encoding === 'windows-1252') return { text: decodeWestern(bytes, Decoder), encoding };
  // What is neither Unicode by its mark nor by its bytes is not Unicode because it says so.
  if (encoding.startsWith('utf-')) return null;
  const text = decoder.decode(bytes, { stream: isCut });
  const { broken, whole } = countLetters(text);
  if (broken > (whole + broken) * mostBroken) return null;
  return { text, encoding: shownNames.get(encoding) ?? encoding };
}

/** As people write them where that is not the label. */
const shownNames: ReadonlyMap<string, string> = new Map([
  ['shift_jis', 'Shift_JIS'],
  ['euc-jp', 'EUC-JP'],
  ['iso-2022-jp', 'ISO-2022-JP'],
  ['gbk', 'GBK'],
  ['gb18030', 'GB18030'],
  ['big5', 'Big5'],
  ['euc-kr', 'EUC-KR'],
  ['koi8-r', 'KOI8-R'],
  ['koi8-u', 'KOI8-U'],
]);

/** The shifts into two-byte characters of ISO-2022-JP, which else is ASCII. */
function hasJapaneseShifts(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(0x1b); at !== -1 && at + 2 < bytes.length; at = bytes.indexOf(0x1b, at + 1))
    if (bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40)) return bytes.every((byte) => byte < 0x80);
  return false;
}

function decodeWestern(bytes: Uint8Array, Decoder: Decoder): string {
  return new Decoder('utf-16le').decode(widened(bytes));
}

/**
 * Null where it is not UTF-8. A log into which a damaged byte got stays what it is: more of its characters are whole than broken, which no
 * other encoding has.
 */
function decodeUtf8(bytes: Uint8Array, Decoder: Decoder, isCut: boolean): string | null {
  const text = new Decoder('utf-8').decode(bytes, { stream: isCut });
  if (!text.includes('\ufffd')) return text;
  const { broken, whole } = countLetters(text);
  return whole > broken ? text : null;
}

/** How many characters beyond ASCII a text has, and how many of what could not be decoded. */
function countLetters(text: string): { broken: number; whole: number } {
  let broken = 0;
  let whole = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    // Of a character of two units, the second one does not count.
    else if (unit > 0x7f && (unit & 0xfc00) !== 0xdc00) whole += 1;
  }
  return { broken, whole };
}

/** The two bytes of each character the other way round. */
function swapped(bytes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let at = 0; at < turned.length; at += 1) turned[at] = bytes[at ^ 1] ?? 0;
  return turned;
}

/** From windows-1252, of which every byte is a character, to UTF-16. */
function widened(bytes: Uint8Array): Uint8Array {
  const wide = new Uint8Array(bytes.length * 2);
  for (const [at, byte] of bytes.entries()) {
    const unit = byte >= 0x80 && byte < 0xa0 ? windows1252.charCodeAt(byte - 0x80) : byte;
    wide[2 * at] = unit & 0xff;
    wide[2 * at + 1] = unit >>> 8;
  }
  return wide;
}

/** Bytes that are looked at, and how many of their characters are Latin letters, digits and blanks in a text without a mark. */
const sampled = 65_536;
const latinShare = 0.8;

/** The byte order of UTF-16 by its mark; without one, by the zero in every second byte that Latin letters have. Null for anything else. */
function utf16Order(bytes: Uint8Array): 'little' | 'big' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'little';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'big';
  const pairs = Math.floor(Math.min(bytes.length, sampled) / 2);
  if (pairs < 4 || (bytes[0] !== 0 && bytes[1] !== 0)) return null;
  const high = bytes[0] === 0 ? 0 : 1;
  let latin = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (bytes[at + high] !== 0) continue;
    if (!isTextByte(bytes[at + 1 - high] ?? 0)) return null;
    latin += 1;
  }
  if (latin < pairs * latinShare) return null;
  return high === 1 ? 'little' : 'big';
}

/** Zeros in a row that are taken for a hole in a log. */
const shortestHole = 16;

/**
 * Whether bytes are a text: UTF-16, or no control characters but those that texts have. A log that was written to when its machine went
 * down has long rows of zeros in it. They may be half of what is looked at.
 */
export function looksLikeText(bytes: Uint8Array): boolean {
  if (utf16Order(bytes) !== null) return true;
  const length = Math.min(bytes.length, sampled);
  let holes = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isTextByte(byte)) continue;
    if (byte !== 0) return false;
    const begin = at;
    while (at + 1 < length && bytes[at + 1] === 0) at += 1;
    const hole = at + 1 - begin;
    if (hole < shortestHole) return false;
    holes += hole;
  }
  return 2 * holes <= length;
}

/** Also what a recorded terminal has (bell, backspace) and the mark at the end of a text of DOS. */
function isTextByte(byte: number): boolean {
  return byte >= 0x20 || (byte >= 0x07 && byte <= 0x0d) || byte === 0x1a || byte === 0x1b;
}
