/** A text and how its bytes were written. */
export interface DecodedText {
  readonly text: string;
  /** As the window shows it. */
  readonly encoding: 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'windows-1252';
}

/** What windows-1252 has from 0x80 to 0x9f; Node's own decoder takes it for Latin-1 in some versions. */
const windows1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Decodes as UTF-16 where a mark or the bytes say so, else as UTF-8 where the bytes are that, else as windows-1252. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const order = utf16Order(bytes);
  if (order === 'little') return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'UTF-16LE' };
  if (order === 'big') return { text: decodeBigEndian(bytes), encoding: 'UTF-16BE' };
  const unicode = decodeUtf8(bytes);
  if (unicode !== null) return { text: unicode, encoding: 'UTF-8' };
  const latin = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return {
    text: latin.replace(/[\u0080-\u009f]/g, (character) => windows1252.charAt(character.charCodeAt(0) - 0x80)),
    encoding: 'windows-1252',
  };
}

/** Null where it is not UTF-8, apart from a character at the end that a cut may have split. */
function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return null;
  }
}

function decodeBigEndian(bytes: Uint8Array): string {
  const swapped = Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)));
  return new TextDecoder('utf-16le').decode(swapped.swap16());
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

/** Whether bytes are a text: UTF-16, or no control characters but those that texts have. */
export function looksLikeText(bytes: Uint8Array): boolean {
  return utf16Order(bytes) !== null || bytes.subarray(0, sampled).every(isTextByte);
}

function isTextByte(byte: number): boolean {
  return byte >= 0x20 || [0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte);
}
