import './trail-log.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { TrailEvent } from '../../shared/domain/trail.ts';
import { formatMoment } from '../i18n/format.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import type { TrailPages } from './use-trail-pages.ts';

const rowHeight = 34;

/** The entries in a table of which only the rows in sight exist. Older entries are read on the way down. */
export function TrailLog({ pages }: { readonly pages: TrailPages }) {
  const { events, complete, loading, more } = pages;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (!complete && !loading && lastShown >= events.length - 40) more();
  }, [complete, loading, lastShown, events.length, more]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the log scrolls with the keyboard
    <section ref={scroller} className="trail-log" tabIndex={0} aria-label={t('trail.log')}>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by hand, which table elements do not allow */}
      <div role="table" aria-label={t('trail.log')} aria-rowcount={complete ? events.length + 1 : -1} className="trail-log__table">
        <div role="rowgroup" className="trail-log__head">
          <div role="row" className="trail-log__row overline" aria-rowindex={1}>
            <span role="columnheader">{t('trail.column.sequence')}</span>
            <span role="columnheader">{t('trail.column.time')}</span>
            <span role="columnheader">{t('trail.column.person')}</span>
            <span role="columnheader">{t('trail.column.action')}</span>
            <span role="columnheader">{t('trail.column.detail')}</span>
            <span role="columnheader">{t('trail.column.hash')}</span>
          </div>
        </div>
        <div role="rowgroup" className="trail-log__body" style={{ blockSize: `${virtual.getTotalSize()}px` }}>
          {items.map((item) => {
            const event = events[item.index];
            return event === undefined ? null : <Row key={event.sequence} event={event} index={item.index} start={item.start} />;
          })}
        </div>
      </div>
      <p className="trail-log__foot muted">{complete ? t('trail.end') : t('trail.more')}</p>
    </section>
  );
}

function Row({ event, index, start }: { readonly event: TrailEvent; readonly index: number; readonly start: number }) {
  const { sequence, at, personName, detail, hash } = event;
  return (
    <div role="row" className="trail-log__row trail-log__entry" aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)` }}>
      <span role="cell" className="mono trail-log__quiet">
        {sequence}
      </span>
      <time role="cell" className="numeric trail-log__quiet" dateTime={at} title={at}>
        {formatMoment(at)}
      </time>
      <span role="cell" className="truncate">
        {personName}
      </span>
      <span role="cell" className="truncate trail-log__action">
        {actionWords(event.action)}
      </span>
      <span role="cell" className="truncate trail-log__quiet" title={detail}>
        {detail}
      </span>
      <span role="cell" className="mono trail-log__quiet" title={hash}>
        {hash.slice(0, 4)} {hash.slice(4, 8)}
      </span>
    </div>
  );
}

/** An action as a sentence; one the catalogue does not know stays as it is. */
export function actionWords(action: string): string {
  const key = `trail.action.${action}`;
  return hasMessage(key) ? t(key) : action;
}
