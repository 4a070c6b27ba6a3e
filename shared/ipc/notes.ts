import { z } from 'zod';
import { type NoteDraft, noteKinds } from '../domain/note.ts';
import type { AttachResult } from './evidence.ts';
import { method } from './method.ts';
import { auditId, auditOnly, controlReference, line, moment, text } from './schemas.ts';

const noteId = z.uuid();

/** Notes and interview records that are typed in. Kept as they are typed; sealed as a text that never changes. */
export const notesFeature = {
  /** One's own unfinished notes of an audit, the last changed one first. */
  'notes.list': method<NoteDraft[]>()(auditOnly),
  /** The unfinished note of this kind at this control, or a new one. */
  'notes.open': method<NoteDraft>()(z.object({ auditId, kind: z.enum(noteKinds), control: controlReference.nullable() })),
  'notes.save': method<NoteDraft>()(
    z.object({ noteId, patch: z.object({ title: line, at: moment, place: line, people: z.string().max(4000), text }).partial() }),
  ),
  'notes.discard': method<null>()(z.object({ noteId })),
  /** Seals it as a Markdown file, links it to its control, and ends the draft. Needs a title and a text. */
  'notes.seal': method<AttachResult>()(z.object({ noteId })),
} as const;
