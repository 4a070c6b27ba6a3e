import { z } from 'zod';
import { sensitivities } from '../domain/evidence.ts';
import type { IdentifierCount } from '../domain/identifiers.ts';
import type { ControlReference, EvidenceId } from '../domain/ids.ts';
import { method } from './method.ts';
import { auditId, auditOnly, controlReference, day, evidenceId, fileToken, line, requiredLine } from './schemas.ts';

/** Many pieces of evidence of one audit at once. Each call looks at all of them before it changes one. */

/** Most pieces in one call. */
const mostPieces = 500_000;
/** Most links, pieces times controls, in one call. */
const mostLinks = 500_000;

const evidenceIds = z.array(evidenceId).min(1).max(mostPieces);
const tags = z.array(requiredLine).max(50);

/** What is said of several pieces alike. Fields left out stay as they are. */
const bulkPatch = z.strictObject({
  sensitivity: z.enum(sensitivities).optional(),
  collector: line.optional(),
  source: line.optional(),
  method: line.optional(),
  retainUntil: day.optional(),
  /** All tags. `addTags` and `removeTags` beside it change those that are there. */
  tags: tags.optional(),
});
export type BulkPatch = z.input<typeof bulkPatch>;

/** The earlier values of pieces that had the same ones. Given to `evidence.updateMany`, they come back. */
export interface EarlierFields {
  readonly evidenceIds: readonly EvidenceId[];
  readonly patch: BulkPatch;
}

/** Pieces and the controls that each of them was linked to or unlinked from. */
export interface ChangedLinks {
  readonly evidenceIds: readonly EvidenceId[];
  readonly controls: readonly ControlReference[];
}

/** A piece whose sealed content could not be read, or is another one than was sealed. */
export interface DamagedPiece {
  readonly evidenceId: EvidenceId;
  readonly number: number;
}

/** What a change could not reach: pieces that were destroyed meanwhile, and controls that the audit no longer has. */
export interface Unreached {
  readonly pieces: number;
  readonly controls: number;
}

/** Whether a change takes an earlier one back. Then it reaches what is still there; otherwise all of it must be there. */
const isUndo = z.boolean().default(false);

export const evidenceBulkFeature = {
  /**
   * Returns how many pieces changed, and what undoes it. Goes on part by part, with progress in items; cancel keeps what was changed.
   * Errors: `evidence.tags-full`.
   */
  'evidence.updateMany': method<{ changed: number; earlier: EarlierFields[]; unreached: Unreached }>()(
    z.object({
      auditId,
      isUndo,
      changes: z
        .array(z.object({ evidenceIds, patch: bulkPatch, addTags: tags.default([]), removeTags: tags.default([]) }))
        .min(1)
        .max(mostPieces),
    }),
  ),
  /** Links or unlinks every piece of a group and every control of it, part by part in the same way. Returns what changed; the opposite undoes it. */
  'evidence.linkMany': method<{ changed: number; links: ChangedLinks[]; unreached: Unreached }>()(
    z
      .object({
        auditId,
        isUndo,
        links: z
          .array(z.object({ evidenceIds, controls: z.array(controlReference).min(1).max(5000) }))
          .min(1)
          .max(mostPieces),
        present: z.boolean(),
      })
      .refine(({ links }) => links.reduce((sum, group) => sum + group.evidenceIds.length * group.controls.length, 0) <= mostLinks),
  ),
  /** Reads the sealed content of each again. Long; progress in bytes; cancel keeps what was verified. */
  'evidence.verifyMany': method<{ verified: number; damaged: DamagedPiece[] }>()(z.object({ auditId, evidenceIds })),
  /** Writes the originals into a new folder. Long; each is recorded as exported with the reason. */
  'evidence.exportMany': method<{ name: string; pieces: number; bytes: number }>()(
    z.object({ auditId, evidenceIds, token: fileToken, reason: requiredLine }),
  ),
  /** Destroys pieces that are linked nowhere, part by part; when one is linked, none is destroyed. Cancelled, it tells how many are gone. */
  'evidence.destroyMany': method<{ destroyed: number }>()(z.object({ auditId, evidenceIds, reason: requiredLine })),
  /** Pieces in which likely identifiers were found when they were attached or last looked through. */
  'evidence.suspected': method<{ evidenceId: EvidenceId; counts: IdentifierCount[] }[]>()(auditOnly),
} as const;
