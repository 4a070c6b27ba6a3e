import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { CallContext } from './context.ts';
import type { ObjectContent } from './evidence/large-reader.ts';
import { partialFile, removeQuietly, syncFolder, translateFileError } from './files.ts';
import { createCachedFile, createDirectFile } from './sequential-file.ts';

interface ExportOptions {
  readonly total: number;
  readonly label: string;
  /** Checked before the file gets its name: what is handed out is what was sealed. */
  readonly expectedSha256: string;
  readonly context: CallContext;
}

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
  const file = await (content.isAligned ? createDirectFile(path) : createCachedFile(path));
  try {
    for await (const piece of content.pieces) {
      if (signal.aborted) throw new CancelledError();
      await file.write(piece);
      onBytes(piece.length);
    }
    if (content.sha256() !== expectedSha256) throw new ExpectedError('evidence.damaged', 'Restore the vault from a backup.');
    await file.finish();
  } finally {
    await file.close();
  }
}
