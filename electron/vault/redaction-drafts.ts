import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { RedactionMark } from '../../shared/ipc/redaction.ts';
import { sql } from './db/sql.ts';
import type { Change, Session } from './session.ts';

/**
 * The marks of a redaction that is not finished, each person's own, so that a lock takes none of them. They are places, not content; no copy
 * was made yet, so the trail does not tell of them.
 */

/** What was marked when the editor was last open; nothing where there is no such redaction. */
export function loadMarks({ records, me }: Session, evidenceId: EvidenceId): readonly RedactionMark[] {
  const row = records.get<{ marks: string }>(
    sql`SELECT marks FROM redaction_draft WHERE evidence_id = ${evidenceId} AND person_id = ${me.id}`,
  );
  return row === undefined ? [] : (JSON.parse(row.marks) as RedactionMark[]);
}

/** Keeps all marks there are now; none forgets the draft. */
export function keepMarks(tx: Change, evidenceId: EvidenceId, marks: readonly RedactionMark[]): void {
  if (marks.length === 0) {
    forgetMarks(tx, evidenceId);
    return;
  }
  tx.database.run(
    sql`INSERT INTO redaction_draft (evidence_id, person_id, marks, updated_at)
        VALUES (${evidenceId}, ${tx.session.me.id}, ${JSON.stringify(marks)}, ${tx.at})
        ON CONFLICT (evidence_id, person_id) DO UPDATE SET marks = excluded.marks, updated_at = excluded.updated_at`,
  );
}

export function forgetMarks({ database, session }: Change, evidenceId: EvidenceId): void {
  database.run(sql`DELETE FROM redaction_draft WHERE evidence_id = ${evidenceId} AND person_id = ${session.me.id}`);
}
