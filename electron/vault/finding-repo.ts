import type { Finding } from '../../shared/domain/finding.ts';
import type { AuditId, ControlReference, EvidenceId, FindingId, TaskId } from '../../shared/domain/ids.ts';
import type { Task } from '../../shared/domain/plan.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, type Row, sql } from './db/sql.ts';
import { linksOf } from './links.ts';

/** Reading findings and the tasks of the action plan. Removed ones are kept for undo and not listed. */

export function listFindings(database: ReadableDatabase, auditId: AuditId, control: ControlReference | null = null): Finding[] {
  const rows =
    control === null
      ? database.all(sql`SELECT * FROM finding WHERE audit_id = ${auditId} AND removed = 0 ORDER BY number`)
      : database.all(
          sql`SELECT finding.* FROM link JOIN finding ON finding.id = link.from_id
              WHERE link.audit_id = ${auditId} AND link.kind = 'finding-control' AND link.removed = 0 AND link.pack_id = ${control.packId}
              AND link.control_id = ${control.controlId} AND finding.removed = 0 ORDER BY finding.number`,
        );
  return rows.map((row) => decodeFinding(database, row));
}

/** One finding or `finding.unknown`; a removed one only when asked for. */
export function loadFinding(database: ReadableDatabase, id: FindingId, removed: 0 | 1 = 0): Finding {
  const row = database.get(sql`SELECT * FROM finding WHERE id = ${id} AND removed = ${removed}`);
  if (row === undefined) throw new ExpectedError('finding.unknown', 'Go back to the list of findings.');
  return decodeFinding(database, row);
}

function decodeFinding(database: ReadableDatabase, row: Row): Finding {
  const { removed: _, ...finding } = decodeRow('finding', row);
  const { controls, records } = linksOf(database, String(row.id));
  return { ...(finding as unknown as Finding), controls, evidence: records as readonly EvidenceId[] };
}

export function listTasks(database: ReadableDatabase, auditId: AuditId): Task[] {
  return database.all(sql`SELECT * FROM task WHERE audit_id = ${auditId} AND removed = 0 ORDER BY number`).map(decodeTask);
}

/** One task or `task.unknown`; a removed one only when asked for. */
export function loadTask(database: ReadableDatabase, id: TaskId, removed: 0 | 1 = 0): Task {
  const row = database.get(sql`SELECT * FROM task WHERE id = ${id} AND removed = ${removed}`);
  if (row === undefined) throw new ExpectedError('task.unknown', 'Go back to the action plan.');
  return decodeTask(row);
}

function decodeTask(row: Row): Task {
  const { removed: _, updatedBy: __, ...task } = decodeRow('task', row);
  return task as unknown as Task;
}
