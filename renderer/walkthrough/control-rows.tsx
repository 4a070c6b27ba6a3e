import './control-list.css';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useEffect, useId, useRef } from 'react';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { controlKey } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { ControlListRow } from './control-list-row.tsx';

/** Height of a row whose title fits one line, in pixels; the others are measured. */
const usualHeight = 53;

export interface ControlRowsProps {
  readonly rows: readonly ControlRow[];
  /** Key of the open control, or null. */
  readonly current: string | null;
  readonly onOpen: (reference: ControlReference) => void;
  /** Pieces of evidence were dropped on a control; null where nothing may be changed. */
  readonly onEvidence: ((reference: ControlReference, ids: EvidenceId[]) => void) | null;
}

/** Controls as a list of any length: one tab stop, arrow keys open, only rows in sight are drawn. */
export function ControlRows({ rows, current, onOpen, onEvidence }: ControlRowsProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const index = rows.findIndex((row) => controlKey(row) === current);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => usualHeight,
    getItemKey: (position) => keyAt(rows, position),
    overscan: 6,
    // The current row stays in the document wherever the list is scrolled, so that it can be named as the active one.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      return index === -1 || drawn.includes(index) ? drawn : [...drawn, index].sort((left, right) => left - right);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: scrolls when another control was opened, not when rows change
  useEffect(() => {
    if (index !== -1) virtual.scrollToIndex(index, { align: 'auto' });
  }, [current]);

  const move = (event: KeyboardEvent) => {
    const target = destination(event.key, index, rows.length);
    const row = target === null ? undefined : rows[target];
    if (row === undefined) return;
    event.preventDefault();
    onOpen(row);
  };

  return (
    <div
      ref={scroller}
      className="control-list__scroll"
      role="listbox"
      tabIndex={0}
      aria-label={t('walkthrough.list')}
      aria-activedescendant={index === -1 ? undefined : `${id}-${index}`}
      onKeyDown={move}
    >
      <div role="presentation" className="control-list__sheet" style={{ blockSize: `${virtual.getTotalSize()}px` }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row === undefined ? null : (
            <ControlListRow
              key={item.key}
              id={`${id}-${item.index}`}
              row={row}
              position={item.index}
              count={rows.length}
              start={item.start}
              selected={item.index === index}
              measure={virtual.measureElement}
              onOpen={onOpen}
              onEvidence={onEvidence}
            />
          );
        })}
      </div>
    </div>
  );
}

function keyAt(rows: readonly ControlRow[], position: number): string {
  const row = rows[position];
  return row === undefined ? String(position) : controlKey(row);
}

function destination(key: string, index: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(count - 1, index + 1);
  if (key === 'ArrowUp') return Math.max(0, index - 1);
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  return null;
}
