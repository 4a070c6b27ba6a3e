import { nameOfControl } from '../../shared/domain/control.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { EvidencePlace } from '../../shared/ipc/evidence.ts';
import { loadPacks } from './audit-repo.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, type Row, sql } from './db/sql.ts';
import type { SealedObject } from './evidence/store.ts';
import { linksByRecord } from './links.ts';

/** Reading evidence records, their objects. */

const columns = sql`evidence.*, evidence_object.size, evidence_object.sha256,
  (SELECT newer.id FROM evidence AS newer WHERE newer.supersedes = evidence.id AND newer.supersedes <> '') AS superseded_by`;

/** The audit's evidence by number; of one control only when given. */
export function listEvidence(database: ReadableDatabase, auditId: AuditId, control: ControlReference | null = null): Evidence[] {
  const rows =
    control === null
      ? database.all(
          sql`SELECT ${columns} FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id WHERE audit_id = ${auditId} ORDER BY number`,
        )
      : database.all(
          sql`SELECT ${columns} FROM link JOIN evidence ON evidence.id = link.from_id JOIN evidence_object ON evidence_object.id = evidence.object_id
              WHERE link.audit_id = ${auditId} AND link.kind = 'evidence-control' AND link.removed = 0 AND link.pack_id = ${control.packId}
              AND link.control_id = ${control.controlId} ORDER BY evidence.number`,
        );
  if (control !== null) return rows.map((row) => decodeEvidence(database, row));
  const links = linksByRecord(database, auditId);
  const findings = findingsByEvidence(database, auditId);
  return rows.map((row) => withLinks(row, links.get(String(row.id))?.controls ?? [], findings.get(String(row.id)) ?? []));
}

/** One piece of evidence or `evidence.unknown`. */
export function loadEvidence(database: ReadableDatabase, id: EvidenceId): Evidence {
  const row = database.get(
    sql`SELECT ${columns} FROM evidence JOIN evidence_object ON evidence_object.id = evidence.object_id WHERE evidence.id = ${id}`,
  );
  if (row === undefined) throw new ExpectedError('evidence.unknown', 'Go back to the list of evidence.');
  return decodeEvidence(database, row);
}

function decodeEvidence(database: ReadableDatabase, row: Row): Evidence {
  const id = String(row.id);
  const findings = database.all<{ from_id: FindingId }>(
    sql`SELECT link.from_id FROM link JOIN finding ON finding.id = link.from_id
        WHERE link.kind = 'finding-evidence' AND link.to_id = ${id} AND link.removed = 0 AND finding.removed = 0`,
  );
  return withLinks(
    row,
    linksByRecord(database, '', id).get(id)?.controls ?? [],
    findings.map((link) => link.from_id),
  );
}

function findingsByEvidence(database: ReadableDatabase, auditId: AuditId): Map<string, FindingId[]> {
  const grouped = new Map<string, FindingId[]>();
  const links = database.all<{ from_id: FindingId; to_id: string }>(
    sql`SELECT link.from_id, link.to_id FROM link JOIN finding ON finding.id = link.from_id
        WHERE link.audit_id = ${auditId} AND link.kind = 'finding-evidence' AND link.removed = 0 AND finding.removed = 0`,
  );
  for (const link of links) grouped.set(link.to_id, [...(grouped.get(link.to_id) ?? []), link.from_id]);
  return grouped;
}

function withLinks(row: Row, controls: readonly ControlReference[], findings: readonly FindingId[]): Evidence {
  const { objectId: _, ...fields } = decodeRow('evidence', row);
  return {
    ...(fields as unknown as Evidence),
    size: Number(row.size),
    sha256: String(row.sha256),
    supersededBy: (row.superseded_by ?? '') as Evidence['supersededBy'],
    controls,
    findings,
  };
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
    const controls = linksByRecord(database, '', row.id).get(row.id)?.controls ?? [];
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
