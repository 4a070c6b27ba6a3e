import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { AppError } from '../app-error.ts';

/** What is known of a file besides its bytes. */
export interface UploadDetails {
  readonly title?: string;
  readonly source?: string;
  readonly method?: string;
  readonly collectedAt?: string;
  readonly relativePath?: string;
}

/** The four calls an upload makes; the bridge has them, tests have their own. */
export interface UploadCalls {
  begin(payload: {
    auditId: AuditId;
    name: string;
    size: number;
    controls: ControlReference[];
    details?: UploadDetails;
  }): Promise<{ uploadId: string }>;
  chunk(payload: { uploadId: string; bytes: Uint8Array }): Promise<null>;
  finish(payload: { uploadId: string }): Promise<AttachResult>;
  cancel(payload: { uploadId: string }): Promise<null>;
}

/** What an upload needs of a file; a `File` is one. */
export interface UploadFile {
  readonly name: string;
  readonly size: number;
  slice(start: number, end: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

export interface UploadTask {
  readonly auditId: AuditId;
  readonly file: UploadFile;
  readonly controls: readonly ControlReference[];
  readonly details?: UploadDetails;
  readonly signal: AbortSignal;
  /** Bytes of this file that the vault has taken so far. */
  readonly onBytes: (done: number) => void;
}

/** Bytes read and sent at a time: the contract's limit, which the tests hold it to. */
export const chunkSize = 4 * 1024 * 1024;

/**
 * Streams one file into the vault. The next chunk is read only after the vault took the one before, so memory stays at
 * one chunk whatever the size. A file that cannot be read or is cancelled leaves nothing behind. Throws an `AppError`.
 */
export async function upload(calls: UploadCalls, task: UploadTask): Promise<AttachResult> {
  const { auditId, file, controls, details, signal } = task;
  throwIfCancelled(signal);
  const { uploadId } = await calls.begin({
    auditId,
    name: file.name,
    size: file.size,
    controls: [...controls],
    ...(details === undefined ? {} : { details }),
  });
  try {
    await sendChunks(calls, uploadId, task);
  } catch (error) {
    // The first error is the one to tell; an upload that cannot be cancelled either went with the vault process.
    await calls.cancel({ uploadId }).catch(() => null);
    throw error;
  }
  return calls.finish({ uploadId });
}

async function sendChunks(calls: UploadCalls, uploadId: string, { file, signal, onBytes }: UploadTask): Promise<void> {
  for (let start = 0; start < file.size; start += chunkSize) {
    throwIfCancelled(signal);
    const bytes = await readPart(file, start, Math.min(start + chunkSize, file.size));
    await calls.chunk({ uploadId, bytes });
    onBytes(start + bytes.byteLength);
  }
  throwIfCancelled(signal);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError({ kind: 'cancelled' });
}

/** Throws `evidence.unreadable` when the file vanished, changed or may not be read. */
async function readPart(file: UploadFile, start: number, end: number): Promise<Uint8Array> {
  const part = await file
    .slice(start, end)
    .arrayBuffer()
    .catch(() => null);
  if (part?.byteLength === end - start) return new Uint8Array(part);
  throw new AppError({ kind: 'expected', code: 'evidence.unreadable', message: '', hint: '', data: {} });
}
