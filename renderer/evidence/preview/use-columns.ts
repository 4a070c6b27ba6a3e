import { type RefObject, useEffect, useState } from 'react';

/** Width of a character of a monospaced element, in pixels; measured again when the fonts have come. */
export function useCharacterWidth(probe: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(7.2);
  useEffect(() => {
    let stopped = false;
    const measure = () => {
      const element = probe.current;
      const length = element?.textContent?.length ?? 0;
      if (stopped || element === null || length === 0) return;
      const measured = element.getBoundingClientRect().width / length;
      if (measured > 0) setWidth(measured);
    };
    measure();
    void document.fonts.ready.then(measure);
    return () => {
      stopped = true;
    };
  }, [probe]);
  return width;
}
