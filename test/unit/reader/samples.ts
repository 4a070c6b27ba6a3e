import { CFB, utils, write } from '@e965/xlsx';
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { pack } from 'tar-stream';
import type { ReaderFile } from '../../../shared/domain/reader.ts';

/** Files of every format that the reader knows, made here: good ones to be read, damaged and lying ones to be refused. */

export function file(name: string, content: string | Uint8Array, mediaType = ''): ReaderFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
  return { name, mediaType, bytes, size: bytes.length };
}

const zip = (parts: Readonly<Record<string, string | Uint8Array>>) =>
  zipSync(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, typeof part === 'string' ? Buffer.from(part) : part])));

export function docx(): Promise<Buffer> {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  return Packer.toBuffer(
    new Document({
      title: 'Access policy',
      creator: 'Ada',
      sections: [
        {
          children: [
            new Paragraph({ text: 'Purpose', heading: HeadingLevel.HEADING_2 }),
            new Paragraph('Accounts end with the employment.'),
            new Paragraph({ text: 'First', bullet: { level: 1 } }),
            new Table({ rows: [new TableRow({ children: [cell('Name'), cell('Role')] })] }),
          ],
        },
      ],
    }),
  );
}

/** A DOCX whose body is this XML. */
export const docxOf = (body: string) =>
  zip({ 'word/document.xml': `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` });

export function workbook(bookType: 'xlsx' | 'biff8' | 'ods' | 'xlsb' = 'xlsx'): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(
    book,
    utils.aoa_to_sheet([
      ['Name', 'Since'],
      ['Ada', 2019],
      ['Grace', 12.5],
    ]),
    'People',
  );
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Only']]), 'Second');
  book.Props = { Title: 'Staff', Author: 'Ada' };
  return new Uint8Array(write(book, { type: 'array', bookType, compression: true }) as ArrayBuffer);
}

export const pptx = () =>
  zip({
    'ppt/presentation.xml': '<p/>',
    'ppt/slides/slide2.xml':
      '<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:txBody><a:p><a:r><a:t>Second slide</a:t></a:r></a:p></p:txBody></p:sp></p:sld>',
    'ppt/slides/slide1.xml':
      '<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>Plan</a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:pPr lvl="1"/><a:r><a:t>Point</a:t></a:r><a:br/><a:r><a:t>more</a:t></a:r></a:p></p:txBody></p:sp></p:sld>',
    'ppt/notesSlides/notesSlide1.xml': '<p:notes xmlns:p="p" xmlns:a="a"><a:p><a:t>Say it slowly</a:t></a:p></p:notes>',
    'docProps/app.xml': '<Properties><Application>Impress</Application><Slides>2</Slides><Company>Clinic</Company></Properties>',
  });

