import type { NoteDraft, NoteKind } from '../../shared/domain/note.ts';
import type { Person } from '../../shared/domain/person.ts';
import { safeFileName } from './evidence/names.ts';

export interface NoteCircumstances {
  readonly writtenBy: Pick<Person, 'name' | 'email'>;
  readonly sealedAt: Date;
  /** Of the control that it was started from. */
  readonly citations: readonly string[];
}

const words: Readonly<Record<NoteKind, { readonly kind: string; readonly people: string }>> = {
  note: { kind: 'Note', people: 'Present' },
  interview: { kind: 'Interview record', people: 'Interviewed' },
};

/** A note as the Markdown file that is sealed: a heading, what is known of it, and the text as it was typed. */
export function noteFile(note: NoteDraft, { writtenBy, sealedAt, citations }: NoteCircumstances): { name: string; text: string } {
  const { kind, people } = words[note.kind];
  const facts = [
    ['Kind', kind],
    ['Date and time', note.at.replace(/T(\d\d:\d\d):\d\d/, ' $1 ')],
    ['Place', oneLine(note.place)],
    [people, oneLine(note.people)],
    ['Control', citations.join(', ')],
    ['Written by', `${writtenBy.name} <${writtenBy.email}>`],
    ['Sealed', sealedAt.toISOString()],
  ];
  const head = facts.filter(([, value]) => value !== '').map(([name, value]) => `- ${name}: ${value}`);
  const day = (note.at || sealedAt.toISOString()).slice(0, 10);
  return {
    name: safeFileName(`${kind} ${day} ${oneLine(note.title).replace(/[\\/]/g, '-')}.md`),
    text: [`# ${oneLine(note.title)}`, '', ...head, '', '---', '', `${note.text.replace(/\r\n?/g, '\n').trim()}\n`].join('\n'),
  };
}

/** Several lines as one: a line of the head must not look like another one. */
export function oneLine(text: string): string {
  return text
    .split(/\s*[\r\n]+\s*/)
    .filter(Boolean)
    .join(', ')
    .trim();
}
