import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { CancelledError, type ErrorCode, ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { announce, type CallContext, objectStore } from './context.ts';
import { startObject } from './evidence/content.ts';
import { sealFile } from './evidence/source.ts';
import { type Attachment, type AttachmentDetails, failedAttachment, recordAll } from './evidence-attach.ts';
import { readAttached } from './evidence-index.ts';
import { yieldToOthers } from './give-way.ts';
import type { Session } from './session.ts';

/** Sealing many files one after the other: each ends attached whole, or not at all with the reason. */

export interface FileToAttach {
  /** Gives the path, or throws why there is none. */
  readonly path: () => string;
  /** How it is called in the result; the name of the file when absent or empty. */
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

/** Milliseconds between two messages to the window that something is new: it asks what changed each time. */
const announcePause = 1000;

/** Files that are read one by one while their attaching is awaited. */
const mostReadAtOnce = 10;

/** Hints of what is found to be no file before it is opened. */
const hints: Partial<Record<ErrorCode, string>> = {
  'evidence.link-not-followed': 'Attach the file that it leads to.',
  'evidence.name-not-text': 'Rename it, then attach it again.',
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
  const store = objectStore(context);
  const known = files.map((file) => ({ file, ...sizeBefore(file) }));
  const total = known.reduce((sum, { size }) => sum + size, 0);
  const results: AttachResult[] = [];
  const group = openGroup(session, results);
  let before = 0;
  let announced = 0;
  for (const [index, { file, path, error, size }] of known.entries()) {
    const name = file.shownAs || basename(path);
    try {
      if (context.signal.aborted) throw new CancelledError();
      if (error !== null) throw error;
      const label = files.length === 1 ? name : `${index + 1} / ${files.length} ${name}`;
      const object = await sealFile(
        path,
        (bytes) => startObject(store, bytes),
        context.signal,
        (done) => context.progress({ label, done: before + done, total, unit: 'bytes' }),
      );
      const all = [...controls, ...(file.controls ?? [])];
      group.add(index, { auditId, originalName: basename(path), controls: all, object, details: file.details }, file.shownAs);
    } catch (thrown) {
      if (!(thrown instanceof ExpectedError)) {
        await group.record();
        if (thrown instanceof CancelledError && results.length > 0) break;
        throw thrown;
      }
      const failed = failedAttachment(name, thrown);
      results[index] = { ...failed, name: file.shownAs || failed.name };
    }
    before += size;
    if (group.isDue()) {
      await group.record();
      if (Date.now() - announced >= announcePause) {
        announced = Date.now();
        announce(context, ['evidence', 'answers'], auditId);
      }
    }
    await yieldToOthers();
  }
  await group.record();
  const told = results.length > mostReadAtOnce ? results : await withIdentifiers(context, session, results);
  announce(context, ['evidence', 'answers'], auditId);
  return told;
}

/** When the files that are sealed but not recorded yet are so many, so large or so old, they are made durable together. */
const groupLimit = { files: 256, bytes: 32 * 1024 * 1024, milliseconds: 500 };

interface Member {
  readonly place: number;
  readonly attachment: Attachment;
  readonly shownAs: string | undefined;
}

/** Files that share what it costs to be durable. Each gets its result when it is. */
function openGroup(session: Session, results: AttachResult[]) {
  let members: Member[] = [];
  let bytes = 0;
  let startedAt = Date.now();
  return {
    add(place: number, attachment: Attachment, shownAs: string | undefined): void {
      if (members.length === 0) startedAt = Date.now();
      members.push({ place, attachment, shownAs });
      bytes += attachment.object.size;
    },
    isDue: () =>
      members.length >= groupLimit.files ||
      bytes >= groupLimit.bytes ||
      (members.length > 0 && Date.now() - startedAt >= groupLimit.milliseconds),
    async record(): Promise<void> {
      const recorded = members;
      members = [];
      bytes = 0;
      if (recorded.length === 0) return;
      const outcomes = await recordAll(
        session,
        recorded.map(({ attachment }) => attachment),
      );
      for (const [index, { place, attachment, shownAs }] of recorded.entries()) {
        const outcome = outcomes[index];
        if (outcome === undefined) continue;
        const result = 'thrown' in outcome ? failedAttachment(attachment.originalName, outcome.thrown) : outcome;
        results[place] = { ...result, name: shownAs || result.name };
      }
    },
  };
}

/** Of few files what likely identifies persons is told with the result; of many it follows when they are read in the background. */
async function withIdentifiers(context: CallContext, session: Session, results: readonly AttachResult[]): Promise<AttachResult[]> {
  const looked: AttachResult[] = [];
  for (const result of results) {
    const { evidence } = result;
    looked.push(evidence === null ? result : { ...result, identifiers: await readAttached(context.process, session, evidence) });
  }
  return looked;
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
