import { randomUUID } from 'node:crypto';
import { type Derivation, defaultRetention, type Evidence, type EvidenceFields, type RedactedPlace } from '../../shared/domain/evidence.ts';
import { findIdentifiers, type IdentifierCount } from '../../shared/domain/identifiers.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { yieldToOthers } from './context.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { detectMediaType, previewKind } from './evidence/media-type.ts';
import { safeFileName, safeRelativePath } from './evidence/names.ts';
import { deleteObject, isWrappedUnder, readObject, type SealedObject } from './evidence/store.ts';
import { noteIdentifiers } from './evidence-identifiers.ts';
import { assertControls, linkToControl } from './evidence-links.ts';
import { findObjectByHash, loadEvidence, placesOfObject } from './evidence-repo.ts';
import { type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** The second half of attaching: the chunks are sealed; now the record, its links and the trail, in one transaction. */

/** Bytes of a text that are looked through while it is attached; the rest when somebody asks. */
const scannedAtAttach = 4 * 1024 * 1024;

export interface Attachment {
  readonly auditId: AuditId;
  readonly originalName: string;
  readonly controls: readonly ControlReference[];
  readonly object: SealedObject;
  readonly details?: AttachmentDetails;
  /** Runs in the transaction that records the evidence, whether it is new or was there already. What it throws undoes everything. */
  readonly alsoRecord?: (tx: Change, id: EvidenceId, duplicate: boolean) => void;
}

/** What is known of a new piece besides its bytes. What is left out begins as usual: titled by its name, collected by whoever attaches it. */
export interface AttachmentDetails extends Partial<EvidenceFields> {
  readonly relativePath?: string;
  readonly supersedes?: EvidenceId;
  readonly derivedFrom?: EvidenceId;
  readonly derivation?: Derivation;
  readonly redactions?: readonly RedactedPlace[];
}

/**
 * Records a sealed object as evidence. The same content in the same audit is only linked; the same content elsewhere in
 * the vault shares the object. Chunks that turn out to be a second copy are removed, unless the first one is damaged:
 * then they take its place.
 */
export async function recordEvidence(session: Session, attachment: Attachment): Promise<AttachResult> {
  const { auditId, object, controls } = attachment;
  const name = safeFileName(attachment.originalName);
  const mediaType = await detectMediaType(firstBytes(session, object), name);
  const before = findObjectByHash(session.records, object.sha256);
  const damaged = before !== null && !(await isWhole(session, before)) ? before.id : null;
  let stored: SealedObject = object;
  const identifiers = countIdentifiers(session, object, mediaType);
  const result = await discardOnError(session, object, () =>
    change(session, (tx): AttachResult => {
      requireOpenAudit(tx.database, auditId);
      assertControls(tx.database, auditId, controls);
      const known = findObjectByHash(tx.database, object.sha256);
      if (known === null) stored = insertObject(tx, object);
      else stored = known.id === damaged ? replaceObject(tx, known, object) : known;
      const duplicate = tx.database.get<{ id: EvidenceId }>(
        sql`SELECT id FROM evidence WHERE audit_id = ${auditId} AND object_id = ${stored.id}`,
      );
      const places = placesOfObject(tx.database, stored.id, auditId);
      const id = duplicate?.id ?? insertEvidence(tx, { auditId, name, mediaType, object: stored, details: attachment.details ?? {} });
      for (const control of controls) linkToControl(tx, auditId, id, control, true);
      noteIdentifiers(tx, auditId, id, identifiers);
      attachment.alsoRecord?.(tx, id, duplicate !== undefined);
      return { name, evidence: loadEvidence(tx.database, id), duplicateOf: duplicate?.id ?? null, places, error: null, identifiers };
    }),
  );
  if (stored.id !== object.id) deleteObject(session.chunks, object.id);
  else if (damaged !== null) deleteObject(session.chunks, damaged);
  return result;
}

/** Looks through the beginning of a text, so that the auditor can mark it as sensitive at once. */
function countIdentifiers(session: Session, object: SealedObject, mediaType: string): readonly IdentifierCount[] {
  if (previewKind(mediaType) !== 'text') return [];
  const parts: Buffer[] = [];
  for (const chunk of readObject(session.chunks, object, session.keys.evidence)) {
    parts.push(chunk);
    if (parts.length * chunk.length >= scannedAtAttach) break;
  }
  return findIdentifiers(new TextDecoder('utf-8').decode(Buffer.concat(parts)), 0).counts;
}

/** Keeps the wrapped key of a sealed object in the records. */
export function insertObject(tx: Change, object: SealedObject): SealedObject {
  assertUnderOurKey(tx.session, object);
  tx.database.run(
    sql`INSERT INTO evidence_object (id, sha256, size, chunks, wrapped_key, created_at)
        VALUES (${object.id}, ${object.sha256}, ${object.size}, ${object.chunks}, ${object.wrappedKey}, ${tx.at})`,
  );
  return object;
}

/** Puts the same content, freshly sealed, in the place of an object whose chunks are damaged. */
function replaceObject(tx: Change, damaged: SealedObject, object: SealedObject): SealedObject {
  assertUnderOurKey(tx.session, object);
  const { database } = tx;
  database.run(sql`PRAGMA defer_foreign_keys = ON`);
  database.run(
    sql`UPDATE evidence_object SET id = ${object.id}, chunks = ${object.chunks}, wrapped_key = ${object.wrappedKey} WHERE id = ${damaged.id}`,
  );
  database.run(sql`UPDATE report SET object_id = ${object.id} WHERE object_id = ${damaged.id}`);
  for (const { id, auditId } of database.all<{ id: string; auditId: string }>(
    sql`SELECT id, audit_id AS auditId FROM evidence WHERE object_id = ${damaged.id}`,
  )) {
    updateRecord(tx, 'evidence', id, { objectId: object.id });
    const detail = `damaged content replaced by the same content, SHA-256 ${object.sha256}`;
    appendTrail(tx, { action: 'evidence.verified', subjectKind: 'evidence', subjectId: id, auditId, detail });
  }
  return object;
}

/** The vault key may have been changed between sealing and recording; what nobody could open again is never recorded. */
function assertUnderOurKey(session: Session, object: SealedObject): void {
  if (!isWrappedUnder(object, session.keys.evidence))
    throw new ExpectedError('vault.key-changing', 'It was changed while the file was sealed. Attach it again.');
}

async function isWhole(session: Session, object: SealedObject): Promise<boolean> {
  try {
    for (const _ of readObject(session.chunks, object, session.keys.evidence)) await yieldToOthers();
    return true;
  } catch {
    return false;
  }
}

interface NewEvidence {
  readonly auditId: AuditId;
  readonly name: string;
  readonly mediaType: string;
  readonly object: SealedObject;
  readonly details: AttachmentDetails;
}

function insertEvidence(tx: Change, { auditId, name, mediaType, object, details }: NewEvidence): EvidenceId {
  const id = randomUUID() as EvidenceId;
  const number = nextNumber(tx.database, auditId);
  const { me } = tx.session;
  insertRecord(tx, 'evidence', id, {
    title: withoutExtension(name),
    description: '',
    source: '',
    collector: me.name,
    method: '',
    effectiveFrom: '',
    effectiveTo: '',
    sensitivity: 'normal',
    retainUntil: defaultRetention(tx.at),
    tags: [],
    collectedAt: '',
    supersedes: '',
    derivedFrom: '',
    derivation: '',
    redactions: [],
    ...details,
    relativePath: safeRelativePath(details.relativePath ?? ''),
    auditId,
    number,
    objectId: object.id,
    originalName: name,
    mediaType,
    receivedAt: tx.at,
    receivedBy: me.id,
    facts: [],
  });
  appendTrail(tx, {
    action: 'evidence.collected',
    subjectKind: 'evidence',
    subjectId: id,
    auditId,
    detail: `${object.size} bytes, SHA-256 ${object.sha256}`,
    after: { id, number, sha256: object.sha256, size: object.size },
  });
  return id;
}

/** Numbers are never given twice, also not after a piece of evidence was destroyed. */
export function nextNumber(database: ReadableDatabase, auditId: AuditId): number {
  const used = database.get<{ highest: number | null }>(
    sql`SELECT max(CAST(json_extract(change.after, '$.number') AS INTEGER)) AS highest FROM trail JOIN change ON change.entity_id = trail.subject_id AND change.field = '*'
        WHERE trail.audit_id = ${auditId} AND trail.action = 'evidence.destroyed'`,
  )?.highest;
  const present = database.get<{ highest: number | null }>(
    sql`SELECT max(number) AS highest FROM evidence WHERE audit_id = ${auditId}`,
  )?.highest;
  return Math.max(used ?? 0, present ?? 0) + 1;
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

function firstBytes(session: Session, object: SealedObject): Uint8Array {
  for (const chunk of readObject(session.chunks, object, session.keys.evidence)) return chunk.subarray(0, 4100);
  return new Uint8Array();
}

async function discardOnError<T>(session: Session, object: SealedObject, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    deleteObject(session.chunks, object.id);
    throw error;
  }
}

/** How a failed file is told in a list of results. Bugs and cancellations are not results; they are thrown on. */
export function failedAttachment(name: string, error: unknown): AttachResult {
  if (!(error instanceof ExpectedError)) throw error;
  return {
    name: safeFileName(name),
    evidence: null,
    duplicateOf: null,
    places: [],
    error: { code: error.code, message: error.message, hint: error.hint },
    identifiers: [],
  };
}

/** The evidence of a successful result. */
export function attached(result: AttachResult): Evidence {
  if (result.evidence === null) throw new Error('Nothing was attached');
  return result.evidence;
}
