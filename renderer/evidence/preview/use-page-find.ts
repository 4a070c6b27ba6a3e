import { type RefObject, useCallback, useEffect, useMemo, useState } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { paint } from '../../ui/highlights.ts';
import { matchesIn } from '../../ui/matches.ts';
import { type Find, useFind } from '../../ui/use-find.ts';
import { maskPattern } from './mask.ts';
import { useWantedPlace } from './places.ts';

/** Pieces of text that are looked through before others get their turn. */
const stretch = 2000;

/**
 * Searches the text that an element shows and paints what it finds, also an identifier that is asked for beside the preview. The
 * element's content must not change while it is shown.
 */
export function usePageFind(evidenceId: EvidenceId, content: RefObject<HTMLElement | null>): Find<Range> {
  const [asked, setAsked] = useState<Range | null>(null);
  const search = useCallback(
    async function* (query: string): AsyncGenerator<readonly Range[]> {
      let found: Range[] = [];
      let seen = 0;
      for (const node of textsOf(content.current)) {
        for (const starts of matchesIn(node.data, query)) {
          for (const start of starts) {
            found.push(rangeOf(node, start, query.length));
          }
        }
        seen += 1;
        if (seen % stretch !== 0) continue;
        yield found;
        found = [];
        await new Promise((resolve) => setTimeout(resolve));
      }
      yield found;
    },
    [content],
  );
  const show = (range: Range | null) => range?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  const find = useFind(search, (range) => {
    setAsked(null);
    show(range);
  });
  useWantedPlace(evidenceId, ({ masked }) => {
    const place = placeOfMask(content.current, masked);
    setAsked(place);
    show(place);
  });
  const current = asked ?? find.places[find.current] ?? null;
  const others = useMemo(() => find.places.filter((range) => range !== current), [find.places, current]);
  useEffect(() => paint(others, current), [others, current]);
  return find;
}

function rangeOf(node: Text, start: number, length: number): Range {
  const range = document.createRange();
  range.setStart(node, start);
  range.setEnd(node, start + length);
  return range;
}

/** The first place that looks like a masked identifier. */
function placeOfMask(element: HTMLElement | null, masked: string): Range | null {
  const pattern = maskPattern(masked);
  for (const node of textsOf(element)) {
    pattern.lastIndex = 0;
    const match = pattern.exec(node.data);
    if (match !== null) return rangeOf(node, match.index, match[0].length);
  }
  return null;
}

function* textsOf(element: HTMLElement | null): Generator<Text> {
  if (element === null) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node as Text;
}
