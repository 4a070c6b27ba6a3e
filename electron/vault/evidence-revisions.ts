import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import type { EvidenceRelations, RelatedEvidence } from '../../shared/ipc/ways-in.ts';
import { findCarry } from './carry-repo.ts';
import { updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import type { SealedObject } from './evidence/store.ts';
import { recordEvidence } from './evidence-attach.ts';
import { linkToControl } from './evidence-links.ts';
import { loadEvidence } from './evidence-repo.ts';
import { type Link, setLink } from './links.ts';
import type { Change, Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Revisions of a piece of evidence: the newer one takes over what rests on it, the older one stays sealed and readable. */

export interface Replacement {
  readonly earlier: Evidence;
  readonly originalName: string;
  readonly object: SealedObject;
  readonly reason: string;
}

/**
 * Records a sealed object as the newer revision of a piece. Everything that was linked to the older one is linked to the newer one
 * in the same transaction. Errors: `evidence.superseded` when it has a newer revision already, `evidence.already-here` when the
 * audit has the same content.
 */
export function recordRevision(session: Session, { earlier, originalName, object, reason }: Replacement): Promise<AttachResult> {
  const { auditId, title, description, source, method, sensitivity, tags } = earlier;
  return recordEvidence(session, {
    auditId,
    originalName,
    controls: [],
    object,
    details: { title, description, source, method, sensitivity, tags, supersedes: earlier.id },
    alsoRecord(tx, id, duplicate) {
      const newest = loadEvidence(tx.database, id);
      if (duplicate) throw alreadyHere(newest, earlier);
      // Somebody else may have replaced it while the file was sealed: both newer ones name it now.
      requireNewest(tx.database, earlier.id, id);
      moveLinks(tx, auditId, earlier.id, id);
      appendTrail(tx, {
        action: 'evidence.superseded',
        subjectKind: 'evidence',
        subjectId: earlier.id,
        auditId,
        detail: `by ${evidenceLabel(newest.number)}: ${reason}`,
        before: { sha256: earlier.sha256 },
        after: { sha256: object.sha256 },
      });
    },
  }).then((result) => (result.evidence === null ? result : { ...result, evidence: loadEvidence(session.records, result.evidence.id) }));
}

/** Throws `evidence.superseded` when a piece has a newer revision other than the given one. */
export function requireNewest(database: ReadableDatabase, id: EvidenceId, except: EvidenceId | '' = ''): void {
  const newer = database.get<{ number: number }>(
    sql`SELECT number FROM evidence WHERE supersedes = ${id} AND supersedes <> '' AND id <> ${except}`,
  );
  if (newer === undefined) return;
  const label = evidenceLabel(newer.number);
  throw new ExpectedError('evidence.superseded', `Open ${label} and replace that one.`, { label });
}

function alreadyHere(found: Evidence, earlier: Evidence): ExpectedError {
  const label = evidenceLabel(found.number);
  const hint = found.id === earlier.id ? 'Choose the file that is newer.' : `Open ${label} and link it instead.`;
  return new ExpectedError('evidence.already-here', hint, { label });
}

/** Lets everything that rests on one piece rest on another one. Controls that follow another one in sync get it through the one they follow. */
export function moveLinks(tx: Change, auditId: AuditId, from: EvidenceId, to: EvidenceId): void {
  const { controls } = loadEvidence(tx.database, from);
  const follows = (control: ControlReference) => {
    const carry = findCarry(tx.database, auditId, control);
    return carry?.mode === 'in-sync' && carry.evidence.includes(from);
  };
  const followers = controls.filter(follows);
  for (const control of [...controls.filter((candidate) => !followers.includes(candidate)), ...followers]) {
    linkToControl(tx, auditId, to, control, true);
    linkToControl(tx, auditId, from, control, false);
  }
  const links = tx.database.all<{ kind: Link['kind']; fromId: string }>(
    sql`SELECT kind, from_id AS fromId FROM link WHERE to_id = ${from} AND removed = 0`,
  );
  for (const { kind, fromId } of links) {
    const link = { kind, auditId, fromId, packId: '', controlId: '' };
    setLink(tx, { ...link, toId: to }, true);
    setLink(tx, { ...link, toId: from }, false);
  }
}

/**
 * Before a piece is destroyed: what rests on a newer revision goes back to the one it replaced, and a revision that is taken out
 * of the middle leaves the ones around it joined.
 */
export function settleRevisions(tx: Change, { id, auditId, supersedes, supersededBy }: Evidence): void {
  if (supersededBy !== '') updateRecord(tx, 'evidence', supersededBy, { supersedes });
  else if (supersedes !== '') moveLinks(tx, auditId, id, supersedes);
}

/** The revisions of a piece, the newest first, what it was made from and what was made from it. */
export function relationsOf(database: ReadableDatabase, id: EvidenceId): EvidenceRelations {
  const own = related(database, id);
  const newer: RelatedEvidence[] = [];
  const older: RelatedEvidence[] = [];
  for (let next = newerThan(database, id); next !== undefined; next = newerThan(database, next.id)) newer.unshift(next);
  for (let next = olderThan(database, id); next !== undefined; next = olderThan(database, next.id)) older.push(next);
  const { derivedFrom } = loadEvidence(database, id);
  return {
    revisions: newer.length + older.length === 0 || own === undefined ? [] : [...newer, own, ...older],
    origin: derivedFrom === '' ? null : (related(database, derivedFrom) ?? null),
    derived: database.all<RelatedEvidence>(sql`${selection} WHERE derived_from = ${id} AND derived_from <> '' ORDER BY number`),
  };
}

const selection = sql`SELECT id, number, title, original_name AS originalName, received_at AS receivedAt, derivation FROM evidence`;

function related(database: ReadableDatabase, id: EvidenceId): RelatedEvidence | undefined {
  return database.get<RelatedEvidence>(sql`${selection} WHERE id = ${id}`);
}

function newerThan(database: ReadableDatabase, id: EvidenceId): RelatedEvidence | undefined {
  return database.get<RelatedEvidence>(sql`${selection} WHERE supersedes = ${id} AND supersedes <> ''`);
}

function olderThan(database: ReadableDatabase, id: EvidenceId): RelatedEvidence | undefined {
  return database.get<RelatedEvidence>(sql`${selection} WHERE id = (SELECT supersedes FROM evidence WHERE id = ${id})`);
}
