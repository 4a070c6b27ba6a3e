import { useCallback, useEffect, useRef, useState } from 'react';
import { mostMatches } from './matches.ts';

/** A search within what is shown, as the bar of `FindBar` needs it. */
export interface Find<Place> {
  readonly isOpen: boolean;
  readonly query: string;
  /** Everything found so far, in the order of the content. */
  readonly places: readonly Place[];
  /** The index of the place that was shown last; -1 when nothing was found. */
  readonly current: number;
  readonly running: boolean;
  /** It stopped counting. */
  readonly more: boolean;
  /** Goes up with every wish to search, so that the field takes the focus again. */
  readonly asked: number;
  readonly open: () => void;
  readonly close: () => void;
  readonly setQuery: (query: string) => void;
  readonly step: (by: 1 | -1) => void;
}

/** What was typed is looked for after this pause, in milliseconds. */
const pause = 150;

/**
 * Looks for what is typed and shows the first place as soon as it is found. `find` must stay the same while the content does;
 * `onShow` is called for each place that is gone to.
 */
export function useFind<Place>(
  find: (query: string) => AsyncIterable<readonly Place[]>,
  onShow: (place: Place, index: number) => void,
): Find<Place> {
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState(0);
  const [query, setQuery] = useState('');
  const [places, setPlaces] = useState<readonly Place[]>([]);
  const [current, setCurrent] = useState(-1);
  const [running, setRunning] = useState(false);
  const showNow = useRef(onShow);
  showNow.current = onShow;
  const wanted = isOpen ? query : '';

  useEffect(() => {
    let stopped = false;
    setPlaces([]);
    setCurrent(-1);
    setRunning(wanted !== '');
    if (wanted === '') return undefined;
    const look = async (): Promise<void> => {
      let found: readonly Place[] = [];
      for await (const batch of find(wanted)) {
        if (stopped) return;
        const [first] = batch;
        if (first === undefined) continue;
        if (found.length === 0) {
          setCurrent(0);
          showNow.current(first, 0);
        }
        found = [...found, ...batch];
        setPlaces(found);
      }
      if (!stopped) setRunning(false);
    };
    // A content that cannot be read to its end has been told of where it is drawn.
    const timer = setTimeout(() => void look().catch(() => stopped || setRunning(false)), pause);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [find, wanted]);

  const open = useCallback(() => {
    setOpen(true);
    setAsked((times) => times + 1);
  }, []);
  const close = useCallback(() => setOpen(false), []);
  const step = (by: 1 | -1) => {
    if (places.length === 0) return;
    const next = (current + by + places.length) % places.length;
    const place = places[next];
    setCurrent(next);
    if (place !== undefined) showNow.current(place, next);
  };
  return { isOpen, query, places, current, running, more: places.length >= mostMatches, asked, open, close, setQuery, step };
}

/** Lets the window breathe between the pieces of a long search. */
export async function* inTurns<T>(pieces: Iterable<T>): AsyncGenerator<T> {
  for (const piece of pieces) {
    yield piece;
    await new Promise((resolve) => setTimeout(resolve));
  }
}
