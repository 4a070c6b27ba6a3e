import { fileTypeFromBuffer } from 'file-type';
import { looksLikeText } from '../../../shared/domain/text-encoding.ts';
import type { PreviewKind } from '../../../shared/ipc/evidence.ts';

/** How many leading bytes are looked at. */
export const sniffLength = 4100;

const textTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  json: 'application/json',
  md: 'text/markdown',
  xml: 'application/xml',
  html: 'text/html',
  htm: 'text/html',
  svg: 'image/svg+xml',
  eml: 'message/rfc822',
  yaml: 'application/yaml',
  yml: 'application/yaml',
  log: 'text/plain',
  txt: 'text/plain',
};

/** Containers that many formats share: the name tells which. */
const containedTypes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'application/x-cfb': {
    msg: 'application/vnd.ms-outlook',
    xls: 'application/vnd.ms-excel',
    doc: 'application/msword',
    ppt: 'application/vnd.ms-powerpoint',
  },
  'application/zip': {
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    odt: 'application/vnd.oasis.opendocument.text',
    ods: 'application/vnd.oasis.opendocument.spreadsheet',
    odp: 'application/vnd.oasis.opendocument.presentation',
  },
};

/** Formats that are known by two or three letters, with which a text may begin as well: `BMI,weight`. */
const guesses = new Set(['image/bmp', 'application/x-msdownload', 'audio/mpeg']);

/** The media type from the content; the extension only decides between kinds of text and between what a container may hold. */
export async function detectMediaType(head: Uint8Array, fileName: string): Promise<string> {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  const detected = await guess(head);
  const isGuess = detected !== undefined && guesses.has(detected.mime) && looksLikeText(head);
  if (detected !== undefined && !isTextual(detected.mime) && !isGuess)
    return own(own(containedTypes, detected.mime), extension) ?? detected.mime;
  if (!looksLikeText(head)) return 'application/octet-stream';
  return looksLikeMail(head) ? 'message/rfc822' : (own(textTypes, extension) ?? 'text/plain');
}

/** What the library takes it for. It unpacks the first entries of an archive, and what it trips over there is an archive all the same. */
async function guess(head: Uint8Array): Promise<{ readonly mime: string } | undefined> {
  try {
    return await fileTypeFromBuffer(head);
  } catch {
    return head[0] === 0x50 && head[1] === 0x4b ? { mime: 'application/zip' } : undefined;
  }
}

/** What a record has by itself: a file may be called `x.constructor`. */
function own<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}

/** How the window will probably draw it. HTML and SVG are shown as text: neither may run or load anything. */
export function previewKind(mediaType: string): PreviewKind {
  if (['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'].includes(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  return isTextual(mediaType) ? 'text' : 'other';
}

function isTextual(mediaType: string): boolean {
  return mediaType.startsWith('text/') || Object.values(textTypes).includes(mediaType);
}

/** A mail without its extension: lines of headers, two of which every mail has. */
function looksLikeMail(head: Uint8Array): boolean {
  const [headers = ''] = new TextDecoder('utf-8').decode(head).split(/\r?\n\r?\n/, 1);
  const names = [...headers.matchAll(/^([!-9;-~]{1,70}):/gm)].map(([, name = '']) => name.toLowerCase());
  const lines = headers.split('\n').filter((line) => line.trim() !== '' && !/^[ \t]/.test(line));
  return (
    names.length >= lines.length - 1 &&
    ['from', 'to', 'date', 'subject', 'message-id', 'received'].filter((name) => names.includes(name)).length >= 3
  );
}
