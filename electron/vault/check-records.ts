import type { VaultCheck } from '../../shared/ipc/vault.ts';
import { type DatabaseFile, type ReadableDatabase, type SqlQuery, sql } from './db/sql.ts';
import { structureProblems } from './db/structure.ts';

/** What can be proven about the records beside the calls. */

export type Problem = VaultCheck['problems'][number];

export interface CheckedRecords {
  /** Rows that the check looked at, by their references. */
  readonly records: number;
  /** Of pages, then of references. */
  readonly problems: readonly Problem[];
  /** What does not fit the trail, beside the trail's own chain; null when it cannot be read. */
  readonly trail: readonly Problem[] | null;
}

/** Authenticity and structure of every page, references, and what rests on the trail. `goOn` throws when the check is to end. */
export async function checkRecords(records: DatabaseFile, goOn: () => void): Promise<CheckedRecords> {
  const altered = alteredPages(records);
  goOn();
  const structure = structureProblems(records).map((message) => ({ code: 'vault.damaged', message, where: 'vault.db' }));
  goOn();
  const references = checkReferences(records);
  goOn();
  const trail = await checkAgainstTrail(records);
  return { records: references.count, problems: [...altered, ...structure, ...references.problems], trail };
}

function alteredPages(records: DatabaseFile): Problem[] {
  const look = () => records.raw.pragma('cipher_integrity_check').map((row) => String(Object.values(row)[0]));
  const first = look();
  // They are read past the locks: one that is being written looks altered. One that is altered looks so again.
  const again = first.length === 0 ? [] : look();
  return first.filter((message) => again.includes(message)).map((message) => ({ code: 'vault.damaged', message, where: 'vault.db' }));
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

function checkReferences(records: DatabaseFile): { count: number; problems: Problem[] } {
  const problems: Problem[] = [];
  try {
    for (const row of records.raw.pragma('foreign_key_check'))
      problems.push({ code: 'reference.dangling', message: 'A row refers to one that is missing.', where: `${row.table} ${row.rowid}` });
    for (const { what, query } of danglingQueries) {
      for (const row of records.all<{ id: string }>(query)) problems.push({ code: 'reference.dangling', message: what, where: row.id });
    }
    const count = Number(
      records.get<{ total: number }>(
        sql`SELECT (SELECT count(*) FROM answer) + (SELECT count(*) FROM evidence) + (SELECT count(*) FROM finding) + (SELECT count(*) FROM task) + (SELECT count(*) FROM audit) AS total`,
      )?.total,
    );
    return { count, problems };
  } catch {
    problems.push({ code: 'vault.damaged', message: 'The records cannot all be read.', where: 'vault.db' });
    return { count: 0, problems };
  }
}

/** Notes that the trail binds, and reports that remember how far it went. Null when they cannot be read. */
async function checkAgainstTrail(records: ReadableDatabase): Promise<Problem[] | null> {
  const broken = (message: string, sequence: number): Problem => ({ code: 'trail.broken', message, where: `event ${sequence}` });
  try {
    // Cutting the end of the trail leaves a chain that fits; but the reports remember how far it went.
    const cut = records.all<{ number: string; sequence: number }>(
      sql`SELECT number, trail_sequence AS sequence FROM report
          WHERE NOT EXISTS (SELECT 1 FROM trail WHERE trail.sequence = report.trail_sequence AND trail.hash = report.trail_hash)`,
    );
    return [
      ...(await brokenNotes(records)).map((sequence) => broken('The note of a hand-over is not the one that was written.', sequence)),
      ...cut.map(({ number, sequence }) => broken(`The trail no longer holds what report ${number} was signed on.`, sequence)),
    ];
  } catch {
    return null;
  }
}

async function brokenNotes(records: ReadableDatabase): Promise<number[]> {
  if (records.get(sql`SELECT 1 FROM custody_note LIMIT 1`) === undefined) return [];
  // Loaded only where there is a note: what it brings along takes three times as long to load as all the rest of the thread.
  const custody = await import('./custody.ts');
  return custody.brokenNotes(records);
}
