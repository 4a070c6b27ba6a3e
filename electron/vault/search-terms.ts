import { foldText, searchParts } from '../../shared/domain/search-text.ts';
import type { SnippetPart } from '../../shared/ipc/search.ts';

/** A word or phrase that is looked for. */
export interface SearchTerm {
  /** As FTS5 takes it: quoted, so that nothing a person types is its syntax. */
  readonly match: string;
  /** Its first word, folded. */
  readonly first: string;
  /** Its words, folded; the last one as a beginning when it is a prefix. */
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

const mostTerms = 12;
/** A single letter as a beginning would match nearly everything; a single Chinese character is a word, and has no space behind it. */
const shortestPrefix = 2;
const wholeWord = /\p{sc=Han}/u;
const word = /[\p{L}\p{N}\p{M}]+/gu;

/** What stands between spaces or quotation marks is looked for as it stands, such as `a@b.org`; all of it, the last word as a beginning. */
export function searchTerms(query: string): SearchTerm[] {
  const typed = searchParts(query.replaceAll('\0', ' '))
    .flatMap(({ text, quoted }) => {
      const words: readonly string[] = foldText(text).match(word) ?? [];
      const [first, last] = [words[0], words.at(-1)];
      return first === undefined || last === undefined ? [] : [{ text, quoted, words, first, last }];
    })
    .slice(0, mostTerms);
  return typed.map(({ text, quoted, words, first, last }, index) => {
    const isPrefix = index === typed.length - 1 && !quoted && (last.length >= shortestPrefix || wholeWord.test(last));
    return { match: `"${text}"${isPrefix ? ' *' : ''}`, first, words, isPrefix };
  });
}

/** A text in parts: those that were looked for, and what is between them. */
export function markTerms(text: string, terms: readonly SearchTerm[]): SnippetPart[] {
  const whole = new Set<string>();
  const beginnings: string[] = [];
  for (const { words, isPrefix } of terms) {
    words.forEach((folded, index) => {
      if (isPrefix && index === words.length - 1) beginnings.push(folded);
      else whole.add(folded);
    });
  }
  const parts: SnippetPart[] = [];
  let done = 0;
  for (const match of text.matchAll(word)) {
    const folded = foldText(match[0]);
    // Of a word that only begins so, the beginning; accents may make it longer than what was typed.
    const beginning = whole.has(folded) ? folded : beginnings.find((start) => folded.startsWith(start));
    if (beginning === undefined) continue;
    const length = beginning === folded ? match[0].length : lengthOf(match[0], beginning.length);
    if (match.index > done) parts.push({ text: text.slice(done, match.index), found: false });
    parts.push({ text: text.slice(match.index, match.index + length), found: true });
    done = match.index + length;
  }
  if (done < text.length) parts.push({ text: text.slice(done), found: false });
  return parts;
}

/** How many characters of a word have so many letters when it is folded. */
function lengthOf(text: string, folded: number): number {
  let length = 0;
  for (const character of text) {
    if (foldText(text.slice(0, length)).length >= folded) break;
    length += character.length;
  }
  return length;
}
