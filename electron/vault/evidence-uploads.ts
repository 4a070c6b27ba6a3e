import { randomUUID } from 'node:crypto';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { type AttachResult, uploadChunkLimit } from '../../shared/ipc/evidence.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { releaseMemory } from './crypto/chunks.ts';
import { startObject } from './evidence/content.ts';
import type { LargeObjectWriter } from './evidence/large-writer.ts';
import { assertAcceptableSize } from './evidence/source.ts';
import type { ObjectStore, ObjectWriter, SealedObject } from './evidence/store.ts';
import { type AttachmentDetails, recordEvidence } from './evidence-attach.ts';
import { assertControls } from './evidence-links.ts';
import type { Session } from './session.ts';

/** Files that the window streams as bytes: dropped or pasted, so there is no path. */
export interface Upload {
  readonly auditId: AuditId;
  readonly name: string;
  readonly size: number;
  readonly controls: readonly ControlReference[];
  readonly details: AttachmentDetails;
  readonly writer: ObjectWriter | LargeObjectWriter;
  received: number;
  /** Resolves when every piece so far was taken. Pieces are taken in the order they came, also when nobody waited between them. */
  taken: Promise<void>;
}

const mostUploads = 16;

type Uploads = Map<string, Upload>;

type NewUpload = Omit<Upload, 'writer' | 'received' | 'taken'>;

export function beginUpload(uploads: Uploads, session: Session, store: ObjectStore, input: NewUpload): string {
  assertAcceptableSize(input.size);
  requireOpenAudit(session.records, input.auditId);
  assertControls(session.records, input.auditId, input.controls);
  if (uploads.size >= mostUploads) throw new ExpectedError('payload.invalid', 'Too many files at once.');
  const id = randomUUID();
  uploads.set(id, { ...input, writer: startObject(store, input.size), received: 0, taken: Promise.resolve() });
  return id;
}

/** Resolves when the piece was taken, and its memory given back: the window sends the next one then. */
export async function uploadChunk(uploads: Uploads, id: string, bytes: Uint8Array): Promise<void> {
  const upload = find(uploads, id);
  upload.received += bytes.length;
  try {
    if (bytes.length > uploadChunkLimit || upload.received > upload.size)
      throw new ExpectedError('evidence.changed', 'Wait until the file is complete, then attach it again.');
    upload.taken = upload.taken.then(() => upload.writer.write(bytes));
    await upload.taken;
    releaseMemory(bytes);
  } catch (error) {
    await cancelUpload(uploads, id);
    throw error;
  }
}

export async function finishUpload(uploads: Uploads, session: Session, id: string): Promise<AttachResult> {
  const upload = find(uploads, id);
  uploads.delete(id);
  let object: SealedObject;
  try {
    await upload.taken;
    if (upload.received !== upload.size)
      throw new ExpectedError('evidence.changed', 'Wait until the file is complete, then attach it again.');
    object = await upload.writer.finish();
  } catch (error) {
    await upload.writer.discard();
    throw error;
  }
  const { auditId, name: originalName, controls, details } = upload;
  return recordEvidence(session, { auditId, originalName, controls, object, details });
}

/** Forgets an upload and removes its chunks; unknown ones are already gone. */
export async function cancelUpload(uploads: Uploads, id: string): Promise<void> {
  const upload = uploads.get(id);
  if (upload === undefined) return;
  uploads.delete(id);
  await upload.writer.discard();
}

/** Forgets all uploads and leaves the chunk file alone: its vault is closed. */
export function abandonUploads(uploads: Uploads): void {
  for (const { writer } of uploads.values()) if ('abandon' in writer) writer.abandon();
  uploads.clear();
}

function find(uploads: Uploads, id: string): Upload {
  const upload = uploads.get(id);
  if (upload === undefined) throw new ExpectedError('token.unknown', 'Drop the file again.');
  return upload;
}
