import { z } from 'zod';
import { evidenceFactNames, longestFact } from '../../../shared/domain/evidence-facts.ts';
import { identifierKinds } from '../../../shared/domain/identifiers.ts';
import { previewImageTypes, previewLimits, textLanguages } from '../../../shared/domain/preview.ts';
import {
  type ReaderAttachment,
  type ReaderExtract,
  type ReaderPreview,
  type ReaderScan,
  readerBounds,
  readerFailures,
} from '../../../shared/domain/reader.ts';

/** What the vault takes from the reader. A reader that a file has taken over can lie about the file, and do no more than that. */

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const bytes = z.instanceof(Uint8Array).refine(({ length }) => length <= readerBounds.jobBytes);
const mediaType = z.string().max(100);
const text = z.string().max(readerBounds.shownCharacters * 2);

const content = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('image'),
    mediaType: z.enum(previewImageTypes),
    width: z.number().int().min(1).max(readerBounds.pixels),
    height: z.number().int().min(1).max(readerBounds.pixels),
  }),
  z.object({ kind: z.literal('pdf') }),
  z.object({ kind: z.enum(['audio', 'video']), mediaType: z.string().regex(/^(?:audio|video)\/[a-z0-9.+-]{1,40}$/) }),
  z.object({ kind: z.literal('text'), text, language: z.enum(textLanguages), encoding: z.string().max(40) }),
  z.object({
    kind: z.literal('table'),
    sheets: z
      .array(
        z.object({
          name: z.string().max(readerBounds.nameCharacters),
          rows: z.array(z.array(z.string().max(readerBounds.cellCharacters)).max(readerBounds.columns)).max(readerBounds.rows),
          totalRows: count,
          totalColumns: count,
          hidden: z.enum(['hidden', 'very-hidden']).optional(),
          hiddenRows: z.string().max(readerBounds.hiddenCharacters).optional(),
          hiddenColumns: z.string().max(readerBounds.hiddenCharacters).optional(),
          isComments: z.boolean().optional(),
        }),
      )
      .max(readerBounds.sheets),
  }),
  z.object({
    kind: z.literal('document'),
    blocks: z
      .array(
        z.object({
          style: z.enum(['heading', 'paragraph', 'list', 'row', 'part']),
          level: z.number().int().min(0).max(9),
          texts: z.array(z.string().max(readerBounds.blockCharacters)).max(readerBounds.columns),
        }),
      )
      .max(readerBounds.blocks),
  }),
  z.object({
    kind: z.literal('mail'),
    mail: z.object({
      headers: z
        .array(z.object({ name: z.string().max(100), value: z.string().max(readerBounds.headerCharacters) }))
        .max(readerBounds.headers),
      text,
      attachments: z
        .array(z.object({ index: count, name: z.string().max(readerBounds.nameCharacters), mediaType, size: count }))
        .max(readerBounds.attachments),
    }),
  }),
  z.object({ kind: z.literal('hex') }),
]);

export const previewAnswer: z.ZodType<ReaderPreview> = z.object({
  content,
  limits: z.array(z.enum(previewLimits)).max(previewLimits.length),
});

const identifierCounts = z.array(z.object({ kind: z.enum(identifierKinds), count })).max(identifierKinds.length);

export const extractAnswer: z.ZodType<ReaderExtract> = z.object({
  text: text.nullable(),
  cut: z.boolean(),
  failure: z.enum(readerFailures).nullable(),
  facts: z.array(z.object({ name: z.enum(evidenceFactNames), value: z.string().max(longestFact) })).max(readerBounds.facts),
  identifiers: identifierCounts,
});

export const scanAnswer: z.ZodType<ReaderScan> = z.object({
  scan: z
    .object({
      hits: z.array(z.object({ kind: z.enum(identifierKinds), line: count, column: count, masked: z.string().max(300) })).max(1000),
      counts: identifierCounts,
    })
    .nullable(),
  cut: z.boolean(),
});

export const attachmentAnswer: z.ZodType<ReaderAttachment> = z.object({
  name: z.string().max(readerBounds.nameCharacters),
  mediaType,
  bytes,
});

/** Around every answer. */
export const answerMessage = z.discriminatedUnion('ok', [
  z.object({ id: count, ok: z.literal(true), value: z.unknown() }),
  z.object({ id: count, ok: z.literal(false), reason: z.enum(readerFailures) }),
]);
