import type { FontSet } from './fonts.ts';
import { breakLines, type Line, type Span } from './lines.ts';
import { type Bookmark, type Item, type Node, node, type Page } from './page.ts';
import { colours, margins, type TextStyle } from './theme.ts';

/** Where text stands in its line: distance from the top of the line to the baseline, as a part of the leading. */
const baselineShare = 0.74;

export interface ParagraphOptions {
  readonly x?: number;
  readonly width?: number;
  /** Lines that must stand together at the foot and at the head of a page. */
  readonly together?: number;
}

/**
 * A column of content that fills page after page from top to bottom. Blocks are put below each other; what does not
 * fit goes to a new page, never leaving a single line behind.
 */
export class Flow {
  readonly fonts: FontSet;
  readonly pages: Page[] = [];
  readonly left = margins.left;
  readonly width: number;
  readonly height: number;
  y: number = margins.top;
  footer: string;
  /** Colour of a rule beside the content, drawn down every page the content covers. */
  private rail: string | null = null;

  constructor(fonts: FontSet, paper: { readonly width: number; readonly height: number }, footer: string) {
    this.fonts = fonts;
    this.width = paper.width - margins.left - margins.right;
    this.height = paper.height;
    this.footer = footer;
  }

  get page(): Page {
    return this.pages.at(-1) ?? this.startPage();
  }

  get bottom(): number {
    return this.height - margins.bottom;
  }

  get room(): number {
    return this.bottom - this.y;
  }

  /** Height of an empty page's content area. */
  get capacity(): number {
    return this.bottom - margins.top;
  }

  startPage(): Page {
    const page: Page = { items: [], footer: this.footer };
    this.pages.push(page);
    this.y = margins.top;
    return page;
  }

  /** Starts a new page unless `height` points are left on this one. More than a page holds asks for a whole page. */
  need(height: number): void {
    if (this.pages.length === 0) this.startPage();
    else if (this.y > margins.top && this.room < Math.min(height, this.capacity)) this.startPage();
  }

  /** Empty space, which a page does not begin with. */
  space(height: number): void {
    if (this.y <= margins.top) return;
    this.advance(Math.min(height, Math.max(0, this.room)));
  }

  /** Moves down over content that was drawn, with the rail beside it. */
  advance(height: number): void {
    if (this.rail && height > 0) {
      this.draw({ kind: 'rectangle', x: this.left, y: this.y, width: 1.6, height, colour: this.rail, node: null });
    }
    this.y += height;
  }

  /** Draws a rule beside everything that `content` puts. */
  withRail(colour: string, content: () => void): void {
    this.rail = colour;
    content();
    this.rail = null;
  }

  draw(item: Item): void {
    this.page.items.push(item);
  }

  /** One line of text at a fixed place. Right-aligned text ends at `x`. */
  textAt(text: string, style: TextStyle, x: number, top: number, target: Node | null, align: 'left' | 'right' = 'left'): void {
    const [line] = breakLines(this.fonts, [{ text, style }], Number.POSITIVE_INFINITY);
    this.drawLine(line, align === 'right' ? x - line.width : x, top, style.leading, target);
  }

  drawLine(line: Line, x: number, top: number, leading: number, target: Node | null): void {
    for (const piece of line.pieces) {
      this.draw({
        kind: 'text',
        x: x + piece.x,
        baseline: top + leading * baselineShare,
        font: piece.font,
        text: piece.text,
        style: piece.style,
        node: target,
      });
    }
  }

  rule(colour: string = colours.hairline, thickness = 0.6, x = this.left, width = this.width): void {
    this.draw({ kind: 'rectangle', x, y: this.y, width, height: thickness, colour, node: null });
  }

  breakLines(spans: readonly Span[], width: number): [Line, ...Line[]] {
    return breakLines(this.fonts, spans, width);
  }

  /** Running text over as many pages as it takes, as the content of `target`. */
  paragraph(spans: readonly Span[], target: Node | null, options: ParagraphOptions = {}): void {
    const { x = this.left, width = this.width, together = 2 } = options;
    const leading = Math.max(...spans.map((span) => span.style.leading));
    this.lines(this.breakLines(spans, width), leading, target, x, together);
  }

  /** Puts broken lines; never leaves fewer than `together` of them alone on a page. */
  lines(lines: readonly Line[], leading: number, target: Node | null, x: number, together: number): void {
    let next = 0;
    this.need(leading * Math.min(lines.length, together));
    while (next < lines.length) {
      const left = lines.length - next;
      const fitting = Math.max(1, Math.floor((this.room + 0.01) / leading));
      let count = Math.min(left, fitting);
      if (count < left && left - count < together) count = Math.max(1, left - together);
      if (count < Math.min(together, left) && this.y > margins.top) {
        this.startPage();
        continue;
      }
      for (const [offset, line] of lines.slice(next, next + count).entries()) {
        this.drawLine(line, x, this.y + offset * leading, leading, target);
      }
      this.advance(count * leading);
      next += count;
      if (next < lines.length) this.startPage();
    }
  }

  /** A heading, kept with the `reserve` points that follow it. Returns the bookmark to hang in the outline. */
  heading(level: 1 | 2 | 3 | 4, text: string, style: TextStyle, parent: Node, reserve: number): Bookmark {
    const lines = this.breakLines([{ text, style }], this.width);
    this.need(lines.length * style.leading + reserve);
    const bookmark: Bookmark = { title: text, page: this.page, y: this.y, children: [] };
    const target = node(`H${level}`, parent);
    this.lines(lines, style.leading, target, this.left, lines.length);
    return bookmark;
  }
}