export const openDocument = (content: string, more: Readonly<Record<string, string>> = {}) =>
  zipSync({
    mimetype: [Buffer.from('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': Buffer.from(content),
    ...Object.fromEntries(Object.entries(more).map(([name, part]) => [name, Buffer.from(part)])),
  });

export const odtContent =
  '<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:draw="d"><text:h text:outline-level="2">Scope</text:h><text:p>One<text:s text:c="2"/>two<text:tab/>three<text:line-break/>four</text:p><text:list><text:list-item><text:p>Item</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell><table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table><draw:page draw:name="Cover"><text:p>On it</text:p></draw:page></office:document-content>';

export function pdf(text: string, options: { password?: string; pages?: number } = {}): Promise<Buffer> {
  const document = new PDFDocument({
    info: { Title: 'Minutes', Author: 'Ada', CreationDate: new Date(Date.UTC(2026, 4, 4, 10, 11)) },
    ...(options.password === undefined ? {} : { userPassword: options.password, pdfVersion: '1.7' }),
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  for (let page = 1; page <= (options.pages ?? 1); page += 1) {
    if (page > 1) document.addPage();
    document.text(`${text} ${page}`);
  }
  document.end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}

export const eml = [
  'Received: from mx.example.org by mail.example.org; Mon, 4 May 2026 10:00:00 +0000',
  'From: =?utf-8?q?Ada_L=C3=B6v?= <ada@example.org>',
  'To: b@example.org',
  'Subject: =?utf-8?q?Pr=C3=BCfung?=',
  'Date: Mon, 4 May 2026 10:00:00 +0000',
  'Message-ID: <1@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=x',
  '',
  '--x',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<style>p{}</style><p>Dear <b>Grace</b>,</p><script>alert(1)</script><table><tr><td>SSN</td><td>123-45-6789</td></tr></table>',
  '--x',
  'Content-Type: text/plain; name="../../notes.txt"',
  'Content-Disposition: attachment; filename="../../notes.txt"',
  'Content-Transfer-Encoding: base64',
  '',
  'aGVsbG8=',
  '--x',
  'Content-Type: message/rfc822',
  '',
  'From: c@example.org',
  'Subject: Inner',
  '',
  'inner text',
  '--x--',
  '',
].join('\r\n');

/** What a message of Outlook holds beside its own texts. */
export interface MessageParts {
  /** Texts of each person by property, and whether the person is addressed (1) or gets a copy (2). */
  readonly people?: readonly { readonly type: number; readonly texts: Readonly<Record<string, string>> }[];
  /** Texts of each attachment by property; `inner` is the subject of a message that is attached as such. */
  readonly attachments?: readonly {
    readonly texts: Readonly<Record<string, string>>;
    readonly content?: string;
    readonly inner?: string;
  }[];
  /** The body as bytes of HTML. */
  readonly html?: string | Uint8Array;
  /** Texts in a code page instead of Unicode. */
  readonly ansi?: { readonly codePage: number; readonly encode: (text: string) => Uint8Array };
}

/** A message of Outlook with a subject, a sender, a body and one attachment (MS-OXMSG), its properties in Unicode. An empty text is absent. */
export function msg(more: Readonly<Record<string, string>> = {}, parts: MessageParts = {}): Uint8Array {
  const {
    people = [{ type: 1, texts: { '3001': 'Grace', '39FE': 'grace@example.org' } }],
    attachments = [{ texts: { '3707': 'rules.txt' }, content: 'allow none' }],
  } = parts;
  const container = CFB.utils.cfb_new();
  const add = (path: string, content: Uint8Array) => CFB.utils.cfb_add(container, path, content as never);
  const property = (id: string, type: number, value = 0) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt32LE(((Number.parseInt(id, 16) << 16) >>> 0) | type, 0);
    entry.writeUInt32LE(value, 8);
    return entry;
  };
  const addTexts = (folder: string, head: Buffer, texts: Readonly<Record<string, string>>, others: readonly Buffer[] = []) => {
    const present = Object.entries(texts).filter(([, text]) => text !== '');
    const type = parts.ansi === undefined ? 0x1f : 0x1e;
    const pages =
      parts.ansi === undefined || folder !== '' ? [] : [property('3FFD', 3, parts.ansi.codePage), property('3FDE', 3, parts.ansi.codePage)];
    add(`${folder}/__properties_version1.0`, Buffer.concat([head, ...pages, ...others, ...present.map(([id]) => property(id, type))]));
    for (const [id, text] of present)
      add(`${folder}/__substg1.0_${id}00${type === 0x1f ? '1F' : '1E'}`, parts.ansi?.encode(text) ?? Buffer.from(text, 'utf16le'));
  };
  const numbered = (name: string, index: number) => `/__${name}_version1.0_#${String(index).padStart(8, '0')}`;
  const header = Buffer.alloc(32);
  header.writeUInt32LE(people.length, 12);
  header.writeUInt32LE(attachments.length, 20);
  addTexts('', header, {
    '001A': 'IPM.Note',
    '0037': 'Firewall',
    '0C1A': 'Ada',
    '0C1F': 'ada@example.org',
    '1000': 'The body of the message',
    '007D': 'X-Mailer: Outlook\r\nFrom: somebody else\r\nReceived: by\r\n example.org\r\n',
    ...more,
  });
  if (parts.html !== undefined) add('/__substg1.0_10130102', Buffer.from(parts.html));
  people.forEach(({ type, texts }, index) => {
    addTexts(numbered('recip', index), Buffer.alloc(8), texts, [property('0C15', 3, type)]);
  });
  attachments.forEach(({ texts, content, inner }, index) => {
    const folder = numbered('attach', index);
    addTexts(folder, Buffer.alloc(8), texts);
    if (content !== undefined) add(`${folder}/__substg1.0_37010102`, Buffer.from(content));
    if (inner !== undefined) addTexts(`${folder}/__substg1.0_3701000D`, Buffer.alloc(24), { '0037': inner });
  });
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer);
}

/** An office file behind a password: the package stands encrypted in a compound file (MS-OFFCRYPTO). */
export function encryptedOffice(): Uint8Array {
  const container = CFB.utils.cfb_new();
  CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(100) as never);
  CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5000) as never);
  return new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer);
}

export async function tar(entries: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(entries)) archive.entry({ name }, content);
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export const archive = zip;

/** The head of a PNG of any size; pixels are not there. */
export function pngHead(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(60);
  bytes.write('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** A JPEG without pixels: its frame header, and EXIF with a camera and a moment when wanted. */
export function jpeg(width: number, height: number, exif = false): Uint8Array {
  const frame = Buffer.from([0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0]);
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...(exif ? [exifSegment()] : []), frame, Buffer.from([0xff, 0xd9])]);
}

function exifSegment(): Buffer {
  const texts: readonly (readonly [number, string])[] = [
    [0x010f, 'Acme\0'],
    [0x0110, 'Model 5\0'],
    [0x0132, '2026:05:04 10:11:12\0'],
  ];
  const head = Buffer.from('MM\0*\0\0\0\x08', 'latin1');
  const directory = Buffer.alloc(2 + texts.length * 12 + 4);
  directory.writeUInt16BE(texts.length, 0);
  let at = head.length + directory.length;
  texts.forEach(([tag, text], index) => {
    const place = 2 + index * 12;
    directory.writeUInt16BE(tag, place);
    directory.writeUInt16BE(2, place + 2);
    directory.writeUInt32BE(text.length, place + 4);
    directory.writeUInt32BE(at, place + 8);
    at += text.length;
  });
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), head, directory, ...texts.map(([, text]) => Buffer.from(text, 'latin1'))]);
  const start = Buffer.from([0xff, 0xe1, 0, 0]);
  start.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([start, body]);
}
