import { useVirtualizer } from '@tanstack/react-virtual';
import { Trash2 } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type RedactionReason, redactionReasons } from '../../../shared/domain/redaction.ts';
import { t } from '../../i18n/translate.ts';
import { classNames, IconButton } from '../../ui/index.ts';
import type { EditorAction, Mark } from './editor.ts';

export interface PlacesListProps {
  /** In the order of the pages. */
  readonly marks: readonly Mark[];
  readonly selected: number | null;
  readonly placeOf: (mark: Mark) => string;
  readonly dispatch: (action: EditorAction) => void;
  /** What to do while nothing is marked. */
  readonly none: string;
}

const rowHeight = 40;

/** Every marked place with its reason. A text may have thousands, so only the rows in sight are drawn. */
export function PlacesList({ marks, selected, placeOf, dispatch, none }: PlacesListProps) {
  const scroller = useRef<HTMLUListElement>(null);
  const virtual = useVirtualizer({
    count: marks.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  const at = marks.findIndex(({ id }) => id === selected);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another selection scrolls
  useEffect(() => {
    if (at !== -1) virtual.scrollToIndex(at);
  }, [at]);
  if (marks.length === 0) return <p className="muted">{none}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls with the keyboard
    <ul ref={scroller} className="redact-places" aria-label={t('redaction.places')} tabIndex={0}>
      <li aria-hidden="true" className="redact-places__space" style={{ blockSize: `${virtual.getTotalSize()}px` }} />
      {virtual.getVirtualItems().map(({ index, start }) => {
        const mark = marks[index];
        if (mark === undefined) return null;
        const name = placeOf(mark);
        return (
          <li
            key={mark.id}
            className={classNames('redact-places__row', mark.id === selected && 'redact-places__row--selected')}
            style={{ transform: `translateY(${start}px)` }}
            aria-setsize={marks.length}
            aria-posinset={index + 1}
          >
            <button type="button" className="redact-places__name numeric" onClick={() => dispatch({ type: 'show', id: mark.id })}>
              <span className="redact-places__number">{index + 1}</span>
              {name}
            </button>
            <ReasonSelect
              label={t('redaction.reason.of', { number: index + 1 })}
              value={mark.reason}
              onChange={(reason) => dispatch({ type: 'reason', id: mark.id, reason })}
            />
            <IconButton
              label={t('redaction.places.remove', { number: index + 1 })}
              icon={<Trash2 aria-hidden="true" />}
              size="small"
              onPress={() => dispatch({ type: 'remove', id: mark.id })}
            />
          </li>
        );
      })}
    </ul>
  );
}

export interface ReasonSelectProps {
  readonly label: string;
  readonly value: RedactionReason;
  readonly onChange: (reason: RedactionReason) => void;
}

/** A reason of the list, in the system's own control: light enough to stand in every row. */
export function ReasonSelect({ label, value, onChange }: ReasonSelectProps) {
  return (
    <select
      className="redact-reason"
      aria-label={label}
      value={value}
      onChange={({ currentTarget }) => {
        const reason = redactionReasons.find((candidate) => candidate === currentTarget.value);
        if (reason !== undefined) onChange(reason);
      }}
    >
      {redactionReasons.map((reason) => (
        <option key={reason} value={reason}>
          {t(`redaction.reason.${reason}`)}
        </option>
      ))}
    </select>
  );
}
