import { describe, expect, it } from 'vitest';
import { encode } from '../../fixtures/encode.ts';
import { extract, preview } from './read-as-vault.ts';
import * as samples from './samples.ts';

const { file } = samples;

async function mailOf(name: string, content: Uint8Array) {
  const { content: shown, limits } = await preview(file(name, content));
  if (shown.kind !== 'mail') throw new Error(`no mail but ${shown.kind}`);
  return { subject: shown.mail.headers.find(({ name: key }) => key === 'Subject')?.value, text: shown.mail.text.trim(), limits };
}

async function paragraphsOf(content: string | Uint8Array) {
  const { content: shown } = await preview(file('a.rtf', content));
  if (shown.kind !== 'document') throw new Error(`no document but ${shown.kind}`);
  return shown.blocks.map(({ texts }) => texts.join(''));
}

describe('a mail from before Unicode', () => {
  const mail = (subject: string, type: string, body: string, label: string) =>
    encode(`From: a@example.org\r\nTo: b@example.org\r\nSubject: ${subject}\r\n${type}\r\n${body}\r\n`, label);

  it.each([
    ['iso-2022-jp', 'iso-2022-jp', '監査証跡の確認'],
    ['shift_jis', 'shift_jis', '監査証跡の確認'],
    ['gb2312', 'gbk', '审计日志的确认'],
    ['big5', 'big5', '稽核記錄的確認'],
    ['ks_c_5601-1987', 'euc-kr', '감사 기록의 확인'],
    ['windows-1251', 'windows-1251', 'Журнал проверен'],
    ['koi8-r', 'koi8-r', 'Журнал проверен'],
    ['iso-8859-2', 'iso-8859-2', 'Sprawdzono źródło'],
  ])('in %s that it names is read in its headers and its body', async (charset, label, text) => {
    const type = `MIME-Version: 1.0\r\nContent-Type: text/plain; charset=${charset}\r\nContent-Transfer-Encoding: 8bit\r\n`;
    expect(await mailOf('a.eml', mail(text, type, text, label))).toEqual({ subject: text, text, limits: [] });
  });

  it.each([
    ['shift_jis', '監査証跡の確認をお願いします。ログは六年保存。', ['guessed']],
    ['windows-1251', 'Журнал проверен, замечаний нет. Доступ закрыт.', ['guessed']],
    ['windows-1254', 'Überprüfung der Zugänge für Köln', []],
    ['iso-2022-jp', '監査証跡の確認をお願いします。', []],
  ])('in %s that it does not name is read by its bytes', async (label, text, limits) => {
    expect(await mailOf('a.eml', mail('x', '', text, label))).toEqual({ subject: 'x', text, limits });
    const parts = `Content-Type: multipart/mixed; boundary=p\r\n\r\n--p\r\nContent-Type: text/plain\r\n\r\n${text}\r\n--p--`;
    expect(await mailOf('a.eml', mail('x', parts, '', label))).toEqual({ subject: 'x', text, limits });
  });

  it('keeps the bytes of what is attached to it', async () => {
    const parts =
      'Content-Type: multipart/mixed; boundary=p\r\n\r\n--p\r\nContent-Type: text/plain\r\n\r\n監査証跡の確認をお願いします。\r\n' +
      '--p\r\nContent-Type: text/plain; name=a.txt\r\nContent-Disposition: attachment; filename=a.txt\r\nContent-Transfer-Encoding: 8bit\r\n\r\n監査\r\n--p--';
    const { content } = await preview(file('a.eml', mail('x', parts, '', 'shift_jis')));
    expect(content).toMatchObject({ mail: { text: expect.stringContaining('監査証跡の確認'), attachments: [{ name: 'a.txt', size: 5 }] } });
  });

  it('of Outlook is read in the code page that it names', async () => {
    const ansi = { codePage: 932, encode: (text: string) => encode(text, 'shift_jis') };
    expect(await mailOf('a.msg', samples.msg({ '0037': '監査証跡', '1000': 'ログの確認' }, { ansi }))).toMatchObject({
      subject: '監査証跡',
      text: 'ログの確認',
    });
    const html = encode('<p>Журнал проверен</p>', 'windows-1251');
    const cyrillic = { codePage: 1251, encode: (text: string) => encode(text, 'windows-1251') };
    expect(await mailOf('a.msg', samples.msg({ '1000': '' }, { html, ansi: cyrillic }))).toMatchObject({ text: 'Журнал проверен' });
  });
});

describe('a file from before Unicode', () => {
  it('is shown and searched as it reads, and says that its encoding was guessed', async () => {
    const text = '氏名,部署\r\n山田太郎,経理部ソ\r\n鈴木花子,総務部\r\n';
    expect(await preview(file('a.csv', encode(text, 'shift_jis')))).toMatchObject({
      content: {
        kind: 'table',
        sheets: [
          {
            rows: [
              ['氏名', '部署'],
              ['山田太郎', '経理部ソ'],
              ['鈴木花子', '総務部'],
            ],
          },
        ],
      },
      limits: ['guessed'],
    });
    expect(await preview(file('a.txt', encode(text, 'shift_jis')))).toMatchObject({
      content: { text, encoding: 'Shift_JIS' },
      limits: ['guessed'],
    });
    expect((await extract(file('a.txt', encode(text, 'shift_jis')))).text).toContain('山田太郎');
    const page = '<html><head><meta charset=euc-kr></head><body>감사</body></html>';
    expect(await preview(file('a.html', encode(page, 'euc-kr')))).toMatchObject({
      content: { text: page, encoding: 'EUC-KR' },
      limits: [],
    });
  });

  it.each([
    ['of the document', "{\\rtf1\\ansi\\ansicpg1251 \\'c6\\'f3\\'f0\\'ed\\'e0\\'eb\\par b}", ['Журнал', 'b']],
    [
      'of the font',
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial;}}\\f0 K\\'f6ln {\\f1 \\'c4\\'e0} \\'fc}",
      ['Köln Да ü'],
    ],
    ['of two bytes, of which one may be a letter', "{\\rtf1\\ansi\\ansicpg932 \\'83\\'8d\\'83O\\'8a\\'c4\\'8d\\'b8 x}", ['ログ監査 x']],
  ])('as Rich Text is read in the code page %s', async (_, source, paragraphs) => {
    expect(await paragraphsOf(source)).toEqual(paragraphs);
  });
});
