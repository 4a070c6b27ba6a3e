import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const mebibyte = 1024 * 1024;

/** A size as a row names it. */
export function sizeName(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;
}

/** Writes a file that cannot be compressed. */
export async function writeRandom(path: string, mebibytes: number): Promise<void> {
  const file = createWriteStream(path);
  for (let done = 0; done < mebibytes; done += 1) {
    if (!file.write(randomBytes(mebibyte))) await once(file, 'drain');
  }
  file.end();
  await finished(file);
}
