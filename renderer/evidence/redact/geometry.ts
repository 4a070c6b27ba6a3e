import type { RedactedPlace } from '../../../shared/domain/evidence.ts';
import { joinRanges, type TextRange, textMask } from '../../../shared/domain/redaction.ts';

/** A place on a page; all four are shares of its width and height, between 0 and 1. */
export type Box = Pick<RedactedPlace, 'x' | 'y' | 'width' | 'height'>;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const corners = ['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const;
export type Corner = (typeof corners)[number];

/** Smaller boxes could not be taken hold of. */
export const smallestSide = 0.002;

/** The box between two points, cut at the page's edges. */
export function boxBetween(one: Point, other: Point): Box {
  const [left, right] = ordered(within(one.x), within(other.x));
  const [top, bottom] = ordered(within(one.y), within(other.y));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The box at another place of the page, as large as it was. */
export function movedBox(box: Box, by: Point): Box {
  return { ...box, x: clamp(box.x + by.x, 1 - box.width), y: clamp(box.y + by.y, 1 - box.height) };
}

/** The box with one corner moved; the opposite one stays where it is. */
export function resizedBox(box: Box, corner: Corner, by: Point): Box {
  const atLeft = corner.endsWith('left');
  const atTop = corner.startsWith('top');
  const fixed = { x: atLeft ? box.x + box.width : box.x, y: atTop ? box.y + box.height : box.y };
  const moved = { x: within((atLeft ? box.x : box.x + box.width) + by.x), y: within((atTop ? box.y : box.y + box.height) + by.y) };
  return atLeast(boxBetween(fixed, moved));
}

function atLeast(box: Box): Box {
  const width = Math.max(smallestSide, box.width);
  const height = Math.max(smallestSide, box.height);
  return { x: Math.min(box.x, 1 - width), y: Math.min(box.y, 1 - height), width, height };
}

function ordered(one: number, other: number): readonly [number, number] {
  return one < other ? [one, other] : [other, one];
}

function within(value: number): number {
  return clamp(value, 1);
}

function clamp(value: number, most: number): number {
  return Math.min(Math.max(0, value), Math.max(0, most));
}

/** What arrow keys do to a box: move it, with Shift resize it from its lower right corner, with Ctrl in small steps. Null for other keys. */
export function boxByKey(box: Box, key: string, { large, small }: { readonly large: boolean; readonly small: boolean }): Box | null {
  const step = small ? 0.001 : 0.01;
  const ways: Readonly<Record<string, Point>> = {
    ArrowLeft: { x: -step, y: 0 },
    ArrowRight: { x: step, y: 0 },
    ArrowUp: { x: 0, y: -step },
    ArrowDown: { x: 0, y: step },
  };
  const by = ways[key];
  if (by === undefined) return null;
  return large ? resizedBox(box, 'bottom-right', by) : movedBox(box, by);
}

/** A part of a long text; parts end at the end of a line where there is one. */
export interface TextPart {
  readonly start: number;
  readonly end: number;
}

/** Characters of one part: a text field of more becomes slow. */
const partLength = 200_000;

export function textParts(text: string, length: number = partLength): TextPart[] {
  const parts: TextPart[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.lastIndexOf('\n', start + length - 1);
    const end = start + length >= text.length ? text.length : newline > start ? newline + 1 : start + length;
    parts.push({ start, end });
    start = end;
  }
  return parts.length === 0 ? [{ start: 0, end: 0 }] : parts;
}

/** The ranges as they lie in a part, counted from its beginning. */
export function rangesWithin(ranges: readonly TextRange[], part: TextPart): TextRange[] {
  return joinRanges(
    ranges
      .filter(({ start, end }) => end > part.start && start < part.end)
      .map(({ start, end }) => ({ start: Math.max(start, part.start) - part.start, end: Math.min(end, part.end) - part.start })),
  );
}

/**
 * A selection in a text field as positions of the text it shows. The field counts the end of a line as one character, also where the
 * text has two of them.
 */
export function shownRange(shown: string, { start, end }: TextRange): TextRange {
  const ends = [...shown.matchAll(/\r\n/g)].map(({ index }, before) => index - before);
  const place = (at: number) => at + ends.filter((lineEnd) => lineEnd < at).length;
  return { start: place(start), end: place(end) };
}

/** The range of the text behind a selection of the masked text; what touches a mask takes all that is behind it. */
export function selectedRange(masked: readonly TextRange[], selection: TextRange): TextRange {
  return { start: behind(masked, selection.start, false), end: behind(masked, selection.end, true) };
}

function behind(masked: readonly TextRange[], shown: number, atEnd: boolean): number {
  let shift = 0;
  for (const { start, end } of masked) {
    const from = start - shift;
    if (shown <= from) break;
    if (shown < from + textMask.length) return atEnd ? end : start;
    shift += end - start - textMask.length;
  }
  return shown + shift;
}
