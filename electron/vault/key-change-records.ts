import type { PersonId } from '../../shared/domain/ids.ts';
import { authenticateLink } from './crypto/trail-chain.ts';
import { evidenceKey, recordsKey, trailKey } from './crypto/vault-keys.ts';
import { handOver, runDatabaseJob, type ThreadOptions } from './database-thread.ts';
import { openUnfinished } from './db/open.ts';
import { updateRecord } from './db/records.ts';
import { type DatabaseFile, sql } from './db/sql.ts';
import { rewrapKey } from './evidence/store.ts';
import { removeQuietly, syncFileBeside, syncFolder } from './files.ts';
import { recordsPath } from './key-change-files.ts';
import type { Change, Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** The records under another vault key, in a file of their own. */
export interface RecordsAnew {
  readonly path: string;
  readonly vaultKey: Buffer;
  readonly generation: number;
  readonly remove: readonly PersonId[];
}

/** Told between pieces of the work; throws when it was cancelled. */
type Step = (label: string, done: number, total: number | null) => Promise<void>;

/** Rows between which other calls are answered: some 15 ms of them. */
const batch = 200;

/**
 * Writes all records into a new file under a new key: every page encrypted anew, the key of each sealed object wrapped anew, each
 * event of the trail authenticated anew. The old file is only read. Whole and durable when it returns.
 */
export async function writeRecordsAnew(session: Session, anew: RecordsAnew, thread: ThreadOptions, step: Step): Promise<void> {
  removeQuietly(anew.path);
  await step('copy', 0, null);
  const path = recordsPath(session.folder, session.state.keyGeneration);
  const [key, targetKey] = [handOver(recordsKey(session.keys.vault)), handOver(recordsKey(anew.vaultKey))];
  await runDatabaseJob(session.threads, { does: 'copy', path, key, target: anew.path, targetKey }, thread);
  const records = openUnfinished(anew.path, recordsKey(anew.vaultKey));
  try {
    await rewrapObjects(session, records, evidenceKey(anew.vaultKey), step);
    await authenticateTrail(records, trailKey(anew.vaultKey), step);
    noteChange(session, records, anew);
  } finally {
    records.close();
  }
  await syncFileBeside(anew.path);
  syncFolder(session.folder);
}

async function rewrapObjects(session: Session, records: DatabaseFile, key: Buffer, step: Step): Promise<void> {
  const total = count(records, 'evidence_object');
  for (let [done, last] = [0, 0]; ; ) {
    // In the order in which they lie in the file: each page is then decrypted and encrypted once.
    const rows = records.all<{ place: number; id: string; wrapped: Uint8Array }>(
      sql`SELECT rowid AS place, id, wrapped_key AS wrapped FROM evidence_object WHERE rowid > ${last} ORDER BY rowid LIMIT ${batch}`,
    );
    records.write((database) => {
      for (const { place, id, wrapped } of rows) {
        const anew = rewrapKey(id, wrapped, session.keys.evidence, key);
        // One that does not open is damaged, and stays what it is: the check names it.
        if (anew !== null) database.run(sql`UPDATE evidence_object SET wrapped_key = ${anew} WHERE rowid = ${place}`);
      }
    });
    done += rows.length;
    last = rows.at(-1)?.place ?? last;
    await step('evidence', done, total);
    if (rows.length < batch) return;
  }
}

async function authenticateTrail(records: DatabaseFile, key: Buffer, step: Step): Promise<void> {
  const trigger = records.get<{ text: string }>(sql`SELECT sql AS text FROM sqlite_master WHERE name = 'trail_is_append_only_update'`);
  records.raw.exec('DROP TRIGGER IF EXISTS trail_is_append_only_update');
  const total = count(records, 'trail');
  for (let done = 0; ; ) {
    const rows = records.all<{ sequence: number; hash: string }>(
      sql`SELECT sequence, hash FROM trail WHERE sequence > ${done} ORDER BY sequence LIMIT ${batch}`,
    );
    records.write((database) => {
      for (const { sequence, hash } of rows)
        database.run(sql`UPDATE trail SET mac = ${authenticateLink(hash, key)} WHERE sequence = ${sequence}`);
    });
    done = rows.at(-1)?.sequence ?? done;
    await step('trail', done, total);
    if (rows.length < batch) break;
  }
  if (trigger !== undefined) records.raw.exec(trigger.text);
}

/** The events of the change itself, the first ones under the new key. */
function noteChange(session: Session, records: DatabaseFile, anew: RecordsAnew): void {
  const { generation, remove } = anew;
  records.write((database) => {
    const at = new Date().toISOString();
    const later = { ...session, keys: { ...session.keys, trail: trailKey(anew.vaultKey) } };
    const tx: Change = { database, session: later, at, clock: session.clock.next() };
    for (const id of remove) {
      updateRecord(tx, 'person', id, { removedAt: at });
      database.run(sql`DELETE FROM person_key WHERE person_id = ${id}`);
      appendTrail(tx, { action: 'person.removed', subjectKind: 'person', subjectId: id, after: { removedAt: at } });
    }
    database.run(
      sql`INSERT INTO setting (name, value) VALUES ('key-changed-at', ${at}) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    );
    appendTrail(tx, {
      action: 'vault.key-changed',
      subjectKind: 'vault',
      subjectId: session.vaultId,
      detail: `key ${generation}`,
      after: { generation, removed: remove },
    });
  });
}

function count(records: DatabaseFile, table: 'evidence_object' | 'trail'): number {
  const query = table === 'trail' ? sql`SELECT count(*) AS total FROM trail` : sql`SELECT count(*) AS total FROM evidence_object`;
  return Number(records.get<{ total: number }>(query)?.total);
}
