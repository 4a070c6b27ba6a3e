import type { TextLanguage } from '../../../shared/domain/preview.ts';

/** What a piece of a row is, for its colour. */
export type Tone = 'name' | 'string' | 'number' | 'quiet';

export interface Toned {
  readonly start: number;
  readonly end: number;
  readonly tone: Tone;
}

/** Longer rows stay plain: thousands of coloured pieces cost more than they tell. */
const longestColoured = 400;

/** Strings first, so that what looks like a number or a word inside one is left alone. Every repetition is over one character class. */
const json = /(?<string>"(?:[^"\\]|\\.)*"?)(?<colon>\s{0,8}:)?|(?<number>-?\b\d[\d.eE+-]*\b|\b(?:true|false|null)\b)/g;
const markup = /(?<comment><!--.*?(?:-->|$))|(?<tag><[/!?]?[\w:.-]+|[/?]?>)|(?<attribute>[\w:.-]+)(?==["'])|(?<string>"[^"<]*"|'[^'<]*')/g;

/** The coloured pieces of one row, in order. Each row is looked at by itself, so a string over several rows is plain after its first. */
export function tonesOf(row: string, language: TextLanguage): readonly Toned[] {
  if (row.length > longestColoured) return [];
  if (language === 'json') return jsonTones(row);
  if (language === 'xml' || language === 'html') return markupTones(row);
  return [];
}

function jsonTones(row: string): Toned[] {
  return [...row.matchAll(json)].map(({ index, groups, 0: whole }) => {
    const text = groups?.string;
    if (text === undefined) return { start: index, end: index + whole.length, tone: 'number' };
    return { start: index, end: index + text.length, tone: groups?.colon === undefined ? 'string' : 'name' };
  });
}

function markupTones(row: string): Toned[] {
  return [...row.matchAll(markup)].map(({ index, groups, 0: whole }) => {
    const tone =
      groups?.comment !== undefined ? 'quiet' : groups?.tag !== undefined ? 'name' : groups?.string !== undefined ? 'string' : 'number';
    return { start: index, end: index + whole.length, tone };
  });
}
