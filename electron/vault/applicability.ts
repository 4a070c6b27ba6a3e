import { type AuditProfile, type Proposal, proposeNotApplicable } from '../../shared/domain/applicability.ts';
import { nameOfControl, type Pack } from '../../shared/domain/control.ts';
import { type AuditId, type ControlReference, controlKey } from '../../shared/domain/ids.ts';
import type { Applicability } from '../../shared/ipc/audits.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAnswer, writeAnswer } from './answer-writes.ts';
import { loadPacks } from './audit-repo.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import type { Change } from './session.ts';
import { appendTrail } from './trail.ts';

/** Applies an audit's profile: what it makes inapplicable is answered so, with the reason, unless somebody overruled it. */
export function applyProfile(
  tx: Change,
  auditId: AuditId,
  packs: readonly Pack[],
  profile: AuditProfile,
  overruled: readonly ControlReference[],
): void {
  tx.database.run(sql`INSERT INTO audit_profile (audit_id, answers) VALUES (${auditId}, ${JSON.stringify(profile)})`);
  const kept = new Set(overruled.map(controlKey));
  for (const proposal of proposeNotApplicable(packs, profile)) {
    const isOverruled = kept.has(controlKey(proposal));
    tx.database.run(
      sql`INSERT INTO applicability (audit_id, pack_id, control_id, reason, overruled)
          VALUES (${auditId}, ${proposal.packId}, ${proposal.controlId}, ${proposal.reason}, ${isOverruled ? 1 : 0})`,
    );
    // What was taken over from an earlier audit is somebody's judgement and stays.
    if (!isOverruled && loadAnswer(tx.database, auditId, proposal).answer.verdict === 'not-assessed')
      answerNotApplicable(tx, auditId, proposal);
  }
}

/** Overrules a proposal, or lets it stand again. What somebody answered otherwise meanwhile is left alone. */
export function overruleProposal(tx: Change, auditId: AuditId, control: ControlReference, overruled: boolean): void {
  const row = tx.database.get<{ reason: string }>(
    sql`SELECT reason FROM applicability WHERE audit_id = ${auditId} AND pack_id = ${control.packId} AND control_id = ${control.controlId}`,
  );
  if (row === undefined) throw new ExpectedError('control.unknown', 'Reload the list; nothing was proposed for this control.');
  tx.database.run(
    sql`UPDATE applicability SET overruled = ${overruled ? 1 : 0} WHERE audit_id = ${auditId} AND pack_id = ${control.packId} AND control_id = ${control.controlId}`,
  );
  const { id, answer } = loadAnswer(tx.database, auditId, control);
  appendTrail(tx, {
    action: overruled ? 'applicability.overruled' : 'applicability.accepted',
    subjectKind: 'answer',
    subjectId: id,
    auditId,
    detail: control.controlId,
    after: { reason: row.reason },
  });
  if (overruled && answer.verdict === 'not-applicable' && answer.rationale === row.reason)
    writeAnswer(tx, auditId, control, { verdict: 'not-assessed', rationale: '', workStatus: 'to-do' });
  else if (!overruled && answer.verdict === 'not-assessed') answerNotApplicable(tx, auditId, { ...control, reason: row.reason });
}

function answerNotApplicable(
  tx: Change,
  auditId: AuditId,
  { packId, controlId, reason }: Pick<Proposal, 'packId' | 'controlId' | 'reason'>,
): void {
  writeAnswer(tx, auditId, { packId, controlId }, { verdict: 'not-applicable', rationale: reason, workStatus: 'in-progress' });
}

/** The profile and every proposal with what became of it; null for an audit made without one. */
export function loadApplicability(database: ReadableDatabase, auditId: AuditId): Applicability | null {
  const row = database.get<{ answers: string }>(sql`SELECT answers FROM audit_profile WHERE audit_id = ${auditId}`);
  if (row === undefined) return null;
  const controls = new Map(
    loadPacks(database, auditId).flatMap((pack) =>
      pack.sections.flatMap((section) =>
        section.controls.map((control) => [controlKey({ packId: pack.id, controlId: control.id }), control] as const),
      ),
    ),
  );
  const proposals = database.all<{ pack_id: string; control_id: string; reason: string; overruled: number; verdict: string }>(
    sql`SELECT applicability.pack_id, applicability.control_id, applicability.reason, applicability.overruled, answer.verdict FROM applicability
        JOIN answer ON answer.audit_id = applicability.audit_id AND answer.pack_id = applicability.pack_id AND answer.control_id = applicability.control_id
        WHERE applicability.audit_id = ${auditId} ORDER BY answer.position`,
  );
  return {
    profile: JSON.parse(row.answers) as AuditProfile,
    proposals: proposals.flatMap((entry) => {
      const reference = { packId: entry.pack_id, controlId: entry.control_id };
      const control = controls.get(controlKey(reference));
      if (control === undefined) return [];
      return [
        {
          ...reference,
          title: control.title,
          citation: nameOfControl(control),
          reason: entry.reason,
          overruled: entry.overruled === 1,
          verdict: entry.verdict as Applicability['proposals'][number]['verdict'],
        },
      ];
    }),
  };
}
