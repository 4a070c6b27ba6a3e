import type { Evidence } from '../../shared/domain/evidence.ts';
import type { IdentifierCount } from '../../shared/domain/identifiers.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import type { ReaderExtract } from '../../shared/domain/reader.ts';
import { indexedText } from '../../shared/domain/search-text.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAudit } from './audit-repo.ts';
import type { VaultProcess } from './context.ts';
import { updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { openForReader } from './evidence-content.ts';
import { noteIdentifiers } from './evidence-identifiers.ts';
import { loadEvidence } from './evidence-repo.ts';
import { yieldToOthers } from './give-way.ts';
import { noReader } from './reader/queue.ts';
import { readText } from './reader-client.ts';
import { type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/**
 * Reads the content of evidence for the search, beside the calls. Titles, names and notes are indexed by triggers in the transaction
 * that changes them; the content follows here: `evidence_index.state` says how far it is, so a lock or a crash loses nothing.
 */

/** Pieces that are written together, and milliseconds after which they are written though there are fewer. */
const mostTogether = 20;
const longestTogether = 1000;
/** Characters after which they are written: putting them into the index is what keeps other calls waiting. */
const mostCharactersTogether = 512 * 1024;
/** Milliseconds between two messages to the window: it asks what changed each time. */
const announcePause = 2000;
/** Bytes up to which a file is read while its attaching is awaited, and how long that may take. */
const readAtOnce = 4 * 1024 * 1024;
const timeAtOnce = 1500;

interface Read {
  readonly id: EvidenceId;
  readonly auditId: AuditId;
  /** Null where reading failed for good; `kept` where what the index has of it is right. */
  readonly extract: ReaderExtract | null | 'kept';
}

const working = new WeakSet<Session>();

/** Starts reading what waits, unless that is going on already. It ends when nothing waits or the vault is no longer this one. */
export function wakeIndexing(process: VaultProcess): void {
  const { session, reader } = process;
  if (session === null || session.lock === null || reader === noReader || working.has(session)) return;
  if (nextWaiting(session.records, 0) === undefined) return;
  working.add(session);
  void indexWaiting(process, session)
    // What is not written now waits for the next call.
    .catch(() => {})
    .finally(() => working.delete(session));
}

async function indexWaiting(process: VaultProcess, session: Session): Promise<void> {
  const batch: Read[] = [];
  let characters = 0;
  let started = Date.now();
  let announced = 0;
  let last = 0;
  for (;;) {
    await yieldToOthers();
    if (process.session !== session) return;
    const next = nextWaiting(session.records, last);
    const isDue = batch.length >= mostTogether || characters >= mostCharactersTogether || Date.now() - started >= longestTogether;
    if (batch.length > 0 && (next === undefined || isDue)) {
      change(session, (tx) => {
        for (const read of batch) writeRead(tx, read);
      });
      const isTime = next === undefined || Date.now() - announced >= announcePause;
      if (isTime) for (const auditId of new Set(batch.map((read) => read.auditId))) tell(process, auditId);
      if (isTime) announced = Date.now();
      batch.length = 0;
      characters = 0;
      started = Date.now();
    }
    if (next === undefined) return;
    last = next.row;
    const extract = isPlain(session.records, next.row) ? 'kept' : await read(process, session, next.id);
    if (extract !== 'kept') characters += extract?.text?.length ?? 0;
    batch.push({ id: next.id, auditId: next.auditId, extract });
  }
}

function tell(process: VaultProcess, auditId: AuditId): void {
  process.emit({ type: 'changed', topics: ['evidence', 'trail'], auditId });
}

function nextWaiting(database: ReadableDatabase, after: number): { row: number; id: EvidenceId; auditId: AuditId } | undefined {
  return database.get(
    sql`SELECT row, evidence_id AS id, audit_id AS auditId FROM evidence_index WHERE state = 'waiting' AND row > ${after} ORDER BY row LIMIT 1`,
  );
}

/** Whether its content is in the index and is ASCII, which stays as it is whatever the index makes of other texts. */
function isPlain(database: ReadableDatabase, row: number): boolean {
  return (
    database.get(
      sql`SELECT 1 FROM evidence_content WHERE rowid = ${row} AND NOT content GLOB '*[' || char(128) || '-' || char(1114111) || ']*'`,
    ) !== undefined
  );
}

/** Null where it cannot be read, now or later. A cancellation is thrown: the vault is being closed. */
async function read(process: VaultProcess, session: Session, id: EvidenceId): Promise<ReaderExtract | null> {
  const { signal } = new AbortController();
  try {
    return await readText(process.reader, await openForReader(session, loadEvidence(session.records, id), signal), signal);
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return null;
  }
}

/**
 * Reads a piece that was just attached while somebody waits for the result, when that is quick: what likely identifies persons is told
 * at once. What is large or slow is left to the work in the background.
 */
export async function readAttached(process: VaultProcess, session: Session, evidence: Evidence): Promise<readonly IdentifierCount[]> {
  if (evidence.size > readAtOnce || process.reader === noReader) return [];
  const waits = session.records.get(sql`SELECT 1 FROM evidence_index WHERE evidence_id = ${evidence.id} AND state = 'waiting'`);
  if (waits === undefined) return [];
  try {
    const signal = AbortSignal.timeout(timeAtOnce);
    const extract = await readText(process.reader, await openForReader(session, evidence, signal), signal);
    change(session, (tx) => writeRead(tx, { id: evidence.id, auditId: evidence.auditId, extract }));
    return extract.identifiers;
  } catch (error) {
    if (error instanceof ExpectedError || error instanceof CancelledError) return [];
    throw error;
  }
}

/** Content, identifiers and facts of one piece. It may have been destroyed or written meanwhile. */
function writeRead(tx: Change, { id, auditId, extract }: Read): void {
  const { database } = tx;
  const waiting = database.get<{ row: number }>(sql`SELECT row FROM evidence_index WHERE evidence_id = ${id} AND state = 'waiting'`);
  if (waiting === undefined) return;
  if (extract === 'kept') {
    database.run(sql`UPDATE evidence_index SET state = 'done' WHERE row = ${waiting.row}`);
    return;
  }
  const text = extract?.text ?? null;
  const state = text !== null ? 'done' : extract === null || extract.failure !== null ? 'failed' : 'none';
  const wasRead = text !== null && database.run(sql`DELETE FROM evidence_content WHERE rowid = ${waiting.row}`) > 0;
  if (text !== null) database.run(sql`INSERT INTO evidence_content (rowid, content) VALUES (${waiting.row}, ${indexedText(text)})`);
  database.run(
    sql`UPDATE evidence_index SET state = ${state}, characters = ${text?.length ?? 0}, cut = ${extract?.cut === true ? 1 : 0} WHERE row = ${waiting.row}`,
  );
  if (extract === null) return;
  if (text !== null) noteIdentifiers(tx, auditId, id, extract.identifiers);
  // Facts were told when it was read first, and are the record's since then.
  if (!wasRead) noteFacts(tx, id, auditId, extract.facts);
}

/** Facts belong to the record, so only who may change it adds them, and never to a signed audit. */
function noteFacts(tx: Change, id: EvidenceId, auditId: AuditId, facts: ReaderExtract['facts']): void {
  const { state } = loadAudit(tx.database, auditId);
  if (facts.length === 0 || !mayWrite(tx.session.me.role) || state === 'signed' || state === 'archived') return;
  const before = updateRecord(tx, 'evidence', id, { facts });
  appendTrail(tx, {
    action: 'evidence.described',
    subjectKind: 'evidence',
    subjectId: id,
    auditId,
    detail: 'facts',
    before,
    after: { facts },
  });
}
