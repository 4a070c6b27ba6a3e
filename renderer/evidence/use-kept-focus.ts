import { type FocusEvent, type RefObject, useEffect, useRef } from 'react';

/** What takes the keyboard, in this order: the list, the search when nothing is listed, else whatever can. */
const takers = ['[role="grid"], [role="listbox"]', 'input', 'button:not(:disabled)'];

/**
 * Gives the keyboard to the list when what had it went away: the closed preview, a filter that was taken back, the bar of what was marked,
 * a dialog that was opened from it. Otherwise it would start again at the top of the window.
 * @param list what the list, its search and its buttons are in
 */
export function useKeptFocus(list: RefObject<HTMLElement | null>) {
  const last = useRef<Element | null>(null);
  const check = useRef(() => {
    // A dialog that closes gives the focus back one frame later.
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const element = list.current;
        if (last.current === null || last.current.isConnected || document.activeElement !== document.body || element === null) return;
        last.current = null;
        takers
          .map((taker) => element.querySelector<HTMLElement>(taker))
          .find((found) => found !== null)
          ?.focus();
      }),
    );
  }).current;
  useEffect(check);
  useEffect(() => {
    // Dialogs and menus are children of the body.
    const observer = new MutationObserver(check);
    observer.observe(document.body, { childList: true });
    return () => observer.disconnect();
  }, [check]);
  return { onFocus: (event: FocusEvent) => (last.current = event.target) };
}
