import type { FontSet, Run, Word } from './fonts.ts';
import type { TextStyle } from './theme.ts';

/** Breaking text into lines. */

/** A stretch of text in one style. */
export interface Span {
  readonly text: string;
  readonly style: TextStyle;
}

export interface Piece {
  readonly x: number;
  readonly font: string;
  readonly text: string;
  readonly style: TextStyle;
}

export interface Line {
  readonly pieces: readonly Piece[];
  readonly width: number;
}

/** A run of spaces longer than this is set as this many. */
const mostSpaces = 40;

/**
 * Breaks spans into lines of at most `limit` points: at spaces, at line feeds, and inside a word only when the word
 * alone is wider than a line. Every character of the input is on some line, except the spaces at a break.
 */
export function breakLines(fonts: FontSet, spans: readonly Span[], limit: number): [Line, ...Line[]] {
  /** The lines before the last one, which is what has no end yet. */
  const lines: Line[] = [];
  let pieces: { x: number; font: string; text: string; style: TextStyle }[] = [];
  let used = 0;
  /** Spaces wait until the next word is known to fit behind them. */
  let spaces: { style: TextStyle; count: number } | null = null;

  const finish = () => {
    lines.push({ pieces, width: used });
    pieces = [];
    used = 0;
    spaces = null;
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
      for (const text of run.text) {
        const width = fonts.word(text, style.family).width * style.size;
        if (used > 0 && used + width > limit) finish();
        put({ font: run.font, text }, style, width);
      }
    }
  };

  for (const { text, style } of spans) {
    const paragraphs = text.replace(/\r\n?/g, '\n').split('\n');
    for (const [index, paragraph] of paragraphs.entries()) {
      if (index > 0) finish();
      for (const token of paragraph.replaceAll('\t', '    ').match(/ +|[^ ]+/g) ?? []) {
        if (token.startsWith(' ')) {
          spaces = { style, count: Math.min(token.length, mostSpaces) };
          continue;
        }
        const word = fonts.word(token, style.family);
        const before: { style: TextStyle; count: number } | null = spaces;
        const spacing = before ? spaceWidth(before.style) * before.count : 0;
        if (used > 0 && used + spacing + word.width * style.size > limit) finish();
        else putSpaces();
        if (word.width * style.size <= limit) putRuns(word, style);
        else putLongWord(word.runs, style);
      }
    }
  }
  return [...lines, { pieces, width: used }] as Line[] as [Line, ...Line[]];
}
