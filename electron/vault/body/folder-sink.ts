import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { partialFile, removeQuietly, syncFolder } from '../files.ts';
import type { BodySink } from './sink.ts';

/** A new folder. It never joins one that is there: `file.exists`. */
export async function openFolderSink(folder: string): Promise<BodySink> {
  if (existsSync(folder))
    throw new ExpectedError('file.exists', 'Choose another name; a body of evidence never joins a folder that is there.');
  const work = partialFile(folder);
  await mkdir(work, { mode: 0o700 });
  return {
    async add({ paths, read }) {
      const [first = '', ...others] = paths.map((path) => join(work, path));
      await mkdir(dirname(first), { recursive: true });
      const file = await open(first, 'wx', 0o600);
      try {
        for await (const chunk of read()) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      // The same bytes at further places, without using the space twice where the file system can.
      for (const other of others) {
        await mkdir(dirname(other), { recursive: true });
        await link(first, other).catch(() => copyFile(first, other));
      }
    },
    async finish() {
      await rename(work, folder);
      syncFolder(dirname(folder));
    },
    async discard() {
      removeQuietly(work);
    },
  };
}
