import { z } from 'zod';
import type { Check } from '../domain/checks.ts';
import type { ReportId } from '../domain/ids.ts';
import { redactionProfiles } from '../domain/redaction-profile.ts';
import type { TrailEvent, TrailHead } from '../domain/trail.ts';
import type { Verification } from '../domain/verification.ts';
import { method } from './method.ts';
import { auditId, auditOnly, fileToken, line, nothing, reportId } from './schemas.ts';

export const reportOptions = z.object({
  paper: z.enum(['a4', 'letter']),
  /** Sign as final: refused while blocking checks are open, freezes the audit. */
  final: z.boolean(),
  /** Names redacted copies in the place of originals, and withholds titles and names of sensitive pieces without one. */
  redaction: z.enum(redactionProfiles).default('originals'),
});
export type ReportOptions = z.infer<typeof reportOptions>;

/** A report that was signed and kept in the vault. */
export interface StoredReport {
  readonly id: ReportId;
  readonly number: string;
  readonly revision: number;
  readonly draft: boolean;
  readonly createdAt: string;
  readonly signer: string;
  readonly fingerprint: string;
  readonly sha256: string;
  readonly size: number;
  readonly trailHead: TrailHead;
}

export const reportsFeature = {
  'reports.list': method<StoredReport[]>()(auditOnly),
  /** Renders the report as it stands, unsigned and marked as preview. Long. */
  'reports.preview': method<{ bytes: Uint8Array; pages: number; checks: Check[] }>()(z.object({ auditId, options: reportOptions })),
  /** Renders, signs with the person's identity and keeps the PDF in the vault. Long. */
  'reports.sign': method<StoredReport>()(z.object({ auditId, options: reportOptions })),
  /** Writes a stored report, byte for byte, to a picked place. */
  'reports.export': method<{ name: string; size: number }>()(z.object({ reportId, token: fileToken })),
  /** The stored PDF for showing it. */
  'reports.read': method<{ bytes: Uint8Array }>()(z.object({ reportId })),
  /** Takes a signed audit back to fieldwork as a new revision. Needs a reason. */
  'reports.reopen': method<null>()(z.object({ auditId, reason: z.string().trim().min(3).max(400) })),
  /** Works without an open vault. */
  'verify.picked': method<{ name: string; verification: Verification }>()(z.object({ token: fileToken })),
  'verify.bytes': method<{ name: string; verification: Verification }>()(z.object({ name: line, bytes: z.instanceof(Uint8Array) })),
  'trail.list': method<{ events: TrailEvent[]; head: TrailHead; total: number }>()(
    z.object({
      before: z.number().int().min(1).nullable(),
      limit: z.number().int().min(1).max(500),
      query: line,
      auditId: auditId.nullable(),
    }),
  ),
  'trail.verify': method<{ ok: boolean; checked: number; firstBroken: number | null; head: TrailHead }>()(nothing),
  'trail.head': method<TrailHead>()(nothing),
} as const;
