import { randomUUID } from 'node:crypto';
import type { CarryChange } from '../../shared/domain/carry.ts';
import { type AuditId, type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import type { Relative } from '../../shared/domain/relations.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { carriedPatch, loadAnswer, writeAnswer } from './answer-writes.ts';
import { loadPacks } from './audit-repo.ts';
import { type CarryRecord, findCarry } from './carry-repo.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { linkToControl } from './evidence-links.ts';
import { listEvidenceOf } from './evidence-repo.ts';
import { relativesIn } from './relatives.ts';
import type { Change } from './session.ts';
import { appendTrail } from './trail.ts';

/** Answer once: carries verdict, rationale and evidence of a control to those that ask the same. */
export function carryAnswer(tx: Change, auditId: AuditId, origin: ControlReference, targets: readonly ControlReference[]): void {
  if (loadAnswer(tx.database, auditId, origin).answer.verdict === 'not-assessed')
    throw new ExpectedError('answer.nothing-to-carry', 'Give a verdict first.');
  const relatives = new Map(relativesIn(loadPacks(tx.database, auditId), origin).map((relative) => [controlKey(relative), relative]));
  for (const target of targets) {
    const relative = relatives.get(controlKey(target));
    if (relative === undefined) throw new ExpectedError('control.unknown', 'Only controls that ask the same take an answer over.');
    carryTo(tx, auditId, origin, relative);
  }
}

function carryTo(tx: Change, auditId: AuditId, origin: ControlReference, relative: Relative): void {
  const target = { packId: relative.packId, controlId: relative.controlId };
  // Two answers cannot follow each other: the one that is carried from leads.
  const upstream = findCarry(tx.database, auditId, origin);
  if (upstream !== undefined && leadsTo(tx.database, auditId, target, origin)) updateRecord(tx, 'carry', upstream.id, { mode: 'ended' });
  const { answer } = loadAnswer(tx.database, auditId, target);
  const earlier = findCarry(tx.database, auditId, target);
  const { verdict, rationale, workStatus } = answer;
  const fields = {
    fromPackId: origin.packId,
    fromControlId: origin.controlId,
    requirement: relative.requirement,
    mode: 'in-sync',
    evidence: earlier?.evidence ?? ([] as EvidenceId[]),
    replaced: earlier?.replaced ?? { verdict, rationale, workStatus },
    carriedAt: tx.at,
    carriedBy: tx.session.me.id,
  };
  const known = tx.database.get<{ id: string }>(
    sql`SELECT id FROM carry WHERE audit_id = ${auditId} AND pack_id = ${target.packId} AND control_id = ${target.controlId}`,
  );
  const id = known?.id ?? randomUUID();
  if (known === undefined) insertRecord(tx, 'carry', id, { auditId, ...target, ...fields });
  else updateRecord(tx, 'carry', id, fields);
  takeOver(tx, auditId, { id, target, origin });
}

/** Brings a follower to what its origin says and has. */
function takeOver(tx: Change, auditId: AuditId, { id, target, origin }: Pick<CarryRecord, 'id' | 'target' | 'origin'>): void {
  writeAnswer(tx, auditId, target, carriedPatch(tx.database, auditId, origin, target), origin);
  const came = listEvidenceOf(tx.database, auditId, origin)
    .map((item) => item.id)
    .filter((evidenceId) => linkToControl(tx, auditId, evidenceId, target, true));
  if (came.length === 0) return;
  const before = findCarry(tx.database, auditId, target)?.evidence ?? [];
  updateRecord(tx, 'carry', id, { evidence: [...before, ...came.filter((evidenceId) => !before.includes(evidenceId))] });
}

/** Whether `from` leads to `to` over one or more carries. */
function leadsTo(database: ReadableDatabase, auditId: AuditId, from: ControlReference, to: ControlReference): boolean {
  for (let carry = findCarry(database, auditId, to); carry !== undefined; carry = findCarry(database, auditId, carry.origin)) {
    if (controlKey(carry.origin) === controlKey(from)) return true;
  }
  return false;
}

/**
 * Follows the origin again, goes apart knowingly, or takes the carried answer back: the earlier verdict and rationale
 * return and the evidence that came along leaves.
 */
export function changeCarry(tx: Change, auditId: AuditId, target: ControlReference, to: CarryChange): void {
  const carry = findCarry(tx.database, auditId, target);
  if (carry === undefined) throw new ExpectedError('control.unknown', 'Reload the control; its answer was not carried over.');
  updateRecord(tx, 'carry', carry.id, { mode: to === 'taken-back' ? 'ended' : to });
  appendTrail(tx, {
    action: `carry.${to}`,
    subjectKind: 'answer',
    subjectId: loadAnswer(tx.database, auditId, target).id,
    auditId,
    detail: `${target.controlId} from ${carry.origin.controlId}`,
    before: carry.mode,
    after: to,
  });
  if (to === 'in-sync') takeOver(tx, auditId, carry);
  if (to !== 'taken-back') return;
  for (const evidenceId of carry.evidence) linkToControl(tx, auditId, evidenceId, target, false);
  writeAnswer(tx, auditId, target, carry.replaced);
}
