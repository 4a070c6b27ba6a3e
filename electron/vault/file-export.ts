import { createHash } from 'node:crypto';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { CallContext } from './context.ts';
import { partialFile, removeQuietly, syncFolder, translateFileError } from './files.ts';

interface ExportOptions {
  readonly total: number;
  readonly label: string;
  /** Checked before the file gets its name: what is handed out is what was sealed. */
  readonly expectedSha256: string;
  readonly context: CallContext;
}

/**
 * Streams pieces to a picked place. The file appears under its name only when it is whole, verified and durable; a
 * cancelled or failed export leaves nothing. Errors: `disk.full`, `file.not-written`, `evidence.damaged`.
 */
export async function exportFile(path: string, pieces: Iterable<Uint8Array>, options: ExportOptions): Promise<void> {
  const temporary = partialFile(path);
  const hash = createHash('sha256');
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      let done = 0;
      for (const piece of pieces) {
        if (options.context.signal.aborted) throw new CancelledError();
        hash.update(piece);
        await file.writeFile(piece);
        done += piece.length;
        options.context.progress({ label: options.label, done, total: options.total, unit: 'bytes' });
      }
      if (hash.digest('hex') !== options.expectedSha256) throw new ExpectedError('evidence.damaged', 'Restore the vault from a backup.');
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    syncFolder(dirname(path));
  } catch (error) {
    removeQuietly(temporary);
    throw translateFileError(error);
  }
}
