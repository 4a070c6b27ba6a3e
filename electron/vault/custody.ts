import {
  type CustodyCheck,
  type CustodyLink,
  type CustodyRecord,
  type DestroyedEvidence,
  type HandOverAction,
  withContentHashes,
} from '../../shared/domain/custody.ts';
import { type CustodyAction, type CustodyEvent, type Evidence, evidenceLabel, type HandOver } from '../../shared/domain/evidence.ts';
import { type AuditId, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAuditControls } from './audit-repo.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { loadEvidence } from './evidence-repo.ts';
import type { Change, Session } from './session.ts';
import { appendTrail, digest, type TrailEntry, trailHead, verifyLinksOf } from './trail.ts';

/** The custody ledger: each piece's own part of the trail, with what people noted at a hand-over. */

/** The note of a destruction holds only why. */
export function reasonOnly(reason: string): HandOver {
  return { from: '', to: '', at: '', purpose: reason, reference: '' };
}

/**
 * Appends a link of the trail together with a note. The note's text stays out of the trail, which is exported and read by many; its
 * digest is the link's `after`, so the chain binds it all the same.
 */
export function appendCustody(tx: Change, entry: Omit<TrailEntry, 'after'>, note: HandOver): void {
  appendTrail(tx, { ...entry, after: note });
  const { sequence } = trailHead(tx.database);
  tx.database.run(
    sql`INSERT INTO custody_note (sequence, evidence_id, handed_by, handed_to, handed_at, purpose, reference)
        VALUES (${sequence}, ${entry.subjectId}, ${note.from}, ${note.to}, ${note.at}, ${note.purpose}, ${note.reference})`,
  );
}

/** Notes that a piece went from one hand to another outside the vault. Returns its audit. */
export function noteHandOver(tx: Change, evidenceId: EvidenceId, action: HandOverAction, note: HandOver): AuditId {
  const { auditId } = loadEvidence(tx.database, evidenceId);
  appendCustody(tx, { action: `evidence.${action}`, subjectKind: 'evidence', subjectId: evidenceId, auditId }, note);
  return auditId;
}

const custodyPrefix = 'evidence.';

/** A link of the trail beside its note; the columns of the note are null where there is none. */
interface LedgerRow {
  readonly sequence: number;
  readonly action: string;
  readonly at: string;
  readonly person: string;
  readonly detail: string;
  readonly noted: number | null;
  readonly handed_by: string;
  readonly handed_to: string;
  readonly handed_at: string;
  readonly purpose: string;
  readonly reference: string;
}

/** Everything that happened to a piece, oldest first. `sha256` is its hash where the trail names none. */
export function custodyLedger(database: ReadableDatabase, id: EvidenceId, sha256: string): CustodyEvent[] {
  const rows = database.all<LedgerRow>(
    sql`SELECT trail.sequence, trail.action, trail.at, coalesce(person.name, '') AS person, trail.detail, note.sequence AS noted,
          note.handed_by, note.handed_to, note.handed_at, note.purpose, note.reference
        FROM trail LEFT JOIN person ON person.id = trail.person_id LEFT JOIN custody_note AS note ON note.sequence = trail.sequence
        WHERE trail.subject_id = ${id} AND trail.action LIKE 'evidence.%' AND trail.action <> 'evidence.described' ORDER BY trail.sequence`,
  );
  return withContentHashes(rows.map(toLink), sha256);
}

function toLink({ sequence, action, at, person, detail, noted, ...note }: LedgerRow): CustodyLink {
  const { handed_by: from, handed_to: to, handed_at, purpose, reference } = note;
  return {
    sequence,
    action: action.slice(custodyPrefix.length) as CustodyAction,
    at,
    person,
    detail,
    handOver: noted === null ? null : { from, to, at: handed_at, purpose, reference },
  };
}

/**
 * Whether a piece's links are authentic and fit the link before each of them, and whether the notes are those that the links bind. A
 * link that was taken out altogether is found by the check of the whole chain, not here.
 */
export function checkCustody({ records, keys }: Session, id: EvidenceId): CustodyCheck {
  const links = verifyLinksOf(records, id, keys.trail);
  const broken = [...(links.firstBroken === null ? [] : [links.firstBroken]), ...brokenNotes(records, id)];
  return { holds: broken.length === 0, checked: links.checked, firstBroken: broken.length === 0 ? null : Math.min(...broken) };
}

/** Numbers of links whose note is not the one that was written; of one piece, or of all. */
export function brokenNotes(database: ReadableDatabase, id: EvidenceId | '' = ''): number[] {
  return database
    .all<LedgerRow & { after: string }>(
      sql`SELECT note.sequence, coalesce(trail.after, '') AS after, note.handed_by, note.handed_to, note.handed_at, note.purpose, note.reference
          FROM custody_note AS note LEFT JOIN trail ON trail.sequence = note.sequence AND trail.subject_id = note.evidence_id
          WHERE ${id} = '' OR note.evidence_id = ${id} ORDER BY note.sequence`,
    )
    .filter(
      ({ after, handed_by: from, handed_to: to, handed_at: at, purpose, reference }) =>
        digest({ from, to, at, purpose, reference }) !== after,
    )
    .map(({ sequence }) => sequence);
}

