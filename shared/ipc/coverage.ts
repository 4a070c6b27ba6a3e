import { z } from 'zod';
import type { ControlCoverage } from '../domain/coverage.ts';
import { method } from './method.ts';
import { auditId, auditOnly, controlReference, evidenceId, fileToken } from './schemas.ts';

export const coverageFeature = {
  /** Every control of the audit in checklist order: what is expected and what shows it. */
  'coverage.list': method<ControlCoverage[]>()(auditOnly),
  'coverage.get': method<ControlCoverage>()(controlReference.extend({ auditId })),
  /**
   * Says that pieces show an expected text, or takes that back. A piece that is not linked to the control yet is linked; those are
   * returned. Errors: `expectation.unknown`.
   */
  'coverage.tick': method<{ linked: string[] }>()(
    controlReference.extend({
      auditId,
      text: z.string().min(1).max(10_000),
      evidenceIds: z.array(evidenceId).min(1).max(1000),
      present: z.boolean(),
    }),
  ),
  /** Writes the coverage as CSV to a picked place. */
  'coverage.export': method<{ name: string }>()(z.object({ auditId, token: fileToken })),
} as const;
