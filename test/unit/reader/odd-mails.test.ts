import { describe, expect, it } from 'vitest';
import { extractAttachment } from '../../../electron/reader/extract.ts';
import { extract, preview } from './read-as-vault.ts';
import { file } from './samples.ts';

/** Mails as old, broken and exporting programs write them. */

async function mailOf(name: string, content: string | Uint8Array) {
  const { content: shown, limits } = await preview(file(name, content));
  if (shown.kind !== 'mail') throw new Error(`no mail but ${shown.kind}`);
  return { ...shown.mail, limits };
}

const message = (subject: string, body: string) =>
  `From: Ada <ada@example.org>\nTo: b@example.org\nSubject: ${subject}\nDate: Thu, 1 Jan 2026 00:00:00 +0000\n\n${body}\n`;

describe('a mail', () => {
  it('with headers in a Western encoding keeps their letters', async () => {
    const text =
      'From: J\xfcrgen <j@example.org>\r\nTo: c@example.org\r\nSubject: Gr\xfc\xdfe\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nK\xf6ln';
    const mail = await mailOf('a.eml', Buffer.from(text, 'latin1'));
    expect(mail.headers.map(({ value }) => value).slice(0, 3)).toEqual(['Jürgen <j@example.org>', 'c@example.org', 'Grüße']);
    expect(mail.text).toBe('Köln\n');
  });

  it('whose parts cannot be told apart shows everything behind its headers, and its words are found', async () => {
    const text = `From: a@example.org\nTo: c@example.org\nSubject: x\nContent-Type: multipart/mixed\n\n--y\n\nSSN 123-45-6789\n--y--\n`;
    expect(await mailOf('a.eml', text)).toMatchObject({ text: '--y\n\nSSN 123-45-6789\n--y--\n', limits: ['unreadable'] });
    expect((await extract(file('a.eml', text))).identifiers).toContainEqual({ kind: 'ssn', count: 1 });
  });
});

describe('a message in a mail', () => {
  it('is called by its subject', async () => {
    const inner = 'Content-Type: message/rfc822\n\nFrom: x@y.org\nTo: y@z.org\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\n\ninner\n';
    const text = `From: a@b.org\nTo: c@d.org\nSubject: x\nContent-Type: multipart/mixed; boundary=p\n\n--p\n${inner}--p--\n`;
    expect((await mailOf('a.eml', text)).attachments).toMatchObject([{ name: 'Grüße.eml' }]);
  });
});

describe('a mailbox', () => {
  const from = 'From ada@example.org Thu Jan  1 00:00:00 2026\n';

  it('of one message is that message', async () => {
    const mail = await mailOf('a.mbox', from + message('one', 'first'));
    expect(mail.headers.map(({ name }) => name)).toEqual(['From', 'To', 'Date', 'Subject']);
    expect(mail).toMatchObject({ text: 'first\n', attachments: [] });
  });

  it('of several gives each of them, and the words of all', async () => {
    const second =
      'From: c@d.org\nTo: e@f.org\nDate: x\nMIME-Version: 1.0\nContent-Type: text/plain\n\nFrom here on, nothing\n\nFrom now on\n';
    const given = file('a.mbox', `${from}${message('=?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'first')}\n${from}${second}`);
    const { content } = await preview(given);
    expect(content).toMatchObject({
      kind: 'mail',
      mail: {
        attachments: [
          { index: 0, name: 'Grüße.eml', mediaType: 'message/rfc822' },
          { index: 1, name: 'attachment-2.eml' },
        ],
      },
    });
    expect(Buffer.from((await extractAttachment(given, 1)).bytes).toString()).toBe(second);
    expect((await extract(given)).text).toContain('From now on');
  });
});
