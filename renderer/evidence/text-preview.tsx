import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import { t } from '../i18n/translate.ts';

export interface TextPreviewProps {
  readonly text: string;
  readonly title: string;
  /** The size at which the text was cut, in words, or null when it is whole. */
  readonly cutAt: string | null;
}

/** Height of a line in pixels; the style sheet sets the same. */
const lineHeight = 20;
/** More lines than this would make the scrolled surface higher than the browser can place things on. */
const mostLines = 500_000;
/** Longer lines are broken, because drawing one line of megabytes freezes the window. */
const longestLine = 2000;

/** Text with line numbers, as it is in the file. Only the lines in sight are drawn. */
export function TextPreview({ text, title, cutAt }: TextPreviewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { lines, more } = useMemo(() => splitLines(text), [text]);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => lineHeight,
    overscan: 20,
  });
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return (
    <div className="preview">
      {cutAt === null ? null : <p className="preview__note">{t('evidence.preview.cut', { size: cutAt })}</p>}
      {more ? <p className="preview__note">{t('evidence.preview.cutLines', { count: mostLines })}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the text scrolls with the keyboard */}
      <section ref={scroller} className="preview__scroll" tabIndex={0} aria-label={t('evidence.preview.textOf', { title })}>
        <div
          className="preview__text mono"
          style={{ paddingBlock: `${first?.start ?? 0}px ${virtual.getTotalSize() - (last?.end ?? 0)}px` }}
        >
          {items.map(({ index }) => (
            <div key={index} className="preview__line">
              <span className="preview__number" aria-hidden="true">
                {lines[index]?.number ?? ''}
              </span>
              <span className="preview__words">{lines[index]?.text}</span>
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

interface Line {
  /** Counts from 1; null where a long line goes on. */
  readonly number: number | null;
  readonly text: string;
}

/** Lines with their numbers, long ones broken, and whether there were more than can be shown. */
export function splitLines(text: string): { lines: Line[]; more: boolean } {
  const lines: Line[] = [];
  let number = 0;
  for (let start = 0; start <= text.length; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    // A line break at the very end closes the last line and does not begin another.
    if (found === -1 && start === text.length && number > 0) break;
    number += 1;
    for (let from = start; from === start || from < end; from += longestLine) {
      if (lines.length === mostLines) return { lines, more: true };
      const part = text.slice(from, Math.min(end, from + longestLine)).replace(/\r$/, '');
      lines.push({ number: from === start ? number : null, text: part });
    }
    start = end + 1;
  }
  return { lines, more: false };
}