/** Citation and title of every control of an audit, by its key. */
export function controlNames(database: ReadableDatabase, auditId: AuditId): ReadonlyMap<string, string> {
  return new Map(
    loadAuditControls(database, auditId).map(({ packId, control }) => [
      controlKey({ packId, controlId: control.id }),
      [control.citations[0], control.title].filter(Boolean).join(' '),
    ]),
  );
}

/** One piece with its whole custody, also when it is gone. Error: `evidence.unknown`. */
export function custodyRecord(session: Session, id: EvidenceId, names: ReadonlyMap<string, string>): CustodyRecord {
  const { records } = session;
  const evidence = findPiece(records, id);
  const events = withControlNames(custodyLedger(records, id, evidence.sha256), names);
  const person = records.get<{ name: string }>(sql`SELECT name FROM person WHERE id = ${evidence.receivedBy}`);
  const { title, description, source, collector, method, effectiveFrom, effectiveTo, sensitivity, retainUntil, collectedAt } = evidence;
  return {
    ...{ title, description, source, collector, method, effectiveFrom, effectiveTo, sensitivity, retainUntil, collectedAt },
    label: evidenceLabel(evidence.number),
    originalName: evidence.originalName,
    mediaType: evidence.mediaType,
    size: evidence.size,
    sha256: evidence.sha256,
    receivedAt: evidence.receivedAt,
    receivedBy: person?.name ?? '',
    controls: evidence.controls.map((control) => names.get(controlKey(control)) ?? control.controlId),
    replaces: labelOf(records, evidence.supersedes),
    replacedBy: labelOf(records, evidence.supersededBy),
    destroyedAt: events.find(({ action }) => action === 'destroyed')?.at ?? '',
    events,
    check: checkCustody(session, id),
  };
}

/** The label of a piece that is there, else nothing. */
function labelOf(database: ReadableDatabase, id: EvidenceId | ''): string {
  const row = database.get<{ number: number }>(sql`SELECT number FROM evidence WHERE id = ${id}`);
  return row === undefined ? '' : evidenceLabel(row.number);
}

/** The trail keeps a control's id; who reads the ledger knows its citation. */
function withControlNames(events: readonly CustodyEvent[], names: ReadonlyMap<string, string>): CustodyEvent[] {
  const byId = new Map([...names].map(([key, name]) => [key.slice(key.indexOf('/') + 1), name]));
  return events.map((event) =>
    event.action === 'linked' || event.action === 'unlinked' ? { ...event, detail: byId.get(event.detail) ?? event.detail } : event,
  );
}

type Piece = Omit<Evidence, 'size'> & { readonly size: number | null };

/** The audit of a piece, also when it is gone. Error: `evidence.unknown`. */
export function auditOfPiece(database: ReadableDatabase, id: EvidenceId): AuditId {
  return findPiece(database, id).auditId;
}

function findPiece(database: ReadableDatabase, id: EvidenceId): Piece {
  const present = database.get(sql`SELECT 1 FROM evidence WHERE id = ${id}`) !== undefined;
  const piece = present ? loadEvidence(database, id) : destroyedPiece(database, id);
  if (piece === null) throw new ExpectedError('evidence.unknown', 'Go back to the list of evidence.');
  return piece;
}

/** What a destroyed piece was, from the log of changes and from the trail: both keep what the record no longer holds. */
function destroyedPiece(database: ReadableDatabase, id: EvidenceId): Piece | null {
  const changes = database.all<{ field: string; after: string }>(
    sql`SELECT field, after FROM change WHERE entity = 'evidence' AND entity_id = ${id} ORDER BY sequence`,
  );
  if (changes.length === 0) return null;
  const fields: Record<string, unknown> = {};
  for (const { field, after } of changes) {
    const value = JSON.parse(after) as unknown;
    if (field === '*') Object.assign(fields, value);
    else fields[field] = value;
  }
  const details = database
    .all<{ detail: string }>(
      sql`SELECT detail FROM trail WHERE subject_id = ${id} AND action IN ('evidence.collected', 'evidence.destroyed') ORDER BY sequence`,
    )
    .map(({ detail }) => detail)
    .join('\n');
  return {
    ...(fields as unknown as Evidence),
    id,
    supersededBy: '',
    size: toNumber(/(\d+) bytes/.exec(details)?.[1]),
    sha256: /\b[0-9a-f]{64}\b/.exec(details)?.[0] ?? '',
    controls: [],
    findings: [],
  };
}

function toNumber(digits: string | undefined): number | null {
  return digits === undefined ? null : Number(digits);
}

/** The pieces of an audit that are gone, the last one first. */
export function listDestroyed(database: ReadableDatabase, auditId: AuditId): DestroyedEvidence[] {
  const rows = database.all<{ id: EvidenceId; at: string; person: string; purpose: string | null }>(
    sql`SELECT trail.subject_id AS id, trail.at, coalesce(person.name, '') AS person, note.purpose
        FROM trail LEFT JOIN person ON person.id = trail.person_id LEFT JOIN custody_note AS note ON note.sequence = trail.sequence
        WHERE trail.audit_id = ${auditId} AND trail.action = 'evidence.destroyed' ORDER BY trail.sequence DESC`,
  );
  return rows.flatMap(({ id, at, person, purpose }) => {
    const piece = destroyedPiece(database, id);
    if (piece === null) return [];
    const { title, originalName, sha256 } = piece;
    const label = evidenceLabel(piece.number);
    return [{ id, label, title, originalName, sha256, destroyedAt: at, destroyedBy: person, reason: purpose ?? '' }];
  });
}
