import { randomUUID } from 'node:crypto';
import { type AuditId, type ControlReference, controlKey, type EvidenceId, type FindingId, type TaskId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { findingsFeature } from '../../shared/ipc/findings.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession } from './context.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { assertControls } from './evidence-links.ts';
import { loadEvidence } from './evidence-repo.ts';
import { listFindings, listTasks, loadFinding, loadTask } from './finding-repo.ts';
import { controlLink, evidenceLink, linksOf, setLink } from './links.ts';
import { type Change, change, requireWriter } from './session.ts';
import { appendTrail } from './trail.ts';

/** Findings and the corrective action plan. */
export const findingsHandlers: Handlers<typeof findingsFeature> = {
  'findings.list': (context, { auditId }) => listFindings(openSession(context).records, auditId),

  'findings.create': (context, { auditId, fields, controls, evidence }) =>
    edit(context, auditId, ['findings', 'answers'], (tx) => {
      const id = randomUUID() as FindingId;
      const record = {
        ...emptyFinding,
        ...fields,
        auditId,
        number: nextNumber(tx.database, 'finding', auditId),
        removed: 0,
        updatedAt: tx.at,
        updatedBy: tx.session.me.id,
      };
      insertRecord(tx, 'finding', id, record);
      setControls(tx, auditId, id, controls);
      setEvidence(tx, auditId, id, evidence);
      appendTrail(tx, {
        action: 'finding.created',
        subjectKind: 'finding',
        subjectId: id,
        auditId,
        detail: `F-${record.number}`,
        after: { ...record, controls, evidence },
      });
      return loadFinding(tx.database, id);
    }),

  'findings.update': (context, { findingId, patch, controls, evidence }) => {
    const { auditId } = loadFinding(openSession(context).records, findingId);
    return edit(context, auditId, ['findings', 'answers', 'evidence'], (tx) => {
      const before = updateRecord(tx, 'finding', findingId, { ...patch, updatedAt: tx.at, updatedBy: tx.session.me.id });
      if (controls !== undefined) setControls(tx, auditId, findingId, controls);
      if (evidence !== undefined) setEvidence(tx, auditId, findingId, evidence);
      appendTrail(tx, {
        action: 'finding.changed',
        subjectKind: 'finding',
        subjectId: findingId,
        auditId,
        detail: Object.keys(patch).join(', '),
        before,
        after: { ...patch, controls, evidence },
      });
      return loadFinding(tx.database, findingId);
    });
  },

  'findings.remove': (context, { findingId }) => {
    const { auditId } = loadFinding(openSession(context).records, findingId);
    return edit(context, auditId, ['findings', 'answers'], (tx) => {
      updateRecord(tx, 'finding', findingId, { removed: 1 });
      appendTrail(tx, { action: 'finding.removed', subjectKind: 'finding', subjectId: findingId, auditId });
      return null;
    });
  },

  'findings.restore': (context, { findingId }) => {
    const { auditId } = loadFinding(openSession(context).records, findingId, 1);
    return edit(context, auditId, ['findings', 'answers'], (tx) => {
      updateRecord(tx, 'finding', findingId, { removed: 0 });
      appendTrail(tx, { action: 'finding.restored', subjectKind: 'finding', subjectId: findingId, auditId });
      return loadFinding(tx.database, findingId);
    });
  },

  'plan.list': (context, { auditId }) => listTasks(openSession(context).records, auditId),

  'plan.create': (context, { auditId, fields }) =>
    edit(context, auditId, ['plan'], (tx) => {
      const id = randomUUID() as TaskId;
      const record = {
        ...emptyTask,
        ...fields,
        auditId,
        number: nextNumber(tx.database, 'task', auditId),
        removed: 0,
        updatedAt: tx.at,
        updatedBy: tx.session.me.id,
      };
      assertTaskLinks(tx.database, auditId, id, record);
      insertRecord(tx, 'task', id, record);
      appendTrail(tx, { action: 'task.created', subjectKind: 'task', subjectId: id, auditId, detail: `${record.number}`, after: record });
      return loadTask(tx.database, id);
    }),

  'plan.update': (context, { taskId, patch }) => {
    const { auditId } = loadTask(openSession(context).records, taskId);
    return edit(context, auditId, ['plan'], (tx) => {
      assertTaskLinks(tx.database, auditId, taskId, patch);
      const before = updateRecord(tx, 'task', taskId, { ...patch, updatedAt: tx.at, updatedBy: tx.session.me.id });
      appendTrail(tx, {
        action: 'task.changed',
        subjectKind: 'task',
        subjectId: taskId,
        auditId,
        detail: Object.keys(patch).join(', '),
        before,
        after: patch,
      });
      return loadTask(tx.database, taskId);
    });
  },

  'plan.remove': (context, { taskId }) => {
    const { auditId } = loadTask(openSession(context).records, taskId);
    return edit(context, auditId, ['plan'], (tx) => {
      updateRecord(tx, 'task', taskId, { removed: 1 });
      appendTrail(tx, { action: 'task.removed', subjectKind: 'task', subjectId: taskId, auditId });
      return null;
    });
  },

  'plan.restore': (context, { taskId }) => {
    const { auditId } = loadTask(openSession(context).records, taskId, 1);
    return edit(context, auditId, ['plan'], (tx) => {
      updateRecord(tx, 'task', taskId, { removed: 0 });
      appendTrail(tx, { action: 'task.restored', subjectKind: 'task', subjectId: taskId, auditId });
      return loadTask(tx.database, taskId);
    });
  },
};

const emptyFinding = {
  title: '',
  condition: '',
  criteria: '',
  cause: '',
  effect: '',
  recommendation: '',
  likelihood: 3,
  impact: 3,
  owner: '',
  due: '',
  response: '',
  state: 'open',
} as const;

const emptyTask = {
  title: '',
  phase: '',
  owner: '',
  start: '',
  due: '',
  priority: 'medium',
  progress: 0,
  successCriteria: '',
  findingId: null,
  dependsOn: [],
} as const;

type Topics = Parameters<typeof announce>[1];

/** One change of an audit that is not frozen, by somebody who may; then the screens are told. */
function edit<T>(context: CallContext, auditId: AuditId, topics: Topics, work: (tx: Change) => T): T {
  const session = openSession(context);
  requireWriter(session);
  const result = change(session, (tx) => {
    requireOpenAudit(tx.database, auditId);
    return work(tx);
  });
  announce(context, topics, auditId);
  return result;
}

function nextNumber(database: ReadableDatabase, table: 'finding' | 'task', auditId: AuditId): number {
  const query =
    table === 'finding'
      ? sql`SELECT coalesce(max(number), 0) + 1 AS next FROM finding WHERE audit_id = ${auditId}`
      : sql`SELECT coalesce(max(number), 0) + 1 AS next FROM task WHERE audit_id = ${auditId}`;
  return Number(database.get<{ next: number }>(query)?.next);
}

function setControls(tx: Change, auditId: AuditId, findingId: FindingId, wanted: readonly ControlReference[]): void {
  assertControls(tx.database, auditId, wanted);
  const keys = new Set(wanted.map(controlKey));
  const current = linksOf(tx.database, findingId).controls;
  const gone = current.filter((control) => !keys.has(controlKey(control)));
  for (const control of gone) setLink(tx, controlLink('finding-control', auditId, findingId, control), false);
  for (const control of wanted) setLink(tx, controlLink('finding-control', auditId, findingId, control), true);
}

function setEvidence(tx: Change, auditId: AuditId, findingId: FindingId, wanted: readonly EvidenceId[]): void {
  for (const id of wanted)
    if (loadEvidence(tx.database, id).auditId !== auditId) throw new ExpectedError('evidence.unknown', 'It belongs to another audit.');
  const current = linksOf(tx.database, findingId).records;
  const gone = current.filter((id) => !wanted.includes(id as EvidenceId));
  for (const id of gone) setLink(tx, evidenceLink(auditId, findingId, id), false);
  for (const id of wanted) setLink(tx, evidenceLink(auditId, findingId, id), true);
}

/** A task's finding and predecessors must be of the same audit, and it cannot wait for itself. */
function assertTaskLinks(
  database: ReadableDatabase,
  auditId: AuditId,
  taskId: TaskId,
  task: { readonly findingId?: FindingId | null | undefined; readonly dependsOn?: readonly TaskId[] | undefined },
): void {
  if (task.findingId && loadFinding(database, task.findingId).auditId !== auditId)
    throw new ExpectedError('finding.unknown', 'It belongs to another audit.');
  for (const id of task.dependsOn ?? []) {
    if (id === taskId || loadTask(database, id).auditId !== auditId)
      throw new ExpectedError('task.unknown', 'A task cannot depend on itself or on another audit.');
  }
  if (waitsFor(database, auditId, task.dependsOn ?? [], taskId))
    throw new ExpectedError('task.unknown', 'A task cannot wait for one that waits for it.');
}

/** Whether any of the tasks waits, over others, for the wanted one. */
function waitsFor(database: ReadableDatabase, auditId: AuditId, tasks: readonly TaskId[], wanted: TaskId): boolean {
  const waiting = new Map(listTasks(database, auditId).map((task) => [task.id, task.dependsOn]));
  const seen = new Set<TaskId>();
  const next = [...tasks];
  for (let id = next.pop(); id !== undefined; id = next.pop()) {
    if (id === wanted) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    next.push(...(waiting.get(id) ?? []));
  }
  return false;
}
