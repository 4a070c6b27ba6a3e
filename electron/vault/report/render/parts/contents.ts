import type { Messages } from '../../messages/en.ts';
import type { Flow } from '../flow.ts';
import { type Bookmark, type Node, node, type Page } from '../page.ts';
import { colours, styles } from '../theme.ts';
import { chapter, span, tinted } from './pieces.ts';

/** Chapters and sections with their page numbers. Controls are left to the outline. */
export function layOutContents(
  flow: Flow,
  messages: Messages,
  bookmarks: readonly Bookmark[],
  numberOf: (page: Page) => number,
  parent: Node,
): Bookmark {
  const bookmark = chapter(flow, messages.contents, parent);
  const list = node('TOC', parent);
  for (const item of bookmarks) {
    flow.space(6);
    line(flow, item, 0, numberOf(item.page), list);
    for (const child of item.children) line(flow, child, 1, numberOf(child.page), list);
  }
  return bookmark;
}

function line(flow: Flow, bookmark: Bookmark, depth: 0 | 1, number: number, parent: Node): void {
  const style = depth === 0 ? styles.bodyBold : tinted(styles.body, colours.inkSecond);
  const x = flow.left + depth * 16;
  const width = flow.width - depth * 16 - 40;
  const lines = flow.breakLines([span(bookmark.title, style)], width);
  flow.need(lines.length * style.leading + 4);
  const item = node('TOCI', parent);
  flow.textAt(String(number), style, flow.left + flow.width, flow.y + (lines.length - 1) * style.leading, node('Reference', item), 'right');
  flow.lines(lines, style.leading, node('P', item), x, lines.length);
  flow.space(depth === 0 ? 3 : 1.5);
}
