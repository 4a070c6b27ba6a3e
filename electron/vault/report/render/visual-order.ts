import bidiFactory from 'bidi-js';
import { clusters } from './clusters.ts';
import type { FontSet } from './fonts.ts';
import type { Line, Piece } from './lines.ts';

/** Order on paper: text in Hebrew or Arabic runs from right to left, numbers and Latin words in it do not (Unicode Annex 9). */

const bidi = bidiFactory();

const leftwards = / (?:hebrew|arabic)$/;

const letter = /\p{L}/gu;
const leftwardsLetter = /[\p{Script=Hebrew}\p{Script=Arabic}]/gu;

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** The library reads halves of characters as letters; emoji are none. */
const emoji = /[\u{1f000}-\u{1faff}]/gu;

interface Stretch {
  readonly piece: Piece;
  readonly text: string;
  readonly level: number;
}

/**
 * Places the pieces of a paragraph's lines where they are drawn. A paragraph begins at the right when its first letter and
 * most others are written from right to left; of several lines, each then ends at the right edge of the column.
 */
export function inVisualOrder(fonts: FontSet, lines: readonly Line[], limit: number, leftToRight: boolean): Line[] {
  if (!lines.some(({ pieces }) => pieces.some(({ font }) => leftwards.test(font))))
    return lines.map((line) => placed(fonts, line, line.pieces, 0));
  const { text, places } = analysed(lines);
  const base = leftToRight || count(text, leftwardsLetter) <= count(text, letter) / 2 ? 'ltr' : 'auto';
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text.replace(emoji, '\u2600\u2600'), base);
  const atRight = (paragraphs[0]?.level ?? 0) % 2 === 1 && lines.length > 1 && Number.isFinite(limit);
  return lines.map((line) => {
    const pieces = reordered(stretches(line, levels, places)).map((stretch) => drawn(fonts, stretch));
    return placed(fonts, line, pieces, atRight ? limit : 0);
  });
}

/** The text whose directions are looked for, isolates between their controls, and where each piece begins in it. */
function analysed(lines: readonly Line[]): { readonly text: string; readonly places: ReadonlyMap<Piece, number> } {
  const places = new Map<Piece, number>();
  let text = '';
  for (const { pieces } of lines) {
    let inside = false;
    for (const piece of pieces) {
      if (piece.isolated !== inside) text += inside ? '\u2069' : '\u2068';
      inside = piece.isolated;
      places.set(piece, text.length);
      text += piece.text;
    }
    text += inside ? '\u2069 ' : ' ';
  }
  return { text, places };
}

/** A line's text where piece or level change. */
function stretches(line: Line, levels: Uint8Array, places: ReadonlyMap<Piece, number>): Stretch[] {
  const result: Stretch[] = [];
  for (const piece of line.pieces) {
    const place = places.get(piece) ?? 0;
    let from = 0;
    for (let at = 1; at <= piece.text.length; at += 1) {
      if (at < piece.text.length && levels[place + at] === levels[place + from]) continue;
      result.push({ piece, text: piece.text.slice(from, at), level: levels[place + from] ?? 0 });
      from = at;
    }
  }
  return result;
}

/** Turns around what stands at each level or above, from the highest to the lowest odd one (rule L2). */
function reordered(list: Stretch[]): Stretch[] {
  let result = list;
  for (let level = Math.max(0, ...list.map((stretch) => stretch.level)); level > 0; level -= 1) {
    const next: Stretch[] = [];
    let turned: Stretch[] = [];
    for (const stretch of result) {
      if (stretch.level >= level) turned.unshift(stretch);
      else {
        next.push(...turned, stretch);
        turned = [];
      }
    }
    result = [...next, ...turned];
  }
  return result;
}

/** Fonts of right-to-left scripts turn their letters around themselves; signs of others are turned here, and brackets mirrored. */
function drawn(fonts: FontSet, { piece, text, level }: Stretch): Piece {
  if (level % 2 === 0 || leftwards.test(piece.font)) return { ...piece, text };
  const font = fonts.opened().get(piece.font);
  const mirrored = (sign: string) => {
    const mirror = bidi.getMirroredCharacter(sign);
    return mirror !== null && font?.hasGlyphForCodePoint(mirror.codePointAt(0) ?? 0) ? mirror : sign;
  };
  return { ...piece, text: [...clusters(text)].reverse().map(mirrored).join('') };
}

/** Each piece begins where the one before it ends as it is drawn, word by word. */
function placed(fonts: FontSet, line: Line, pieces: readonly Piece[], right: number): Line {
  const widths = pieces.map(({ font, text, style }) => {
    const words = text.match(/ +|[^ ]+/g) ?? [];
    return words.reduce((sum, word) => sum + fonts.measure({ font, text: word }), 0) * style.size;
  });
  const width = widths.reduce((sum, each) => sum + each, 0);
  let x = Math.max(0, right - width);
  return {
    ...line,
    width,
    pieces: pieces.map((piece, index) => {
      const here = { ...piece, x };
      x += widths[index] ?? 0;
      return here;
    }),
  };
}
