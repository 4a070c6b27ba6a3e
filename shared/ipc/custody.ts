import { z } from 'zod';
import { type CustodyRecord, type DestroyedEvidence, handOverActions } from '../domain/custody.ts';
import { method } from './method.ts';
import { auditId, auditOnly, evidenceId, fileToken, line, requiredLine } from './schemas.ts';

/** What happened to each piece of evidence, and what people note about it. */
export const custodyFeature = {
  /** A piece with its ledger, also after it was destroyed, and whether the trail's links of it hold. */
  'custody.get': method<CustodyRecord>()(z.object({ evidenceId })),
  'custody.destroyed': method<DestroyedEvidence[]>()(auditOnly),
  /** Notes that pieces were received, transferred or released: from whom, to whom, when, what for. Also in a signed audit. */
  'custody.handOver': method<null>()(
    z.object({
      evidenceIds: z.array(evidenceId).min(1).max(10_000),
      action: z.enum(handOverActions),
      from: requiredLine,
      to: requiredLine,
      at: z.union([z.iso.date(), z.iso.datetime({ offset: true })]),
      purpose: requiredLine,
      reference: line,
    }),
  ),
  /** Writes the custody form of one piece, or those of every piece of the audit with the destroyed ones at the end, as PDF. Long. */
  'custody.export': method<{ name: string; forms: number }>()(z.object({ auditId, evidenceId: evidenceId.nullable(), token: fileToken })),
} as const;
