import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ExpectedError } from '../../shared/ipc/errors.ts';

/** A name for what is not whole yet, beside the place it is meant for and however long its name is. */
export function partialFile(path: string): string {
  return join(dirname(path), `.sealbook-${randomUUID().slice(0, 8)}.part`);
}

/** Removes what writing files of this folder left when it was killed. Folders of that name belong to whoever is filling them. */
export function removePartialFiles(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile() && /^\.sealbook-[0-9a-f]{8}\.part$/.test(entry.name)) removeQuietly(join(folder, entry.name));
}

/** Writes a whole file so that after a crash or a full disk the place holds either the old content or the new, never half. */
export function writeFileDurably(path: string, content: string | Uint8Array): void {
  const temporary = partialFile(path);
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      for (let offset = 0; offset < bytes.length; ) offset += writeSync(file, bytes, offset);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeQuietly(temporary);
    throw translateFileError(error);
  }
}

/** Removes what is not whole. That this fails too must not hide why it was not written. */
export function removeQuietly(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true });
  } catch {
    // Told by the error that led here.
  }
}

/** Makes a file durable that was written by other means. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The same for a file that may be large: other calls are answered while the disk takes it. */
export async function syncFileBeside(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable. Windows cannot open folders; there the rename itself is journalled. */
export function syncFolder(folder: string): void {
  let handle: number;
  try {
    handle = openSync(folder, 'r');
  } catch {
    return;
  }
  try {
    fsyncSync(handle);
  } catch {
    // Some file systems refuse to sync a folder; the file itself is already on disk.
  } finally {
    closeSync(handle);
  }
}

/** Turns the operating system's errors while writing into expected ones; others pass through. */
export function translateFileError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG')
    return new ExpectedError('disk.full', 'Free some space and try again. No partial file was left.');
  if (['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EISDIR', 'ENOTDIR', 'EIO', 'EBUSY', 'ENAMETOOLONG', 'EINVAL'].includes(code)) {
    return new ExpectedError('file.not-written', 'Choose another place. No partial file was left.', { reason: code });
  }
  return error;
}
