import './register.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, Check } from 'lucide-react';
import { type DragEvent, type MouseEvent, memo, type ReactNode, useEffect, useId, useRef } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { formatBytes, formatShortDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { startDrag } from './evidence-drag.ts';
import { linksInWords } from './link-words.ts';
import { withCurrent } from './list-keys.ts';
import type { Sort, SortColumn } from './register-filter.ts';
import { sortColumns } from './register-filter.ts';
import { isChosen } from './selection.ts';
import { TypeIcon } from './type-icon.tsx';
import { shortType } from './types.ts';
import { type MarkingProps, useMarking } from './use-marking.ts';

export interface RegisterProps extends MarkingProps {
  readonly label: string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Pieces that a newer revision replaced. */
  readonly superseded: ReadonlySet<EvidenceId>;
  /** A line below a row, such as where the search's words stand in the content. */
  readonly notes?: ReadonlyMap<EvidenceId, ReactNode>;
  /** Whether rows may be dragged onto controls. */
  readonly draggable: boolean;
}

/** Height of a row, without and with a line below it, in pixels; titles are cut to one line. */
const rowHeight = 52;
const noteHeight = 24;
/** Height of the head, which stays in sight. */
const headHeight = 33;
const noNotes: ReadonlyMap<EvidenceId, ReactNode> = new Map();

/** The evidence as a table of any length: one tab stop, arrow keys choose, Space and Shift mark, only rows in sight are drawn. */
export function Register(props: RegisterProps) {
  const { label, items, selection, sort, onSort, superseded, notes = noNotes, draggable } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const marking = useMarking(props, 1);
  const latest = useRef(marking);
  latest.current = marking;
  const { index } = marking;
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (position) => rowHeight + (notes.has(items[position]?.id as EvidenceId) ? noteHeight : 0),
    overscan: 8,
    paddingStart: headHeight,
    scrollPaddingStart: headHeight,
    rangeExtractor: withCurrent(index),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows get another height with other notes
  useEffect(() => virtual.measure(), [notes, items]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another one was chosen
  useEffect(() => {
    if (index !== -1) virtual.scrollToIndex(index, { align: 'auto' });
  }, [selection.cursor]);
  const chooseColumn = (column: SortColumn) => onSort({ column, descending: sort.column === column && !sort.descending });
  // The rows are drawn again only when something of theirs changed; what they call is looked up when they call it.
  const calls = useRef<RowCalls>({
    onClick: (event, item) => latest.current.onClick(event, item.id),
    onDoubleClick: (item) => latest.current.onDoubleClick(item.id),
    onTick: (event, item) => latest.current.onTick(event, item.id),
    onDragStart: (event, item) => startDrag(event, latest.current.dragged(item)),
  }).current;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual table cannot be a table element
    <div
      ref={scroller}
      role="grid"
      className="register"
      tabIndex={0}
      aria-label={label}
      aria-rowcount={items.length + 1}
      aria-multiselectable="true"
      aria-activedescendant={index === -1 ? undefined : `${id}-${index}`}
      onKeyDown={marking.onKeyDown}
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
              <button type="button" onClick={() => chooseColumn(column)}>
                {t(`evidence.column.${column}`)}
                {sort.column === column ? sort.descending ? <ArrowDown aria-hidden="true" /> : <ArrowUp aria-hidden="true" /> : null}
              </button>
            </div>
          ))}
        </div>
        {virtual.getVirtualItems().map(({ index: position, start, size }) => {
          const item = items[position];
          return item === undefined ? null : (
            <Row
              key={item.id}
              id={`${id}-${position}`}
              item={item}
              position={position}
              start={start}
              size={size}
              chosen={isChosen(selection, item.id)}
              marked={selection.marked.has(item.id)}
              current={position === index}
              superseded={superseded.has(item.id)}
              note={notes.get(item.id) ?? null}
              draggable={draggable}
              calls={calls}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowCalls {
  readonly onClick: (event: MouseEvent, item: Evidence) => void;
  readonly onDoubleClick: (item: Evidence) => void;
  readonly onTick: (event: MouseEvent, item: Evidence) => void;
  readonly onDragStart: (event: DragEvent, item: Evidence) => void;
}

interface RowProps {
  readonly id: string;
  readonly item: Evidence;
  readonly position: number;
  /** Pixels. */
  readonly start: number;
  readonly size: number;
  readonly chosen: boolean;
  readonly marked: boolean;
  readonly current: boolean;
  readonly superseded: boolean;
  readonly note: ReactNode;
  readonly draggable: boolean;
  readonly calls: RowCalls;
}

const Row = memo(function Row({ id, item, position, start, size, chosen, marked, current, superseded, note, draggable, calls }: RowProps) {
  const cells: Readonly<Record<SortColumn, ReactNode>> = {
    number: (
      <>
        <span className="register__tick" aria-hidden="true" data-marked={marked} onClick={(event) => calls.onTick(event, item)}>
          <span className="register__box">{marked ? <Check /> : null}</span>
        </span>
        <span className="mono">{evidenceLabel(item.number)}</span>
      </>
    ),
    title: (
      <>
        <TypeIcon mediaType={item.mediaType} />
        <span className="register__name">
          <span className="register__title truncate" dir="auto">
            {item.title}
          </span>
          <span className="register__file">
            {superseded ? <span className="register__mark">{t('register.superseded')} ·</span> : null}
            {item.derivation === 'redacted' ? <span className="register__mark">{t('register.redacted')} ·</span> : null}
            <span className="truncate" dir="auto">
              {item.originalName}
            </span>
            {item.sensitivity === 'normal' ? null : (
              <span className="register__sensitivity">· {t(`evidence.sensitivity.note.${item.sensitivity}`)}</span>
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
      aria-selected={chosen}
      data-current={current}
      data-noted={note !== null}
      className="register__row register__row--item"
      style={{ transform: `translateY(${start}px)`, blockSize: `${size}px` }}
      draggable={draggable}
      onDragStart={(event) => calls.onDragStart(event, item)}
      onClick={(event) => calls.onClick(event, item)}
      onDoubleClick={() => calls.onDoubleClick(item)}
    >
      {sortColumns.map((column) => (
        // biome-ignore lint/a11y/useSemanticElements: as above
        // biome-ignore lint/a11y/useFocusableInteractive: as above
        <div key={column} role="gridcell" className={`register__cell register__cell--${column}`}>
          {cells[column]}
          {column === 'title' && note !== null ? <span className="register__note truncate">{note}</span> : null}
        </div>
      ))}
    </div>
  );
});
