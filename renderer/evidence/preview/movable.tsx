import { type ReactNode, useCallback, useState } from 'react';
import { createPortal } from 'react-dom';

/** A place on the screen that can hold the content, as a `ref` of an empty element. */
export type Slot = (place: HTMLElement | null) => void;

export interface Movable {
  /** What is moved; rendered once, wherever it is seen. */
  readonly content: ReactNode;
  readonly home: Slot;
  /** While this place exists, the content is in it. */
  readonly elsewhere: Slot;
}

/**
 * Content that keeps its state, its zoom and how far it is scrolled while it moves between two places of the page, because it is not
 * made anew: its element is moved. What scrolls or has the keys is marked with `data-content` and takes the focus in the other place.
 */
export function useMovable(children: ReactNode): Movable {
  const [host] = useState(() => {
    const element = document.createElement('div');
    element.className = 'preview__host';
    return element;
  });
  const [places] = useState<{ home: HTMLElement | null }>({ home: null });
  const home = useCallback<Slot>(
    (place) => {
      places.home = place;
      if (place !== null && !host.isConnected) place.append(host);
    },
    [host, places],
  );
  const elsewhere = useCallback<Slot>(
    (place) => {
      const target = place ?? places.home;
      if (target === null) return;
      move(host, target);
      if (place !== null) host.querySelector<HTMLElement>('[data-content]')?.focus();
    },
    [host, places],
  );
  return { content: createPortal(children, host), home, elsewhere };
}

/** An element that is taken out of the page forgets how far it is scrolled. */
function move(host: HTMLElement, target: HTMLElement): void {
  const scrolled = [...host.querySelectorAll<HTMLElement>('*')]
    .filter(({ scrollTop, scrollLeft }) => scrollTop !== 0 || scrollLeft !== 0)
    .map((element) => ({ element, top: element.scrollTop, left: element.scrollLeft }));
  target.append(host);
  for (const { element, top, left } of scrolled) element.scrollTo({ top, left });
}
