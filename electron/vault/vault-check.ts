import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { VaultCheck } from '../../shared/ipc/vault.ts';
import type { CheckedRecords, Problem } from './check-records.ts';
import type { LongWork } from './context.ts';
import { recordsKey } from './crypto/vault-keys.ts';
import { handOver, runDatabaseJob } from './database-thread.ts';
import { emptyLog } from './db/open.ts';
import { type DatabaseFile, sql } from './db/sql.ts';
import { chunkStructureProblems, isOfDatabase, structureProblems } from './db/structure.ts';
import { type SealedObject, walkObject } from './evidence/store.ts';
import { decodeObject } from './evidence-repo.ts';
import { describeDamage } from './evidence-verification.ts';
import { giveWay } from './give-way.ts';
import { chunksFile } from './header.ts';
import { recordsPath } from './key-change-files.ts';
import type { Session } from './session.ts';
import { verifyTrail } from './trail.ts';

/** Everything that can be proven about a vault: page authenticity, references, the trail's chain, every sealed byte. */
export async function checkVault(session: Session, work: LongWork): Promise<VaultCheck> {
  const problems: Problem[] = [];
  work.report({ label: 'pages', done: 0, total: null, unit: 'items' });
  const records = await checkRecordsBeside(session, work);
  problems.push(...records.problems);
  await checkChunkFile(session, problems, work);
  const trail = await checkTrail(session, records, problems, work);
  const { objects, chunks } = await checkObjects(session, problems, work);
  const pages = pagesIn(session.records) + pagesIn(session.chunks);
  return { ok: problems.length === 0, problems, counts: { pages, objects, chunks, trail, records: records.records } };
}

function pagesIn({ raw }: DatabaseFile): number {
  return Number(raw.pragma('page_count', { simple: true }));
}

async function checkRecordsBeside(session: Session, work: LongWork): Promise<CheckedRecords> {
  const path = recordsPath(session.folder, session.state.keyGeneration);
  const writer = session.lock !== null;
  const checked = await runDatabaseJob(
    session.threads,
    { does: 'check', path, key: handOver(recordsKey(session.keys.vault)), writer },
    work,
  );
  // What was destroyed while the thread was reading is still in the log. A reader of another process leaves that to the writer.
  if (writer) emptyLog(session.records);
  return checked;
}

/** Chunk files up to this size are read by SQLite in one go: in bytes, for a disk of 500 MB/s some 30 ms. */
const wholeLimit = 16 * 1024 * 1024;

async function checkChunkFile(session: Session, problems: Problem[], work: LongWork): Promise<void> {
  const { chunks, folder, lock } = session;
  const pause = () => giveWay(work);
  // Whoever has the vault open only to read, the command line, keeps no call waiting.
  const atOnce = lock === null || statSync(join(folder, chunksFile)).size <= wholeLimit;
  const found = atOnce ? structureProblems(chunks) : await chunkStructureProblems(chunks, pause);
  for (const message of found) problems.push({ code: 'vault.evidence-damaged', message, where: 'evidence.db' });
  await pause();
}

async function checkTrail(session: Session, records: CheckedRecords, problems: Problem[], work: LongWork): Promise<number> {
  const result = await verifyTrail(session.records, session.keys.trail, (checked) => {
    work.report({ label: 'trail', done: checked, total: null, unit: 'items' });
    return giveWay(work);
  }).catch((error: unknown) => {
    if (error instanceof CancelledError) throw error;
    return null;
  });
  if (result === null || records.trail === null) {
    problems.push({ code: 'trail.broken', message: 'The trail cannot be read.', where: 'vault.db' });
    return 0;
  }
  if (!result.ok)
    problems.push({ code: 'trail.broken', message: 'The chain does not fit from here on.', where: `event ${result.firstBroken}` });
  problems.push(...records.trail);
  return result.checked;
}

async function checkObjects(session: Session, problems: Problem[], work: LongWork): Promise<{ objects: number; chunks: number }> {
  let objects = 0;
  let chunks = 0;
  try {
    let total = Number(session.records.get<{ total: number }>(sql`SELECT sum(size) AS total FROM evidence_object`)?.total);
    let done = 0;
    // Each is read from the records when its turn comes: its key may have been wrapped anew meanwhile.
    for (let object = objectAfter(session, ''); object !== null; object = objectAfter(session, object.id)) {
      const message = await objectProblem(session, object, async (bytes) => {
        done += bytes;
        chunks += 1;
        total = Math.max(total, done);
        work.report({ label: 'evidence', done, total, unit: 'bytes' });
        await giveWay(work);
      });
      // Destroyed meanwhile, there is nothing that could be damaged.
      if (message !== null && isThere(session, object)) problems.push(damage(session, object.id, message));
      objects += 1;
    }
  } catch (error) {
    if (!isOfDatabase(error)) throw error;
    problems.push({ code: 'vault.damaged', message: 'The list of sealed objects cannot be read.', where: 'vault.db' });
  }
  return { objects, chunks };
}

function objectAfter(session: Session, id: string): SealedObject | null {
  const row = session.records.get(sql`SELECT * FROM evidence_object WHERE id > ${id} ORDER BY id LIMIT 1`);
  return row === undefined ? null : decodeObject(row);
}

function isThere(session: Session, { id }: SealedObject): boolean {
  return session.records.get(sql`SELECT 1 FROM evidence_object WHERE id = ${id}`) !== undefined;
}

/** What is wrong with an object, or null. `onChunk` is told the bytes of each chunk. */
async function objectProblem(session: Session, object: SealedObject, onChunk: (bytes: number) => Promise<void>): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for (const chunk of walkObject(session.chunks, object, session.keys.evidence)) {
      hash.update(chunk);
      await onChunk(chunk.length);
    }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error;
    return `Chunk ${error.data.chunk ?? ''} is not what was sealed.`;
  }
  return hash.digest('hex') === object.sha256 ? null : 'The content does not have its SHA-256.';
}

/** Names what rests on the object, as far as the records can still be read. */
function damage(session: Session, object: string, message: string): Problem {
  const problem = { code: 'evidence.damaged', message, where: object };
  try {
    return { ...problem, affected: describeDamage(session.records, object) };
  } catch {
    return problem;
  }
}
