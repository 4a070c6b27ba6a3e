/** What is seen of a column of pages, in CSS pixels from its beginning. */
export interface View {
  readonly top: number;
  readonly height: number;
}

/**
 * The page, counted from 1, of which most is in view; of several seen alike, the one nearest the middle.
 * `heightOf` gives what a page takes of the column, its gap included.
 */
export function pageInView(pages: number, heightOf: (page: number) => number, { top, height }: View): number {
  let best = { page: 1, seen: 0, away: Number.POSITIVE_INFINITY };
  let start = 0;
  for (let page = 1; page <= pages && start < top + height; page += 1) {
    const end = start + heightOf(page);
    const seen = Math.min(end, top + height) - Math.max(start, top);
    const away = Math.abs((start + end) / 2 - (top + height / 2));
    if (seen > best.seen || (seen === best.seen && away < best.away)) best = { page, seen, away };
    start = end;
  }
  return best.page;
}

/** What is seen of a scrolled element at this moment. */
export function viewOf(scroller: HTMLElement | null): View {
  return { top: scroller?.scrollTop ?? 0, height: scroller?.clientHeight ?? 0 };
}
