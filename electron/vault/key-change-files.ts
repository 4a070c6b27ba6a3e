import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { removeQuietly, syncFolder, translateFileError } from './files.ts';
import { recordsFile } from './header.ts';

/**
 * The files of a change of the vault key. The records under the next key are written beside the old ones, under a name that carries
 * the generation of their key. The header's generation decides: it is replaced by one rename, and from then on the file of that
 * generation is the vault's, whether or not it already has the usual name.
 */

/** Where the records of a generation are written before the header names it. */
export function nextRecordsFile(generation: number): string {
  return `${recordsFile}.next-${generation}`;
}

/** Where the records of the header's generation lie. */
export function recordsPath(folder: string, generation: number): string {
  const next = join(folder, nextRecordsFile(generation));
  return existsSync(next) ? next : join(folder, recordsFile);
}

/** Gives the records of a generation the usual name. The old records and what SQLite left beside them go. */
export function adoptRecords(folder: string, generation: number): void {
  const path = join(folder, recordsFile);
  // They belong to the old records; SQLite must never take them for the new ones'.
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${path}${suffix}`, { force: true });
  renameSync(join(folder, nextRecordsFile(generation)), path);
  syncFolder(folder);
}

/**
 * Finishes or drops what a crash left of a change of the key; call it under the writer's lock. A crash before the header was
 * replaced leaves a file of a generation that the header does not name: it goes. After that, the file only lacks its name.
 */
export function finishKeyChange(folder: string, generation: number): void {
  const current = nextRecordsFile(generation);
  try {
    const leftovers = readdirSync(folder).filter((file) => file.startsWith(`${recordsFile}.next-`));
    if (leftovers.includes(current)) adoptRecords(folder, generation);
    for (const file of leftovers) if (file !== current) removeQuietly(join(folder, file));
  } catch (error) {
    throw translateFileError(error);
  }
}
