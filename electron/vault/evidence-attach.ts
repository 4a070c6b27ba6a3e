import { randomUUID } from 'node:crypto';
import { counted } from '../../shared/domain/count.ts';
import { type Derivation, defaultRetention, type Evidence, type EvidenceFields, type RedactedPlace } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { sql, type WritableDatabase } from './db/sql.ts';
import { detectMediaType } from './evidence/media-type.ts';
import { safeFileName, safeRelativePath } from './evidence/names.ts';
import { collectHead, dropObject, headLength, isWrappedUnder, type SealedObject, settleObject, walkObject } from './evidence/store.ts';
import { noteAttached } from './evidence-attached-now.ts';
import { assertControls, linkToControl } from './evidence-links.ts';
import { findObjectByHash, loadEvidence, placesOfObject } from './evidence-repo.ts';
import { yieldToOthers } from './give-way.ts';
import { type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** The second half of attaching: the chunks are sealed; now the record, its links and the trail, in one transaction. */

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
  const [outcome] = await recordAll(session, [attachment]);
  if (outcome === undefined || 'thrown' in outcome) throw outcome?.thrown ?? new Error('Nothing was recorded');
  return outcome;
}

/** The same for several objects, which share what it costs to make chunks and records durable. Gives a result or an expected error for each. */
export async function recordAll(
  session: Session,
  attachments: readonly Attachment[],
): Promise<(AttachResult | { thrown: ExpectedError })[]> {
  const surplus = new Set(attachments.map(({ object }) => object.id));
  try {
    const prepared: Prepared[] = [];
    for (const attachment of attachments) prepared.push(await prepare(session, attachment));
    const outcomes: (AttachResult | { thrown: ExpectedError })[] = [];
    for (let from = 0; from < prepared.length; from += recordStep) {
      if (from > 0) await yieldToOthers();
      outcomes.push(...recordSome(session, prepared.slice(from, from + recordStep), surplus));
    }
    return outcomes;
  } finally {
    await removeSurplus(session, surplus);
  }
}

/** Records that are written together while other calls wait: a millisecond each. */
const recordStep = 64;

/** Records them in one transaction, or, where one cannot be, each in its own: one of them must not take the others with it. */
function recordSome(session: Session, pieces: readonly Prepared[], surplus: Set<string>): (AttachResult | { thrown: ExpectedError })[] {
  const together = recordTogether(session, pieces, surplus);
  if (!('thrown' in together)) return together;
  return pieces.flatMap((piece): (AttachResult | { thrown: ExpectedError })[] => {
    const alone = recordTogether(session, [piece], surplus);
    return 'thrown' in alone ? [alone] : alone;
  });
}

/** Records all of them in one transaction, or none. Takes what a record needs off `surplus`, and adds what no record needs any more. */
function recordTogether(session: Session, pieces: readonly Prepared[], surplus: Set<string>): AttachResult[] | { thrown: ExpectedError } {
  try {
    const recorded = change(session, (tx) => pieces.map((piece) => record(tx, piece)));
    for (const { stored, replaced } of recorded) {
      surplus.delete(stored);
      if (replaced !== null) surplus.add(replaced);
    }
    for (const { result } of recorded)
      if (result.evidence !== null && result.duplicateOf === null) noteAttached(session, result.evidence.id);
    return recorded.map(({ result }) => result);
  } catch (error) {
    if (error instanceof ExpectedError) return { thrown: error };
    throw error;
  }
}

/** Removes objects that no record knows. What cannot be removed now, e.g. on a full disk, is collected at the next open. */
async function removeSurplus(session: Session, ids: ReadonlySet<string>): Promise<void> {
  try {
    for (const id of ids) await dropObject(session.chunks, id);
  } catch {
    // What was recorded is durable; that it was must be told all the same.
  }
}

/** What is found out about an object before its record is written. */
interface Prepared {
  readonly attachment: Attachment;
  readonly name: string;
  readonly mediaType: string;
  /** The object with the same content whose chunks are damaged, or null. */
  readonly damaged: string | null;
}

async function prepare(session: Session, attachment: Attachment): Promise<Prepared> {
  const { object } = attachment;
  const head = object.head ?? readHead(session, object);
  const name = safeFileName(attachment.originalName);
  const mediaType = await detectMediaType(head, name);
  const before = findObjectByHash(session.records, object.sha256);
  const damaged = before !== null && !(await isWhole(session, before)) ? before.id : null;
  settleObject(session.chunks, object.id);
  return { attachment, name, mediaType, damaged };
}

interface Recorded {
  readonly result: AttachResult;
  /** The object that the record points at: the new one, or the one that had the content before. */
  readonly stored: string;
  /** The damaged object that the new one took the place of, or null. */
  readonly replaced: string | null;
}

/** Writes one record. */
function record(tx: Change, { attachment, name, mediaType, damaged }: Prepared): Recorded {
  const { auditId, controls, object } = attachment;
  requireOpenAudit(tx.database, auditId);
  assertControls(tx.database, auditId, controls);
  const known = findObjectByHash(tx.database, object.sha256);
  const replaced = known !== null && known.id === damaged ? known : null;
  if (known === null) insertObject(tx, object);
  if (replaced !== null) replaceObject(tx, replaced, object);
  const stored = replaced === null && known !== null ? known : object;
  const duplicate = tx.database.get<{ id: EvidenceId }>(
    sql`SELECT id FROM evidence WHERE audit_id = ${auditId} AND object_id = ${stored.id}`,
  );
  const places = placesOfObject(tx.database, stored.id, auditId);
  const id = duplicate?.id ?? insertEvidence(tx, { auditId, name, mediaType, object: stored, details: attachment.details ?? {} });
  for (const control of controls) linkToControl(tx, auditId, id, control, true);
  attachment.alsoRecord?.(tx, id, duplicate !== undefined);
  const evidence = loadEvidence(tx.database, id);
  const result = { name, evidence, duplicateOf: duplicate?.id ?? null, places, error: null, identifiers: [] };
  return { result, stored: stored.id, replaced: replaced?.id ?? null };
}

/** The beginning of an object that was sealed earlier. */
function readHead(session: Session, object: SealedObject): Uint8Array {
  const head = collectHead();
  let done = 0;
  for (const chunk of walkObject(session.chunks, object, session.keys.evidence)) {
    head.add(chunk);
    done += chunk.length;
    if (done >= headLength) break;
  }
  return head.bytes();
}

/** Keeps the wrapped key of a sealed object in the records, after its chunks are durable: a record never points at nothing. */
export function insertObject(tx: Change, object: SealedObject): SealedObject {
  assertUnderOurKey(tx.session, object);
  settleObject(tx.session.chunks, object.id);
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
  settleObject(tx.session.chunks, object.id);
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
    for (const _ of walkObject(session.chunks, object, session.keys.evidence)) await yieldToOthers();
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
    detail: `${counted(object.size, 'byte')}, SHA-256 ${object.sha256}`,
    after: { id, number, sha256: object.sha256, size: object.size },
  });
  return id;
}

/** Numbers are never given twice, also not after a piece of evidence was destroyed: the highest one is kept apart. */
export function nextNumber(database: WritableDatabase, auditId: AuditId): number {
  const row = database.get<{ highest: number }>(
    sql`INSERT INTO numbering (audit_id, kind, highest)
        VALUES (${auditId}, 'evidence', 1 + coalesce((SELECT max(number) FROM evidence WHERE audit_id = ${auditId}), 0))
        ON CONFLICT (audit_id, kind) DO UPDATE SET highest = max(numbering.highest + 1, excluded.highest) RETURNING highest`,
  );
  return Number(row?.highest);
}

function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
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
