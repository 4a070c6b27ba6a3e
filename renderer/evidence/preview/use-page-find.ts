import { type RefObject, useCallback, useEffect, useMemo } from 'react';
import { paint } from '../../ui/highlights.ts';
import { matchesIn } from '../../ui/matches.ts';
import { type Find, useFind } from '../../ui/use-find.ts';

/** Pieces of text that are looked through before others get their turn. */
const stretch = 2000;

/** Searches the text that an element shows and paints what it finds. The element's content must not change while it is shown. */
export function usePageFind(content: RefObject<HTMLElement | null>): Find<Range> {
  const search = useCallback(
    async function* (query: string): AsyncGenerator<readonly Range[]> {
      let found: Range[] = [];
      let seen = 0;
      for (const node of textsOf(content.current)) {
        for (const starts of matchesIn(node.data, query)) {
          for (const start of starts) {
            const range = document.createRange();
            range.setStart(node, start);
            range.setEnd(node, start + query.length);
            found.push(range);
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
  const find = useFind(search, (range) => range.startContainer.parentElement?.scrollIntoView({ block: 'center' }));
  const current = find.places[find.current] ?? null;
  const others = useMemo(() => find.places.filter((range) => range !== current), [find.places, current]);
  useEffect(() => paint(others, current), [others, current]);
  return find;
}

function* textsOf(element: HTMLElement | null): Generator<Text> {
  if (element === null) return;
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) yield node as Text;
}
