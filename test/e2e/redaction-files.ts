import type { Page } from '@playwright/test';

/** Originals with a marker in every place where one hides: text, properties, a script, a camera's data. */

/**
 * Two pages of A4. The first one shows the marker in its middle; the second one is turned by 90° and shows a red rectangle in its upper left
 * quarter. The marker is also the title, the content of a script and of an attached file.
 */
export function hidingPdf(marker: string): Buffer {
  const first = `0 0 1 rg 300 0 295 842 re f 0 g BT /F1 18 Tf 220 415 Td (${marker}) Tj ET`;
  const second = '1 0 0 rg 0 0 297 421 re f';
  const stream = (content: string, head = '') => `<< ${head} /Length ${content.length} >>\nstream\n${content}\nendstream`;
  const page = (content: number, more = '') =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${more} /Contents ${content} 0 R /Resources << /Font << /F1 7 0 R >> >> >>`;
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\("${marker}"\\)) >> /Names << /EmbeddedFiles << /Names [(a.txt) 9 0 R] >> >> >>`,
    '<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>',
    page(5),
    page(6, '/Rotate 90'),
    stream(first),
    stream(second),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Title (${marker}) >>`,
    '<< /Type /Filespec /F (a.txt) /EF << /F 10 0 R >> >>',
    stream(marker, '/Type /EmbeddedFile'),
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  text += `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R /Info 8 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/** A JPEG of 600 by 400, red on the left and blue on the right, whose camera was turned: it is seen upright, 400 by 600, red above blue. */
export async function turnedPhoto(page: Page, marker: string): Promise<Buffer> {
  const plain = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 600;
    canvas.height = 400;
    const context = canvas.getContext('2d');
    if (context === null) return [];
    context.fillStyle = 'rgb(255, 0, 0)';
    context.fillRect(0, 0, 300, 400);
    context.fillStyle = 'rgb(0, 0, 255)';
    context.fillRect(300, 0, 300, 400);
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', 0.95);
    });
    return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
  });
  const bytes = Buffer.from(plain);
  return Buffer.concat([bytes.subarray(0, 2), cameraData(marker), bytes.subarray(2)]);
}

/** An APP1 segment with a description and the orientation 6: turned by 90° clockwise to be seen. */
function cameraData(description: string): Buffer {
  const words = Buffer.from(`${description}\0`, 'latin1');
  const directory = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  directory.write('II*\0', 0, 'latin1');
  directory.writeUInt32LE(8, 4);
  directory.writeUInt16LE(2, 8);
  const entry = (at: number, tag: number, kind: number, count: number, value: number) => {
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(kind, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  };
  entry(10, 0x010e, 2, words.length, directory.length);
  entry(22, 0x0112, 3, 1, 6);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), directory, words]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}
