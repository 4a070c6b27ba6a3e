import './register.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { formatBytes, formatShortDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { linksInWords } from './link-words.ts';
import { listKeys, withCurrent } from './list-keys.ts';
import type { Sort, SortColumn } from './register-filter.ts';
import { sortColumns } from './register-filter.ts';
import { TypeIcon } from './type-icon.tsx';
import { shortType } from './types.ts';

export interface RegisterProps {
  readonly items: readonly Evidence[];
  readonly selected: EvidenceId | null;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onSelect: (id: EvidenceId) => void;
}

/** Height of a row, in pixels; titles are cut to one line. */
const rowHeight = 52;
/** Height of the head, which stays in sight. */
const headHeight = 33;

/** The evidence as a table of any length: one tab stop, arrow keys choose, only rows in sight are drawn. */
export function Register({ items, selected, sort, onSort, onSelect }: RegisterProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const index = items.findIndex((item) => item.id === selected);
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: withCurrent(index),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another one was chosen
  useEffect(() => {
    if (index !== -1) virtual.scrollToIndex(index, { align: 'auto' });
  }, [selected]);
  const choose = (column: SortColumn) => onSort({ column, descending: sort.column === column && !sort.descending });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual table cannot be a table element
    <div
      ref={scroller}
      role="grid"
      className="register"
      tabIndex={0}
      aria-label={t('evidence.title')}
      aria-rowcount={items.length + 1}
      aria-activedescendant={index === -1 ? undefined : `${id}-${index}`}
      onKeyDown={(event) => {
        const next = items[listKeys(event, index, items.length, 1) ?? -1];
        if (next !== undefined) onSelect(next.id);
      }}
    >
      <div role="presentation" className="register__sheet" style={{ blockSize: `${virtual.getTotalSize()}px` }}>
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the buttons in it have the focus */}
        <div role="row" aria-rowindex={1} className="register__row register__head">
          {sortColumns.map((column) => (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            <div
              key={column}
              role="columnheader"
              className={`register__cell register__cell--${column}`}
              aria-sort={sort.column === column ? (sort.descending ? 'descending' : 'ascending') : 'none'}
            >
              <button type="button" onClick={() => choose(column)}>
                {t(`evidence.column.${column}`)}
                {sort.column === column ? sort.descending ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" /> : null}
              </button>
            </div>
          ))}
        </div>
        {virtual.getVirtualItems().map(({ index: position, start }) => {
          const item = items[position];
          return item === undefined ? null : (
            <Row
              key={item.id}
              id={`${id}-${position}`}
              item={item}
              position={position}
              start={start}
              selected={position === index}
              onSelect={onSelect}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly id: string;
  readonly item: Evidence;
  readonly position: number;
  readonly start: number;
  readonly selected: boolean;
  readonly onSelect: (id: EvidenceId) => void;
}

function Row({ id, item, position, start, selected, onSelect }: RowProps) {
  const cells: Readonly<Record<SortColumn, React.ReactNode>> = {
    number: <span className="mono">{evidenceLabel(item.number)}</span>,
    title: (
      <>
        <TypeIcon mediaType={item.mediaType} />
        <span className="register__name">
          <span className="register__title truncate">{item.title}</span>
          <span className="register__file truncate">
            {item.originalName}
            {item.sensitivity === 'normal' ? null : (
              <span className="register__sensitivity"> · {t(`evidence.sensitivity.note.${item.sensitivity}`)}</span>
            )}
          </span>
        </span>
      </>
    ),
    type: shortType(item.originalName, item.mediaType),
    size: <span className="numeric">{formatBytes(item.size)}</span>,
    received: <span className="numeric">{formatShortDate(item.receivedAt)}</span>,
    links: linksInWords(item),
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual table cannot be a table element
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus and names the active row
    <div
      id={id}
      role="row"
      aria-rowindex={position + 2}
      aria-selected={selected}
      className="register__row register__row--item"
      style={{ transform: `translateY(${start}px)` }}
      onClick={() => onSelect(item.id)}
    >
      {sortColumns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div key={column} role="gridcell" className={`register__cell register__cell--${column}`}>
          {cells[column]}
        </div>
      ))}
    </div>
  );
}
