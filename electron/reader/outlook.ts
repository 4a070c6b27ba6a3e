import type { FieldsData } from '@kenjiuno/msgreader';
import MsgReaderModule from '@kenjiuno/msgreader';
import { decodeText } from '../../shared/domain/text-encoding.ts';
import { encodingOf } from './code-page.ts';
import { UnreadableFile } from './failure.ts';
import { htmlToText } from './html.ts';
import type { ReadMail } from './mail.ts';

/** Bundlers and Node differ in what they take for this package's default export. */
const MsgReader = ('default' in MsgReaderModule ? MsgReaderModule.default : MsgReaderModule) as typeof MsgReaderModule;

/** Parses a message of Outlook (MS-OXMSG). */
export function readMsg(bytes: Uint8Array): ReadMail {
  // The reader takes a whole buffer, and a view may be a part of a larger one.
  const buffer = new Uint8Array(bytes).buffer;
  let reader = new MsgReader(buffer);
  let message = reader.getFileData();
  const encoding = encodingOf(message.messageCodepage ?? message.internetCodepage);
  if (encoding !== null) {
    // Older programs keep texts in the code page that the message names; it is known only now.
    reader = new MsgReader(buffer);
    reader.parserConfig = { ansiEncoding: encoding === 'iso-2022-jp' ? 'shift_jis' : encoding };
    message = reader.getFileData();
  }
  const { attachments, recipients } = message;
  // What is no message at all has neither, not even empty.
  if (attachments === undefined || recipients === undefined) throw new UnreadableFile('unreadable');
  return {
    headers: headersOf(message, recipients),
    text: textOf(message),
    attachments: attachments.map((attachment, index) => {
      const { content } = reader.getAttachment(attachment);
      // A message inside has a title, and no name of a file.
      const isMessage = attachment.innerMsgContent === true;
      const name = (isMessage ? attachment.name : attachment.fileName) || attachment.fileNameShort || `attachment-${index + 1}`;
      const extension = isMessage ? '.msg' : name.includes('.') ? '' : '.bin';
      return {
        name: `${name}${extension}`,
        mediaType: isMessage ? 'application/vnd.ms-outlook' : (attachment.attachMimeTag ?? 'application/octet-stream'),
        bytes: content,
      };
    }),
    encrypted: /^IPM\.Note\.SMIME$/i.test(message.messageClass ?? ''),
  };
}

function headersOf(message: FieldsData, people: readonly FieldsData[]): ReadMail['headers'] {
  const recipients = (kind: string) =>
    people
      .filter(({ recipType }) => recipType === kind)
      .map((person) => mailbox(person.name, person.smtpAddress ?? person.email))
      .filter((shown) => shown !== '')
      .join(', ');
  const known = [
    ['From', mailbox(message.senderName, message.senderSmtpAddress ?? message.senderEmail)],
    ['To', recipients('to')],
    ['Cc', recipients('cc')],
    ['Date', message.messageDeliveryTime ?? message.clientSubmitTime ?? ''],
    ['Subject', message.subject ?? ''],
    ['Message-ID', message.messageId ?? ''],
  ] as const;
  const transported = (message.headers ?? '')
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(0, colon));
      return /^[!-9;-~]{1,70}$/.test(name) ? [{ name, value: line.slice(colon + 1).trim() }] : [];
    })
    .filter(({ name }) => !known.some(([title, value]) => value !== '' && title.toLowerCase() === name.toLowerCase()));
  return [...known.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })), ...transported];
}

function mailbox(name = '', address = ''): string {
  if (name === '' || name === address) return address;
  return address === '' ? name : `${name} <${address}>`;
}

function textOf(message: FieldsData): string {
  if (message.body !== undefined && message.body.trim() !== '') return message.body;
  const html =
    message.bodyHtml ??
    (message.html === undefined ? '' : decodeText(message.html, TextDecoder, false, encodingOf(message.internetCodepage)).text);
  return htmlToText(html);
}
