import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { CancelledError, type ErrorCode } from '../../../shared/ipc/errors.ts';

/** One thing found in a folder: a file to attach, or something that is not attached and why. */
export interface FolderEntry {
  readonly path: string;
  /** Path below the folder that was walked, `/` between parts. */
  readonly relativePath: string;
  /** Bytes as of now; 0 for what is refused. */
  readonly size: number;
  readonly refused: RefusedEntry | null;
}

type RefusedEntry = Extract<
  ErrorCode,
  'evidence.link-not-followed' | 'evidence.not-a-file' | 'evidence.unreadable' | 'evidence.name-not-text'
>;

/** Folders in folders that are entered. No file system nests this deeply by intention; one that is mounted into itself does. */
const deepest = 200;

/**
 * Finds everything in a folder and the folders in it, in the order of names. Links are not followed, so nothing outside of the folder
 * is met and nothing twice. A folder that cannot be read is one refused entry. Stops after `most` entries: then the answer is longer
 * than `most` by one.
 */
export async function walkFolder(folder: string, most: number, signal: AbortSignal): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  const waiting = [''];
  for (let next = waiting.pop(); next !== undefined && entries.length <= most; next = waiting.pop()) {
    if (signal.aborted) throw new CancelledError();
    const found = await listFolder(join(folder, next));
    if (found === null) entries.push(refused(folder, next, 'evidence.unreadable'));
    else {
      const inner: string[] = [];
      for (const entry of found) {
        const name = entry.name.toString();
        const relativePath = next === '' ? name : `${next}/${name}`;
        // Its path as text leads nowhere.
        if (!isUtf8(entry.name)) entries.push(refused(folder, relativePath, 'evidence.name-not-text'));
        else if (!entry.isDirectory()) entries.push(examine(folder, relativePath, entry));
        else if (relativePath.split('/').length > deepest) entries.push(refused(folder, relativePath, 'evidence.unreadable'));
        else inner.push(relativePath);
        if (entries.length > most) break;
      }
      // The last one that is put there is taken first.
      waiting.push(...inner.reverse());
    }
  }
  return entries;
}

async function listFolder(path: string): Promise<Dirent<Buffer>[] | null> {
  try {
    const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
    return entries.sort((one, other) => (one.name.toString() < other.name.toString() ? -1 : 1));
  } catch {
    return null;
  }
}

function examine(folder: string, relativePath: string, entry: Dirent<Buffer>): FolderEntry {
  if (entry.isSymbolicLink()) return refused(folder, relativePath, 'evidence.link-not-followed');
  if (!entry.isFile()) return refused(folder, relativePath, 'evidence.not-a-file');
  const path = join(folder, relativePath);
  try {
    return { path, relativePath, size: lstatSync(path).size, refused: null };
  } catch {
    return refused(folder, relativePath, 'evidence.unreadable');
  }
}

function refused(folder: string, relativePath: string, code: RefusedEntry): FolderEntry {
  return { path: join(folder, relativePath), relativePath, size: 0, refused: code };
}
