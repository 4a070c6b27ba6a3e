import type { FontSet, Run } from './fonts.ts';
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

/**
 * Breaks spans into lines of at most `width` points: at spaces, at line feeds, and inside a word only when the word
 * alone is wider than a line. Every character of the input is on some line, except the spaces at a break.
 */
export function breakLines(fonts: FontSet, spans: readonly Span[], width: number): Line[] {
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
  const put = (run: Run, style: TextStyle) => {
    const last = pieces.at(-1);
    if (last && last.font === run.font && last.style === style) last.text += run.text;
    else pieces.push({ x: used, font: run.font, text: run.text, style });
    used += fonts.measure(run) * style.size;
  };
  const putSpaces = () => {
    if (!spaces) return;
    const { style, count } = spaces;
    for (let index = 0; index < count; index++) put({ font: `${style.family} latin`, text: ' ' }, style);
    spaces = null;
  };
  const putLongWord = (runs: readonly Run[], style: TextStyle) => {
    for (const run of runs) {
      for (const text of run.text) {
        const character = { font: run.font, text };
        if (used > 0 && used + fonts.measure(character) * style.size > width) finish();
        put(character, style);
      }
    }
  };

  for (const { text, style } of spans) {
    const paragraphs = text.replace(/\r\n?/g, '\n').split('\n');
    for (const [index, paragraph] of paragraphs.entries()) {
      if (index > 0) finish();
      for (const token of paragraph.replaceAll('\t', '    ').match(/ +|[^ ]+/g) ?? []) {
        if (token.startsWith(' ')) {
          spaces = { style, count: Math.min(token.length, 40) };
          continue;
        }
        const runs = fonts.split(token, style.family);
        const wordWidth = runs.reduce((sum, run) => sum + fonts.measure(run), 0) * style.size;
        const spaceWidth = spaces
          ? fonts.measure({ font: `${spaces.style.family} latin`, text: ' ' }) * spaces.style.size * spaces.count
          : 0;
        if (used > 0 && used + spaceWidth + wordWidth > width) finish();
        else putSpaces();
        if (wordWidth <= width) for (const run of runs) put(run, style);
        else putLongWord(runs, style);
      }
    }
  }
  finish();
  return lines;
}
