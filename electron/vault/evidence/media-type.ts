import { fileTypeFromBuffer } from 'file-type';
import type { PreviewKind } from '../../../shared/ipc/evidence.ts';

/** How many leading bytes are looked at. */
export const sniffLength = 4100;

const textTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
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

/** The media type from the content; the extension only decides between kinds of text. */
export async function detectMediaType(head: Uint8Array, fileName: string): Promise<string> {
  const detected = await fileTypeFromBuffer(head);
  if (detected !== undefined && !isTextual(detected.mime)) return detected.mime;
  if (!looksLikeText(head)) return 'application/octet-stream';
  return textTypes[fileName.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'text/plain';
}

/** How the window draws it. HTML and SVG are shown as text: neither may run or load anything. */
export function previewKind(mediaType: string): PreviewKind {
  if (['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'].includes(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  return isTextual(mediaType) ? 'text' : 'none';
}

function isTextual(mediaType: string): boolean {
  return mediaType.startsWith('text/') || Object.values(textTypes).includes(mediaType);
}

/** No zero byte and valid UTF-8, apart from a character that the cut may have split. */
function looksLikeText(head: Uint8Array): boolean {
  if (head.includes(0)) return false;
  const decoded = new TextDecoder('utf-8').decode(head, { stream: true });
  return !decoded.includes('\ufffd');
}
