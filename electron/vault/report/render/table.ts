import type { Flow } from './flow.ts';
import type { Line, Span } from './lines.ts';
import { type Node, node } from './page.ts';
import { colours, styles } from './theme.ts';

/** Real tables: a header that repeats on every page, rows that stay whole unless they are taller than half a page. */

export interface Column {
  readonly title: string;
  /** Points, or a share of what the fixed columns leave when `flexible`. */
  readonly width: number;
  readonly flexible?: boolean;
}

export interface Cell {
  readonly spans: readonly Span[];
  /** Draws a mark at the left of the first line and keeps room for it. */
  readonly mark?: { readonly width: number; readonly draw: (x: number, top: number) => void };
}

interface PlacedColumn {
  readonly title: string;
  readonly x: number;
  readonly width: number;
}

const gap = 10;
const padding = 3.6;
const headerHeight = 15;

export function cell(...spans: Span[]): Cell {
  return { spans };
}

/** Puts a table below the flow's last content. Rows are built one at a time, so that long tables cost no more memory. */
export function table(flow: Flow, columns: readonly Column[], rows: Iterable<readonly Cell[]>, parent: Node): void {
  const placed = placeColumns(flow, columns);
  const root = node('Table', parent);
  let body: Node | null = null;
  for (const cells of rows) {
    if (body === null) {
      header(flow, placed, node('TR', node('THead', root)), rowHeight(flow, placed, cells));
      body = node('TBody', root);
    }
    row(flow, placed, cells, node('TR', body));
  }
}

/** How much room a row wants below the header, so that a header never stands alone at the foot of a page. */
function rowHeight(flow: Flow, columns: readonly PlacedColumn[], cells: readonly Cell[]): number {
  const measured = columns.map((column, index) => {
    const { lines, leading } = measure(flow, column, cells[index] ?? cell());
    return lines.length * leading;
  });
  return Math.min(Math.max(...measured) + 2 * padding, flow.capacity / 2);
}

function placeColumns(flow: Flow, columns: readonly Column[]): PlacedColumn[] {
  const fixed = columns.reduce((sum, column) => sum + (column.flexible ? 0 : column.width), 0);
  const shares = columns.reduce((sum, column) => sum + (column.flexible ? column.width : 0), 0);
  const free = flow.width - fixed - gap * (columns.length - 1);
  let x = flow.left;
  return columns.map((column) => {
    const width = column.flexible ? (free * column.width) / shares : column.width;
    const result = { title: column.title, x, width };
    x += width + gap;
    return result;
  });
}

/** Draws the column titles; only the first time they are content, afterwards decoration. */
function header(flow: Flow, columns: readonly PlacedColumn[], target: Node | null, roomBelow = 2 * styles.small.leading): void {
  flow.need(headerHeight + roomBelow);
  for (const column of columns) {
    const cellNode = target ? node('TH', target, { scope: 'Column' }) : null;
    flow.textAt(column.title.toUpperCase(), styles.label, column.x, flow.y + 1.5, cellNode);
  }
  flow.advance(headerHeight - 2);
  flow.rule(colours.line, 0.8);
  flow.advance(2);
}

function row(flow: Flow, columns: readonly PlacedColumn[], cells: readonly Cell[], target: Node): void {
  const contents = columns.map((column, index) => content(flow, column, cells[index] ?? cell(), node('TD', target)));
  const leading = Math.max(...contents.map((item) => item.leading));
  const count = Math.max(...contents.map((item) => item.lines.length));
  const whole = count * leading + 2 * padding;
  const startOver = () => {
    flow.startPage();
    header(flow, columns, null);
  };
  if (flow.room < Math.min(whole, flow.capacity / 2)) startOver();
  let next = 0;
  while (next < count) {
    const fitting = Math.max(1, Math.floor((flow.room - 2 * padding + 0.01) / leading));
    const take = Math.min(count - next, fitting);
    for (const item of contents) {
      if (next === 0) item.draw?.(item.x, flow.y + padding);
      for (const [offset, line] of item.lines.slice(next, next + take).entries()) {
        flow.drawLine(line, item.x + item.indent, flow.y + padding + offset * leading, leading, item.target);
      }
    }
    flow.advance(take * leading + 2 * padding);
    next += take;
    if (next < count) startOver();
  }
  flow.rule();
}

interface CellContent {
  readonly lines: readonly Line[];
  readonly leading: number;
  readonly x: number;
  readonly indent: number;
  readonly target: Node;
  readonly draw: ((x: number, top: number) => void) | undefined;
}

function content(flow: Flow, column: PlacedColumn, source: Cell, target: Node): CellContent {
  return { ...measure(flow, column, source), x: column.x, indent: source.mark?.width ?? 0, target, draw: source.mark?.draw };
}

function measure(flow: Flow, column: PlacedColumn, source: Cell): { readonly lines: readonly Line[]; readonly leading: number } {
  const lines = flow.breakLines(source.spans, column.width - (source.mark?.width ?? 0));
  return { lines, leading: Math.max(styles.hash.leading, ...source.spans.map((span) => span.style.leading)) };
}
