import type { FieldsData } from '@kenjiuno/msgreader';
import MsgReaderModule from '@kenjiuno/msgreader';
import { UnreadableFile } from './failure.ts';
import { htmlToText } from './html.ts';
import type { ReadMail } from './mail.ts';

/** Bundlers and Node differ in what they take for this package's default export. */
const MsgReader = ('default' in MsgReaderModule ? MsgReaderModule.default : MsgReaderModule) as typeof MsgReaderModule;

/** Parses a message of Outlook (MS-OXMSG). */
export function readMsg(bytes: Uint8Array): ReadMail {
  // The reader takes a whole buffer, and a view may be a part of a larger one.
  const reader = new MsgReader(new Uint8Array(bytes).buffer);
  const message = reader.getFileData();
  if (message.error !== undefined) throw new UnreadableFile('unreadable');
  return {
    headers: headersOf(message),
    text: textOf(message),
    attachments: (message.attachments ?? []).map((attachment, index) => {
      const { fileName, content } = reader.getAttachment(attachment);
      const inner = attachment.innerMsgContent === true;
      return {
        name: fileName || attachment.fileNameShort || `attachment-${index + 1}${inner ? '.msg' : '.bin'}`,
        mediaType: inner ? 'application/vnd.ms-outlook' : (attachment.attachMimeTag ?? 'application/octet-stream'),
        bytes: content,
      };
    }),
    encrypted: /^IPM\.Note\.SMIME$/i.test(message.messageClass ?? ''),
  };
}

function headersOf(message: FieldsData): ReadMail['headers'] {
  const recipients = (kind: string) =>
    (message.recipients ?? [])
      .filter(({ recipType }) => recipType === kind)
      .map((person) => mailbox(person.name, person.smtpAddress ?? person.email))
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
      const match = /^([!-9;-~]{1,70}):\s*(.*)$/.exec(line);
      return match === null ? [] : [{ name: match[1] ?? '', value: match[2] ?? '' }];
    })
    .filter(({ name }) => !known.some(([title, value]) => value !== '' && title.toLowerCase() === name.toLowerCase()));
  return [...known.filter(([, value]) => value !== '').map(([name, value]) => ({ name, value })), ...transported];
}

function mailbox(name: string | undefined, address: string | undefined): string {
  if (name === undefined || name === '' || name === address) return address ?? '';
  return address === undefined || address === '' ? name : `${name} <${address}>`;
}

function textOf(message: FieldsData): string {
  if (message.body !== undefined && message.body.trim() !== '') return message.body;
  const html = message.bodyHtml ?? (message.html === undefined ? '' : new TextDecoder().decode(message.html));
  return htmlToText(html);
}
