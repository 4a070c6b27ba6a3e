import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { follow, rowsInSight, type Scrolled, scrolledTo, surfaceHeight, topFor } from './row-window.ts';

/** More rows than are in sight, so that fast scrolling shows no gaps. */
const overscan = 16;

export interface RowsInSight {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** The rows to draw: from `first` to before `end`. */
  readonly first: number;
  readonly end: number;
  /** Height of the scrolled surface and where on it the drawn rows begin, in pixels. */
  readonly surface: number;
  readonly offset: number;
  /** Size of what is seen, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly scrollLeft: number;
  /** Brings a row into sight, or to the top. */
  readonly show: (row: number, where?: 'sight' | 'top') => void;
  /** The first row that is in sight now. */
  readonly firstShown: () => number;
}

/** Follows the scrolling of an element with rows of one height. `above` is the height of what sticks to its top. */
export function useRows(count: number, rowHeight: number, above = 0): RowsInSight {
  const scroller = useRef<HTMLDivElement>(null);
  const scrolled = useRef<Scrolled>({ scrollTop: 0, top: 0 });
  const [size, setSize] = useState({ width: 0, height: 0 });
  const [view, setView] = useState({ top: 0, shift: 0, scrollLeft: 0 });
  const height = Math.max(0, size.height - above);
  const now = useRef({ count, rowHeight, height });
  now.current = { count, rowHeight, height };

  const note = useCallback(() => {
    const { top, scrollTop } = scrolled.current;
    setView({ top, shift: top - scrollTop, scrollLeft: scroller.current?.scrollLeft ?? 0 });
  }, []);
  const put = useCallback(
    (next: Scrolled) => {
      const element = scroller.current;
      scrolled.current = next;
      if (element !== null && element.scrollTop !== next.scrollTop) element.scrollTop = next.scrollTop;
      note();
    },
    [note],
  );

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const listen = () => put(follow(scrolled.current, element.scrollTop, now.current));
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    element.addEventListener('scroll', listen, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', listen);
    };
  }, [put]);

  const show = useCallback(
    (row: number, where: 'sight' | 'top' = 'sight') => {
      const top = where === 'top' ? row * now.current.rowHeight : topFor(row, scrolled.current.top, now.current);
      put(scrolledTo(top, now.current));
    },
    [put],
  );
  const firstShown = useCallback(() => Math.floor(scrolled.current.top / now.current.rowHeight), []);
  const rows = { count, rowHeight, height };
  const { first, end } = rowsInSight(view.top, rows, overscan);
  return {
    scroller,
    first,
    end,
    surface: surfaceHeight(rows),
    offset: first * rowHeight - view.shift,
    width: size.width,
    height: size.height,
    scrollLeft: view.scrollLeft,
    show,
    firstShown,
  };
}
