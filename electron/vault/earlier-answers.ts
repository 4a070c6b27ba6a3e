import type { AnswerFields } from '../../shared/domain/answer.ts';
import type { Control } from '../../shared/domain/control.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { EarlierAnswer } from '../../shared/ipc/answers.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';

/** Reading the answers that wait because the text of their control changed. */

/** The answer that waits beside a control whose text changed, or null. */
export function findEarlier(database: ReadableDatabase, auditId: AuditId, { packId, controlId }: ControlReference): EarlierAnswer | null {
  const row = database.get<{ version: string; control: string; answer: string }>(
    sql`SELECT version, control, answer FROM earlier_answer
        WHERE audit_id = ${auditId} AND pack_id = ${packId} AND control_id = ${controlId} AND decision = ''`,
  );
  if (row === undefined) return null;
  return { version: row.version, control: JSON.parse(row.control) as Control, answer: JSON.parse(row.answer) as AnswerFields };
}

/** Controls of an audit whose earlier answers still wait. */
export function waitingControls(database: ReadableDatabase, auditId: AuditId): Set<string> {
  const rows = database.all<{ key: string }>(
    sql`SELECT pack_id || '/' || control_id AS key FROM earlier_answer WHERE audit_id = ${auditId} AND decision = ''`,
  );
  return new Set(rows.map((row) => row.key));
}
