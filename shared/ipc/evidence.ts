import { z } from 'zod';
import type { CustodyEvent, Evidence } from '../domain/evidence.ts';
import { sensitivities } from '../domain/evidence.ts';
import type { IdentifierCount, IdentifierScan } from '../domain/identifiers.ts';
import type { AuditId, EvidenceId } from '../domain/ids.ts';
import type { Preview } from '../domain/preview.ts';
import { redactionProfiles } from '../domain/redaction-profile.ts';
import { method } from './method.ts';
import { auditId, controlReference, day, evidenceId, fileToken, line, moment, packId, requiredLine, text } from './schemas.ts';

const fieldSchemas = {
  title: requiredLine,
  description: text,
  source: line,
  collector: line,
  method: line,
  effectiveFrom: day,
  effectiveTo: day,
  sensitivity: z.enum(sensitivities),
  retainUntil: day,
  tags: z.array(requiredLine).max(50),
  collectedAt: moment,
};

/** Where the same content already lies in the vault. */
export interface EvidencePlace {
  readonly evidenceId: EvidenceId;
  readonly number: number;
  readonly auditId: AuditId;
  readonly auditTitle: string;
  /** How many controls it was linked to, and the citations of the first few. */
  readonly controls: number;
  readonly citations: readonly string[];
  /** Number of the newer revision that replaced it, or null. */
  readonly supersededBy: number | null;
}

/** What the auditor may write about a piece. */
export const evidenceFields = z.object(fieldSchemas);

/** One file's result: attached whole and verified, or not at all with the reason. */
export interface AttachResult {
  readonly name: string;
  readonly evidence: Evidence | null;
  /** The same content was already in this audit as this evidence; it was linked, not stored twice. */
  readonly duplicateOf: EvidenceId | null;
  /** Where the same content was before, in this audit and in others, as of the moment before it was attached. */
  readonly places: readonly EvidencePlace[];
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  /** Likely identifiers in a text, by kind; empty where there are none or it is not a text. */
  readonly identifiers: readonly IdentifierCount[];
}

/** What a file looks like from its media type alone, before anybody opens it. */
export type PreviewKind = 'image' | 'pdf' | 'text' | 'other';

export interface EvidenceDetail {
  readonly evidence: Evidence;
  readonly custody: readonly CustodyEvent[];
  readonly preview: PreviewKind;
  readonly receivedByName: string;
}

/** Largest text handed to the window for preview, in bytes; more is cut and said so. */
export const previewLimit = 32 * 1024 * 1024;
/** Bytes per upload chunk from the window. */
export const uploadChunkLimit = 4 * 1024 * 1024;

/** What changed in a list of evidence that was read before. */
export interface EvidenceChanges {
  /** Counts up with the log of changes. */
  readonly revision: number;
  /** There is more: ask again with this revision. */
  readonly more: boolean;
  /** Pieces that are new or not as they were, with their links. */
  readonly pieces: readonly Evidence[];
  /** Pieces that are no longer there. */
  readonly gone: readonly EvidenceId[];
}

/** What became of the rows of a body of evidence. */
export interface BodyImport {
  /** Pieces that were there already and got the links of the index. */
  readonly linked: number;
  readonly attached: number;
  /** Links to controls that this audit does not have. */
  readonly unknownControls: number;
  /** Pieces that were not taken in, each with the reason. */
  readonly problems: readonly BodyProblem[];
  /** What was not taken over of pieces that were taken in: cells that cannot be read, relations to pieces that are not there. */
  readonly remarks: readonly BodyProblem[];
  /** Rows that were not looked at because it was cancelled. */
  readonly notReached: number;
}

export interface BodyProblem {
  readonly path: string;
  readonly message: string;
}

