import { type DocumentBlock, type DocumentPartName, documentParts as partNames } from '../../../shared/domain/preview.ts';

/** A document as it is set: neighbouring list items are one list, neighbouring rows one table. */
export type DocumentPart =
  /** `level` from 3, because the screen has the two above; never more than one below the heading before. */
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  /** What follows is not the document's own text; `author` is empty where nobody is named. */
  | { readonly kind: 'part'; readonly name: DocumentPartName; readonly author: string }
  | { readonly kind: 'list'; readonly items: readonly { readonly depth: number; readonly text: string }[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

const highestHeading = 3;
/** Longer paragraphs are set in pieces, so that the ones out of sight cost nothing. */
const longestParagraph = 4000;

export function documentParts(blocks: readonly DocumentBlock[]): DocumentPart[] {
  const parts: DocumentPart[] = [];
  let list: { depth: number; text: string }[] | null = null;
  let table: (readonly string[])[] | null = null;
  let heading = highestHeading - 1;
  for (const { style, level, texts } of blocks) {
    if (style !== 'list') list = null;
    if (style !== 'row') table = null;
    const text = texts.join(' ');
    const name = style === 'part' ? partNames.find((known) => known === texts[0]) : undefined;
    if (name !== undefined) parts.push({ kind: 'part', name, author: texts[1] ?? '' });
    else if (style === 'heading') {
      heading = Math.min(heading + 1, highestHeading - 1 + Math.max(1, level), 6);
      parts.push({ kind: 'heading', level: heading, text });
    } else if (style === 'paragraph' || style === 'part') {
      parts.push(...paragraphs(text).map((piece) => ({ kind: 'paragraph', text: piece }) as const));
    } else if (style === 'list') {
      if (list === null) {
        list = [];
        parts.push({ kind: 'list', items: list });
      }
      list.push({ depth: Math.max(1, level), text });
    } else {
      if (table === null) {
        table = [];
        parts.push({ kind: 'table', rows: table });
      }
      table.push(texts);
    }
  }
  return parts;
}

/** A text in pieces that are not too long to set, cut at line breaks where there are any. Nothing is left out. */
export function paragraphs(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length; ) {
    const most = from + longestParagraph;
    const line = text.lastIndexOf('\n', most);
    const end = most >= text.length ? text.length : line > from ? line + 1 : most;
    // The break at the end of a piece is made by the piece itself.
    pieces.push(text.slice(from, end).replace(/\r?\n$/, ''));
    from = end;
  }
  return pieces;
}
