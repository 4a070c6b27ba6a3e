import { describe, expect, it } from 'vitest';
import { extractAttachment } from '../../../electron/reader/extract.ts';
import { extract, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

async function mailOf(more: Parameters<typeof samples.msg>[0], parts: samples.MessageParts = {}) {
  const { content } = await preview(file('a.msg', samples.msg(more, parts)));
  if (content.kind !== 'mail') throw new Error('no mail');
  return content.mail;
}

describe('messages of Outlook', () => {
  it('give headers, text and attachments as other mails do', async () => {
    const given = file('a.msg', samples.msg());
    const { content } = await preview(given);
    if (content.kind !== 'mail') throw new Error('no mail');
    expect(content.mail).toMatchObject({
      text: 'The body of the message',
      attachments: [{ index: 0, name: 'rules.txt', size: 10 }],
    });
    expect(content.mail.headers).toEqual(
      expect.arrayContaining([
        { name: 'From', value: 'Ada <ada@example.org>' },
        { name: 'Subject', value: 'Firewall' },
        { name: 'X-Mailer', value: 'Outlook' },
        { name: 'Received', value: 'by example.org' },
      ]),
    );
    expect(Buffer.from((await extractAttachment(given, 0)).bytes).toString()).toBe('allow none');
  });

  it('have the text of their HTML where there is no other, as text or as bytes, and none where there is neither', async () => {
    expect((await mailOf({ '1000': '', '1013': '<p>As HTML</p>' })).text).toBe('As HTML');
    expect((await mailOf({ '1000': ' ' }, { html: '<p>As bytes</p>' })).text).toBe('As bytes');
    expect((await mailOf({ '1000': '' })).text).toBe('');
  });

  it('name people by name and address, and by one of them where that is all there is', async () => {
    const { headers } = await mailOf(
      { '0C1A': '', '0037': '', '007D': '' },
      {
        people: [
          { type: 1, texts: { '3001': 'Grace', '39FE': 'grace@example.org' } },
          { type: 1, texts: { '3001': 'Only a name' } },
          { type: 2, texts: { '3001': 'ben@example.org', '39FE': 'ben@example.org' } },
          { type: 2, texts: { '3003': 'carla@example.org' } },
          { type: 2, texts: {} },
        ],
      },
    );
    expect(headers).toEqual([
      { name: 'From', value: 'ada@example.org' },
      { name: 'To', value: 'Grace <grace@example.org>, Only a name' },
      { name: 'Cc', value: 'ben@example.org, carla@example.org' },
    ]);
  });

  it('keep of what the transport wrote only what is a header', async () => {
    const { headers } = await mailOf({ '007D': 'X-Spam:  no \r\nno header\r\n: nameless\r\nwith space: x\r\nX-Empty:\r\n' });
    expect(headers.slice(3)).toEqual([
      { name: 'X-Spam', value: 'no' },
      { name: 'X-Empty', value: '' },
    ]);
  });

  it('name attachments by their long name, their short one, their title or their place', async () => {
    const given = samples.msg(
      {},
      {
        attachments: [
          { texts: { '3707': 'long name.txt', '3704': 'long~1.txt' }, content: 'a' },
          { texts: { '3704': 'short.txt', '370E': 'text/plain' }, content: 'b' },
          { texts: {}, content: 'c' },
          { texts: { '3001': 'Forwarded' }, inner: 'Inner subject' },
          { texts: {}, inner: 'Inner subject' },
        ],
      },
    );
    const { content } = await preview(file('a.msg', given));
    expect(content.kind === 'mail' && content.mail.attachments.map(({ name, mediaType }) => [name, mediaType])).toEqual([
      ['long name.txt', 'application/octet-stream'],
      ['short.txt', 'text/plain'],
      ['attachment-3.bin', 'application/octet-stream'],
      ['Forwarded.msg', 'application/vnd.ms-outlook'],
      ['attachment-5.msg', 'application/vnd.ms-outlook'],
    ]);
    const inner = await extractAttachment(file('a.msg', given), 3);
    const shown = await preview(file(inner.name, inner.bytes));
    expect(shown.content).toMatchObject({ kind: 'mail', mail: { headers: [{ name: 'Subject', value: 'Inner subject' }] } });
  });

  it('that are encrypted say so, and those without a class are not', async () => {
    expect((await preview(file('a.msg', samples.msg({ '001A': 'IPM.Note.SMIME' })))).limits).toEqual(['encrypted']);
    expect((await preview(file('a.msg', samples.msg({ '001A': '' })))).limits).toEqual([]);
  });

  it('whose container is broken are told to be unreadable', async () => {
    const broken = Buffer.from(samples.msg());
    broken.fill(0xff, 8, 80);
    expect(await preview(file('a.msg', broken))).toEqual({ content: { kind: 'hex' }, limits: ['unreadable'] });
    expect(await extract(file('a.msg', broken))).toMatchObject({ text: null, failure: 'unreadable' });
  });
});
