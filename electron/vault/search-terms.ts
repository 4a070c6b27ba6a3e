import { foldText, indexedText, isSpaceless, otherSpellings, searchParts, shownText, wordsOf } from '../../shared/domain/search-text.ts';
import type { SnippetPart } from '../../shared/ipc/search.ts';

/** A word or phrase that is looked for. */
export interface SearchTerm {
  /** As FTS5 takes it: quoted, so that nothing a person types is its syntax. */
  readonly match: string;
  /** Its first word as the index has it, in small letters; the first ones where letters are words. */
  readonly first: string;
  /** Its words, folded; the last one as a beginning when it is a prefix. */
  readonly words: readonly string[];
  readonly isPrefix: boolean;
}

const mostTerms = 12;
/** A single letter as a beginning would match nearly everything. */
const shortestPrefix = 2;

/** What stands between spaces or quotation marks is looked for as it stands, such as `a@b.org`; all of it, the last word as a beginning. */
export function searchTerms(query: string): SearchTerm[] {
  const typed = searchParts(query.replaceAll('\0', ' '))
    .flatMap(({ text, quoted }) => {
      const words = foldedWords(shownText(indexedText(text)));
      return words.length === 0 ? [] : [{ text, quoted, words: words.map(({ folded }) => folded) }];
    })
    .slice(0, mostTerms);
  return typed.map(({ text, quoted, words }, index) => {
    const last = words.at(-1) ?? '';
    const isPrefix = index === typed.length - 1 && !quoted && last.length >= shortestPrefix && !isSpaceless(last);
    const spellings = [text, ...otherSpellings(text)].map((spelling) => `"${indexedText(spelling)}"${isPrefix ? ' *' : ''}`);
    return { match: spellings.length === 1 ? `${spellings}` : `(${spellings.join(' OR ')})`, first: firstOf(text), words, isPrefix };
  });
}

function firstOf(text: string): string {
  const indexed = indexedText(text);
  const found = wordsOf(indexed);
  const next = found.findIndex(([word]) => !isSpaceless(word));
  const [first, end] = next === 0 ? [found[0], found[0]] : [found[0], found.at(next === -1 ? -1 : next - 1)];
  return first === undefined || end === undefined ? '' : indexed.slice(first.index, end.index + end[0].length).toLowerCase();
}

interface FoldedWord {
  readonly folded: string;
  readonly start: number;
  readonly text: string;
}

/** The words of a text, without the marks that the index leaves out. */
function foldedWords(text: string): FoldedWord[] {
  return wordsOf(text).map((match) => ({ folded: foldedWord(match[0]), start: match.index, text: match[0] }));
}

function foldedWord(word: string): string {
  return foldText(word).replace(/\p{M}/gu, '');
}

/** A text in parts: those that were looked for, and what is between them. */
export function markTerms(text: string, terms: readonly SearchTerm[]): SnippetPart[] {
  const words = foldedWords(text);
  /** How much of each word was looked for, by its position. */
  const lengths = new Map<number, number>();
  for (const term of terms) {
    for (let at = 0; at + term.words.length <= words.length; at += 1) {
      const found = words.slice(at, at + term.words.length);
      if (!standsIn(found, term)) continue;
      found.forEach((word, index) => {
        const wanted = term.words[index] ?? '';
        // Of a word that only begins so, the beginning; accents may make it longer than what was typed.
        const length = word.folded === wanted ? word.text.length : lengthOf(word.text, wanted.length);
        lengths.set(at + index, Math.max(length, lengths.get(at + index) ?? 0));
      });
    }
  }
  const parts: SnippetPart[] = [];
  let done = 0;
  const add = (end: number, found: boolean) => {
    if (end <= done) return;
    const last = parts.at(-1);
    // Letters that are words of their own are one place side by side.
    if (last?.found === found) parts[parts.length - 1] = { text: last.text + text.slice(done, end), found };
    else parts.push({ text: text.slice(done, end), found });
    done = end;
  };
  words.forEach(({ start }, index) => {
    const length = lengths.get(index);
    if (length === undefined) return;
    add(start, false);
    add(start + length, true);
  });
  add(text.length, false);
  return parts;
}

function standsIn(found: readonly FoldedWord[], { words, isPrefix }: SearchTerm): boolean {
  return words.every((wanted, index) => {
    const folded = found[index]?.folded ?? '';
    return isPrefix && index === words.length - 1 ? folded.startsWith(wanted) : folded === wanted;
  });
}

/** How many characters of a word have so many letters when it is folded. */
function lengthOf(text: string, folded: number): number {
  let length = 0;
  for (const character of text) {
    if (foldedWord(text.slice(0, length)).length >= folded) break;
    length += character.length;
  }
  return length;
}
