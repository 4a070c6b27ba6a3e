import './trail-log.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import type { TrailEvent } from '../../shared/domain/trail.ts';
import { actionWord } from '../action-word.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
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
      <table className="trail-log__table" aria-label={t('trail.log')} aria-rowcount={complete ? events.length + 1 : -1}>
        <thead className="trail-log__head">
          <tr className="trail-log__row overline" aria-rowindex={1}>
            <th scope="col">{t('trail.column.sequence')}</th>
            <th scope="col">{t('trail.column.time')}</th>
            <th scope="col">{t('trail.column.person')}</th>
            <th scope="col">{t('trail.column.action')}</th>
            <th scope="col">{t('trail.column.detail')}</th>
            <th scope="col">{t('trail.column.hash')}</th>
          </tr>
        </thead>
        <tbody className="trail-log__body" style={{ blockSize: `${virtual.getTotalSize()}px` }}>
          {items.map((item) => {
            const event = events[item.index];
            return event === undefined ? null : <Row key={event.sequence} event={event} index={item.index} start={item.start} />;
          })}
        </tbody>
      </table>
      <p className="trail-log__foot muted">{complete ? t('trail.end') : t('trail.more')}</p>
    </section>
  );
}

function Row({ event, index, start }: { readonly event: TrailEvent; readonly index: number; readonly start: number }) {
  const { sequence, at, personName, action, detail, hash } = event;
  return (
    <tr className="trail-log__row trail-log__entry" aria-rowindex={index + 2} style={{ transform: `translateY(${start}px)` }}>
      <td className="mono trail-log__quiet">{sequence}</td>
      <td className="numeric trail-log__quiet">
        <time dateTime={at} title={at}>
          {formatMoment(at)}
        </time>
      </td>
      <td className="truncate">{personName}</td>
      <td className="truncate trail-log__action">{actionWord(action)}</td>
      <td className="truncate trail-log__quiet" title={detail}>
        {detail}
      </td>
      <td className="mono trail-log__quiet" title={hash}>
        {hash.slice(0, 4)} {hash.slice(4, 8)}
      </td>
    </tr>
  );
}
