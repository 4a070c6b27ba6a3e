import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { readSmallFile, sealFile } from '../evidence/source.ts';
import { type BodySource, largestIndex } from './source.ts';

/** A body of evidence that lies in a folder. */
export function openFolderSource(folder: string): BodySource {
  return {
    async index() {
      const bytes = await readSmallFile(join(folder, 'INDEX.csv'), largestIndex);
      if (bytes === null)
        throw new ExpectedError('evidence.unreadable', 'Choose the folder of a body of evidence: INDEX.csv is missing or cannot be read.');
      return bytes;
    },
    checksums: () => readSmallFile(join(folder, 'SHA256SUMS'), largestIndex),
    async seal(path, startObject, signal) {
      const whole = join(folder, path);
      if (await leadsOut(folder, whole)) throw new ExpectedError('evidence.link-not-followed', 'Put the file itself in its place.');
      return sealFile(whole, startObject, signal, () => undefined);
    },
    close: () => undefined,
  };
}

/** Whether a link on the way to the file leaves the folder. What is not there leads nowhere; sealing tells. */
async function leadsOut(folder: string, path: string): Promise<boolean> {
  try {
    return !(await realpath(path)).startsWith((await realpath(folder)) + sep);
  } catch {
    return false;
  }
}
