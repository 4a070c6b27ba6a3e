import type { AuditId, EvidenceId, RequestId } from '../../../shared/domain/ids.ts';
import type { EvidenceRequest } from '../../../shared/domain/request.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { decodeRow } from '../db/records.ts';
import { type ReadableDatabase, type Row, sql } from '../db/sql.ts';
import { linksByRecord, linksOf, noLinks, type RecordLinks } from '../links.ts';

/** Reading requests for evidence. Removed ones are kept for undo and not listed. */

export function listRequests(database: ReadableDatabase, auditId: AuditId): EvidenceRequest[] {
  const links = linksByRecord(database, sql`SELECT id FROM request WHERE audit_id = ${auditId}`);
  return database
    .all(sql`SELECT * FROM request WHERE audit_id = ${auditId} AND removed = 0 ORDER BY number`)
    .map((row) => decodeRequest(row, links.get(String(row.id)) ?? noLinks));
}

/** One request or `request.unknown`; a removed one only when asked for. */
export function loadRequest(database: ReadableDatabase, id: RequestId, removed: 0 | 1 = 0): EvidenceRequest {
  const row = database.get(sql`SELECT * FROM request WHERE id = ${id} AND removed = ${removed}`);
  if (row === undefined) throw new ExpectedError('request.unknown', 'Go back to the list of requests.');
  return decodeRequest(row, linksOf(database, id));
}

/** The next number of an audit. Removed requests keep theirs. */
export function nextRequestNumber(database: ReadableDatabase, auditId: AuditId): number {
  return Number(
    database.get<{ next: number }>(sql`SELECT coalesce(max(number), 0) + 1 AS next FROM request WHERE audit_id = ${auditId}`)?.next,
  );
}

function decodeRequest(row: Row, { controls, records }: RecordLinks): EvidenceRequest {
  const { removed: _, ...request } = decodeRow('request', row);
  return {
    ...(request as unknown as EvidenceRequest),
    controls,
    evidence: records as readonly EvidenceId[],
  };
}
