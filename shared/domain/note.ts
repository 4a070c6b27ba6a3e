import type { AuditId, ControlReference } from './ids.ts';

/** Something that was seen or said and typed in, before it is sealed as evidence. */
export const noteKinds = ['note', 'interview'] as const;
export type NoteKind = (typeof noteKinds)[number];

export interface NoteContent {
  readonly title: string;
  /** ISO moment with its offset, ISO day, or empty. */
  readonly at: string;
  readonly place: string;
  /** Who was there or was asked, as typed. */
  readonly people: string;
  readonly text: string;
}

export const emptyNote: NoteContent = { title: '', at: '', place: '', people: '', text: '' };

/** A note that is being written. It belongs to whoever writes it and becomes evidence only when it is sealed. */
export interface NoteDraft extends NoteContent {
  readonly id: string;
  readonly auditId: AuditId;
  readonly kind: NoteKind;
  /** The control from which it was started. */
  readonly control: ControlReference | null;
  readonly updatedAt: string;
}

/** Whether somebody has typed anything that would be missed; the time is filled in by itself. */
export function isBlankNote({ title, place, people, text }: NoteContent): boolean {
  return [title, place, people, text].every((part) => part.trim() === '');
}
