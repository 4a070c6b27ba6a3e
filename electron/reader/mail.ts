import type { Email, Header } from 'postal-mime';
import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import type { MailContent } from '../../shared/domain/preview.ts';
import { type ReaderAttachment, readerBounds } from '../../shared/domain/reader.ts';
import { decodeText } from '../../shared/domain/text-encoding.ts';
import { fact } from './fact.ts';
import { UnreadableFile } from './failure.ts';
import { htmlToText } from './html.ts';
import { splitMailbox, splitMessage, subjectOf } from './mailbox.ts';
import { cutText, normalise, shortText } from './text.ts';

/** A mail as any of its formats is read: its headers in the order of the file, its text and what is attached. */
export interface ReadMail {
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly text: string;
  readonly attachments: readonly ReaderAttachment[];
  readonly encrypted: boolean;
  /** Its parts cannot be told from each other; the text is everything behind the headers, as it is in the file. */
  readonly broken?: boolean;
  /** It does not say how its letters are written. */
  readonly guessed?: boolean;
}

const parserOptions = {
  forceRfc822Attachments: true,
  attachmentEncoding: 'arraybuffer',
  maxNestingDepth: 50,
  maxHeadersSize: 1024 * 1024,
} as const;

/** Parses an RFC 5322 message, or a mailbox of several (RFC 4155). Mails inside it stay attachments. */
export async function readEml(bytes: Uint8Array): Promise<ReadMail> {
  const { default: PostalMime, decodeWords } = await import('postal-mime');
  const [message = bytes, ...others] = splitMailbox(bytes);
  if (others.length > 0) {
    const attachments = [message, ...others].map((each, index) => ({
      name: nameOf(null, 'message/rfc822', decodeWords(subjectOf(each)), index),
      mediaType: 'message/rfc822',
      bytes: each,
    }));
    return { headers: [], text: decodeText(bytes, TextDecoder).text, attachments, encrypted: false };
  }
  const { head, body } = splitMessage(message);
  const headers = Buffer.from(decodeText(head, TextDecoder, false, charsetOf(head)).text);
  const mail = await PostalMime.parse(Buffer.concat([headers, body]), parserOptions);
  if (mail.headers.length === 0) throw new UnreadableFile('unreadable');
  const broken = isBroken(mail);
  const plain = broken || hasUnreadLetters(mail) ? decodeText(body, TextDecoder) : null;
  // The parser takes what says nothing for UTF-8. Attachments stay those of the message as it is.
  const { text, html } =
    plain === null || plain.encoding === 'UTF-8' || broken
      ? mail
      : await PostalMime.parse(Buffer.concat([headers, Buffer.from(plain.text)]), parserOptions);
  return {
    headers: mail.headers.map(({ originalKey, value }: Header) => ({ name: originalKey, value: decodeWords(value) })),
    text: broken ? (plain?.text ?? '') : text === undefined || text.trim() === '' ? htmlToText(html ?? '') : text,
    attachments: mail.attachments.map(({ filename, mimeType: mediaType, content }, index) => {
      // The option above makes it one; the type says what else it could be without.
      const bytes = new Uint8Array(content as ArrayBuffer);
      const subject = mediaType === 'message/rfc822' ? decodeWords(subjectOf(bytes)) : '';
      return { name: nameOf(filename, mediaType, subject, index), mediaType, bytes };
    }),
    encrypted: isEncrypted(mail),
    broken,
    guessed: plain?.guessed ?? false,
  };
}

/** Says no encoding, or another one than it has. */
function hasUnreadLetters({ text = '', html = '' }: Email): boolean {
  return ['\ufffd', '\u001b$'].some((sign) => text.includes(sign) || html.includes(sign));
}

/** The encoding that headers say of the body; old programs write the headers themselves in it. */
function charsetOf(head: Uint8Array): string | null {
  return /^content-type:.{0,500}?charset="?([\w.:-]{1,40})/ims.exec(Buffer.from(head).toString('latin1'))?.[1] ?? null;
}

/** Says that it has parts, and none was found: what should stand between them is missing or another. */
function isBroken({ headers, text = '', html = '', attachments }: Email): boolean {
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? '';
  return /^multipart\//i.test(type) && attachments.length === 0 && text.trim() === '' && html.trim() === '';
}

/** A message without a name is called by its subject, as mail programs do. */
function nameOf(name: string | null, mediaType: string, subject: string, index: number): string {
  if (name !== null && name.trim() !== '') return name;
  if (subject !== '') return `${subject}.eml`;
  const extension = { 'message/rfc822': 'eml', 'text/calendar': 'ics', 'text/html': 'html', 'text/plain': 'txt' }[mediaType] ?? 'bin';
  return `attachment-${index + 1}.${extension}`;
}

/** S/MIME and PGP say so in the type of the whole message. */
function isEncrypted(mail: Email): boolean {
  const type = mail.headers.find(({ key }) => key === 'content-type')?.value.toLowerCase() ?? '';
  return type.startsWith('multipart/encrypted') || (/^application\/(?:x-)?pkcs7-mime/.test(type) && !type.includes('signed-data'));
}

const firstHeaders = ['from', 'to', 'cc', 'date', 'subject'];

/** What the window draws of a mail, and whether there was more than is shown. */
export function mailContent(mail: ReadMail): { readonly mail: MailContent; readonly more: boolean } {
  const rank = (name: string) => {
    const found = firstHeaders.indexOf(name.toLowerCase());
    return found === -1 ? firstHeaders.length : found;
  };
  const sorted = [...mail.headers].sort((one, other) => rank(one.name) - rank(other.name));
  const { text, cut } = cutText(normalise(mail.text), readerBounds.shownCharacters);
  return {
    mail: {
      headers: sorted
        .slice(0, readerBounds.headers)
        .map(({ name, value }) => ({ name: shortText(name, 100), value: shortText(value, readerBounds.headerCharacters) })),
      text,
      attachments: mail.attachments.slice(0, readerBounds.attachments).map(({ name, mediaType, bytes }, index) => ({
        index,
        name: shortText(name, readerBounds.nameCharacters),
        mediaType: shortText(mediaType, 100),
        size: bytes.length,
      })),
    },
    more: cut || sorted.length > readerBounds.headers || mail.attachments.length > readerBounds.attachments,
  };
}

/** The words of a mail for search and scan: its leading headers, its text, the names of its attachments. */
export function mailText(mail: ReadMail): string {
  const headers = firstHeaders.flatMap((wanted) => mail.headers.filter(({ name }) => name.toLowerCase() === wanted));
  return [...headers.map(({ name, value }) => `${name}: ${value}`), '', mail.text, '', ...mail.attachments.map(({ name }) => name)].join(
    '\n',
  );
}

export function mailFacts(mail: ReadMail): EvidenceFact[] {
  const header = (wanted: string) => mail.headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  return [
    ...fact('mail-from', header('from')),
    ...fact('mail-to', header('to')),
    ...fact('mail-cc', header('cc')),
    ...fact('mail-date', header('date')),
    ...fact('mail-subject', header('subject')),
    ...fact('mail-id', header('message-id')),
    ...(mail.attachments.length === 0 ? [] : fact('mail-attachments', mail.attachments.length)),
  ];
}
