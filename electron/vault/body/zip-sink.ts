import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { partialFile, removeQuietly, syncFolder } from '../files.ts';
import type { BodySink } from './sink.ts';

/** Content that does not get smaller. */
const packed = /^(image\/(?!svg|bmp|tiff)|audio\/|video\/)|zip|gzip|compressed|7z|rar|pdf|officedocument/;

/**
 * One zip file. One entry is read at a time and goes through in pieces, so memory stays the same whatever the size; zip64 where it is
 * needed. A file of this name is replaced when the new one is whole.
 */
export async function openZipSink(path: string): Promise<BodySink> {
  const work = partialFile(path);
  const file = await open(work, 'wx', 0o600);
  const zip = new ZipFile();
  const stop = new AbortController();
  const output = file.createWriteStream();
  const written = pipeline(zip.outputStream, output, { signal: stop.signal });
  // An error of the archive stops its output for good; nothing may go on waiting for that.
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  written.catch(fail);
  zip.on('error', fail);

  const addEntry = (entry: string, size: number, compress: boolean, read: () => AsyncIterable<Uint8Array>) => {
    const stream = Readable.from(copiesOf(read()), { objectMode: false, highWaterMark: 1024 * 1024 });
    const ended = new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      stream.once('end', resolve);
    });
    zip.addReadStream(stream, entry, { size, compress, mode: 0o100644 });
    return Promise.race([ended, failed]);
  };

  return {
    async add({ paths, size, mediaType, read }) {
      for (const entry of paths) await addEntry(entry, size, !packed.test(mediaType), read);
    },
    async finish() {
      zip.end();
      await Promise.race([written, failed]);
      const whole = await open(work, 'r+');
      try {
        await whole.sync();
      } finally {
        await whole.close();
      }
      await rename(work, path);
      syncFolder(dirname(path));
    },
    async discard() {
      stop.abort();
      await written.catch(() => undefined);
      removeQuietly(work);
    },
  };
}

/** The stream may still hold a piece when it asks for the next one. */
async function* copiesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield Buffer.from(piece);
}
