import type { Answer, AnswerFields, AnswerPatch } from '../../shared/domain/answer.ts';
import { carriedFields } from '../../shared/domain/carry.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { decodeAnswer, loadAudit } from './audit-repo.ts';
import { findCarry, listFollowers } from './carry-repo.ts';
import { type FieldName, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import type { Change } from './session.ts';
import { appendTrail } from './trail.ts';

/** Changing an answer, and with it the answers that follow it in sync. */

/** The answer of a control with its record's id; `audit.unknown` or `control.unknown`. */
export function loadAnswer(database: ReadableDatabase, auditId: AuditId, control: ControlReference): { id: string; answer: Answer } {
  const row = database.get(
    sql`SELECT * FROM answer WHERE audit_id = ${auditId} AND pack_id = ${control.packId} AND control_id = ${control.controlId}`,
  );
  if (row === undefined) {
    loadAudit(database, auditId);
    throw new ExpectedError('control.unknown', 'Go back to the list of controls.');
  }
  return { id: String(row.id), answer: decodeAnswer(row) };
}

/**
 * Writes what really differs and returns the patch that takes it back. Verdict and rationale also go to every answer that
 * follows this one in sync; an answer that follows another one and is changed here on its own is apart from then on, or in
 * sync again when it says the same again.
 */
export function writeAnswer(
  tx: Change,
  auditId: AuditId,
  control: ControlReference,
  patch: AnswerPatch,
  from?: ControlReference,
): AnswerPatch {
  const { id, answer } = loadAnswer(tx.database, auditId, control);
  const changed = changedFields(answer, patch);
  const fields = Object.keys(changed);
  if (fields.length === 0) return {};
  const before = updateRecord(tx, 'answer', id, { ...mergeQuestions(answer, changed), updatedAt: tx.at, updatedBy: tx.session.me.id });
  appendTrail(tx, {
    action: from === undefined ? 'answer.saved' : 'answer.carried',
    subjectKind: 'answer',
    subjectId: id,
    auditId,
    detail: `${control.controlId}: ${fields.join(', ')}${from === undefined ? '' : ` from ${from.controlId}`}`,
    before: pick(before, changed),
    after: changed,
  });
  if (carriedFields.some((field) => field in changed)) {
    if (from === undefined) compareWithOrigin(tx, auditId, control);
    for (const follower of listFollowers(tx.database, auditId, control)) {
      if (follower.mode === 'in-sync')
        writeAnswer(tx, auditId, follower.target, carriedPatch(tx.database, auditId, control, follower.target), control);
    }
  }
  return undoPatch(answer, changed);
}

/** What a follower takes over. Work that had not begun has begun with it. */
export function carriedPatch(
  database: ReadableDatabase,
  auditId: AuditId,
  origin: ControlReference,
  target: ControlReference,
): AnswerPatch {
  const { verdict, rationale } = loadAnswer(database, auditId, origin).answer;
  const begun = loadAnswer(database, auditId, target).answer.workStatus === 'to-do' ? { workStatus: 'in-progress' as const } : {};
  return { verdict, rationale, ...begun };
}

function compareWithOrigin(tx: Change, auditId: AuditId, control: ControlReference): void {
  const own = findCarry(tx.database, auditId, control);
  if (own === undefined) return;
  const here = loadAnswer(tx.database, auditId, control).answer;
  const there = loadAnswer(tx.database, auditId, own.origin).answer;
  const mode = carriedFields.every((field) => here[field] === there[field]) ? 'in-sync' : 'apart';
  if (mode !== own.mode) updateRecord(tx, 'carry', own.id, { mode });
}

/** Only what really differs; for questions only those that differ. */
function changedFields(answer: Answer, patch: AnswerPatch): AnswerPatch {
  const changed: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch)) {
    if (field === 'questions') {
      const entries = Object.entries(patch.questions ?? {}).filter(([id, entry]) => !same(entry, answer.questions[id]));
      if (entries.length > 0) changed.questions = Object.fromEntries(entries);
    } else if (value !== undefined && !same(value, answer[field as keyof AnswerFields])) {
      changed[field] = value;
    }
  }
  return changed as AnswerPatch;
}

function mergeQuestions(answer: Answer, patch: AnswerPatch): AnswerPatch {
  return patch.questions === undefined ? patch : { ...patch, questions: { ...answer.questions, ...patch.questions } };
}

/** The patch that takes a change back: old values of exactly the changed fields and questions. */
function undoPatch(answer: Answer, changed: AnswerPatch): AnswerPatch {
  const undo: Record<string, unknown> = {};
  for (const field of Object.keys(changed) as FieldName<'answer'>[]) {
    undo[field] =
      field === 'questions'
        ? Object.fromEntries(Object.keys(changed.questions ?? {}).map((id) => [id, answer.questions[id] ?? { value: null, note: '' }]))
        : answer[field as keyof AnswerFields];
  }
  return undo as AnswerPatch;
}

function pick(before: Record<string, unknown>, changed: AnswerPatch): Record<string, unknown> {
  return Object.fromEntries(Object.keys(changed).map((field) => [field, before[field]]));
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
