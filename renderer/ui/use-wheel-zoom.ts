import { type RefObject, useEffect, useRef } from 'react';

/** Calls back for every turn of the wheel with Ctrl or Cmd held, which is also how Chromium tells a pinch; the page itself stays. */
export function useWheelZoom(element: RefObject<HTMLElement | null>, onZoom: (event: WheelEvent) => void): void {
  const zoomNow = useRef(onZoom);
  zoomNow.current = onZoom;
  useEffect(() => {
    const listen = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomNow.current(event);
    };
    const owner = element.current;
    // React listens passively, and a passive listener cannot keep the page from zooming.
    owner?.addEventListener('wheel', listen, { passive: false });
    return () => owner?.removeEventListener('wheel', listen);
  }, [element]);
}
