import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { classNames } from '../../ui/index.ts';
import type { EditorAction, Mark, NewMark } from './editor.ts';
import { type Box, boxBetween, boxByKey, type Corner, corners, movedBox, type Point, resizedBox } from './geometry.ts';

export interface BoxLayerProps {
  /** Counts from 1. */
  readonly page: number;
  readonly marks: readonly Mark[];
  /** The number of a mark in the list. */
  readonly numberOf: (id: number) => number;
  readonly selected: number | null;
  readonly wanted: number | null;
  /** Shows what the copy will show; nothing can be changed meanwhile. */
  readonly preview: boolean;
  /** The reason of what is drawn. */
  readonly reason: Mark['reason'];
  readonly dispatch: (action: EditorAction) => void;
}

type Gesture =
  | { readonly kind: 'draw'; readonly from: Point }
  | { readonly kind: 'move' | Corner; readonly from: Point; readonly mark: Mark; readonly name: string };

/** Less than this many CSS pixels is a click and no box. */
const smallestDrawn = 4;
let gestures = 0;

/** The boxes of one page, drawn, moved and resized by pointer or by key. Fills the page below it. */
export function BoxLayer({ page, marks, numberOf, selected, wanted, preview, reason, dispatch }: BoxLayerProps) {
  const layer = useRef<HTMLDivElement>(null);
  const gesture = useRef<Gesture | null>(null);
  const [drawn, setDrawn] = useState<Box | null>(null);

  const pointOf = (event: PointerEvent): Point => {
    const place = layer.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return { x: (event.clientX - place.left) / place.width, y: (event.clientY - place.top) / place.height };
  };
  const begin = (event: PointerEvent<HTMLDivElement>) => {
    if (preview || event.button !== 0) return;
    const from = pointOf(event);
    const target = event.target as HTMLElement;
    const mark = marks.find(({ id }) => String(id) === target.closest<HTMLElement>('[data-mark]')?.dataset.mark);
    gestures += 1;
    if (mark === undefined) {
      gesture.current = { kind: 'draw', from };
    } else {
      const corner = corners.find((name) => name === target.dataset.corner);
      gesture.current = { kind: corner ?? 'move', from, mark, name: `drag ${gestures}` };
      dispatch({ type: 'select', id: mark.id });
    }
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const now = gesture.current;
    if (now === null) return;
    const point = pointOf(event);
    if (now.kind === 'draw') return setDrawn(boxBetween(now.from, point));
    const by = { x: point.x - now.from.x, y: point.y - now.from.y };
    if (by.x === 0 && by.y === 0) return;
    const box = now.kind === 'move' ? movedBox(now.mark, by) : resizedBox(now.mark, now.kind, by);
    dispatch({ type: 'shape', id: now.mark.id, box: shapeOf(box), gesture: now.name });
  };
  const end = () => {
    const now = gesture.current;
    gesture.current = null;
    setDrawn(null);
    if (now?.kind !== 'draw' || drawn === null || layer.current === null) return;
    const { clientWidth, clientHeight } = layer.current;
    if (drawn.width * clientWidth < smallestDrawn || drawn.height * clientHeight < smallestDrawn) return;
    const mark: NewMark = { page, ...drawn, reason };
    dispatch({ type: 'add', marks: [mark] });
  };
  const cancel = () => {
    gesture.current = null;
    setDrawn(null);
  };

  return (
    <div
      ref={layer}
      className={classNames('redact-layer', preview && 'redact-layer--preview')}
      onPointerDown={begin}
      onPointerMove={move}
      onPointerUp={end}
      onPointerCancel={cancel}
    >
      {marks.map((mark) =>
        preview ? (
          <span key={mark.id} className="redact-box redact-box--black" style={placed(mark)} />
        ) : (
          <BoxButton
            key={mark.id}
            mark={mark}
            number={numberOf(mark.id)}
            selected={mark.id === selected}
            wanted={mark.id === wanted}
            dispatch={dispatch}
          />
        ),
      )}
      {drawn === null ? null : <span className="redact-box redact-box--new" style={placed(drawn)} />}
    </div>
  );
}

interface BoxButtonProps {
  readonly mark: Mark;
  readonly number: number;
  readonly selected: boolean;
  readonly wanted: boolean;
  readonly dispatch: (action: EditorAction) => void;
}

function BoxButton({ mark, number, selected, wanted, dispatch }: BoxButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!wanted) return;
    button.current?.focus();
    button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    dispatch({ type: 'shown' });
  }, [wanted, dispatch]);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Delete' || event.key === 'Backspace') {
      event.preventDefault();
      dispatch({ type: 'remove', id: mark.id });
      return;
    }
    const box = boxByKey(mark, event.key, { large: event.shiftKey, small: event.ctrlKey || event.metaKey });
    if (box === null) return;
    event.preventDefault();
    event.stopPropagation();
    dispatch({ type: 'shape', id: mark.id, box: shapeOf(box), gesture: `keys ${mark.id}` });
    requestAnimationFrame(() => button.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }));
  };
  return (
    <button
      ref={button}
      type="button"
      data-mark={mark.id}
      className={classNames('redact-box', selected && 'redact-box--selected')}
      style={placed(mark)}
      aria-label={t('redaction.box', { number, page: mark.page, reason: t(`redaction.reason.${mark.reason}`) })}
      aria-describedby="redact-keys"
      onFocus={() => dispatch({ type: 'select', id: mark.id })}
      onKeyDown={press}
    >
      <span className="redact-box__number" aria-hidden="true">
        {number}
      </span>
      {selected
        ? corners.map((corner) => <span key={corner} data-corner={corner} className={`redact-corner redact-corner--${corner}`} />)
        : null}
    </button>
  );
}

function shapeOf({ x, y, width, height }: Box): Box {
  return { x, y, width, height };
}

function placed({ x, y, width, height }: Box) {
  return { left: `${x * 100}%`, top: `${y * 100}%`, width: `${width * 100}%`, height: `${height * 100}%` };
}
