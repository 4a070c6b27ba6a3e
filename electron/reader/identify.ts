import type { ReaderFile } from '../../shared/domain/reader.ts';
import { looksLikeText } from '../../shared/domain/text-encoding.ts';
import { extensionOf } from './text.ts';
import { isWordBody } from './word-parts.ts';
import { entryNames, unpack } from './zip.ts';

/** Which of the readers a file goes to. */
export type Format =
  | { readonly kind: 'image'; readonly mediaType: string }
  | { readonly kind: 'audio' | 'video'; readonly mediaType: string }
  | {
      readonly kind:
        | 'pdf'
        | 'spreadsheet'
        | 'word'
        | 'slides'
        | 'open-document'
        | 'outlook'
        | 'mail'
        | 'zip'
        | 'tar'
        | 'encrypted'
        | 'rtf'
        | 'unknown';
    }
  | { readonly kind: 'table'; readonly delimiter: ',' | '\t' }
  | { readonly kind: 'text' };

/** The format by the content; the name decides only between kinds of text. */
export function identify(file: ReaderFile): Format {
  const { bytes } = file;
  const picture = pictureType(bytes);
  if (picture !== null) return { kind: 'image', mediaType: picture };
  if (ascii(bytes.subarray(0, 1024)).includes('%PDF-')) return { kind: 'pdf' };
  if (starts(bytes, 'PK\x03\x04') || starts(bytes, 'PK\x05\x06')) return zipFormat(bytes);
  if (starts(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundFormat(bytes);
  if (ascii(bytes.subarray(257, 262)) === 'ustar') return { kind: 'tar' };
  if (starts(bytes, '{\\rtf')) return { kind: 'rtf' };
  const media = mediaType(bytes);
  if (media !== null) return media;
  if (!looksLikeText(bytes)) return { kind: 'unknown' };
  if (looksLikeMail(bytes)) return { kind: 'mail' };
  const extension = extensionOf(file.name);
  if (extension === 'csv' || (extension !== 'tsv' && file.mediaType === 'text/csv')) return { kind: 'table', delimiter: ',' };
  if (extension === 'tsv' || file.mediaType === 'text/tab-separated-values') return { kind: 'table', delimiter: '\t' };
  return { kind: 'text' };
}

function pictureType(bytes: Uint8Array): string | null {
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(bytes, 'GIF87a') || starts(bytes, 'GIF89a')) return 'image/gif';
  if (starts(bytes, 'RIFF') && ascii(bytes.subarray(8, 12)) === 'WEBP') return 'image/webp';
  if (ascii(bytes.subarray(4, 8)) === 'ftyp' && /^avi[fs]$/.test(ascii(bytes.subarray(8, 12)))) return 'image/avif';
  if (starts(bytes, 'BM') && bytes.length > 26 && [12, 40, 52, 56, 64, 108, 124].includes(bytes[14] ?? 0)) return 'image/bmp';
  return null;
}

/** What Chromium's own players know. */
function mediaType(bytes: Uint8Array): Format | null {
  if (ascii(bytes.subarray(4, 8)) === 'ftyp') {
    const brand = ascii(bytes.subarray(8, 12));
    if (/^(heic|heix|mif1|msf1|avif)$/.test(brand)) return { kind: 'unknown' };
    return brand.startsWith('M4A') ? { kind: 'audio', mediaType: 'audio/mp4' } : { kind: 'video', mediaType: 'video/mp4' };
  }
  if (starts(bytes, '\x1a\x45\xdf\xa3')) return { kind: 'video', mediaType: 'video/webm' };
  if (starts(bytes, 'OggS')) return { kind: 'audio', mediaType: 'audio/ogg' };
  if (starts(bytes, 'RIFF') && ascii(bytes.subarray(8, 12)) === 'WAVE') return { kind: 'audio', mediaType: 'audio/wav' };
  if (starts(bytes, 'fLaC')) return { kind: 'audio', mediaType: 'audio/flac' };
  if ((starts(bytes, 'ID3') && (bytes[3] ?? 0xff) < 0x10) || (bytes[0] === 0xff && [0xf2, 0xf3, 0xfa, 0xfb].includes(bytes[1] ?? 0)))
    return { kind: 'audio', mediaType: 'audio/mpeg' };
  return null;
}

/** The parts of the archive say which kind of document it is. */
function zipFormat(bytes: Uint8Array): Format {
  let names: ReadonlySet<string>;
  try {
    names = new Set(entryNames(bytes));
  } catch {
    return { kind: 'zip' };
  }
  if ([...names].some(isWordBody)) return { kind: 'word' };
  if (names.has('xl/workbook.xml') || names.has('xl/workbook.bin')) return { kind: 'spreadsheet' };
  if (names.has('ppt/presentation.xml')) return { kind: 'slides' };
  if (names.has('content.xml') && names.has('mimetype')) {
    return { kind: isOpenSpreadsheet(bytes) ? 'spreadsheet' : 'open-document' };
  }
  return { kind: 'zip' };
}

/** OpenDocument names itself in its first part. */
function isOpenSpreadsheet(bytes: Uint8Array): boolean {
  try {
    const type = unpack(bytes, (name) => name === 'mimetype').get('mimetype');
    return type !== undefined && ascii(type).includes('opendocument.spreadsheet');
  } catch {
    return false;
  }
}

/** Names of streams stand in the container's directory as UTF-16. */
function compoundFormat(bytes: Uint8Array): Format {
  const has = (stream: string) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from(stream, 'utf16le'));
  if (has('EncryptedPackage')) return { kind: 'encrypted' };
  if (has('__properties_version1.0')) return { kind: 'outlook' };
  if (has('Workbook') || has('Book\0')) return { kind: 'spreadsheet' };
  return { kind: 'unknown' };
}

/** A header that only mails have, among lines that are all headers. */
const mailHeader = /^(?:received|return-path|message-id|mime-version|from|delivered-to|x-mozilla-status|dkim-signature):/i;

function looksLikeMail(bytes: Uint8Array): boolean {
  const [head = ''] = ascii(bytes.subarray(0, 16_384))
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^From [^\n]*\n/, '')
    .split(/\r?\n\r?\n/, 1);
  const lines = head.split(/\r?\n/).filter((line) => !/^[ \t]/.test(line));
  // The window of bytes may end in the middle of a line.
  const whole = head.length >= 16_000 ? lines.slice(0, -1) : lines;
  const names = whole.map((line) => /^([!-9;-~]{1,70}):/.exec(line)?.[1]?.toLowerCase() ?? '');
  if (names.length < 2 || names.some((name) => name === '')) return false;
  return (
    whole.some((line) => mailHeader.test(line)) &&
    ['from', 'to', 'subject', 'date', 'received', 'message-id'].filter((name) => names.includes(name)).length >= 2
  );
}

function starts(bytes: Uint8Array, text: string): boolean {
  return ascii(bytes.subarray(0, text.length)) === text;
}

function ascii(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
