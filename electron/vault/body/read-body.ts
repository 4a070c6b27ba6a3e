import { stat } from 'node:fs/promises';
import { basename, isAbsolute, normalize, sep } from 'node:path';
import type { AuditId, ControlReference, EvidenceId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import type { BodyImport, BodyProblem } from '../../../shared/ipc/evidence.ts';
import { type CallContext, objectStore } from '../context.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import { startObject } from '../evidence/content.ts';
import { deleteObject } from '../evidence/store.ts';
import { type AttachmentDetails, attached, recordEvidence } from '../evidence-attach.ts';
import { isInAudit, linkToControl } from '../evidence-links.ts';
import { yieldToOthers } from '../give-way.ts';
import { type Change, change, type Session } from '../session.ts';
import { openFolderSource } from './folder-source.ts';
import { controlsIn, describedIn, type IndexRow, readIndex, readPlaces } from './read-index.ts';
import { noteReceived, restoreRelations, type TakenPiece } from './relations.ts';
import type { BodySource } from './source.ts';
import { openZipSource } from './zip-source.ts';

/**
 * Takes a body of evidence into an audit. A piece that is there already, by its hash, is linked; another one is attached when
 * the file is what the index says, and is related to others as the index says. Every row ends with a result; what cannot be taken over is told.
 */
export async function readBody(context: CallContext, session: Session, auditId: AuditId, path: string): Promise<BodyImport> {
  const source = (await isFolder(path)) ? openFolderSource(path) : await openZipSource(path);
  try {
    return await takeRows(context, session, auditId, source);
  } finally {
    source.close();
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => {
    throw new ExpectedError('evidence.unreadable', 'It was moved or deleted. Pick it again.');
  });
  // A pipe would be waited for.
  if (!found.isDirectory() && !found.isFile()) throw new ExpectedError('evidence.not-a-file', 'Choose the folder or the zip file.');
  return found.isDirectory();
}

/** When it is cancelled, what was taken stays, and the result tells how many rows were not reached. */
async function takeRows(context: CallContext, session: Session, auditId: AuditId, source: BodySource): Promise<BodyImport> {
  const rows = await readIndex(source);
  const places = readPlaces(await source.checksums());
  const result = { linked: 0, attached: 0, unknownControls: 0, problems: [] as BodyProblem[], remarks: [] as BodyProblem[] };
  const taken: TakenPiece[] = [];
  let reached = 0;
  try {
    for (const row of rows) {
      if (context.signal.aborted) break;
      const path = row.path ?? '';
      const wanted = controlsIn(row);
      const controls = wanted.filter((control) => isInAudit(session.records, auditId, control));
      context.progress({ label: path, done: reached + 1, total: rows.length, unit: 'items' });
      const sha256 = (row.sha256 ?? '').trim().toLowerCase();
      const known = findByHash(session.records, auditId, sha256);
      if (known !== undefined) {
        change(session, (tx) => {
          for (const control of controls) linkToControl(tx, auditId, known, control, true);
        });
        result.linked += 1;
        taken.push({ id: known, row, isNew: false });
      } else {
        const { details, unusable } = describedIn(row);
        const file = { row: { ...row, sha256 }, places: places.get(sha256) ?? [], controls, details };
        const found = await attachPiece(context, session, auditId, source, file);
        if (typeof found === 'string') {
          result.attached += 1;
          taken.push({ id: found, row, isNew: true });
          if (unusable.length > 0)
            result.remarks.push({ path, message: `Not taken over, because it cannot be read: ${unusable.join(', ')}.` });
        } else result.problems.push({ path, message: found.problem });
      }
      result.unknownControls += wanted.length - controls.length;
      reached += 1;
      await yieldToOthers();
    }
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
  const notReached = rows.length - reached;
  result.remarks.push(...(await restoreRelations(session, auditId, taken, notReached === 0)));
  return { ...result, notReached };
}

interface IndexedFile {
  readonly row: IndexRow;
  /** Paths at which it lies too. */
  readonly places: readonly string[];
  readonly controls: readonly ControlReference[];
  readonly details: AttachmentDetails;
}

/** The new piece, or why it was not attached. Where the file that the index names is not the piece any more, another place may still have it. */
async function attachPiece(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  source: BodySource,
  { row, places, ...known }: IndexedFile,
): Promise<EvidenceId | { readonly problem: string }> {
  let first: { readonly problem: string } | null = null;
  for (const path of new Set([row.path ?? '', ...places])) {
    const found = await attachFile(context, session, auditId, source, { row: { ...row, path }, ...known });
    if (typeof found === 'string') return found;
    first ??= found;
  }
  return first ?? { problem: '' };
}

/** The new piece, or the reason. A path never leads out of the folder. */
async function attachFile(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  source: BodySource,
  { row, controls, details }: Omit<IndexedFile, 'places'>,
): Promise<EvidenceId | { readonly problem: string }> {
  const path = normalize(row.path ?? '');
  if (path === '' || path === '.' || path.includes('\0') || isAbsolute(path) || path.split(sep).includes('..'))
    return { problem: 'The path leads out of the folder.' };
  try {
    const object = await source.seal(path, (size) => startObject(objectStore(context), size), context.signal);
    if (object.sha256 !== row.sha256) {
      deleteObject(session.chunks, object.id);
      return { problem: 'The file is not the one the index describes: its SHA-256 differs.' };
    }
    const originalName = row['original name'] || basename(path).replace(/^E-\d+ /, '');
    const alsoRecord = (tx: Change, id: EvidenceId, duplicate: boolean) => {
      if (!duplicate) noteReceived(tx, auditId, id, row.label);
    };
    return attached(await recordEvidence(session, { auditId, originalName, controls, object, details, alsoRecord })).id;
  } catch (error) {
    if (error instanceof ExpectedError) return { problem: error.message };
    throw error;
  }
}

function findByHash(database: ReadableDatabase, auditId: AuditId, sha256: string): EvidenceId | undefined {
  return database.get<{ id: EvidenceId }>(
    sql`SELECT evidence.id FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id
        WHERE evidence.audit_id = ${auditId} AND evidence_object.sha256 = ${sha256}`,
  )?.id;
}
