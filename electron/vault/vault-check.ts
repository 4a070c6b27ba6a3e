import { createHash } from 'node:crypto';
import type { Progress } from '../../shared/ipc/contract.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { VaultCheck } from '../../shared/ipc/vault.ts';
import { yieldToOthers } from './context.ts';
import { brokenNotes } from './custody.ts';
import { type SqlQuery, sql } from './db/sql.ts';
import { readObject } from './evidence/store.ts';
import { allObjects } from './evidence.ts';
import { describeDamage } from './evidence-verification.ts';
import type { Session } from './session.ts';
import { verifyTrail } from './trail.ts';

type Report = (progress: Omit<Progress, 'elapsed'>) => void;
type Problem = VaultCheck['problems'][number];

/** Everything that can be proven about a vault: page authenticity, references, the trail's chain, every sealed byte. */
export async function checkVault(session: Session, signal: AbortSignal, report: Report): Promise<VaultCheck> {
  const problems: Problem[] = [];
  const pages = checkPages(session, problems);
  const records = checkReferences(session, problems);
  const trail = await checkTrail(session, problems, report);
  const { objects, chunks } = await checkObjects(session, problems, signal, report);
  return { ok: problems.length === 0, problems, counts: { pages, objects, chunks, trail, records } };
}

function checkPages(session: Session, problems: Problem[]): number {
  for (const row of session.records.raw.pragma('cipher_integrity_check')) {
    problems.push({ code: 'vault.damaged', message: String(Object.values(row)[0]), where: 'vault.db' });
  }
  for (const [file, database] of [
    ['vault.db', session.records],
    ['evidence.db', session.chunks],
  ] as const) {
    for (const row of integrityRows(database.raw)) {
      if (row !== 'ok')
        problems.push({ code: file === 'vault.db' ? 'vault.damaged' : 'vault.evidence-damaged', message: row, where: file });
    }
  }
  return (
    Number(session.records.raw.pragma('page_count', { simple: true })) + Number(session.chunks.raw.pragma('page_count', { simple: true }))
  );
}

function integrityRows(raw: Session['records']['raw']): string[] {
  try {
    return raw.pragma('integrity_check(100)').map((row) => String(Object.values(row)[0]));
  } catch (error) {
    return [error instanceof Error ? error.message : 'not readable'];
  }
}

/** Rows that point at nothing, by what is wrong with them. */
const danglingQueries: readonly { readonly what: string; readonly query: SqlQuery }[] = [
  { what: 'evidence without object', query: sql`SELECT id FROM evidence WHERE object_id NOT IN (SELECT id FROM evidence_object)` },
  { what: 'report without object', query: sql`SELECT id FROM report WHERE object_id NOT IN (SELECT id FROM evidence_object)` },
  {
    what: 'link to a control that is not in its audit',
    query: sql`SELECT id FROM link WHERE removed = 0 AND control_id <> '' AND NOT EXISTS (SELECT 1 FROM answer WHERE answer.audit_id = link.audit_id AND answer.pack_id = link.pack_id AND answer.control_id = link.control_id)`,
  },
  {
    what: 'link from evidence that is gone',
    query: sql`SELECT id FROM link WHERE removed = 0 AND kind = 'evidence-control' AND from_id NOT IN (SELECT id FROM evidence)`,
  },
  {
    what: 'link from a finding that is gone',
    query: sql`SELECT id FROM link WHERE removed = 0 AND kind LIKE 'finding-%' AND from_id NOT IN (SELECT id FROM finding)`,
  },
  {
    what: 'link from a request that is gone',
    query: sql`SELECT id FROM link WHERE removed = 0 AND kind LIKE 'request-%' AND from_id NOT IN (SELECT id FROM request)`,
  },
  {
    what: 'link to evidence that is gone',
    query: sql`SELECT id FROM link WHERE removed = 0 AND to_id <> '' AND to_id NOT IN (SELECT id FROM evidence)`,
  },
];

function checkReferences(session: Session, problems: Problem[]): number {
  const { records } = session;
  try {
    for (const row of records.raw.pragma('foreign_key_check'))
      problems.push({ code: 'reference.dangling', message: 'A row refers to one that is missing.', where: `${row.table} ${row.rowid}` });
    for (const { what, query } of danglingQueries) {
      for (const row of records.all<{ id: string }>(query)) problems.push({ code: 'reference.dangling', message: what, where: row.id });
    }
    return Number(
      records.get<{ total: number }>(
        sql`SELECT (SELECT count(*) FROM answer) + (SELECT count(*) FROM evidence) + (SELECT count(*) FROM finding) + (SELECT count(*) FROM task) + (SELECT count(*) FROM audit) AS total`,
      )?.total,
    );
  } catch {
    problems.push({ code: 'vault.damaged', message: 'The records cannot all be read.', where: 'vault.db' });
    return 0;
  }
}

async function checkTrail(session: Session, problems: Problem[], report: Report): Promise<number> {
  try {
    const result = await verifyTrail(session.records, session.keys.trail, async (checked) => {
      report({ label: 'trail', done: checked, total: null, unit: 'items' });
      await yieldToOthers();
    });
    if (!result.ok)
      problems.push({ code: 'trail.broken', message: 'The chain does not fit from here on.', where: `event ${result.firstBroken}` });
    for (const sequence of brokenNotes(session.records))
      problems.push({
        code: 'trail.broken',
        message: 'The note of a hand-over is not the one that was written.',
        where: `event ${sequence}`,
      });
    // Cutting the end of the trail leaves a chain that fits; but the reports remember how far it went.
    for (const { number, sequence } of session.records.all<{ number: string; sequence: number }>(
      sql`SELECT number, trail_sequence AS sequence FROM report
          WHERE NOT EXISTS (SELECT 1 FROM trail WHERE trail.sequence = report.trail_sequence AND trail.hash = report.trail_hash)`,
    ))
      problems.push({
        code: 'trail.broken',
        message: `The trail no longer holds what report ${number} was signed on.`,
        where: `event ${sequence}`,
      });
    return result.checked;
  } catch {
    problems.push({ code: 'trail.broken', message: 'The trail cannot be read.', where: 'vault.db' });
    return 0;
  }
}

async function checkObjects(
  session: Session,
  problems: Problem[],
  signal: AbortSignal,
  report: Report,
): Promise<{ objects: number; chunks: number }> {
  let objects: ReturnType<typeof allObjects>;
  try {
    objects = allObjects(session);
  } catch {
    problems.push({ code: 'vault.damaged', message: 'The list of sealed objects cannot be read.', where: 'vault.db' });
    return { objects: 0, chunks: 0 };
  }
  const total = objects.reduce((sum, object) => sum + object.size, 0);
  let done = 0;
  let chunks = 0;
  for (const object of objects) {
    const hash = createHash('sha256');
    try {
      for (const chunk of readObject(session.chunks, object, session.keys.evidence)) {
        if (signal.aborted) throw new CancelledError();
        hash.update(chunk);
        done += chunk.length;
        chunks += 1;
        report({ label: 'evidence', done, total, unit: 'bytes' });
        await yieldToOthers();
      }
      if (hash.digest('hex') !== object.sha256) problems.push(damage(session, object.id, 'The content does not have its SHA-256.'));
    } catch (error) {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push(damage(session, object.id, `Chunk ${error.data.chunk ?? ''} is not what was sealed.`));
    }
  }
  return { objects: objects.length, chunks };
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
