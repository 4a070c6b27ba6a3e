import './gallery.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Check } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { CardPicture } from './card-picture.tsx';
import { startDrag } from './evidence-drag.ts';
import { linksInWords } from './link-words.ts';
import { withCurrent } from './list-keys.ts';
import { isChosen } from './selection.ts';
import { shortType } from './types.ts';
import { type MarkingProps, useMarking } from './use-marking.ts';

export interface GalleryProps extends MarkingProps {
  /** Whether cards may be dragged onto controls. */
  readonly draggable: boolean;
}

/** Narrowest card and the height of a row of cards, in pixels. */
const cardWidth = 180;
const rowHeight = 172;

/** The evidence as cards, with small pictures where there are some. Scrolling past is not looking, so nothing is opened for them. */
export function Gallery(props: GalleryProps) {
  const { items, selection, draggable } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const [columns, setColumns] = useState(1);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setColumns(Math.max(1, Math.floor(element.clientWidth / cardWidth))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const marking = useMarking(props, columns);
  const { index } = marking;
  const row = index === -1 ? -1 : Math.floor(index / columns);
  const virtual = useVirtualizer({
    count: Math.ceil(items.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    rangeExtractor: withCurrent(row),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another one was chosen
  useEffect(() => {
    if (row !== -1) virtual.scrollToIndex(row, { align: 'auto' });
  }, [selection.cursor]);

  return (
    <div
      ref={scroller}
      className="gallery"
      role="listbox"
      tabIndex={0}
      aria-label={t('evidence.title')}
      aria-activedescendant={index === -1 ? undefined : `${id}-${index}`}
      aria-multiselectable="true"
      onKeyDown={marking.onKeyDown}
    >
      <div role="presentation" className="gallery__sheet" style={{ blockSize: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map(({ index: position, start }) => (
          <div
            key={position}
            role="presentation"
            className="gallery__row"
            style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {items.slice(position * columns, (position + 1) * columns).map((item, offset) => {
              const at = position * columns + offset;
              return (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
                // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus and names the active card
                <div
                  key={item.id}
                  id={`${id}-${at}`}
                  role="option"
                  aria-selected={isChosen(selection, item.id)}
                  data-current={at === index}
                  aria-posinset={at + 1}
                  aria-setsize={items.length}
                  className="card"
                  draggable={draggable}
                  onDragStart={(event) => startDrag(event, marking.dragged(item))}
                  onClick={(event) => marking.onClick(event, item.id)}
                  onDoubleClick={() => marking.onDoubleClick(item.id)}
                >
                  <span
                    className="card__tick"
                    aria-hidden="true"
                    data-marked={selection.marked.has(item.id)}
                    onClick={(event) => marking.onTick(event, item.id)}
                  >
                    <span className="register__box">{selection.marked.has(item.id) ? <Check /> : null}</span>
                  </span>
                  <span className="card__picture">
                    <CardPicture evidence={item} />
                  </span>
                  <span className="card__title truncate" dir="auto">
                    {item.title}
                  </span>
                  <span className="card__meta truncate">
                    <span className="mono">{evidenceLabel(item.number)}</span> · {shortType(item.originalName, item.mediaType)} ·{' '}
                    {formatBytes(item.size)}
                  </span>
                  <span className="card__meta truncate">
                    {item.sensitivity === 'normal' ? linksInWords(item) : t(`evidence.sensitivity.note.${item.sensitivity}`)}
                  </span>
                </div>
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
}
