import type { Answer, AnswerFields, AnswerPatch } from '../../shared/domain/answer.ts';
import type { Control, Section } from '../../shared/domain/control.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/person.ts';
import type { answersFeature, ControlDetail, HistoryEntry } from '../../shared/ipc/answers.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { decodeAnswer, loadAudit, loadPacks, requireOpenAudit } from './audit-repo.ts';
import { announce, type Handlers, openSession } from './context.ts';
import { controlChecks } from './control-checks.ts';
import { type FieldName, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { listEvidence } from './evidence-repo.ts';
import { listFindings } from './finding-repo.ts';
import { relativesIn } from './relatives.ts';
import { change, requireWriter } from './session.ts';
import { appendTrail } from './trail.ts';

/** Answers: reading a control with everything around it, saving field by field, history. */
export const answersHandlers: Handlers<typeof answersFeature> = {
  'answers.get': (context, { auditId, packId, controlId }) => loadDetail(openSession(context).records, auditId, { packId, controlId }),

  'answers.save': (context, { auditId, packId, controlId, patch }) => {
    const session = openSession(context);
    // A reviewer accepts or returns work and changes nothing else.
    if (!isReview(session.me.role, patch)) requireWriter(session);
    const saved = change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      const { id, answer } = loadAnswer(tx.database, auditId, { packId, controlId });
      assertQuestions(tx.database, auditId, { packId, controlId }, patch as AnswerPatch);
      const changed = changedFields(answer, patch as AnswerPatch);
      if (Object.keys(changed).length === 0) return { answer, savedAt: tx.at, undo: {} };
      const before = updateRecord(tx, 'answer', id, { ...mergeQuestions(answer, changed), updatedAt: tx.at, updatedBy: session.me.id });
      appendTrail(tx, {
        action: 'answer.saved',
        subjectKind: 'answer',
        subjectId: id,
        auditId,
        detail: `${controlId}: ${Object.keys(changed).join(', ')}`,
        before: pick(before, changed),
        after: changed,
      });
      return { answer: loadAnswer(tx.database, auditId, { packId, controlId }).answer, savedAt: tx.at, undo: undoPatch(answer, changed) };
    });
    announce(context, ['answers'], auditId);
    return saved;
  },

  'answers.history': (context, { auditId, packId, controlId }) => {
    const { records } = openSession(context);
    const { id } = loadAnswer(records, auditId, { packId, controlId });
    return records
      .all<Row>(
        sql`SELECT change.at, coalesce(person.name, '') AS person, change.field, change.before, change.after FROM change
          LEFT JOIN person ON person.id = change.person_id
          WHERE change.entity_id = ${id} AND change.field <> '*' ORDER BY change.sequence DESC LIMIT 500`,
      )
      .map(toHistory);
  },
};

function isReview(role: Role, patch: object): boolean {
  return role === 'reviewer' && Object.keys(patch).every((field) => field === 'workStatus');
}

interface Row {
  readonly at: string;
  readonly person: string;
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

function toHistory(row: Row): HistoryEntry {
  return { ...row, before: readable(row.before), after: readable(row.after) };
}

/** A stored JSON value as the history shows it. */
function readable(json: string): string {
  const value: unknown = JSON.parse(json);
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object' && 'value' in value && 'note' in value) return [value.value, value.note].filter(Boolean).join(': ');
  if (typeof value === 'object')
    return Object.entries(value)
      .filter(([, part]) => part !== null && part !== '')
      .map(([field, part]) => `${field} ${part}`)
      .join(', ');
  return String(value);
}

function loadAnswer(database: ReadableDatabase, auditId: AuditId, control: ControlReference): { id: string; answer: Answer } {
  const row = database.get(
    sql`SELECT * FROM answer WHERE audit_id = ${auditId} AND pack_id = ${control.packId} AND control_id = ${control.controlId}`,
  );
  if (row === undefined) {
    loadAudit(database, auditId);
    throw new ExpectedError('control.unknown', 'Go back to the list of controls.');
  }
  return { id: String(row.id), answer: decodeAnswer(row) };
}

/** Answers to questions that the control does not ask would be kept but never be seen. */
function assertQuestions(database: ReadableDatabase, auditId: AuditId, reference: ControlReference, patch: AnswerPatch): void {
  if (patch.questions === undefined) return;
  const asked = new Set(findControl(database, auditId, reference)?.control.questions.map((question) => question.id));
  if (Object.keys(patch.questions).some((id) => !asked.has(id)))
    throw new ExpectedError('payload.invalid', 'Reload the control; its questions are others.', { field: 'patch.questions' });
}

/** The control and its section as frozen into the audit. */
function findControl(
  database: ReadableDatabase,
  auditId: AuditId,
  { packId, controlId }: ControlReference,
): { section: Section; control: Control } | undefined {
  for (const section of loadPacks(database, auditId).find((pack) => pack.id === packId)?.sections ?? []) {
    const control = section.controls.find((candidate) => candidate.id === controlId);
    if (control !== undefined) return { section, control };
  }
  return undefined;
}

function loadDetail(database: ReadableDatabase, auditId: AuditId, reference: ControlReference): ControlDetail {
  const { answer } = loadAnswer(database, auditId, reference);
  const found = findControl(database, auditId, reference);
  if (found === undefined) throw new ExpectedError('control.unknown', 'Go back to the list of controls.');
  const { section, control } = found;
  const evidence = listEvidence(database, auditId, reference);
  const findings = listFindings(database, auditId, reference);
  return {
    control,
    sectionTitle: section.title,
    answer,
    updatedByName:
      answer.updatedBy === null
        ? ''
        : (database.get<{ name: string }>(sql`SELECT name FROM person WHERE id = ${answer.updatedBy}`)?.name ?? ''),
    evidence,
    findings,
    checks: controlChecks({ ...reference, control, answer, evidenceCount: evidence.length, findingCount: findings.length }),
    related: relativesIn(loadPacks(database, auditId), reference),
  };
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
