import { z } from 'zod';
import type { CsvReading, ImportReading } from '../../../shared/checklists/import.ts';
import { packFileSchema, packSchema } from '../../../shared/checklists/schema.ts';
import { readerBounds } from '../../../shared/domain/reader.ts';

/** What the vault takes from the reader of checklists and lists. */

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const place = { line: count, column: count, cell: z.string().max(1000).optional() };
const fault = z.object({
  ...place,
  file: z.string().max(5000),
  path: z.string().max(readerBounds.faultCharacters),
  message: z.string().max(readerBounds.faultCharacters),
  severity: z.enum(['error', 'advice']),
});
const faults = z.array(fault).max(readerBounds.packFaults);

export const checklistAnswer = z.object({
  origin: z.enum(['yaml', 'table', 'oscal']),
  reading: z.discriminatedUnion('ok', [
    z.object({
      ok: z.literal(true),
      content: packSchema,
      signature: packFileSchema.shape.signature.unwrap().nullable(),
      advice: faults,
    }),
    z.object({ ok: z.literal(false), faults }),
  ]),
}) as unknown as z.ZodType<ImportReading>;

const cell = z.object({ text: z.string(), place: z.object(place) });

export const rowsAnswer = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rows: z.array(z.array(cell)).max(readerBounds.listCells) }),
  z.object({ ok: z.literal(false), faults }),
]) as unknown as z.ZodType<CsvReading>;
