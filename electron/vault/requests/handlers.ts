import { basename } from 'node:path';
import type { AuditId } from '../../../shared/domain/ids.ts';
import type { requestsFeature } from '../../../shared/ipc/requests.ts';
import { requireOpenAudit } from '../audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession, takeFile } from '../context.ts';
import { writeFileDurably } from '../files.ts';
import { type Change, change, requireWriter } from '../session.ts';
import { appendTrail } from '../trail.ts';
import { acceptProposals, createRequest, proposalsFor, receiveEvidence, setRemoved, updateRequest } from './changes.ts';
import { writeRequestDocument } from './document.ts';
import { listForClient } from './listing.ts';
import { listRequests, loadRequest } from './repo.ts';
import { writeRequestSheet } from './sheet.ts';

/** Evidence that is asked of the client: asked, arrived, handed out as a list. */
export const requestsHandlers: Handlers<typeof requestsFeature> = {
  'requests.list': (context, { auditId }) => listRequests(openSession(context).records, auditId),

  'requests.create': (context, { auditId, fields, controls, evidence }) =>
    edit(context, auditId, ['requests'], (tx) => createRequest(tx, auditId, fields, { controls, evidence })),

  'requests.update': (context, { requestId, patch, ...links }) => {
    const { auditId } = loadRequest(openSession(context).records, requestId);
    return edit(context, auditId, ['requests'], (tx) => updateRequest(tx, loadRequest(tx.database, requestId), patch, links));
  },

  'requests.remove': (context, { requestId }) => {
    const request = loadRequest(openSession(context).records, requestId);
    return edit(context, request.auditId, ['requests'], (tx) => {
      setRemoved(tx, request, true);
      return null;
    });
  },

  'requests.restore': (context, { requestId }) => {
    const request = loadRequest(openSession(context).records, requestId, 1);
    return edit(context, request.auditId, ['requests'], (tx) => {
      setRemoved(tx, request, false);
      return loadRequest(tx.database, requestId);
    });
  },

  'requests.receive': (context, { requestId, evidence }) => {
    const { auditId } = loadRequest(openSession(context).records, requestId);
    return edit(context, auditId, ['requests', 'evidence', 'answers'], (tx) =>
      receiveEvidence(tx, loadRequest(tx.database, requestId), evidence),
    );
  },

  'requests.ask': (context, { auditId, requestIds }) => {
    const wanted = new Set<string>(requestIds);
    return edit(context, auditId, ['requests'], (tx) =>
      listRequests(tx.database, auditId)
        .filter(({ id, state }) => wanted.has(id) && state === 'draft')
        .map((request) => updateRequest(tx, request, { state: 'asked' })),
    );
  },

  'requests.proposals': (context, { auditId, packIds }) => proposalsFor(openSession(context).records, auditId, packIds),

  'requests.accept': (context, { auditId, askedOf, due, proposals }) =>
    edit(context, auditId, ['requests'], (tx) => acceptProposals(tx, auditId, proposals, { askedOf, due })),

  'requests.export': async (context, { auditId, token, format, which }) => {
    const session = openSession(context);
    const list = listForClient(session, auditId, which);
    const path = takeFile(context, token, 'write');
    writeFileDurably(path, format === 'xlsx' ? writeRequestSheet(list) : await writeRequestDocument(list));
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'requests.exported',
        subjectKind: 'audit',
        subjectId: auditId,
        auditId,
        detail: `${format}, ${list.requests.length} requests`,
      }),
    );
    announce(context, [], auditId);
    return { name: basename(path), requests: list.requests.length };
  },
};

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
