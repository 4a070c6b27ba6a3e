import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { CallContext } from './context.ts';
import type { ObjectContent } from './evidence/large-reader.ts';
import { partialFile, removeQuietly, syncFolder, translateFileError } from './files.ts';

interface ExportOptions {
  readonly total: number;
  readonly label: string;
  /** Checked before the file gets its name: what is handed out is what was sealed. */
  readonly expectedSha256: string;
  readonly context: CallContext;
}

/** Bytes after which the disk is asked to begin writing, so that the end finds little left to wait for. */
const flushStep = 32 * 1024 * 1024;
/** Bytes written at a time. From 2 MiB on Linux takes huge pages for its cache, which a virtual machine's host may have to find first. */
const writeStep = 512 * 1024;

/**
 * Streams content to a picked place. The file appears under its name only when it is whole, verified and durable; a
 * cancelled or failed export leaves nothing. Errors: `disk.full`, `file.not-written`, `evidence.damaged`.
 */
export async function exportFile(path: string, content: ObjectContent, options: ExportOptions): Promise<void> {
  const { context, expectedSha256, label, total } = options;
  const temporary = partialFile(path);
  let done = 0;
  try {
    await writeContent(temporary, content, expectedSha256, context.signal, (bytes) => {
      done += bytes;
      context.progress({ label, done, total, unit: 'bytes' });
    });
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeQuietly(temporary);
    throw translateFileError(error);
  }
}

/** Writes content into a new file: durable, and compared with its hash, when it returns. Throws `evidence.damaged`. */
export async function writeContent(
  path: string,
  content: ObjectContent,
  expectedSha256: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  let flushing: Promise<unknown> = Promise.resolve();
  try {
    let unflushed = 0;
    for await (const piece of content.pieces) {
      if (signal.aborted) throw new CancelledError();
      await writeWhole(file, piece);
      onBytes(piece.length);
      unflushed += piece.length;
      if (unflushed < flushStep) continue;
      unflushed = 0;
      // Beside the next pieces; what fails here fails again at the end.
      flushing = flushing.then(() => file.datasync()).catch(() => undefined);
    }
    if (content.sha256() !== expectedSha256) throw new ExpectedError('evidence.damaged', 'Restore the vault from a backup.');
    await flushing;
    await file.sync();
  } finally {
    await flushing;
    await file.close();
  }
}

async function writeWhole(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let at = 0; at < piece.length; ) at += (await file.write(piece, at, Math.min(writeStep, piece.length - at))).bytesWritten;
}
