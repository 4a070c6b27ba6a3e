import { type AuditId, type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { findCarry, listFollowers } from './carry-repo.ts';
import { updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { controlLink, setLink } from './links.ts';
import type { Change } from './session.ts';
import { appendTrail } from './trail.ts';

/** Evidence and the controls it speaks for. Controls that follow another one in sync get and lose its evidence with it. */

/** Every control must be in the audit: a link never points at nothing. */
export function assertControls(database: ReadableDatabase, auditId: AuditId, controls: readonly ControlReference[]): void {
  for (const control of controls) {
    if (!isInAudit(database, auditId, control))
      throw new ExpectedError('control.unknown', 'Reload the list of controls.', { control: controlKey(control) });
  }
}

export function isInAudit(database: ReadableDatabase, auditId: AuditId, { packId, controlId }: ControlReference): boolean {
  return (
    database.get(sql`SELECT 1 FROM answer WHERE audit_id = ${auditId} AND pack_id = ${packId} AND control_id = ${controlId}`) !== undefined
  );
}

/** Links or unlinks a control and notes it in the custody ledger. Returns whether anything changed. */
export function linkToControl(tx: Change, auditId: AuditId, evidenceId: EvidenceId, control: ControlReference, present: boolean): boolean {
  if (!applyLink(tx, auditId, evidenceId, control, present)) return false;
  const own = findCarry(tx.database, auditId, control);
  // Whoever takes away evidence that came along has decided otherwise than the origin.
  if (!present && own?.mode === 'in-sync' && own.evidence.includes(evidenceId)) {
    updateRecord(tx, 'carry', own.id, { mode: 'apart', evidence: own.evidence.filter((id) => id !== evidenceId) });
  }
  return true;
}

function applyLink(tx: Change, auditId: AuditId, evidenceId: EvidenceId, control: ControlReference, present: boolean): boolean {
  if (!setLink(tx, controlLink('evidence-control', auditId, evidenceId, control), present)) return false;
  appendTrail(tx, {
    action: present ? 'evidence.linked' : 'evidence.unlinked',
    subjectKind: 'evidence',
    subjectId: evidenceId,
    auditId,
    detail: control.controlId,
    after: control,
  });
  for (const follower of listFollowers(tx.database, auditId, control)) {
    if (follower.mode !== 'in-sync') continue;
    const came = follower.evidence.includes(evidenceId);
    if (!present && !came) continue;
    const changed = applyLink(tx, auditId, evidenceId, follower.target, present);
    if (!present) updateRecord(tx, 'carry', follower.id, { evidence: follower.evidence.filter((id) => id !== evidenceId) });
    else if (changed && !came) updateRecord(tx, 'carry', follower.id, { evidence: [...follower.evidence, evidenceId] });
  }
  return true;
}
