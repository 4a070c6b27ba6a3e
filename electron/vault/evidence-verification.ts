import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { DamagedObject, EvidenceVerification, VerificationState } from '../../shared/ipc/upkeep.ts';
import type { CallContext } from './context.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { walkObject } from './evidence/store.ts';
import { decodeObject } from './evidence-repo.ts';
import { yieldToOthers } from './give-way.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/**
 * Verifying all evidence while other work goes on: every chunk's tag and every file's SHA-256. Each sealed object remembers when it
 * was last found whole; those that waited longest come first, so that a run that was stopped is gone on with by the next.
 */

/** Reads every sealed object. Stopped by the signal it keeps what it found so far. */
export async function verifyAllEvidence(
  session: Session,
  signal: AbortSignal,
  report: CallContext['progress'],
): Promise<EvidenceVerification> {
  const objects = session.records.all<{ id: string; size: number }>(
    sql`SELECT evidence_object.id, evidence_object.size FROM evidence_object LEFT JOIN object_check ON object_check.object_id = evidence_object.id
        ORDER BY coalesce(object_check.checked_at, ''), evidence_object.created_at, evidence_object.id`,
  );
  const total = objects.reduce((sum, { size }) => sum + size, 0);
  const found = new Map<string, boolean>();
  let done = 0;
  report({ label: '', done, total, unit: 'bytes' });
  for (const { id, size } of objects) {
    const before = done;
    const whole = await isObjectWhole(session, id, signal, (bytes) => {
      done += bytes;
      report({ label: '', done, total, unit: 'bytes' });
    });
    if (signal.aborted) break;
    // Destroyed meanwhile, there is nothing to remember.
    if (whole !== null) found.set(id, whole);
    done = before + size;
  }
  // What was found is worth keeping; while the key is changed nothing can be.
  while (session.state.keyChanging) await setTimeout(20);
  return remember(session, found, found.size, !signal.aborted, done);
}

/** Whether an object is exactly what was sealed; null when it is gone, or when the signal came first. */
async function isObjectWhole(session: Session, id: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<boolean | null> {
  // Read only now: its key may have been wrapped anew since the list was made.
  const row = session.records.get(sql`SELECT * FROM evidence_object WHERE id = ${id}`);
  if (row === undefined) return null;
  const object = decodeObject(row);
  const hash = createHash('sha256');
  let size = 0;
  try {
    for (const chunk of walkObject(session.chunks, object, session.keys.evidence)) {
      if (signal.aborted) return null;
      hash.update(chunk);
      size += chunk.length;
      onBytes(chunk.length);
      await yieldToOthers();
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    const isThere = session.records.get(sql`SELECT 1 FROM evidence_object WHERE id = ${id}`) !== undefined;
    return isThere ? false : null;
  }
  return size === object.size && hash.digest('hex') === object.sha256;
}

/** Keeps the result, with one event for the run and one in the ledger of each damaged piece. */
function remember(
  session: Session,
  found: ReadonlyMap<string, boolean>,
  objects: number,
  finished: boolean,
  bytes: number,
): EvidenceVerification {
  const bad = [...found].filter(([, whole]) => !whole).map(([id]) => id);
  const damaged = bad.map((id) => describeDamage(session.records, id));
  return change(session, (tx) => {
    for (const [id, whole] of found)
      tx.database.run(
        sql`INSERT INTO object_check (object_id, checked_at, whole) VALUES (${id}, ${tx.at}, ${whole ? 1 : 0})
            ON CONFLICT (object_id) DO UPDATE SET checked_at = excluded.checked_at, whole = excluded.whole`,
      );
    tx.database.run(sql`DELETE FROM object_check WHERE object_id NOT IN (SELECT id FROM evidence_object)`);
    for (const { audits } of damaged)
      for (const { auditId, pieces } of audits)
        for (const { id } of pieces)
          appendTrail(tx, {
            action: 'evidence.verified',
            subjectKind: 'evidence',
            subjectId: id,
            auditId,
            detail: 'damaged, found while all evidence was verified',
          });
    appendTrail(tx, {
      action: 'vault.evidence-verified',
      subjectKind: 'vault',
      subjectId: session.vaultId,
      detail: `${objects - bad.length} whole, ${bad.length} damaged${finished ? '' : ', stopped before the end'}`,
    });
    return { at: tx.at, finished, objects, bytes, damaged };
  });
}

/** What is known from earlier runs: when, how much is still to be looked at, and what was damaged. */
export function verificationState(database: ReadableDatabase): VerificationState {
  const counts = database.get<{ objects: number; never: number; oldest: string | null; latest: string | null }>(
    sql`SELECT count(*) AS objects, count(*) - count(object_check.object_id) AS never, min(checked_at) AS oldest, max(checked_at) AS latest
        FROM evidence_object LEFT JOIN object_check ON object_check.object_id = evidence_object.id`,
  );
  const damaged = database.all<{ id: string }>(
    sql`SELECT object_check.object_id AS id FROM object_check JOIN evidence_object ON evidence_object.id = object_check.object_id
        WHERE whole = 0 ORDER BY evidence_object.created_at`,
  );
  return {
    objects: Number(counts?.objects),
    never: Number(counts?.never),
    oldest: counts?.oldest ?? '',
    latest: counts?.latest ?? '',
    damaged: damaged.map(({ id }) => describeDamage(database, id)),
  };
}

/** Which pieces of evidence, by audit, and which reports rest on an object. */
export function describeDamage(database: ReadableDatabase, objectId: string): DamagedObject {
  const rows = database.all<{ id: EvidenceId; number: number; auditId: AuditId; title: string }>(
    sql`SELECT evidence.id, evidence.number, audit.id AS auditId, audit.title FROM evidence JOIN audit ON audit.id = evidence.audit_id
        WHERE evidence.object_id = ${objectId} ORDER BY audit.created_at, evidence.number`,
  );
  const audits = new Map<AuditId, { auditId: AuditId; title: string; pieces: { id: EvidenceId; number: number }[] }>();
  for (const { id, number, auditId, title } of rows) {
    const audit = audits.get(auditId) ?? { auditId, title, pieces: [] };
    audit.pieces.push({ id, number });
    audits.set(auditId, audit);
  }
  const reports = database.all<{ number: string }>(sql`SELECT number FROM report WHERE object_id = ${objectId} ORDER BY created_at`);
  return { object: objectId, audits: [...audits.values()], reports: reports.map(({ number }) => number) };
}
