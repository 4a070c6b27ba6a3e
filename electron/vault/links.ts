import { randomUUID } from 'node:crypto';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, type SqlQuery, sql } from './db/sql.ts';
import type { Change } from './session.ts';

/** Links between evidence, findings and controls. A removed link stays as a record, so that undo and merging know of it. */
export type LinkKind = 'evidence-control' | 'finding-control' | 'finding-evidence' | 'request-control' | 'request-evidence';

export interface Link {
  readonly kind: LinkKind;
  readonly auditId: AuditId;
  readonly fromId: string;
  readonly packId: string;
  readonly controlId: string;
  readonly toId: string;
}

/** A link from evidence, a finding or a request to a control. */
export function controlLink(
  kind: 'evidence-control' | 'finding-control' | 'request-control',
  auditId: AuditId,
  fromId: string,
  control: ControlReference,
): Link {
  return { kind, auditId, fromId, packId: control.packId, controlId: control.controlId, toId: '' };
}

/** A link from a finding to a piece of evidence. */
export function evidenceLink(auditId: AuditId, findingId: string, evidenceId: string): Link {
  return { kind: 'finding-evidence', auditId, fromId: findingId, packId: '', controlId: '', toId: evidenceId };
}

/** Makes or removes a link. Returns whether anything changed. */
export function setLink(change: Change, link: Link, present: boolean): boolean {
  const found = change.database.get<{ id: string; removed: number }>(
    sql`SELECT id, removed FROM link WHERE kind = ${link.kind} AND from_id = ${link.fromId} AND pack_id = ${link.packId}
        AND control_id = ${link.controlId} AND to_id = ${link.toId}`,
  );
  if (found === undefined) {
    if (!present) return false;
    insertRecord(change, 'link', randomUUID(), { ...link, removed: 0 });
    return true;
  }
  if ((found.removed === 0) === present) return false;
  updateRecord(change, 'link', found.id, { removed: present ? 0 : 1 });
  return true;
}

/** Removes every present link to a record. */
export function removeLinksTo(change: Change, toId: string): void {
  const links = change.database.all<{ id: string }>(sql`SELECT id FROM link WHERE to_id = ${toId} AND removed = 0`);
  for (const { id } of links) updateRecord(change, 'link', id, { removed: 1 });
}

/** The present links that start from a record. */
export interface RecordLinks {
  readonly controls: readonly ControlReference[];
  /** Ids of findings' and requests' evidence. */
  readonly records: readonly string[];
}

export const noLinks: RecordLinks = { controls: [], records: [] };

export function linksOf(database: ReadableDatabase, id: string): RecordLinks {
  return linksByRecord(database, sql`${id}`).get(id) ?? noLinks;
}

/** The present links of several records by the id they start from. `ids` is a list or a selection. */
export function linksByRecord(database: ReadableDatabase, ids: SqlQuery): Map<string, RecordLinks> {
  const rows = database.all<{ from_id: string; pack_id: string; control_id: string; to_id: string }>(
    sql`SELECT from_id, pack_id, control_id, to_id FROM link WHERE from_id IN (${ids}) AND removed = 0 ORDER BY pack_id, control_id, rowid`,
  );
  const grouped = new Map<string, { controls: ControlReference[]; records: string[] }>();
  for (const row of rows) {
    let entry = grouped.get(row.from_id);
    if (entry === undefined) {
      entry = { controls: [], records: [] };
      grouped.set(row.from_id, entry);
    }
    if (row.to_id === '') entry.controls.push({ packId: row.pack_id, controlId: row.control_id });
    else entry.records.push(row.to_id);
  }
  return grouped;
}

/** How many present links of a kind each control has, by control key `pack/control`. */
export function countByControl(database: ReadableDatabase, auditId: string, kind: LinkKind): Map<string, number> {
  const rows =
    kind === 'finding-control'
      ? database.all<{ pack_id: string; control_id: string; total: number }>(
          sql`SELECT link.pack_id, link.control_id, count(*) AS total FROM link JOIN finding ON finding.id = link.from_id
              WHERE link.audit_id = ${auditId} AND link.kind = ${kind} AND link.removed = 0 AND finding.removed = 0 GROUP BY link.pack_id, link.control_id`,
        )
      : database.all<{ pack_id: string; control_id: string; total: number }>(
          sql`SELECT pack_id, control_id, count(*) AS total FROM link
              WHERE audit_id = ${auditId} AND kind = ${kind} AND removed = 0 GROUP BY pack_id, control_id`,
        );
  return new Map(rows.map((row) => [`${row.pack_id}/${row.control_id}`, row.total]));
}
