/**
 * Scrolling through more rows than a browser can place below each other. Up to `highestSurface` a row lies where it lies. Beyond,
 * the surface stays that high: small movements go pixel by pixel, long ones (the scroll bar dragged, Home, End) go by share.
 */
export interface Scrolled {
  /** Of the element, in pixels. */
  readonly scrollTop: number;
  /** How far the rows are scrolled, in pixels as if all were there. */
  readonly top: number;
}

export interface Rows {
  readonly count: number;
  /** Pixels. */
  readonly rowHeight: number;
  /** Height of what is seen, in pixels. */
  readonly height: number;
}

/** Chromium places nothing below about 33 million physical pixels; this holds at 300 %. */
export const highestSurface = 10_000_000;

/** Height of the element that is scrolled. */
export function surfaceHeight({ count, rowHeight }: Pick<Rows, 'count' | 'rowHeight'>): number {
  return Math.min(count * rowHeight, highestSurface);
}

/** Where the rows are after the element was scrolled. The answer's `scrollTop` may differ; the element is then set to it. */
export function follow(before: Scrolled, scrollTop: number, rows: Rows): Scrolled {
  const total = rows.count * rows.rowHeight;
  const surface = surfaceHeight(rows);
  if (total <= surface) return { scrollTop, top: scrollTop };
  const most = Math.max(1, surface - rows.height);
  const mostTop = total - rows.height;
  const moved = scrollTop - before.scrollTop;
  if (Math.abs(moved) > rows.height) return { scrollTop, top: (scrollTop / most) * mostTop };
  const top = clamp(before.top + moved, 0, mostTop);
  const atEdge = scrollTop < rows.height || scrollTop > most - rows.height;
  if (!atEdge) return { scrollTop, top };
  // Close to an edge of the surface the rows must be close to theirs, or nobody could scroll on.
  if (scrollTop <= 0 && top < rows.height) return { scrollTop: 0, top: 0 };
  if (scrollTop >= most && top > mostTop - rows.height) return { scrollTop: most, top: mostTop };
  return scrolledTo(top, rows);
}

/** How the element is scrolled so that the rows are scrolled this far. */
export function scrolledTo(top: number, rows: Rows): Scrolled {
  const total = rows.count * rows.rowHeight;
  const surface = surfaceHeight(rows);
  const held = clamp(top, 0, Math.max(0, total - rows.height));
  if (total <= surface) return { scrollTop: held, top: held };
  return { scrollTop: Math.round((held / (total - rows.height)) * (surface - rows.height)), top: held };
}

/** Which rows are drawn, from `first` to before `end`, with some more on both sides. */
export function rowsInSight(top: number, { count, rowHeight, height }: Rows, more: number): { first: number; end: number } {
  const first = Math.max(0, Math.floor(top / rowHeight) - more);
  return { first: Math.min(first, count), end: Math.min(count, Math.ceil((top + height) / rowHeight) + more) };
}

/** How far to scroll so that a row is in sight: not at all when it is, else to the middle. */
export function topFor(row: number, top: number, { rowHeight, height }: Rows): number {
  const start = row * rowHeight;
  if (start >= top && start + rowHeight <= top + height) return top;
  return start - (height - rowHeight) / 2;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), Math.max(least, most));
}
