import { randomUUID } from 'node:crypto';
import { type AuditId, type ControlReference, controlKey, type EvidenceId, type RequestId } from '../../../shared/domain/ids.ts';
import {
  comparableTitle,
  type EvidenceRequest,
  isOpenRequest,
  proposeRequests,
  type RequestFields,
  type RequestProposal,
  requestLabel,
  stateAfterArrival,
} from '../../../shared/domain/request.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { isoToday, loadAuditControls } from '../audit-repo.ts';
import { insertRecord, updateRecord } from '../db/records.ts';
import type { ReadableDatabase } from '../db/sql.ts';
import { assertControls, linkToControl } from '../evidence-links.ts';
import { loadEvidence } from '../evidence-repo.ts';
import { controlLink, type Link, linksOf, setLink } from '../links.ts';
import type { Change } from '../session.ts';
import { appendTrail } from '../trail.ts';
import { listRequests, loadRequest, nextRequestNumber } from './repo.ts';

/** Changes of requests inside a transaction: the record, its links, the trail. */

/** Fields to change; one that is left out or undefined stays. */
export type RequestPatch = { readonly [Field in keyof RequestFields]?: RequestFields[Field] | undefined };

const emptyRequest: RequestFields = { title: '', description: '', askedOf: '', askedAt: '', due: '', state: 'draft', note: '' };

/** Adds a request with the next number. */
export function createRequest(
  tx: Change,
  auditId: AuditId,
  fields: RequestPatch,
  links: { readonly controls: readonly ControlReference[]; readonly evidence: readonly EvidenceId[] },
): EvidenceRequest {
  const id = randomUUID() as RequestId;
  const record = {
    ...emptyRequest,
    ...withDayAsked(fields, ''),
    auditId,
    number: nextRequestNumber(tx.database, auditId),
    removed: 0,
    updatedAt: tx.at,
    updatedBy: tx.session.me.id,
  };
  insertRecord(tx, 'request', id, record);
  setControls(tx, auditId, id, links.controls);
  setEvidence(tx, auditId, id, links.evidence);
  appendTrail(tx, {
    action: 'request.created',
    subjectKind: 'request',
    subjectId: id,
    auditId,
    detail: requestLabel(record.number),
    after: { ...record, ...links },
  });
  return loadRequest(tx.database, id);
}

/** Changes fields, and replaces the links that are given. */
export function updateRequest(
  tx: Change,
  request: EvidenceRequest,
  patch: RequestPatch,
  links: { readonly controls?: readonly ControlReference[] | undefined; readonly evidence?: readonly EvidenceId[] | undefined } = {},
): EvidenceRequest {
  const { id, auditId, number } = request;
  const whole = withDayAsked(patch, request.askedAt);
  const before = updateRecord(tx, 'request', id, { ...whole, updatedAt: tx.at, updatedBy: tx.session.me.id });
  if (links.controls !== undefined) setControls(tx, auditId, id, links.controls);
  if (links.evidence !== undefined) setEvidence(tx, auditId, id, links.evidence);
  appendTrail(tx, {
    action: 'request.changed',
    subjectKind: 'request',
    subjectId: id,
    auditId,
    detail: [requestLabel(number), ...Object.keys(whole), ...Object.keys(links)].join(', '),
    before,
    after: { ...whole, ...links },
  });
  return loadRequest(tx.database, id);
}

/** Takes a request off the list or puts it back. */
export function setRemoved(tx: Change, { id, auditId, number }: EvidenceRequest, removed: boolean): void {
  updateRecord(tx, 'request', id, { removed: removed ? 1 : 0 });
  const action = removed ? 'request.removed' : 'request.restored';
  appendTrail(tx, { action, subjectKind: 'request', subjectId: id, auditId, detail: requestLabel(number) });
}

