import { randomUUID } from 'node:crypto';
import { counted } from '../../shared/domain/count.ts';
import type { Evidence, RedactedPlace } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { RedactedCopy, RedactionResult } from '../../shared/ipc/redaction.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { insertRecord } from './db/records.ts';
import { sql } from './db/sql.ts';
import { deleteObject, type SealedObject } from './evidence/store.ts';
import { insertObject, nextNumber } from './evidence-attach.ts';
import { noteAttached } from './evidence-attached-now.ts';
import { linkToControl } from './evidence-links.ts';
import { findObjectByHash, loadEvidence } from './evidence-repo.ts';
import { forgetMarks } from './redaction-drafts.ts';
import { type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** A sealed redacted copy that becomes evidence. */
export interface NewCopy {
  readonly originalId: EvidenceId;
  readonly object: SealedObject;
  readonly copy: RedactedCopy;
  readonly places: readonly RedactedPlace[];
  readonly mediaType: string;
  /** With its dot. */
  readonly extension: string;
}

/**
 * Records the copy, its links and the custody events of both pieces in one transaction. An audit has the same content once: a copy that
 * equals a piece of it is that piece. Errors: `evidence.unknown` when the original was destroyed meanwhile, `audit.frozen`, `redaction.nothing`.
 */
export function recordCopy(session: Session, input: NewCopy): RedactionResult {
  const { object } = input;
  let kept = false;
  try {
    const result = change(session, (tx): RedactionResult => {
      const original = loadEvidence(tx.database, input.originalId);
      requireOpenAudit(tx.database, original.auditId);
      if (object.sha256 === original.sha256) throw nothingRedacted();
      forgetMarks(tx, original.id);
      const known = findObjectByHash(tx.database, object.sha256);
      const twin = known === null ? null : findTwin(tx, original, known.id);
      if (twin !== null) return { evidence: twin, known: true };
      const stored = known ?? insertObject(tx, object);
      kept = known === null;
      return { evidence: insertCopy(tx, original, stored, input), known: false };
    });
    if (!result.known) noteAttached(session, result.evidence.id);
    return result;
  } catch (error) {
    kept = false;
    throw error;
  } finally {
    if (!kept) deleteObject(session.chunks, object.id);
  }
}

export function nothingRedacted(): ExpectedError {
  return new ExpectedError('redaction.nothing', 'Mark what is to be blacked out first.');
}

function findTwin(tx: Change, original: Evidence, objectId: string): Evidence | null {
  const row = tx.database.get<{ id: EvidenceId }>(
    sql`SELECT id FROM evidence WHERE audit_id = ${original.auditId} AND object_id = ${objectId}`,
  );
  return row === undefined ? null : loadEvidence(tx.database, row.id);
}

/** The file's name and the description of the original stay behind: both may say what was blacked out. */
function insertCopy(tx: Change, original: Evidence, object: SealedObject, input: NewCopy): Evidence {
  const { copy, places, mediaType, extension } = input;
  const { auditId } = original;
  const id = randomUUID() as EvidenceId;
  const number = nextNumber(tx.database, auditId);
  const originalLabel = evidenceLabel(original.number);
  insertRecord(tx, 'evidence', id, {
    auditId,
    number,
    objectId: object.id,
    title: copy.title,
    description: '',
    originalName: `${originalLabel} redacted${extension}`,
    mediaType,
    source: original.source,
    collector: original.collector,
    method: `Redacted copy of ${originalLabel}`,
    effectiveFrom: original.effectiveFrom,
    effectiveTo: original.effectiveTo,
    sensitivity: copy.sensitivity,
    retainUntil: original.retainUntil,
    tags: original.tags,
    receivedAt: tx.at,
    receivedBy: tx.session.me.id,
    collectedAt: original.collectedAt,
    relativePath: '',
    supersedes: '',
    derivedFrom: original.id,
    derivation: 'redacted',
    redactions: places,
    facts: [],
  });
  noteCustody(tx, original, { id, number, sha256: object.sha256, size: object.size }, places.length);
  if (copy.takeLinks) for (const control of original.controls) linkToControl(tx, auditId, id, control, true);
  return loadEvidence(tx.database, id);
}

/** Both ledgers tell of the redaction with the hash before and after. */
function noteCustody(
  tx: Change,
  original: Evidence,
  made: { readonly id: EvidenceId; readonly number: number; readonly sha256: string; readonly size: number },
  places: number,
): void {
  const { auditId } = original;
  const count = counted(places, 'place');
  const originalLabel = evidenceLabel(original.number);
  appendTrail(tx, {
    action: 'evidence.collected',
    subjectKind: 'evidence',
    subjectId: made.id,
    auditId,
    detail: `${counted(made.size, 'byte')}, SHA-256 ${made.sha256}`,
    after: made,
  });
  appendTrail(tx, {
    action: 'evidence.redacted',
    subjectKind: 'evidence',
    subjectId: made.id,
    auditId,
    detail: `made from ${originalLabel}, ${count}; SHA-256 before ${original.sha256}, after ${made.sha256}`,
    before: { id: original.id, sha256: original.sha256 },
    after: made,
  });
  appendTrail(tx, {
    action: 'evidence.redacted',
    subjectKind: 'evidence',
    subjectId: original.id,
    auditId,
    detail: `${evidenceLabel(made.number)} made, ${count}, SHA-256 ${made.sha256}; this original is unchanged`,
    before: { sha256: original.sha256 },
    after: made,
  });
}
