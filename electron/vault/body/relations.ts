import { type Evidence, evidenceLabel } from '../../../shared/domain/evidence.ts';
import { type AuditId, controlKey, type EvidenceId } from '../../../shared/domain/ids.ts';
import type { BodyProblem } from '../../../shared/ipc/evidence.ts';
import { updateRecord } from '../db/records.ts';
import { type ReadableDatabase, sql } from '../db/sql.ts';
import { loadEvidence } from '../evidence-repo.ts';
import { yieldToOthers } from '../give-way.ts';
import { type Change, change, type Session } from '../session.ts';
import { appendTrail } from '../trail.ts';
import { controlsIn, derivationOf, type IndexRow } from './read-index.ts';

/** What the pieces of a body of evidence have to do with each other, by the labels of its index. */

export interface TakenPiece {
  readonly id: EvidenceId;
  readonly row: IndexRow;
  /** False where the audit had the content already. */
  readonly isNew: boolean;
}

/** Pieces whose relations are written in one transaction. */
const together = 50;

const receivedWith = 'with a body of evidence';

/** Notes in the ledger of a new piece that it came with a body of evidence, and what it is called there. */
export function noteReceived(tx: Change, auditId: AuditId, id: EvidenceId, label = ''): void {
  const detail = /^E-\d{1,9}$/.test(label) ? `${receivedWith}, there ${label}` : receivedWith;
  appendTrail(tx, { action: 'evidence.received', subjectKind: 'evidence', subjectId: id, auditId, detail });
}

/**
 * Makes newer revisions and copies follow the pieces they were made of. What the audit says already of a piece stays, and a piece
 * that did not come with such a body, or is used here, is not replaced because an index says so. Returns what could
 * not be taken over; `isWhole` is false where the rest of the body may still come.
 */
export async function restoreRelations(
  session: Session,
  auditId: AuditId,
  taken: readonly TakenPiece[],
  isWhole: boolean,
): Promise<BodyProblem[]> {
  const byLabel = new Map<string, TakenPiece>();
  for (const piece of taken) if (piece.row.label && !byLabel.has(piece.row.label)) byLabel.set(piece.row.label, piece);
  const remarks: Remark[] = [];
  const related = taken.filter(({ row }) => row.replaces || row['replaced by'] || row['made from']);
  for (let from = 0; from < related.length; from += together) {
    const part = related.slice(from, from + together);
    remarks.push(...change(session, (tx) => part.flatMap((piece) => relate(tx, auditId, piece, byLabel))));
    await yieldToOthers();
  }
  return remarks.filter(({ missing }) => isWhole || !missing).map(({ path, message }) => ({ path, message }));
}

interface Remark extends BodyProblem {
  /** The other piece was not taken in, or not yet. */
  readonly missing: boolean;
}

function relate(tx: Change, auditId: AuditId, piece: TakenPiece, byLabel: ReadonlyMap<string, TakenPiece>): Remark[] {
  const { row } = piece;
  const remarks: Remark[] = [];
  if (!isThere(tx.database, piece.id)) return remarks;
  const each = (label: string | undefined, words: string, make: (other: TakenPiece) => boolean) => {
    if (!label) return;
    const named = byLabel.get(label);
    const other = named !== undefined && isThere(tx.database, named.id) ? named : undefined;
    const why =
      other === undefined ? 'which was not taken in' : make(other) ? null : 'but this audit has or uses it otherwise, and that stays';
    if (why !== null)
      remarks.push({ path: row.path ?? '', message: `${words} ${label} of the index, ${why}.`, missing: other === undefined });
  };
  each(row.replaces, 'It replaces', (older) => makeRevision(tx, auditId, older, piece));
  each(row['replaced by'], 'It was replaced by', (newer) => makeRevision(tx, auditId, piece, newer));
  each(row['made from'], 'It was made from', (origin) => makeDerived(tx, auditId, origin, piece));
  return remarks;
}

/** A piece may have been destroyed while others were taken in. */
function isThere(database: ReadableDatabase, id: EvidenceId): boolean {
  return database.get(sql`SELECT 1 FROM evidence WHERE id = ${id}`) !== undefined;
}

/** Whether one piece is the newer revision of the other one now. Each stays linked as its own row says. */
function makeRevision(tx: Change, auditId: AuditId, older: TakenPiece, newer: TakenPiece): boolean {
  const { database } = tx;
  const [before, after] = [loadEvidence(database, older.id), loadEvidence(database, newer.id)];
  if (after.supersedes === before.id) return true;
  if (after.supersedes !== '' || before.supersededBy !== '' || comesFrom(database, before, after.id)) return false;
  if (!mayBeRelated(database, older, before) || !mayBeRelated(database, newer, after)) return false;
  updateRecord(tx, 'evidence', after.id, { supersedes: before.id });
  appendTrail(tx, {
    action: 'evidence.superseded',
    subjectKind: 'evidence',
    subjectId: before.id,
    auditId,
    detail: `by ${evidenceLabel(after.number)}: as the index of a body of evidence says`,
    before: { sha256: before.sha256 },
    after: { sha256: after.sha256 },
  });
  return true;
}

/** Whether the piece is a copy or an attachment of the other one now. */
function makeDerived(tx: Change, auditId: AuditId, origin: TakenPiece, made: TakenPiece): boolean {
  const { database } = tx;
  const [source, copy] = [loadEvidence(database, origin.id), loadEvidence(database, made.id)];
  if (copy.derivedFrom === source.id) return true;
  const derivation = derivationOf(made.row);
  const fits = derivation !== '' && copy.derivedFrom === '' && (copy.derivation === '' || copy.derivation === derivation);
  if (!fits || comesFrom(database, source, copy.id)) return false;
  if (!mayBeRelated(database, origin, source) || !mayBeRelated(database, made, copy)) return false;
  const after = { derivedFrom: source.id, derivation };
  const before = updateRecord(tx, 'evidence', copy.id, after);
  const detail = Object.keys(after).join(', ');
  appendTrail(tx, { action: 'evidence.described', subjectKind: 'evidence', subjectId: copy.id, auditId, detail, before, after });
  return true;
}

/**
 * An index is written by others: it must not put something in the place of what was collected here. A piece that was here already is
 * related when it came with such a body, as after a cancelled one, and nothing rests on it but what its row names.
 */
function mayBeRelated(database: ReadableDatabase, { isNew, row }: TakenPiece, piece: Evidence): boolean {
  if (isNew) return true;
  const came = database.get(
    sql`SELECT 1 FROM trail WHERE subject_id = ${piece.id} AND action = 'evidence.received' AND detail LIKE ${`${receivedWith}%`}
        AND NOT EXISTS (SELECT 1 FROM custody_note WHERE custody_note.sequence = trail.sequence)`,
  );
  const named = new Set(controlsIn(row).map(controlKey));
  return came !== undefined && piece.findings.length === 0 && piece.controls.every((control) => named.has(controlKey(control)));
}

/** Whether a piece is another one, or follows it over revisions and copies: then the other one cannot follow it. */
function comesFrom(database: ReadableDatabase, piece: Evidence, other: EvidenceId): boolean {
  const found = database.get(
    sql`WITH RECURSIVE earlier (id) AS (
          SELECT ${piece.id} UNION
          SELECT source.id FROM earlier JOIN evidence ON evidence.id = earlier.id
            JOIN evidence AS source ON source.id IN (evidence.supersedes, evidence.derived_from)
        ) SELECT 1 FROM earlier WHERE id = ${other}`,
  );
  return found !== undefined;
}