/** How a body of evidence is handed out, and which pieces. */
export const bodyOptions = z.object({
  /** A new folder, or one zip file with the same content. */
  form: z.enum(['folder', 'zip']).default('folder'),
  /** Only what is linked to a control of these checklists; null for everything. */
  packIds: z.array(packId).min(1).max(20).nullable().default(null),
  /** Whether pieces that are marked as sensitive are handed out. */
  sensitive: z.boolean().default(true),
  /** Redacted copies in the place of originals; what is sensitive and has none stays out. */
  redaction: z.enum(redactionProfiles).default('originals'),
});
export type BodyOptions = z.output<typeof bodyOptions>;

const links = { controls: z.array(controlReference).max(700) };

/** What a way in knows of a file besides its bytes: where it lay, what it is called, how it was made. */
const known = z
  .object({
    title: requiredLine,
    description: text,
    source: line,
    collector: line,
    method: line,
    collectedAt: moment,
    relativePath: z.string().max(4000),
  })
  .partial();

export const evidenceFeature = {
  /** The audit's evidence by number: all of it, or the first pieces above a number. */
  'evidence.list': method<Evidence[]>()(
    z.object({
      auditId,
      after: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).default(Number.MAX_SAFE_INTEGER),
    }),
  ),
  /** What changed since a revision that an earlier answer gave; with null only where the revisions stand. */
  'evidence.changed': method<EvidenceChanges>()(z.object({ auditId, since: z.number().int().min(0).nullable() })),
  'evidence.get': method<EvidenceDetail>()(z.object({ evidenceId })),
  /** Seals picked files one after the other. Long; progress in bytes; cancel keeps the files already attached. */
  'evidence.attachPicked': method<AttachResult[]>()(z.object({ auditId, tokens: z.array(fileToken).min(1).max(10_000), ...links })),
  /** Starts a file that was dropped or pasted; its bytes follow in chunks. */
  'evidence.beginUpload': method<{ uploadId: string }>()(
    z.object({
      auditId,
      name: z.string().min(1).max(1000),
      size: z
        .number()
        .int()
        .min(0)
        .max(2 ** 36),
      details: known.optional(),
      ...links,
    }),
  ),
  'evidence.uploadChunk': method<null>()(z.object({ uploadId: z.uuid(), bytes: z.instanceof(Uint8Array) })),
  'evidence.finishUpload': method<AttachResult>()(z.object({ uploadId: z.uuid() })),
  'evidence.cancelUpload': method<null>()(z.object({ uploadId: z.uuid() })),
  'evidence.update': method<Evidence>()(z.object({ evidenceId, patch: evidenceFields.partial() })),
  'evidence.link': method<Evidence>()(z.object({ evidenceId, ...links })),
  'evidence.unlink': method<Evidence>()(z.object({ evidenceId, ...links })),
  /** Destroys a piece of evidence that is linked nowhere; the object goes when nothing else uses it. Needs a reason. */
  'evidence.destroy': method<null>()(z.object({ evidenceId, reason: requiredLine })),
  /** What is drawn of the content, read by the keyless reader. Recorded as viewed. */
  'evidence.preview': method<Preview & { mediaType: string }>()(z.object({ evidenceId })),
  /** Looks through the words of a file for likely identifiers. Places count in the lines of the extracted text; false where it has none. */
  'evidence.scan': method<IdentifierScan & { looked: boolean; truncated: boolean }>()(z.object({ evidenceId })),
  /** Re-reads the sealed content and compares the SHA-256. Long. */
  'evidence.verify': method<{ ok: boolean; sha256: string; at: string }>()(z.object({ evidenceId })),
  /** Writes the chosen pieces of an audit with index, checksums and custody forms. Long; recorded as exported. */
  'evidence.exportBody': method<{ name: string; pieces: number; bytes: number; leftOut: number }>()(
    bodyOptions.extend({ auditId, token: fileToken, reason: requiredLine }),
  ),
  /** Takes such a folder or zip file in: known content is linked by its hash, other content attached. Long; cancel keeps what was taken. */
  'evidence.importBody': method<BodyImport>()(z.object({ auditId, token: fileToken })),
  /** Writes the original bytes to a picked place. Long; recorded as exported. */
  'evidence.exportOriginal': method<{ name: string; size: number }>()(z.object({ evidenceId, token: fileToken, reason: line })),
} as const;
