import type { Answer } from '../../../shared/domain/answer.ts';
import { emptyAnswerFields } from '../../../shared/domain/answer.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import type { AuditId, EvidenceId, FindingId, PersonId, TaskId } from '../../../shared/domain/ids.ts';
import type { Task } from '../../../shared/domain/plan.ts';
import type { ControlRow } from '../../../shared/ipc/audits.ts';

/** Records with plain values, of which a test changes what it is about. */

export const auditId = 'audit' as AuditId;
const person = 'person' as PersonId;

export function answer(change: Partial<Answer> = {}): Answer {
  return { ...emptyAnswerFields, auditId, packId: 'pack', controlId: 'one', updatedAt: null, updatedBy: null, ...change };
}

export function row(change: Partial<ControlRow> = {}): ControlRow {
  return {
    packId: 'pack',
    controlId: 'one',
    sectionId: 'first',
    group: '',
    title: 'Risk analysis',
    citation: '45 CFR 164.308(a)(1)(ii)(A)',
    requirement: 'required',
    weight: 1,
    verdict: 'not-assessed',
    workStatus: 'to-do',
    addressableDecision: null,
    questions: 0,
    answeredQuestions: 0,
    evidence: 0,
    findings: 0,
    checks: [],
    ...change,
  };
}

export function evidence(number: number, change: Partial<Evidence> = {}): Evidence {
  return {
    id: `evidence-${number}` as EvidenceId,
    auditId,
    number,
    title: `Title ${number}`,
    description: '',
    source: '',
    collector: '',
    method: '',
    effectiveFrom: '',
    effectiveTo: '',
    sensitivity: 'normal',
    retainUntil: '',
    tags: [],
    collectedAt: '',
    relativePath: '',
    supersedes: '',
    supersededBy: '',
    derivedFrom: '',
    derivation: '',
    redactions: [],
    facts: [],
    originalName: `file-${number}.txt`,
    mediaType: 'text/plain',
    size: 100,
    sha256: '0'.repeat(64),
    receivedAt: '2026-03-01T10:00:00.000Z',
    receivedBy: person,
    controls: [],
    findings: [],
    ...change,
  };
}

export function finding(number: number, change: Partial<Finding> = {}): Finding {
  return {
    id: `finding-${number}` as FindingId,
    auditId,
    number,
    title: `Finding ${number}`,
    condition: '',
    criteria: '',
    cause: '',
    effect: '',
    recommendation: '',
    likelihood: 1,
    impact: 1,
    owner: '',
    due: '',
    response: '',
    state: 'open',
    controls: [],
    evidence: [],
    updatedAt: '2026-03-01T10:00:00.000Z',
    updatedBy: person,
    ...change,
  };
}

export function task(number: number, change: Partial<Task> = {}): Task {
  return {
    id: `task-${number}` as TaskId,
    auditId,
    number,
    title: `Task ${number}`,
    phase: '',
    owner: '',
    start: '',
    due: '',
    priority: 'medium',
    progress: 0,
    successCriteria: '',
    findingId: null,
    dependsOn: [],
    updatedAt: '2026-03-01T10:00:00.000Z',
    ...change,
  };
}

/** A promise that the test answers when it wants to. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  readonly resolve: (value: T) => void;
  readonly reject: (error: unknown) => void;
}

export function deferred<T>(): Deferred<T> {
  let resolve: (value: T) => void = () => undefined;
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Lets everything that is already answered run to its end; works with fake timers, too. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve();
}
