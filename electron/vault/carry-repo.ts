import type { AnswerFields } from '../../shared/domain/answer.ts';
import type { Carry, CarryMode } from '../../shared/domain/carry.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, type Row, sql } from './db/sql.ts';

/** Reading what was carried: where an answer comes from, and which answers follow it. */

export interface CarryRecord {
  readonly id: string;
  readonly target: ControlReference;
  readonly origin: ControlReference;
  readonly requirement: string;
  readonly mode: CarryMode;
  /** Evidence that came along; only this is taken away again when it leaves the origin. */
  readonly evidence: readonly EvidenceId[];
  /** What the answer was before, so that it can be taken back. */
  readonly replaced: Pick<AnswerFields, 'verdict' | 'rationale' | 'workStatus'>;
  readonly carriedAt: string;
  readonly carriedBy: string;
}

/** What a control's answer was carried from, or undefined. */
export function findCarry(database: ReadableDatabase, auditId: AuditId, target: ControlReference): CarryRecord | undefined {
  const row = database.get(
    sql`SELECT * FROM carry WHERE audit_id = ${auditId} AND pack_id = ${target.packId} AND control_id = ${target.controlId} AND mode <> 'ended'`,
  );
  return row === undefined ? undefined : decodeCarry(row);
}

/** The answers that were carried from a control, in sync or apart. */
export function listFollowers(database: ReadableDatabase, auditId: AuditId, origin: ControlReference): CarryRecord[] {
  return database
    .all(
      sql`SELECT * FROM carry WHERE audit_id = ${auditId} AND from_pack_id = ${origin.packId} AND from_control_id = ${origin.controlId}
          AND mode <> 'ended' ORDER BY pack_id, control_id`,
    )
    .map(decodeCarry);
}

/** Both directions as a control's pane shows them. */
export function describeCarries(
  database: ReadableDatabase,
  auditId: AuditId,
  reference: ControlReference,
): { readonly carriedFrom: Carry | null; readonly carriedTo: readonly Carry[] } {
  const toCarry = (record: CarryRecord, other: ControlReference): Carry => ({
    ...other,
    requirement: record.requirement,
    mode: record.mode,
    carriedAt: record.carriedAt,
    carriedByName: database.get<{ name: string }>(sql`SELECT name FROM person WHERE id = ${record.carriedBy}`)?.name ?? '',
  });
  const own = findCarry(database, auditId, reference);
  return {
    carriedFrom: own === undefined ? null : toCarry(own, own.origin),
    carriedTo: listFollowers(database, auditId, reference).map((record) => toCarry(record, record.target)),
  };
}

function decodeCarry(row: Row): CarryRecord {
  const { packId, controlId, fromPackId, fromControlId, ...rest } = decodeRow('carry', row) as Record<string, string>;
  return {
    ...(rest as unknown as Omit<CarryRecord, 'target' | 'origin'>),
    target: { packId: String(packId), controlId: String(controlId) },
    origin: { packId: String(fromPackId), controlId: String(fromControlId) },
  };
}
