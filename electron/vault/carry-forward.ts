import { randomUUID } from 'node:crypto';
import { controlsById, controlTextHash } from '../../shared/checklists/difference.ts';
import { type Answer, type AnswerFields, type AnswerPatch, emptyAnswerFields } from '../../shared/domain/answer.ts';
import type { Control, Pack } from '../../shared/domain/control.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { PackUpdate } from '../../shared/ipc/audits.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAnswer, writeAnswer } from './answer-writes.ts';
import { decodeAnswer, loadPacks } from './audit-repo.ts';
import { listFollowers } from './carry-repo.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { findEarlier } from './earlier-answers.ts';
import { compareVersions, storeContent } from './packs/library.ts';
import type { Change } from './session.ts';
import { appendTrail } from './trail.ts';

/**
 * Answers outlive the text they were given to only where that text is unchanged. The others wait beside the new text, with
 * the old one, until somebody keeps them or answers anew.
 */

/** Takes the answers of an earlier audit over into a new one, pack by pack. */
export function carryForward(tx: Change, auditId: AuditId, fromAuditId: AuditId): { carried: number; waiting: number } {
  const earlierPacks = new Map(loadPacks(tx.database, fromAuditId).map((pack) => [pack.id, pack]));
  let carried = 0;
  let waiting = 0;
  for (const pack of loadPacks(tx.database, auditId)) {
    const earlierPack = earlierPacks.get(pack.id);
    if (earlierPack === undefined) continue;
    const before = controlsById(earlierPack);
    for (const control of controlsById(pack).values()) {
      const reference = { packId: pack.id, controlId: control.id };
      const earlierControl = before.get(control.id);
      const earlier = earlierControl === undefined ? undefined : findAnswer(tx.database, fromAuditId, reference);
      if (earlierControl === undefined || earlier === undefined || earlier.updatedAt === null) continue;
      if (controlTextHash(earlierControl) === controlTextHash(control)) {
        writeAnswer(tx, auditId, reference, patchOf(earlier, control));
        carried += 1;
      } else {
        keepEarlier(tx, auditId, reference, earlierPack.version, earlierControl, earlier);
        waiting += 1;
      }
    }
  }
  appendTrail(tx, {
    action: 'audit.carried-forward',
    subjectKind: 'audit',
    subjectId: auditId,
    auditId,
    detail: `${carried} answers kept, ${waiting} wait for review`,
    after: { fromAuditId, carried, waiting },
  });
  return { carried, waiting };
}

/** What a newer version of an audit's checklist would change. */
export function describeUpdates(database: ReadableDatabase, auditId: AuditId, available: readonly Pack[]): PackUpdate[] {
  return loadPacks(database, auditId).flatMap((pack) => {
    const newer = available.find((candidate) => candidate.id === pack.id);
    if (newer === undefined || newer.hash === pack.hash || compareVersions(newer.version, pack.version) <= 0) return [];
    const before = controlsById(pack);
    const after = controlsById(newer);
    const kept = [...after].filter(([id]) => before.has(id));
    const unchanged = kept.filter(([id, control]) => controlTextHash(control) === controlTextHash(before.get(id) as Control)).length;
    return [
      {
        packId: pack.id,
        title: newer.title,
        from: pack.version,
        to: newer.version,
        unchanged,
        changed: kept.length - unchanged,
        added: after.size - kept.length,
        removed: before.size - kept.length,
      },
    ];
  });
}

/** Moves an audit to a newer version of one of its checklists. Answers to controls that left it stay in the vault. */
export function updatePack(tx: Change, auditId: AuditId, newer: Pack): void {
  const packs = loadPacks(tx.database, auditId);
  const current = packs.find((pack) => pack.id === newer.id);
  if (current === undefined || compareVersions(newer.version, current.version) <= 0)
    throw new ExpectedError('pack.unknown', 'There is no newer version of this checklist.', { id: newer.id });
  storeContent(tx, newer);
  tx.database.run(sql`UPDATE audit_pack SET hash = ${newer.hash} WHERE audit_id = ${auditId} AND pack_id = ${newer.id}`);
  const before = controlsById(current);
  for (const control of controlsById(newer).values()) {
    const reference = { packId: newer.id, controlId: control.id };
    const earlierControl = before.get(control.id);
    const answer = findAnswer(tx.database, auditId, reference);
    if (answer === undefined) {
      insertRecord(tx, 'answer', randomUUID(), {
        ...emptyAnswerFields,
        auditId,
        ...reference,
        position: 0,
        updatedAt: null,
        updatedBy: null,
      });
    } else if (
      answer.updatedAt !== null &&
      (earlierControl === undefined || controlTextHash(earlierControl) !== controlTextHash(control))
    ) {
      keepEarlier(tx, auditId, reference, current.version, earlierControl ?? control, answer);
      // Only this text changed: answers that were carried from it keep what they say.
      for (const follower of listFollowers(tx.database, auditId, reference)) updateRecord(tx, 'carry', follower.id, { mode: 'apart' });
      writeAnswer(tx, auditId, reference, { verdict: 'not-assessed', workStatus: 'to-do' });
    }
  }
  renumber(tx, auditId);
  appendTrail(tx, {
    action: 'audit.pack-updated',
    subjectKind: 'audit',
    subjectId: auditId,
    auditId,
    detail: `${newer.id} ${current.version} -> ${newer.version}`,
    before: current.hash,
    after: newer.hash,
  });
}

