import type { Flow } from '../flow.ts';
import { beyondEurope } from '../font-files.ts';
import type { Span } from '../lines.ts';
import { type Bookmark, type Node, node } from '../page.ts';
import { colours, styles, type TextStyle, textColumn } from '../theme.ts';

/** Small things that several parts of the report are made of. */

export function span(text: string, style: TextStyle): Span {
  return { text, style };
}

/** Text that begins with the name of a file. */
export function fileName(text: string, style: TextStyle): Span {
  return { text, style, leftToRight: true };
}

/** A line of the form with a name in it, which may be written from right to left. */
export function naming(line: string, name: string, style: TextStyle): Span[] {
  const at = beyondEurope.test(name) ? line.indexOf(name) : -1;
  if (at < 0) return [span(line, style)];
  const parts: Span[] = [span(line.slice(0, at), style), { text: name, style, isolated: true }, span(line.slice(at + name.length), style)];
  return parts.filter(({ text }) => text !== '');
}

/** The same style in another colour. */
export function tinted(style: TextStyle, colour: string): TextStyle {
  return { ...style, colour };
}

/** Starts a chapter on a new page. */
export function chapter(flow: Flow, title: string, parent: Node): Bookmark {
  flow.startPage();
  const bookmark = flow.heading(1, title, styles.heading1, parent, 60);
  flow.space(10);
  return bookmark;
}

export function subheading(flow: Flow, title: string, parent: Node, reserve = 44): void {
  flow.space(13);
  flow.heading(3, title, styles.heading4, parent, reserve);
  flow.space(3);
}

/** Running text in a column of readable width. */
export function prose(flow: Flow, text: string, parent: Node, style: TextStyle = styles.body): void {
  for (const paragraph of text.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    if (paragraph.trim() === '') continue;
    flow.paragraph([span(paragraph, style)], node('P', parent), { width: Math.min(textColumn, flow.width) });
    flow.space(5);
  }
}

export interface Entry {
  readonly label: string;
  readonly spans: readonly Span[];
}

/** A list of labels and texts in two columns; texts run over pages. */
export function entries(
  flow: Flow,
  list: readonly Entry[],
  parent: Node,
  options: {
    readonly x?: number;
    readonly labelWidth?: number;
    readonly width?: number;
    readonly spacing?: number;
    readonly labelStyle?: TextStyle;
  } = {},
): void {
  const { x = flow.left, labelWidth = 82, width = flow.width - (x - flow.left) - labelWidth, spacing = 4 } = options;
  const labelStyle = options.labelStyle ?? tinted(styles.smallBold, colours.inkSecond);
  const root = node('L', parent);
  for (const entry of list) {
    const item = node('LI', root);
    const labelNode = node('Lbl', item);
    const leading = Math.max(...entry.spans.map((part) => part.style.leading));
    flow.need(leading * 2);
    flow.textAt(entry.label, { ...labelStyle, leading }, x, flow.y, labelNode);
    flow.paragraph(entry.spans, node('LBody', item), { x: x + labelWidth, width, together: 1 });
    flow.space(spacing);
  }
}
