import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { sealFile } from '../evidence/source.ts';
import { type BodySource, largestIndex } from './source.ts';

/** A body of evidence that lies in a folder. */
export function openFolderSource(folder: string): BodySource {
  return {
    async index() {
      try {
        const path = join(folder, 'INDEX.csv');
        if ((await stat(path)).size > largestIndex) throw new Error('too large');
        return await readFile(path);
      } catch {
        throw new ExpectedError('evidence.unreadable', 'Choose the folder of a body of evidence: INDEX.csv is missing or cannot be read.');
      }
    },
    seal: (path, startObject, signal) => sealFile(join(folder, path), startObject, signal, () => undefined),
    close: () => undefined,
  };
}
