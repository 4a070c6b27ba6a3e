import { decodeText } from '../../shared/domain/text-encoding.ts';

/** Bytes in which headers are looked for. */
const mostHead = 1024 * 1024;

/** The headers with the empty line behind them, and what follows. Headers of old programs are in the encoding of their country. */
export function splitMessage(bytes: Uint8Array): { head: Uint8Array; body: Uint8Array } {
  const end = /\r?\n\r?\n/.exec(latin1(bytes.subarray(0, mostHead)));
  const length = end === null ? Math.min(bytes.length, mostHead) : end.index + end[0].length;
  return { head: bytes.subarray(0, length), body: bytes.subarray(length) };
}

/** The messages of a mailbox without the lines that part them; the file itself where it is no mailbox. */
export function splitMailbox(bytes: Uint8Array): Uint8Array[] {
  const text = latin1(bytes);
  if (!text.startsWith('From ')) return [bytes];
  const starts = [...text.matchAll(/(?:^|\n\r?\n)From [^\r\n]{1,500}\d{2}:\d{2}[^\r\n]{0,100}\r?\n(?=[!-9;-~]{1,70}:)/g)];
  if (starts.length === 0) return [bytes.subarray(text.indexOf('\n') + 1)];
  return starts.map((start, index) => bytes.subarray(start.index + start[0].length, starts[index + 1]?.index));
}

/** As the file has it, words that are encoded included; empty where there is none. */
export function subjectOf(message: Uint8Array): string {
  const head = decodeText(splitMessage(message).head, TextDecoder).text.replace(/\r?\n[ \t]+/g, ' ');
  return /^subject:(.*)$/im.exec(head)?.[1]?.trim() ?? '';
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
