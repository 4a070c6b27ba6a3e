import type { AuditId } from '../../shared/domain/ids.ts';
import type { TrailEvent, TrailHead } from '../../shared/domain/trail.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { trailHead } from './trail.ts';

export interface TrailQuery {
  /** Only links before this number; null for the newest. */
  readonly before: number | null;
  readonly limit: number;
  /** Text to find in action, detail or person; empty for all. */
  readonly query: string;
  readonly auditId: AuditId | null;
}

/** A page of the trail, newest first, with the head and how many links match in all. */
export function listTrail(
  database: ReadableDatabase,
  { before, limit, query, auditId }: TrailQuery,
): { events: TrailEvent[]; head: TrailHead; total: number } {
  const pattern = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const where = sql`(${query} = '' OR trail.action LIKE ${pattern} ESCAPE '\\' OR trail.detail LIKE ${pattern} ESCAPE '\\' OR person.name LIKE ${pattern} ESCAPE '\\')
    AND (${auditId ?? ''} = '' OR trail.audit_id = ${auditId ?? ''})`;
  const events = database.all<TrailEvent>(
    sql`SELECT trail.sequence, trail.at, trail.person_id AS personId, coalesce(person.name, '') AS personName, trail.action, trail.subject_kind AS subjectKind,
          trail.subject_id AS subjectId, trail.detail, trail.hash
        FROM trail LEFT JOIN person ON person.id = trail.person_id
        WHERE ${where} AND trail.sequence < ${before ?? Number.MAX_SAFE_INTEGER} ORDER BY trail.sequence DESC LIMIT ${limit}`,
  );
  const total = Number(
    database.get<{ total: number }>(sql`SELECT count(*) AS total FROM trail LEFT JOIN person ON person.id = trail.person_id WHERE ${where}`)
      ?.total,
  );
  return { events, head: trailHead(database), total };
}
