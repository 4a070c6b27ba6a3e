import type { ReportDocument } from './document.ts';
import type { Item } from './page.ts';
import { colours } from './theme.ts';

/**
 * Writes drawing operators (ISO 32000-1, annex A) for plain items. PDFKit's own text calls lay every
 * line out again and save and restore the graphics state around it; a report has tens of thousands of lines, and its
 * words repeat, so each word is encoded once and lines are put together from kept pieces.
 */
export interface Pen {
  readonly startPage: () => void;
  readonly draw: (item: Item) => void;
}

/** The part of PDFKit's embedded font that turns text into glyph codes; not in its published types. */
interface EmbeddedFont {
  readonly id: string;
  readonly ref: () => unknown;
  readonly encode: (text: string) => [string[], readonly GlyphPosition[]];
}

/** In thousandths of the font's size. Marks are moved from where the pen is to their letter. */
interface GlyphPosition {
  readonly xAdvance: number;
  readonly advanceWidth: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

const unmoved: GlyphPosition = { xAdvance: 0, advanceWidth: 0, xOffset: 0, yOffset: 0 };

/**
 * Scripts whose signs stand in another order than they are read in, or move for their marks. Readers take the order on paper, and
 * spaces where something moved, for the text, so its words are told beside them. In Hebrew and Arabic they expect the order on paper.
 */
const toldBeside = / (?:thai|devanagari)$/;

/** Large fonts, delivered in one weight: their letters are outlined to look bold, by this part of the size. */
const withoutBold = / (?:chinese|japanese|korean)$/;
const outline = 0.03;

interface OpenFont {
  readonly font: EmbeddedFont;
  readonly tells: boolean;
  /** Words as the elements of a TJ array, heights for a size of 1000. */
  readonly words: Map<string, string>;
}

const mostKeptWords = 60_000;

/** Items are placed in the page's flipped coordinates, which PDFKit sets up on every new page. */
export function openPen(document: ReportDocument): Pen {
  const inside = document as unknown as { readonly _font: EmbeddedFont; readonly page: { readonly fonts: Record<string, unknown> } };
  const fonts = new Map<string, OpenFont>();
  const paths = new Map<string, string>();
  let fill = '';
  let stroke = '';

  function open(name: string): OpenFont {
    const known = fonts.get(name);
    if (known) return known;
    document.font(name);
    const opened = { font: inside._font, tells: toldBeside.test(name), words: new Map<string, string>() };
    fonts.set(name, opened);
    return opened;
  }

  function encodeWord({ font, tells, words }: OpenFont, word: string): string {
    const known = words.get(word);
    if (known !== undefined) return known;
    const encoded = tells ? told(word, glyphs(font, word)) : glyphs(font, word);
    if (words.size >= mostKeptWords) words.clear();
    words.set(word, encoded);
    return encoded;
  }

  function setFill(colour: string): void {
    if (colour === fill) return;
    fill = colour;
    document.addContent(`${rgb(colour)} rg`);
  }

  function setStroke(colour: string): void {
    if (colour === stroke) return;
    stroke = colour;
    document.addContent(`${rgb(colour)} RG`);
  }

  function text(item: Extract<Item, { kind: 'text' }>): void {
    if (item.text === '') return;
    const opened = open(item.font);
    inside.page.fonts[opened.font.id] ??= opened.font.ref();
    setFill(item.style.colour);
    const words = item.text.replace(/ +|[^ ]+/g, (word) => encodeWord(opened, word));
    const sized = (_: string, rise: string) => `${short((Number(rise) * item.style.size) / 1000)} Ts`;
    const codes = words.includes(' Ts') ? words.replace(/(-?\d+) Ts/g, sized) : words;
    const place = `${item.style.size} Tf 1 0 0 -1 ${short(item.x)} ${short(item.baseline)} Tm`;
    const line = `BT /${opened.font.id} ${place} [${codes}] TJ ET`;
    if (item.style.family !== 'bold' || !withoutBold.test(item.font)) document.addContent(line);
    else {
      setStroke(item.style.colour);
      document.addContent(`${short(item.style.size * outline)} w 2 Tr ${line} 0 Tr`);
    }
  }

  /** The operators of a path; icons repeat, each at another place. */
  function pathOperators(path: string): string {
    const known = paths.get(path);
    if (known !== undefined) return known;
    const operators = document.capture(() => document.path(path));
    paths.set(path, operators);
    return operators;
  }

  function shape(item: Extract<Item, { kind: 'shape' }>): void {
    if (item.fill) setFill(item.fill);
    else setStroke(item.stroke ?? colours.ink);
    const place = `q 1 0 0 1 ${short(item.x)} ${short(item.y)} cm`;
    document.addContent(`${place} ${item.lineWidth ?? 1} w\n${pathOperators(item.path)}\n${item.fill ? 'f' : 'S'} Q`);
  }

  return {
    startPage: () => {
      fill = '';
      stroke = '';
    },
    draw: (item) => {
      switch (item.kind) {
        case 'text':
          text(item);
          break;
        case 'rectangle':
          setFill(item.colour);
          document.addContent(`${short(item.x)} ${short(item.y)} ${short(item.width)} ${short(item.height)} re f`);
          break;
        case 'shape':
          shape(item);
      }
    },
  };
}

/**
 * Glyph codes with the kerning between them: `<00010002>12<0003>`. A raised mark stands in an array of its own, between heights in
 * thousandths, which unlike kerning depend on the size that a word is set in.
 */
function glyphs(font: EmbeddedFont, text: string): string {
  const [codes, positions] = font.encode(text);
  let result = '<';
  /** To the left, before the next glyph. */
  let shift = 0;
  const move = () => {
    if (shift !== 0) result += `>${shift}<`;
  };
  for (const [index, code] of codes.entries()) {
    const { xAdvance, advanceWidth, xOffset, yOffset } = positions[index] ?? unmoved;
    const [aside, raised] = [Math.round(xOffset), Math.round(yOffset)];
    shift -= aside;
    move();
    result += raised === 0 ? code : `>] TJ ${raised} Ts [<${code}>] TJ 0 Ts [<`;
    shift = Math.round(advanceWidth - xAdvance) + aside;
  }
  move();
  return `${result}>`.replaceAll('<>', '');
}

/** Glyphs with the text that they stand for (ISO 32000-1, 14.9.4), as elements of the array around them. */
function told(text: string, array: string): string {
  const words = Buffer.from(text, 'utf16le').swap16().toString('hex');
  return `] TJ /Span <</ActualText <feff${words}>>> BDC [${array}] TJ EMC [`;
}

const kept = new Map<string, string>();

/** `#1b2026` as three numbers from 0 to 1. */
function rgb(colour: string): string {
  const known = kept.get(colour);
  if (known) return known;
  const parts = [1, 3, 5].map((at) => short(Number.parseInt(colour.slice(at, at + 2), 16) / 255));
  kept.set(colour, parts.join(' '));
  return parts.join(' ');
}

function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}
