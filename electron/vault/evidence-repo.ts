import { nameOfControl } from '../../shared/domain/control.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import type { ProfiledPiece } from '../../shared/domain/redaction-profile.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { EvidencePlace } from '../../shared/ipc/evidence.ts';
import { loadPacks } from './audit-repo.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, type Row, type SqlQuery, sql } from './db/sql.ts';
import type { SealedObject } from './evidence/store.ts';
import { linksOf } from './links.ts';

/** Reading evidence records, their objects. */

/** Which pieces of a list are read: those with a number above `after`, at most `limit` of them. */
export interface EvidencePage {
  readonly after: number;
  readonly limit: number;
}

/** The audit's evidence by number; a page of it when given. */
export function listEvidence(database: ReadableDatabase, auditId: AuditId, page: EvidencePage | null = null): Evidence[] {
  if (page === null) return readPieces(database, sql`evidence.audit_id = ${auditId}`);
  const numbers = sql`SELECT number FROM evidence WHERE audit_id = ${auditId} AND number > ${page.after} ORDER BY number LIMIT ${page.limit}`;
  const last = database.get<{ last: number | null }>(sql`SELECT max(number) AS last FROM (${numbers})`)?.last ?? page.after;
  return readPieces(database, sql`evidence.audit_id = ${auditId} AND evidence.number > ${page.after} AND evidence.number <= ${last}`);
}

/** Of each piece by number what a redaction profile goes by. */
export function listSensitivities(database: ReadableDatabase, auditId: AuditId): ProfiledPiece[] {
  return database.all(
    sql`SELECT id, number, derived_from AS derivedFrom, derivation, sensitivity FROM evidence WHERE audit_id = ${auditId} ORDER BY number`,
  );
}

/** The ids of the audit's evidence by number. */
export function listEvidenceIds(database: ReadableDatabase, auditId: AuditId): EvidenceId[] {
  return database.all<{ id: EvidenceId }>(sql`SELECT id FROM evidence WHERE audit_id = ${auditId} ORDER BY number`).map(({ id }) => id);
}

/** The evidence of one control by number. */
export function listEvidenceOf(database: ReadableDatabase, auditId: AuditId, { packId, controlId }: ControlReference): Evidence[] {
  return readPieces(
    database,
    sql`evidence.id IN (SELECT from_id FROM link WHERE audit_id = ${auditId} AND kind = 'evidence-control' AND removed = 0
        AND pack_id = ${packId} AND control_id = ${controlId})`,
  );
}

