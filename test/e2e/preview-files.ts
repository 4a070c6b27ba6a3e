import { utils, write } from '@e965/xlsx';
import { Document, HeadingLevel, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { encode } from 'fast-png';
import PDFDocument from 'pdfkit';
import { pdfOf } from './sample-files.ts';

/** Files of every kind that a preview draws, made here so that their content is known. */

/** A PDF with so many pages, each with its number, the same sentence and an address on it. Needs a password when one is given. */
export function pages(count: number, password?: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const made = new PDFDocument({ size: 'A4', autoFirstPage: false, ...(password === undefined ? {} : { userPassword: password }) });
    const parts: Buffer[] = [];
    made.on('data', (part: Buffer) => parts.push(part));
    made.on('end', () => resolve(Buffer.concat(parts)));
    for (let page = 1; page <= count; page += 1) {
      made
        .addPage()
        .fontSize(28)
        .text(`Policy page ${page}`)
        .moveDown()
        .fontSize(13)
        .text('Access to the records is reviewed every quarter.')
        .text(`Questions go to office-${page}@example.org.`);
    }
    made.end();
  });
}

/** A PDF whose words, 日本語の方針, are written with a table of characters that it only names, in a font that it does not bring along. */
export function japanese(): Buffer {
  const words = Buffer.from('日本語の方針', 'utf16le').swap16().toString('hex');
  const content = `BT /F1 24 Tf 72 720 Td <${words}> Tj ET`;
  const font = '/BaseFont /HeiseiMin-W3';
  return pdfOf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    `<< /Type /Font /Subtype /Type0 ${font} /Encoding /UniJIS-UCS2-H /DescendantFonts [6 0 R] >>`,
    `<< /Type /Font /Subtype /CIDFontType0 ${font} /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 2 >> /FontDescriptor 7 0 R >>`,
    `<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /StemV 80 >>`,
  ]);
}

/** A log of so many lines; one of them holds an address. */
export function log(lines: number): string {
  const written = Array.from({ length: lines }, (_, index) => `2026-11-27 12:00:00 INFO request ${index + 1} was answered`);
  written[Math.floor(lines / 2)] = '2026-11-27 12:00:00 WARN login of ada.lindqvist@example.org refused';
  return `${written.join('\n')}\n`;
}

/** A picture that lets through more and more of what lies behind it. */
export function picture(width: number, height: number): Buffer {
  const data = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at += 1) data.set([200, (at * 255) / (width * height), 120, ((at % width) * 255) / width], at * 4);
  return Buffer.from(encode({ width, height, data, channels: 4 }));
}

export function spreadsheet(): Buffer {
  const book = utils.book_new();
  const people = [['Name', 'Role', 'Amount'], ...Array.from({ length: 300 }, (_, index) => [`Person ${index + 1}`, 'Nurse', 1000 + index])];
  utils.book_append_sheet(book, utils.aoa_to_sheet(people), 'People');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['Second sheet'], [42]]), 'Totals');
  return Buffer.from(write(book, { type: 'buffer', bookType: 'xlsx' }) as Uint8Array);
}

export async function wordDocument(): Promise<Buffer> {
  const cell = (text: string) => new TableCell({ children: [new Paragraph(text)] });
  const made = new Document({
    sections: [
      {
        children: [
          new Paragraph({ text: 'Access policy', heading: HeadingLevel.HEADING_1 }),
          new Paragraph('Access to the records is reviewed every quarter.'),
          new Paragraph({ text: 'Scope', heading: HeadingLevel.HEADING_2 }),
          new Paragraph({ text: 'All wards', bullet: { level: 0 } }),
          new Paragraph({ text: 'The night shift', bullet: { level: 1 } }),
          new Table({
            rows: [new TableRow({ children: [cell('Role'), cell('Access')] }), new TableRow({ children: [cell('Nurse'), cell('Read')] })],
          }),
        ],
      },
    ],
  });
  return Packer.toBuffer(made);
}

/** An e-mail with an attached list. */
export const mail = [
  'From: Grace Okafor <grace@example.org>',
  'To: Ada Lindqvist <ada@example.org>',
  'Subject: Access review',
  'Date: Fri, 27 Nov 2026 12:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="part"',
  '',
  '--part',
  'Content-Type: text/plain; charset=utf-8',
  '',
  'Dear Ada,',
  '',
  'the list of the quarter is attached.',
  '--part',
  'Content-Type: text/csv; name="list.csv"',
  'Content-Disposition: attachment; filename="list.csv"',
  '',
  'Name,Access',
  'Grace,read',
  '--part--',
  '',
].join('\r\n');

/** A second of silence. */
export function sound(): Buffer {
  const samples = 8000;
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + samples, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(8000, 24);
  header.writeUInt32LE(8000, 28);
  header.writeUInt16LE(1, 32);
  header.writeUInt16LE(8, 34);
  header.write('data', 36);
  header.writeUInt32LE(samples, 40);
  return Buffer.concat([header, Buffer.alloc(samples, 128)]);
}

/** Two pictures of one pixel that follow each other: two colours, and twice a frame of a tenth of a second. */
export const movingGif = Buffer.from(
  [
    '474946383961',
    '0100010080000000ff0000ff00',
    '21ff0b4e45545343415045322e300301000000',
    '21f904000a000000',
    '2c0000000001000100000202440100',
    '21f904000a000000',
    '2c00000000010001000002024c01003b',
  ].join(''),
  'hex',
);

export const hostileSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" onload="self.executed = 1"><script>self.executed = 1</script><text>Visible words</text></svg>';