/** Evidence arrived: it is linked to the request and speaks for the request's controls. */
export function receiveEvidence(tx: Change, request: EvidenceRequest, evidence: readonly EvidenceId[]): EvidenceRequest {
  const added = evidence.filter((id) => !request.evidence.includes(id));
  if (added.length === 0) return request;
  for (const id of added) {
    assertSameAudit(tx.database, request.auditId, id);
    for (const control of request.controls) linkToControl(tx, request.auditId, id, control, true);
  }
  const state = stateAfterArrival(request.state);
  return updateRequest(tx, request, state === request.state ? {} : { state }, { evidence: [...request.evidence, ...added] });
}

/** What the audit's checklists would have one ask for. */
export function proposalsFor(database: ReadableDatabase, auditId: AuditId, packIds: readonly string[]): RequestProposal[] {
  const controls = loadAuditControls(database, auditId)
    .filter(({ packId }) => packIds.includes(packId))
    .map(({ packId, control, answer, evidenceCount }) => ({
      packId,
      controlId: control.id,
      expectedEvidence: control.expectedEvidence,
      evidenceCount,
      applicable: answer.verdict !== 'not-applicable',
    }));
  return proposeRequests(controls, listRequests(database, auditId));
}

/** Makes drafts of what was chosen; what an open request asks for already gets the controls instead. */
export function acceptProposals(
  tx: Change,
  auditId: AuditId,
  chosen: readonly { readonly title: string; readonly controls: readonly ControlReference[] }[],
  fields: Pick<RequestFields, 'askedOf' | 'due'>,
): { created: number; extended: number } {
  const counts = { created: 0, extended: 0 };
  const open = new Map(
    listRequests(tx.database, auditId)
      .filter(isOpenRequest)
      .map((request) => [comparableTitle(request.title), request]),
  );
  for (const { title, controls } of chosen) {
    const same = open.get(comparableTitle(title));
    if (same === undefined) {
      open.set(comparableTitle(title), createRequest(tx, auditId, { ...fields, title }, { controls, evidence: [] }));
      counts.created += 1;
    } else {
      const known = new Set(same.controls.map(controlKey));
      const more = controls.filter((control) => !known.has(controlKey(control)));
      open.set(comparableTitle(title), updateRequest(tx, same, {}, { controls: [...same.controls, ...more] }));
      counts.extended += 1;
    }
  }
  return counts;
}

/** A request that is asked has a day on which it was. */
function withDayAsked(patch: RequestPatch, askedAt: string): RequestPatch {
  return patch.state === 'asked' && (patch.askedAt ?? askedAt) === '' ? { ...patch, askedAt: isoToday() } : patch;
}

function setControls(tx: Change, auditId: AuditId, requestId: RequestId, wanted: readonly ControlReference[]): void {
  assertControls(tx.database, auditId, wanted);
  const keys = new Set(wanted.map(controlKey));
  const current = linksOf(tx.database, requestId).controls;
  for (const control of current)
    if (!keys.has(controlKey(control))) setLink(tx, controlLink('request-control', auditId, requestId, control), false);
  for (const control of wanted) setLink(tx, controlLink('request-control', auditId, requestId, control), true);
}

function setEvidence(tx: Change, auditId: AuditId, requestId: RequestId, wanted: readonly EvidenceId[]): void {
  for (const id of wanted) assertSameAudit(tx.database, auditId, id);
  const current = linksOf(tx.database, requestId).records;
  for (const id of current) if (!wanted.includes(id as EvidenceId)) setLink(tx, requestEvidence(auditId, requestId, id), false);
  for (const id of wanted) setLink(tx, requestEvidence(auditId, requestId, id), true);
}

function assertSameAudit(database: ReadableDatabase, auditId: AuditId, evidenceId: EvidenceId): void {
  if (loadEvidence(database, evidenceId).auditId !== auditId) throw new ExpectedError('evidence.unknown', 'It belongs to another audit.');
}

function requestEvidence(auditId: AuditId, fromId: RequestId, toId: string): Link {
  return { kind: 'request-evidence', auditId, fromId, packId: '', controlId: '', toId };
}
