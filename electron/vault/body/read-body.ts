import { readFile, stat } from 'node:fs/promises';
import { isAbsolute, join, normalize, sep } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { AuditId, ControlReference, EvidenceId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import type { BodyImport } from '../../../shared/ipc/evidence.ts';
import { type CallContext, yieldToOthers } from '../context.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import { sealFile } from '../evidence/source.ts';
import { createObject, deleteObject } from '../evidence/store.ts';
import { recordEvidence } from '../evidence-attach.ts';
import { linkToControl } from '../evidence-links.ts';
import { change, type Session } from '../session.ts';

/** Bytes of an index; one of 100,000 pieces has about 50 million. */
const largestIndex = 256 * 1024 * 1024;

type IndexRow = Readonly<Record<string, string | undefined>>;

/**
 * Takes a body of evidence into an audit. A piece that is there already, by its hash, is linked; another one is attached when
 * the file is what the index says. Every row ends with a result; controls that the audit does not have are told.
 */
export async function readBody(context: CallContext, session: Session, auditId: AuditId, folder: string): Promise<BodyImport> {
  const rows = await readIndex(folder);
  const result = { linked: 0, attached: 0, unknownControls: 0, problems: [] as { path: string; message: string }[] };
  for (const [index, row] of rows.entries()) {
    if (context.signal.aborted) throw new CancelledError();
    const path = row.path ?? '';
    const wanted = (row.controls ?? '').split(/\r?\n/).flatMap(toReference);
    const controls = wanted.filter((control) => isInAudit(session.records, auditId, control));
    result.unknownControls += wanted.length - controls.length;
    context.progress({ label: path, done: index + 1, total: rows.length, unit: 'items' });
    const known = findByHash(session.records, auditId, row.sha256 ?? '');
    if (known !== undefined) {
      change(session, (tx) => {
        for (const control of controls) linkToControl(tx, auditId, known, control, true);
      });
      result.linked += 1;
    } else {
      const problem = await attachPiece(context, session, auditId, folder, row, controls);
      if (problem === null) result.attached += 1;
      else result.problems.push({ path, message: problem });
    }
    await yieldToOthers();
  }
  return result;
}

async function readIndex(folder: string): Promise<IndexRow[]> {
  try {
    const index = join(folder, 'INDEX.csv');
    if ((await stat(index)).size > largestIndex) throw new Error('too large');
    return parse(await readFile(index), { bom: true, columns: true, relax_column_count: true }) as IndexRow[];
  } catch {
    throw new ExpectedError('evidence.unreadable', 'Choose the folder of a body of evidence: INDEX.csv is missing or cannot be read.');
  }
}

/** Null when attached, else the reason. A path of the index never leads out of its folder. */
async function attachPiece(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  folder: string,
  row: IndexRow,
  controls: readonly ControlReference[],
): Promise<string | null> {
  const path = normalize(row.path ?? '');
  if (path === '' || path === '.' || isAbsolute(path) || path.split(sep).includes('..')) return 'The path leads out of the folder.';
  try {
    const object = await sealFile(
      join(folder, path),
      () => createObject(session.chunks, session.keys.evidence),
      context.signal,
      () => undefined,
    );
    if (object.sha256 !== row.sha256) {
      deleteObject(session.chunks, object.id);
      return 'The file is not the one the index describes: its SHA-256 differs.';
    }
    const originalName = (path.split(sep).at(-1) ?? path).replace(/^E-\d+ /, '');
    await recordEvidence(session, { auditId, originalName, controls, object });
    return null;
  } catch (error) {
    if (error instanceof ExpectedError) return error.message;
    throw error;
  }
}

function toReference(key: string): ControlReference[] {
  const slash = key.indexOf('/');
  return slash <= 0 ? [] : [{ packId: key.slice(0, slash), controlId: key.slice(slash + 1) }];
}

function isInAudit(database: ReadableDatabase, auditId: AuditId, { packId, controlId }: ControlReference): boolean {
  return (
    database.get(sql`SELECT 1 FROM answer WHERE audit_id = ${auditId} AND pack_id = ${packId} AND control_id = ${controlId}`) !== undefined
  );
}

function findByHash(database: ReadableDatabase, auditId: AuditId, sha256: string): EvidenceId | undefined {
  return database.get<{ id: EvidenceId }>(
    sql`SELECT evidence.id FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id
        WHERE evidence.audit_id = ${auditId} AND evidence_object.sha256 = ${sha256}`,
  )?.id;
}