/** Keeps the earlier answer for the new text, or lets it go. */
export function decideEarlier(tx: Change, auditId: AuditId, reference: ControlReference, keep: boolean): void {
  const earlier = findEarlier(tx.database, auditId, reference);
  if (earlier === null) throw new ExpectedError('control.unknown', 'Reload the control; no earlier answer waits for it.');
  const control = loadPacks(tx.database, auditId)
    .find((pack) => pack.id === reference.packId)
    ?.sections.flatMap((section) => section.controls)
    .find((candidate) => candidate.id === reference.controlId);
  settle(tx, auditId, reference, keep ? 'kept' : 'let-go');
  if (keep && control !== undefined) writeAnswer(tx, auditId, reference, patchOf(earlier.answer, control, earlier.control));
  appendTrail(tx, {
    action: keep ? 'answer.earlier-kept' : 'answer.earlier-let-go',
    subjectKind: 'answer',
    subjectId: loadAnswer(tx.database, auditId, reference).id,
    auditId,
    detail: reference.controlId,
  });
}

function settle(tx: Change, auditId: AuditId, { packId, controlId }: ControlReference, decision: 'kept' | 'let-go'): void {
  tx.database.run(
    sql`UPDATE earlier_answer SET decision = ${decision} WHERE audit_id = ${auditId} AND pack_id = ${packId} AND control_id = ${controlId} AND decision = ''`,
  );
}

function keepEarlier(
  tx: Change,
  auditId: AuditId,
  { packId, controlId }: ControlReference,
  version: string,
  control: Control,
  answer: Answer,
): void {
  const { verdict, workStatus, rationale, addressableDecision, methods, interviewed, sample, questions } = answer;
  const fields: AnswerFields = { verdict, workStatus, rationale, addressableDecision, methods, interviewed, sample, questions };
  tx.database.run(
    sql`INSERT INTO earlier_answer (audit_id, pack_id, control_id, version, control, answer, decision)
        VALUES (${auditId}, ${packId}, ${controlId}, ${version}, ${JSON.stringify(control)}, ${JSON.stringify(fields)}, '')
        ON CONFLICT (audit_id, pack_id, control_id) DO UPDATE SET version = excluded.version, control = excluded.control, answer = excluded.answer, decision = ''
        WHERE decision <> ''`,
  );
}

/** What can be taken over: answers to questions only where the question is the same. Nobody has reviewed it this time. */
function patchOf(answer: AnswerFields, control: Control, earlier: Control = control): AnswerPatch {
  const asked = new Map(earlier.questions.map((question) => [question.id, question.text]));
  const same = control.questions.filter((question) => asked.get(question.id) === question.text).map((question) => question.id);
  const { verdict, rationale, addressableDecision, methods, interviewed, sample, questions } = answer;
  return {
    verdict,
    rationale,
    addressableDecision,
    methods,
    interviewed,
    sample,
    questions: Object.fromEntries(same.flatMap((id) => (questions[id] === undefined ? [] : [[id, questions[id]]]))),
    workStatus: 'in-progress',
  };
}

function findAnswer(database: ReadableDatabase, auditId: AuditId, { packId, controlId }: ControlReference): Answer | undefined {
  const row = database.get(sql`SELECT * FROM answer WHERE audit_id = ${auditId} AND pack_id = ${packId} AND control_id = ${controlId}`);
  return row === undefined ? undefined : decodeAnswer(row);
}

/** Positions follow the order of the checklists. */
function renumber(tx: Change, auditId: AuditId): void {
  let position = 0;
  for (const pack of loadPacks(tx.database, auditId)) {
    for (const id of controlsById(pack).keys()) {
      tx.database.run(
        sql`UPDATE answer SET position = ${position} WHERE audit_id = ${auditId} AND pack_id = ${pack.id} AND control_id = ${id}`,
      );
      position += 1;
    }
  }
}
