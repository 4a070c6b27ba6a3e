import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { CancelledError, type ErrorCode, ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { announce, type CallContext, yieldToOthers } from './context.ts';
import { sealFile } from './evidence/source.ts';
import { createObject } from './evidence/store.ts';
import { type AttachmentDetails, failedAttachment, recordEvidence } from './evidence-attach.ts';
import type { Session } from './session.ts';

/** Sealing many files one after the other: each ends attached whole, or not at all with the reason. */

export interface FileToAttach {
  /** Gives the path, or throws why there is none. */
  readonly path: () => string;
  /** How it is called in the result when it is not attached; the name of the file when absent. */
  readonly shownAs?: string;
  /** Why it is not attached, when that is known already. */
  readonly refused?: ErrorCode | null;
  readonly details: AttachmentDetails;
  /** Controls of this file besides those of all. */
  readonly controls?: readonly ControlReference[];
}

export interface FilesToAttach {
  readonly auditId: AuditId;
  readonly controls: readonly ControlReference[];
  readonly files: readonly FileToAttach[];
}

/** Milliseconds between two messages to the window that something is new: it reads the whole list each time. */
const announcePause = 1000;

/** Hints of what is found to be no file before it is opened. */
const hints: Partial<Record<ErrorCode, string>> = {
  'evidence.link-not-followed': 'Attach the file that it leads to.',
  'evidence.not-a-file': 'Devices and pipes cannot be attached.',
  'evidence.unreadable': 'Check its permissions and the disk, then try again.',
};

/**
 * Seals the files in their order. Progress is in bytes over all of them. When it is cancelled, what is attached stays and the list ends
 * there; when nothing was attached yet, it throws a `CancelledError`.
 */
export async function attachFiles(
  context: CallContext,
  session: Session,
  { auditId, controls, files }: FilesToAttach,
): Promise<AttachResult[]> {
  const known = files.map(sizeBefore);
  const total = known.reduce((sum, { size }) => sum + size, 0);
  const results: AttachResult[] = [];
  let before = 0;
  let announced = 0;
  for (const [index, file] of files.entries()) {
    const { path, error, size } = known[index] ?? { path: '', error: null, size: 0 };
    const name = file.shownAs ?? basename(path);
    try {
      if (context.signal.aborted) throw new CancelledError();
      if (error !== null) throw error;
      const label = files.length === 1 ? name : `${index + 1} / ${files.length} ${name}`;
      const object = await sealFile(
        path,
        () => createObject(session.chunks, session.keys.evidence),
        context.signal,
        (done) => context.progress({ label, done: before + done, total, unit: 'bytes' }),
      );
      const all = [...controls, ...(file.controls ?? [])];
      const result = await recordEvidence(session, { auditId, originalName: basename(path), controls: all, object, details: file.details });
      results.push({ ...result, name: file.shownAs ?? result.name });
      if (Date.now() - announced >= announcePause) {
        announced = Date.now();
        announce(context, ['evidence', 'answers'], auditId);
      }
    } catch (thrown) {
      if (thrown instanceof CancelledError && results.length > 0) break;
      const failed = failedAttachment(name, thrown);
      results.push({ ...failed, name: file.shownAs ?? failed.name });
    }
    before += size;
    await yieldToOthers();
  }
  announce(context, ['evidence', 'answers'], auditId);
  return results;
}

interface Known {
  readonly path: string;
  readonly error: unknown;
  readonly size: number;
}

/** What is known before the first byte is read, so that progress has a whole to be part of. */
function sizeBefore(file: FileToAttach): Known {
  let path = '';
  try {
    path = file.path();
  } catch (error) {
    return { path, error, size: 0 };
  }
  if (file.refused !== undefined && file.refused !== null) {
    return { path, error: new ExpectedError(file.refused, hints[file.refused]), size: 0 };
  }
  try {
    const found = statSync(path);
    return { path, error: null, size: found.isFile() ? found.size : 0 };
  } catch {
    // Why it cannot be read is told when its turn comes.
    return { path, error: null, size: 0 };
  }
}
