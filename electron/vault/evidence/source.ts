import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import { chunkSize, releaseMemory } from '../crypto/chunks.ts';
import type { LargeObjectWriter } from './large-writer.ts';
import type { ObjectWriter, SealedObject } from './store.ts';

/** Largest file that can be attached: 64 GiB. */
export const largestFile = 2 ** 36;

/**
 * Streams a regular file into a writer with constant memory. Refuses an empty file, anything that is not a regular file,
 * and a file that changes while it is read. On any error the writer's chunks are removed.
 */
export async function sealFile(
  path: string,
  startObject: (size: number) => ObjectWriter | LargeObjectWriter,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<SealedObject> {
  const file = await openRegularFile(path);
  try {
    const before = await file.stat();
    assertAcceptableSize(before.size);
    const writer = startObject(before.size);
    try {
      const done = await pump(file, before.size, writer, signal, onBytes);
      const after = await file.stat();
      if (done !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs)
        throw new ExpectedError('evidence.changed', 'Wait until it is complete, then attach it again.');
      const object = await writer.finish();
      if (signal.aborted) throw new CancelledError();
      return object;
    } catch (error) {
      await discardQuietly(writer);
      throw translateReadError(error);
    }
  } finally {
    await file.close();
  }
}

/** Throws for sizes that are never attached. */
export function assertAcceptableSize(size: number): void {
  if (size === 0) throw new ExpectedError('evidence.empty', 'Attach the file that has the content.');
  if (size > largestFile) throw new ExpectedError('evidence.too-large', 'At most 64\u00a0GiB per file; split it first.');
}

/** Returns how many bytes were read: as many as the file had, or fewer when it ends before. */
async function pump(
  file: FileHandle,
  size: number,
  writer: ObjectWriter | LargeObjectWriter,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<number> {
  const buffer = 'room' in writer ? null : Buffer.allocUnsafeSlow(Math.min(size, chunkSize));
  try {
    for (let done = 0; ; ) {
      const room = buffer ?? ('room' in writer ? await writer.room() : new Uint8Array());
      const { bytesRead } = await file.read(room, 0, Math.min(room.length, size - done), done);
      if (signal.aborted) throw new CancelledError();
      if (bytesRead === 0) return done;
      if ('room' in writer) writer.filled(bytesRead);
      else writer.write(room.subarray(0, bytesRead));
      done += bytesRead;
      onBytes(done, size);
      if (done === size) return done;
    }
  } finally {
    if (buffer !== null) releaseMemory(buffer);
  }
}

async function openRegularFile(path: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    // Without O_NONBLOCK opening a named pipe would wait for a writer for ever.
    file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    throw isLostName(path, error)
      ? new ExpectedError('evidence.name-not-text', 'Rename it, then attach it again.')
      : translateReadError(error);
  }
  const stat = await file.stat();
  if (!stat.isFile()) {
    await file.close();
    throw new ExpectedError('evidence.not-a-file', 'Folders, devices and pipes cannot be attached; attach the files in them.');
  }
  return file;
}

async function discardQuietly(writer: ObjectWriter | LargeObjectWriter): Promise<void> {
  try {
    await writer.discard();
  } catch {
    // On a full disk even deleting may fail; the leftovers are collected at the next open.
  }
}

/** Whether nothing is found because the name was no text: the path then holds the mark that stands in for what could not be read. */
function isLostName(path: string, error: unknown): boolean {
  return path.includes('\ufffd') && error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function translateReadError(error: unknown): unknown {
  // Whatever the system says when a file is opened or read: drivers and network disks have errors of their own.
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return error;
  const reason = String(error.code);
  const hint = reason === 'ENOENT' ? 'It was moved or deleted. Pick it again.' : 'Check its permissions and the disk, then try again.';
  return new ExpectedError('evidence.unreadable', hint, { reason });
}

/**
 * The bytes of a picked file that is small by its kind. Null where it cannot be read, is no regular file or is larger than that: a pipe would
 * be waited for and a device read for ever.
 */
export async function readSmallFile(path: string, mostBytes: number): Promise<Buffer | null> {
  try {
    const file = await openRegularFile(path);
    try {
      return (await file.stat()).size > mostBytes ? null : await file.readFile();
    } finally {
      await file.close();
    }
  } catch {
    return null;
  }
}
