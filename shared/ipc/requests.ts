import { z } from 'zod';
import type { EvidenceRequest, RequestProposal } from '../domain/request.ts';
import { requestStates } from '../domain/request.ts';
import { method } from './method.ts';
import {
  auditId,
  auditOnly,
  controlReference,
  day,
  evidenceId,
  fileToken,
  line,
  packId,
  requestId,
  requiredLine,
  text,
} from './schemas.ts';

const requestFields = {
  title: requiredLine,
  description: text,
  askedOf: line,
  askedAt: day,
  due: day,
  state: z.enum(requestStates),
  note: text,
};

const controls = z.array(controlReference).max(1000);
const evidence = z.array(evidenceId).max(10_000);

/** Which requests stand on the list for the client. */
export const requestListings = ['open', 'all'] as const;
export type RequestListing = (typeof requestListings)[number];

/** Evidence that is asked of the client. */
export const requestsFeature = {
  'requests.list': method<EvidenceRequest[]>()(auditOnly),
  'requests.create': method<EvidenceRequest>()(
    z.object({ auditId, fields: z.object(requestFields).partial().required({ title: true }), controls, evidence }),
  ),
  /** Setting the state to `asked` notes today as the day it was asked, unless a day is there. */
  'requests.update': method<EvidenceRequest>()(
    z.object({ requestId, patch: z.object(requestFields).partial(), controls: controls.optional(), evidence: evidence.optional() }),
  ),
  /** Takes a request off the list; its number is not given again and it can be restored. */
  'requests.remove': method<null>()(z.object({ requestId })),
  'requests.restore': method<EvidenceRequest>()(z.object({ requestId })),
  /** Notes that evidence arrived: links it to the request and to the request's controls. */
  'requests.receive': method<EvidenceRequest>()(z.object({ requestId, evidence: evidence.min(1) })),
  /** Marks drafts as asked, with today as the day. Others stay as they are. */
  'requests.ask': method<EvidenceRequest[]>()(z.object({ auditId, requestIds: z.array(requestId).min(1).max(10_000) })),
  /** What could be asked for, from the chosen checklists of the audit. */
  'requests.proposals': method<RequestProposal[]>()(z.object({ auditId, packIds: z.array(packId).min(1).max(20) })),
  /** Makes drafts of proposals, or adds their controls to the request that asks for the same. */
  'requests.accept': method<{ created: number; extended: number }>()(
    z.object({
      auditId,
      askedOf: line,
      due: day,
      proposals: z
        .array(z.object({ title: requiredLine, controls: controls.min(1) }))
        .min(1)
        .max(10_000),
    }),
  ),
  /** Writes the list for the client, without notes and without what was withdrawn. Recorded as exported. */
  'requests.export': method<{ name: string; requests: number }>()(
    z.object({ auditId, token: fileToken, format: z.enum(['xlsx', 'docx']), which: z.enum(requestListings) }),
  ),
} as const;
