import { randomUUID } from 'node:crypto';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { type AttachResult, uploadChunkLimit } from '../../shared/ipc/evidence.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { assertAcceptableSize } from './evidence/source.ts';
import { createObject, type ObjectWriter, type SealedObject } from './evidence/store.ts';
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
  readonly writer: ObjectWriter;
  received: number;
}

const mostUploads = 16;

type Uploads = Map<string, Upload>;

export function beginUpload(uploads: Uploads, session: Session, input: Omit<Upload, 'writer' | 'received'>): string {
  assertAcceptableSize(input.size);
  requireOpenAudit(session.records, input.auditId);
  assertControls(session.records, input.auditId, input.controls);
  if (uploads.size >= mostUploads) throw new ExpectedError('payload.invalid', 'Too many files at once.');
  const id = randomUUID();
  uploads.set(id, { ...input, writer: createObject(session.chunks, session.keys.evidence), received: 0 });
  return id;
}

export function uploadChunk(uploads: Uploads, id: string, bytes: Uint8Array): void {
  const upload = find(uploads, id);
  if (bytes.length > uploadChunkLimit || upload.received + bytes.length > upload.size) {
    cancelUpload(uploads, id);
    throw new ExpectedError('evidence.changed', 'Wait until the file is complete, then attach it again.');
  }
  try {
    upload.writer.write(bytes);
  } catch (error) {
    cancelUpload(uploads, id);
    throw error;
  }
  upload.received += bytes.length;
}

export async function finishUpload(uploads: Uploads, session: Session, id: string): Promise<AttachResult> {
  const upload = find(uploads, id);
  uploads.delete(id);
  if (upload.received !== upload.size) {
    upload.writer.discard();
    throw new ExpectedError('evidence.changed', 'Wait until the file is complete, then attach it again.');
  }
  let object: SealedObject;
  try {
    object = upload.writer.finish();
  } catch (error) {
    upload.writer.discard();
    throw error;
  }
  const { auditId, name: originalName, controls, details } = upload;
  return recordEvidence(session, { auditId, originalName, controls, object, details });
}

/** Forgets an upload and removes its chunks; unknown ones are already gone. */
export function cancelUpload(uploads: Uploads, id: string): void {
  const upload = uploads.get(id);
  if (upload === undefined) return;
  uploads.delete(id);
  upload.writer.discard();
}

function find(uploads: Uploads, id: string): Upload {
  const upload = uploads.get(id);
  if (upload === undefined) throw new ExpectedError('token.unknown', 'Drop the file again.');
  return upload;
}
