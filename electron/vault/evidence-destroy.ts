import type { Evidence } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { isoToday } from './audit-repo.ts';
import { appendCustody, reasonOnly } from './custody.ts';
import { deleteRecord } from './db/records.ts';
import { sql } from './db/sql.ts';
import { forgetIdentifiers } from './evidence-identifiers.ts';
import { isObjectUsed, loadEvidence, loadObject } from './evidence-repo.ts';
import { settleRevisions } from './evidence-revisions.ts';
import { removeLinksTo } from './links.ts';
import type { Change } from './session.ts';

/**
 * Takes a piece of evidence out of the records. Returns the id of its sealed object when nothing else needs it: the caller removes
 * the chunks once the change is durable. Throws `evidence.in-use` while anything is linked to it, unless it replaced an older piece.
 */
export function destroyPiece(tx: Change, evidenceId: EvidenceId, reason: string): string | null {
  const evidence = loadEvidence(tx.database, evidenceId);
  // What rests on a newer revision goes back to the one it replaced.
  if (evidence.supersedes === '' && (evidence.controls.length > 0 || evidence.findings.length > 0)) throw inUse(evidence);
  const early = evidence.retainUntil > isoToday() ? `, before its retention ended on ${evidence.retainUntil}` : '';
  const object = loadObject(tx.database, evidenceId);
  settleRevisions(tx, evidence);
  // Findings that were taken out of the register may still name it; restored, they must not point at nothing.
  removeLinksTo(tx, evidenceId);
  forgetIdentifiers(tx, evidenceId);
  deleteRecord(tx, 'evidence', evidenceId);
  const detail = `SHA-256 ${evidence.sha256}${early}`;
  const { auditId } = evidence;
  appendCustody(
    tx,
    { action: 'evidence.destroyed', subjectKind: 'evidence', subjectId: evidenceId, auditId, detail, before: evidence },
    reasonOnly(reason),
  );
  if (isObjectUsed(tx.database, object.id)) return null;
  // Without the wrapped key the chunks are noise, even if removing them does not come to its end.
  tx.database.run(sql`DELETE FROM evidence_object WHERE id = ${object.id}`);
  return object.id;
}

/** The error that says how much rests on a piece. */
export function inUse({ controls, findings }: Pick<Evidence, 'controls' | 'findings'>): ExpectedError {
  return new ExpectedError('evidence.in-use', 'Remove its links first.', { controls: controls.length, findings: findings.length });
}
