import type { AnswerPatch } from '../../shared/domain/answer.ts';
import type { Control, Section } from '../../shared/domain/control.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { Role } from '../../shared/domain/person.ts';
import type { answersFeature, ControlDetail, HistoryEntry } from '../../shared/ipc/answers.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAnswer, writeAnswer } from './answer-writes.ts';
import { loadPacks, requireOpenAudit } from './audit-repo.ts';
import { carryAnswer, changeCarry } from './carry.ts';
import { decideEarlier } from './carry-forward.ts';
import { describeCarries } from './carry-repo.ts';
import { announce, type Handlers, openSession } from './context.ts';
import { controlChecks } from './control-checks.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { findEarlier } from './earlier-answers.ts';
import { listEvidenceOf } from './evidence-repo.ts';
import { listFindings } from './finding-repo.ts';
import { relativesIn } from './relatives.ts';
import { change, requireWriter } from './session.ts';

/** Answers: reading a control with everything around it, saving field by field, history. */
export const answersHandlers: Handlers<typeof answersFeature> = {
  'answers.get': (context, { auditId, packId, controlId }) => loadDetail(openSession(context).records, auditId, { packId, controlId }),

  'answers.save': (context, { auditId, packId, controlId, patch }) => {
    const session = openSession(context);
    // A reviewer accepts or returns work and changes nothing else.
    if (!isReview(session.me.role, patch)) requireWriter(session);
    const saved = change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      const control = { packId, controlId };
      assertQuestions(tx.database, auditId, control, patch as AnswerPatch);
      const undo = writeAnswer(tx, auditId, control, patch as AnswerPatch);
      return { answer: loadAnswer(tx.database, auditId, control).answer, savedAt: tx.at, undo };
    });
    announce(context, ['answers'], auditId);
    return saved;
  },

  'answers.carry': (context, { auditId, packId, controlId, targets }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      carryAnswer(tx, auditId, { packId, controlId }, targets);
    });
    announce(context, ['answers', 'evidence'], auditId);
    return { carried: targets.length };
  },

  'answers.changeCarry': (context, { auditId, packId, controlId, to }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      changeCarry(tx, auditId, { packId, controlId }, to);
    });
    announce(context, ['answers', 'evidence'], auditId);
    return null;
  },

  'answers.decideEarlier': (context, { auditId, packId, controlId, keep }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      decideEarlier(tx, auditId, { packId, controlId }, keep);
    });
    announce(context, ['answers'], auditId);
    return null;
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
  const evidence = listEvidenceOf(database, auditId, reference);
  const findings = listFindings(database, auditId, reference);
  const earlier = findEarlier(database, auditId, reference);
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
    checks: controlChecks({
      ...reference,
      control,
      answer,
      evidenceCount: evidence.length,
      findingCount: findings.length,
      waiting: earlier !== null,
    }),
    related: relativesIn(loadPacks(database, auditId), reference),
    ...describeCarries(database, auditId, reference),
    earlier,
  };
}
