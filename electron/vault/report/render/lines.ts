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
  /** Set for what a person wrote within a line of the form: what follows is not drawn into its direction. */
  readonly isolated?: boolean;
}

export interface Piece {
  readonly x: number;
  readonly font: string;
  readonly text: string;
  readonly style: TextStyle;
  readonly isolated: boolean;
}

export interface Line {
  /** From left to right, as they are drawn. */
  readonly pieces: readonly Piece[];
  readonly width: number;
  /** As it is read. */
  readonly text: string;
}

interface Spaces {
  readonly span: Span;
  readonly count: number;
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
  let pieces: { x: number; font: string; text: string; style: TextStyle; isolated: boolean }[] = [];
  let used = 0;
  /** Spaces wait until the next word is known to fit behind them. */
  let spaces: Spaces | null = null;

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
  const put = (run: Run, { style, isolated = false }: Span, width: number) => {
    const last = pieces.at(-1);
    if (last && last.font === run.font && last.style === style && last.isolated === isolated) last.text += run.text;
    else pieces.push({ x: used, font: run.font, text: run.text, style, isolated });
    used += width;
  };
  const putRuns = ({ runs, width }: Word, span: Span) => {
    const [only] = runs;
    if (only && runs.length === 1) put(only, span, width * span.style.size);
    else for (const run of runs) put(run, span, fonts.measure(run) * span.style.size);
  };
  const putSpaces = () => {
    if (!spaces) return;
    const { span, count } = spaces;
    put({ font: `${span.style.family} latin`, text: ' '.repeat(count) }, span, spaceWidth(span.style) * count);
    spaces = null;
  };
  const spaceWidth = (style: TextStyle) => fonts.word(' ', style.family).width * style.size;
  const putLongWord = (runs: readonly Run[], span: Span) => {
    for (const run of runs) {
      for (const text of clusters(run.text)) {
        const width = fonts.word(text, span.style.family, shapes).width * span.style.size;
        if (used > 0 && used + width > limit) finish();
        put({ font: run.font, text }, span, width);
      }
    }
  };
  const putWord = (text: string, span: Span) => {
    const { family, size } = span.style;
    const word = fonts.word(text, family, shapes);
    const before: Spaces | null = spaces;
    const spacing = before ? spaceWidth(before.span.style) * before.count : 0;
    if (used > 0 && used + spacing + word.width * size > limit) finish();
    else putSpaces();
    if (word.width * size <= limit) putRuns(word, span);
    else putLongWord(word.runs, span);
  };

  for (const span of spans) {
    const paragraphs = span.text.replace(/\r\n?/g, '\n').split('\n');
    for (const [index, paragraph] of paragraphs.entries()) {
      if (index > 0) finishParagraph();
      if (span.leftToRight && paragraph !== '') paragraphLeftToRight = true;
      for (const token of paragraph.replaceAll('\t', '    ').match(/ +|[^ ]+/g) ?? []) {
        if (token.startsWith(' ')) {
          spaces = { span, count: Math.min(token.length, mostSpaces) };
          continue;
        }
        if (wide && breaksInside(token)) for (const part of partsOf(token)) putWord(part, span);
        else putWord(token, span);
      }
    }
  }
  finishParagraph();
  return lines as [Line, ...Line[]];
}
