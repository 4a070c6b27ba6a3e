import { z } from 'zod';
import type { Check } from '../domain/checks.ts';
import { type Evidence, sensitivities } from '../domain/evidence.ts';
import type { EvidenceId } from '../domain/ids.ts';
import { mostPages, mostPixels, mostPlaces, type RedactionKind, redactionReasons } from '../domain/redaction.ts';
import { method } from './method.ts';
import { auditOnly, evidenceId, requiredLine } from './schemas.ts';

const redactionId = z.uuid();
const reason = z.enum(redactionReasons);
const share = z.number().min(0).max(1);

/** What the copy is called and taken for. */
export const redactedCopy = z.object({
  title: requiredLine,
  sensitivity: z.enum(sensitivities),
  /** Links the copy to the controls that the original is linked to. */
  takeLinks: z.boolean(),
});
export type RedactedCopy = z.infer<typeof redactedCopy>;

export const redactedPlace = z.object({
  page: z.number().int().min(1).max(mostPages),
  x: share,
  y: share,
  width: share,
  height: share,
  reason,
});

const position = z.number().min(0).max(Number.MAX_SAFE_INTEGER);

/** A place as the editor has it: shares of a page, or for a text its position and length in UTF-16 units. */
const redactionMark = z.object({
  page: z.number().int().min(1).max(mostPages),
  x: position,
  y: position,
  width: position,
  height: position,
  reason,
});
export type RedactionMark = z.infer<typeof redactionMark>;

/** A copy, and whether this audit had the same content already, such as by blacking out the same places a second time. */
export interface RedactionResult {
  readonly evidence: Evidence;
  readonly known: boolean;
}

export interface RelatedPiece {
  readonly id: EvidenceId;
  readonly label: string;
  readonly title: string;
  readonly places: number;
}

/** What a piece was made from and what was made from it by redaction. */
export interface RelatedRedactions {
  readonly origin: RelatedPiece | null;
  /** It was made from a piece that was destroyed since. */
  readonly originGone: boolean;
  readonly copies: readonly RelatedPiece[];
}

/** Bytes of pixels sent at a time. */
export const pixelChunkLimit = 4 * 1024 * 1024;

const side = z.number().int().min(1).max(mostPixels);
/** Points; PDF readers stop at 14,400. */
const points = z.number().min(1).max(14_400);

export const redactionFeature = {
  /**
   * Starts a redaction, which ends the one before. Texts come with it, other content by `redaction.read`, and what this person had marked
   * and not finished. Recorded as viewed.
   */
  'redaction.open': method<{
    redactionId: string;
    kind: RedactionKind;
    size: number;
    text: string | null;
    marks: readonly RedactionMark[];
  }>()(z.object({ evidenceId })),
  /** Keeps what is marked until the copy is made; nothing marked forgets it. */
  'redaction.keepMarks': method<null>()(z.object({ redactionId, marks: z.array(redactionMark).max(mostPlaces) })),
  /** The next bytes of the original. */
  'redaction.read': method<{ bytes: Uint8Array; done: boolean }>()(z.object({ redactionId })),
  /** Ends a redaction; a copy that was begun is forgotten. */
  'redaction.close': method<null>()(z.object({ redactionId })),
  /** Makes the redacted copy of a text. */
  'redaction.maskText': method<RedactionResult>()(
    z.object({
      redactionId,
      copy: redactedCopy,
      places: z
        .array(z.object({ start: z.number().int().min(0), end: z.number().int().min(1), reason }))
        .min(1)
        .max(mostPlaces),
    }),
  ),
  /** Begins the copy of a picture or PDF. Every page follows, in order, as rows of pixels; the vault blacks the places out. */
  'redaction.startCopy': method<null>()(
    z.object({
      redactionId,
      copy: redactedCopy,
      pages: z.number().int().min(1).max(mostPages),
      places: z.array(redactedPlace).min(1).max(mostPlaces),
    }),
  ),
  /** Size in pixels, and of a PDF's page in points. */
  'redaction.startPage': method<null>()(z.object({ redactionId, width: side, height: side, pageWidth: points, pageHeight: points })),
  /** Whole rows, four bytes a pixel: red, green, blue, opacity. */
  'redaction.pixels': method<null>()(z.object({ redactionId, bytes: z.instanceof(Uint8Array) })),
  'redaction.finish': method<RedactionResult>()(z.object({ redactionId })),
  'redaction.related': method<RelatedRedactions>()(z.object({ evidenceId })),
  /** What a report with redacted copies would withhold. */
  'redaction.checks': method<Check[]>()(auditOnly),
} as const;
