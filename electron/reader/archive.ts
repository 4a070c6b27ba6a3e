import { extract, type Header } from 'tar-stream';
import { readerBounds } from '../../shared/domain/reader.ts';
import { UnreadableFile } from './failure.ts';
import { collectSheet, type ReadTable } from './table.ts';
import { listEntries } from './zip.ts';

/** Names and sizes of a ZIP archive's entries, as its directory says; nothing is unpacked. */
export function readZip(bytes: Uint8Array): ReadTable {
  const sheet = collectSheet('', readerBounds.cells);
  for (const { name, size } of listEntries(bytes)) sheet.add([name, String(size)]);
  const { shown, more } = sheet.finish();
  return { sheets: [shown], more };
}

/** Names and sizes of a TAR archive's entries. */
export function readTar(bytes: Uint8Array): Promise<ReadTable> {
  const sheet = collectSheet('', readerBounds.cells);
  const reader = extract();
  return new Promise((resolve, reject) => {
    reader.on('entry', (header: Header, stream, next) => {
      sheet.add([header.name, String(header.size ?? 0)]);
      stream.on('end', next);
      stream.on('error', () => reject(new UnreadableFile('unreadable')));
      stream.resume();
    });
    reader.on('finish', () => {
      const { shown, more } = sheet.finish();
      resolve({ sheets: [shown], more });
    });
    reader.on('error', () => reject(new UnreadableFile('unreadable')));
    reader.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
}