/** Those of the pieces that are there, by number. */
export function loadPieces(database: ReadableDatabase, ids: readonly string[]): Evidence[] {
  return readPieces(database, sql`evidence.id IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
}

/** One piece of evidence or `evidence.unknown`. */
export function loadEvidence(database: ReadableDatabase, id: EvidenceId): Evidence {
  const [found] = readPieces(database, sql`evidence.id = ${id}`);
  if (found === undefined) throw new ExpectedError('evidence.unknown', 'Go back to the list of evidence.');
  return found;
}

/** The pieces that a condition on `evidence` meets, by number. Three queries whatever their number. */
function readPieces(database: ReadableDatabase, condition: SqlQuery): Evidence[] {
  const rows = database.all(
    sql`SELECT evidence.*, evidence_object.size, evidence_object.sha256,
          (SELECT newer.id FROM evidence AS newer WHERE newer.supersedes = evidence.id AND newer.supersedes <> '') AS superseded_by
        FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id WHERE ${condition} ORDER BY evidence.number`,
  );
  const controls = new Map<string, ControlReference[]>();
  for (const { id, packId, controlId } of database.all<ControlReference & { id: string }>(
    sql`SELECT link.from_id AS id, link.pack_id AS packId, link.control_id AS controlId FROM evidence JOIN link ON link.from_id = evidence.id
        WHERE ${condition} AND link.kind = 'evidence-control' AND link.removed = 0 ORDER BY link.pack_id, link.control_id, link.rowid`,
  ))
    addTo(controls, id, { packId, controlId });
  const findings = new Map<string, FindingId[]>();
  for (const { id, findingId } of database.all<{ id: string; findingId: FindingId }>(
    sql`SELECT link.to_id AS id, link.from_id AS findingId FROM evidence JOIN link ON link.to_id = evidence.id JOIN finding ON finding.id = link.from_id
        WHERE ${condition} AND link.kind = 'finding-evidence' AND link.removed = 0 AND finding.removed = 0 ORDER BY link.rowid`,
  ))
    addTo(findings, id, findingId);
  return rows.map((row) => {
    const id = String(row.id);
    // One object a piece, written to and not copied: an audit may have 200,000 of them.
    return Object.assign(decodeRow('evidence', row, 'objectId'), {
      size: Number(row.size),
      sha256: String(row.sha256),
      supersededBy: (row.superseded_by ?? '') as Evidence['supersededBy'],
      controls: controls.get(id) ?? [],
      findings: findings.get(id) ?? [],
    }) as unknown as Evidence;
  });
}

function addTo<Value>(grouped: Map<string, Value[]>, id: string, value: Value): void {
  const group = grouped.get(id);
  if (group === undefined) grouped.set(id, [value]);
  else group.push(value);
}

/** The sealed object behind a piece of evidence. */
export function loadObject(database: ReadableDatabase, evidenceId: EvidenceId): SealedObject {
  const row = database.get(
    sql`SELECT evidence_object.* FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id WHERE evidence.id = ${evidenceId}`,
  );
  if (row === undefined) throw new ExpectedError('evidence.unknown', 'Go back to the list of evidence.');
  return decodeObject(row);
}

export function findObjectByHash(database: ReadableDatabase, sha256: string): SealedObject | null {
  const row = database.get(sql`SELECT * FROM evidence_object WHERE sha256 = ${sha256}`);
  return row === undefined ? null : decodeObject(row);
}

export function decodeObject(row: Row): SealedObject {
  return {
    id: String(row.id),
    sha256: String(row.sha256),
    size: Number(row.size),
    chunks: Number(row.chunks),
    wrappedKey: row.wrapped_key as Uint8Array,
  };
}

/** Whether anything still needs an object. */
export function isObjectUsed(database: ReadableDatabase, objectId: string): boolean {
  return (
    database.get(
      sql`SELECT 1 FROM evidence WHERE object_id = ${objectId} UNION ALL SELECT 1 FROM report WHERE object_id = ${objectId} LIMIT 1`,
    ) !== undefined
  );
}

/** Citations of the linked controls that a result names; there may be hundreds. */
const mostCitations = 6;

/** Where the same content already lies in the vault: in this audit first, then in the others, the newest first. */
export function placesOfObject(database: ReadableDatabase, objectId: string, auditId: AuditId): EvidencePlace[] {
  const rows = database.all<{ id: EvidenceId; number: number; auditId: AuditId; auditTitle: string; newer: number | null }>(
    sql`SELECT evidence.id, evidence.number, evidence.audit_id AS auditId, audit.title AS auditTitle,
          (SELECT newer.number FROM evidence AS newer WHERE newer.supersedes = evidence.id AND newer.supersedes <> '') AS newer
        FROM evidence JOIN audit ON audit.id = evidence.audit_id WHERE evidence.object_id = ${objectId}
        ORDER BY evidence.audit_id <> ${auditId}, evidence.received_at DESC LIMIT 20`,
  );
  return rows.map((row) => {
    const { controls } = linksOf(database, row.id);
    return {
      evidenceId: row.id,
      number: row.number,
      auditId: row.auditId,
      auditTitle: row.auditTitle,
      controls: controls.length,
      citations: citationsOf(database, row.auditId, controls.slice(0, mostCitations)),
      supersededBy: row.newer,
    };
  });
}

/** The first citation of each control, or its id. */
export function citationsOf(database: ReadableDatabase, auditId: AuditId, wanted: readonly ControlReference[]): string[] {
  if (wanted.length === 0) return [];
  const packs = loadPacks(database, auditId);
  return wanted.flatMap(({ packId, controlId }) => {
    const pack = packs.find((candidate) => candidate.id === packId);
    const control = pack?.sections.flatMap((section) => section.controls).find((candidate) => candidate.id === controlId);
    return control === undefined ? [] : [nameOfControl(control)];
  });
}
