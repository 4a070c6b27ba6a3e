import { z } from 'zod';
import type { AuditId, EvidenceId, FindingId, Id, PersonId, ReportId, RequestId, TaskId } from '../domain/ids.ts';

/** Building blocks shared by the features' payload schemas. Lengths are bounded so that no call can be a memory bomb. */

const uuid = z.uuid();

function id<T extends Id<string>>() {
  return uuid.transform((value) => value as T) as unknown as z.ZodType<T, string>;
}

export const auditId = id<AuditId>();
export const evidenceId = id<EvidenceId>();
export const findingId = id<FindingId>();
export const personId = id<PersonId>();
export const reportId = id<ReportId>();
export const requestId = id<RequestId>();
export const taskId = id<TaskId>();

/** A one-use token that main handed to the vault together with a path. */
export const fileToken = z.string().min(16).max(64);

export const line = z.string().max(400);
export const requiredLine = z.string().trim().min(1).max(400);
export const text = z.string().max(100_000);
/** ISO day or empty. */
export const day = z.union([z.literal(''), z.iso.date()]);
/** ISO day, ISO moment with its offset, or empty. */
export const moment = z.union([z.literal(''), z.iso.date(), z.iso.datetime({ offset: true })]);
export const passphrase = z.string().min(1).max(1024);

export const packId = z.string().min(1).max(200);
export const controlReference = z.object({ packId, controlId: z.string().min(1).max(200) });
export const auditOnly = z.object({ auditId });
export const nothing = z.object({}).optional();
