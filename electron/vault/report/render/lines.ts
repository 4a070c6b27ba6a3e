import { clusters } from './clusters.ts';
import { beyondEurope, type HanShapes, hanShapes } from './font-files.ts';
import type { FontSet, Run, Word } from './fonts.ts';
import { breaksInside, partsOf } from './line-breaks.ts';
import type { TextStyle } from './theme.ts';
import { inVisualOrder } from './visual-order.ts';

/** Breaking text into lines. */

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: TextStyle;
  /** Set for the name of a file, whose extension stays at its end also when the name is in Hebrew or Arabic. */
  readonly leftToRight?: true;
}

export interface Piece {
  readonly x: number;
  readonly font: string;
  readonly text: string;
  readonly style: TextStyle;
}

export interface Line {
  /** From left to right, as they are drawn. */
  readonly pieces: readonly Piece[];
  readonly width: number;
  /** As it is read. */
  readonly text: string;
}

/** A run of spaces longer than this is set as this many. */
const mostSpaces = 40;

/**
 * Breaks spans into lines of at most `limit` points: at spaces, at line feeds, where a script without spaces allows it, and
 * inside a word only when the word alone is wider than a line. Every character of the input is on some line, except the
 * spaces at a break.
 */
export function breakLines(fonts: FontSet, spans: readonly Span[], limit: number): [Line, ...Line[]] {
  const lines: Line[] = [];
  const wide = spans.some(({ text }) => beyondEurope.test(text));
  const shapes: HanShapes = wide ? hanShapes(spans.map(({ text }) => text).join(' ')) : 'chinese';
  /** Index of the first line of the current paragraph. */
  let paragraphStart = 0;
  let paragraphLeftToRight = false;
  let pieces: { x: number; font: string; text: string; style: TextStyle }[] = [];
  let used = 0;
  /** Spaces wait until the next word is known to fit behind them. */
  let spaces: { style: TextStyle; count: number } | null = null;

  const finish = () => {
    lines.push({ pieces, width: used, text: pieces.map(({ text }) => text).join('') });
    pieces = [];
    used = 0;
    spaces = null;
  };
  const finishParagraph = () => {
    finish();
    if (wide) for (const line of inVisualOrder(fonts, lines.splice(paragraphStart), limit, paragraphLeftToRight)) lines.push(line);
    paragraphStart = lines.length;
    paragraphLeftToRight = false;
  };
  const put = (run: Run, style: TextStyle, width: number) => {
    const last = pieces.at(-1);
    if (last && last.font === run.font && last.style === style) last.text += run.text;
    else pieces.push({ x: used, font: run.font, text: run.text, style });
    used += width;
  };
  const putRuns = ({ runs, width }: Word, style: TextStyle) => {
    const [only] = runs;
    if (only && runs.length === 1) put(only, style, width * style.size);
    else for (const run of runs) put(run, style, fonts.measure(run) * style.size);
  };
  const putSpaces = () => {
    if (!spaces) return;
    const { style, count } = spaces;
    put({ font: `${style.family} latin`, text: ' '.repeat(count) }, style, spaceWidth(style) * count);
    spaces = null;
  };
  const spaceWidth = (style: TextStyle) => fonts.word(' ', style.family).width * style.size;
  const putLongWord = (runs: readonly Run[], style: TextStyle) => {
    for (const run of runs) {
      for (const text of clusters(run.text)) {
        const width = fonts.word(text, style.family, shapes).width * style.size;
        if (used > 0 && used + width > limit) finish();
        put({ font: run.font, text }, style, width);
      }
    }
  };
  const putWord = (text: string, style: TextStyle) => {
    const word = fonts.word(text, style.family, shapes);
    const before: { style: TextStyle; count: number } | null = spaces;
    const spacing = before ? spaceWidth(before.style) * before.count : 0;
    if (used > 0 && used + spacing + word.width * style.size > limit) finish();
    else putSpaces();
    if (word.width * style.size <= limit) putRuns(word, style);
    else putLongWord(word.runs, style);
  };

  for (const { text, style, leftToRight } of spans) {
    const paragraphs = text.replace(/\r\n?/g, '\n').split('\n');
    for (const [index, paragraph] of paragraphs.entries()) {
      if (index > 0) finishParagraph();
      if (leftToRight && paragraph !== '') paragraphLeftToRight = true;
      for (const token of paragraph.replaceAll('\t', '    ').match(/ +|[^ ]+/g) ?? []) {
        if (token.startsWith(' ')) {
          spaces = { style, count: Math.min(token.length, mostSpaces) };
          continue;
        }
        if (wide && breaksInside(token)) for (const part of partsOf(token)) putWord(part, style);
        else putWord(token, style);
      }
    }
  }
  finishParagraph();
  return lines as [Line, ...Line[]];
}
