import { ChevronLeft, ChevronRight, EyeOff } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { maskText, rangeToPlace } from '../../../shared/domain/redaction.ts';
import { t } from '../../i18n/translate.ts';
import { Button, IconButton } from '../../ui/index.ts';
import type { EditorAction, Mark } from './editor.ts';
import { rangesWithin, selectedRange, shownRange, textParts } from './geometry.ts';

export interface TextStageProps {
  readonly text: string;
  readonly title: string;
  readonly marks: readonly Mark[];
  readonly wanted: number | null;
  readonly reason: Mark['reason'];
  readonly dispatch: (action: EditorAction) => void;
}

/** The text as the copy will have it. What is selected becomes a block on Enter or Delete, or with the button. */
export function TextStage({ text, title, marks, wanted, reason, dispatch }: TextStageProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const parts = useMemo(() => textParts(text), [text]);
  const [index, setIndex] = useState(0);
  const part = parts[index] ?? { start: 0, end: 0 };
  const masked = rangesWithin(
    marks.map(({ x, width }) => ({ start: x, end: x + width })),
    part,
  );
  const shown = maskText(text.slice(part.start, part.end), masked);

  useEffect(() => {
    const element = field.current;
    if (element === null) return undefined;
    // The caret stays visible, unlike in a field that is read only, but nothing can be typed.
    const refuse = (event: Event) => event.preventDefault();
    element.addEventListener('beforeinput', refuse);
    return () => element.removeEventListener('beforeinput', refuse);
  }, []);

  const wantedMark = marks.find(({ id }) => id === wanted);
  useEffect(() => {
    if (wantedMark === undefined) return;
    const at = parts.findIndex(({ end }) => wantedMark.x < end);
    if (at !== -1) setIndex(at);
    dispatch({ type: 'shown' });
  }, [wantedMark, parts, dispatch]);

  const mask = () => {
    const element = field.current;
    if (element === null || element.selectionStart === element.selectionEnd) return;
    const { selectionStart, selectionEnd, scrollTop } = element;
    const range = selectedRange(masked, shownRange(shown, { start: selectionStart, end: selectionEnd }));
    const { page, x, y, width, height } = rangeToPlace({ start: range.start + part.start, end: range.end + part.start }, reason);
    dispatch({ type: 'add', marks: [{ page, x, y, width, height, reason }] });
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(selectionStart, selectionStart);
      element.scrollTop = scrollTop;
    });
  };
  return (
    <div className="redact-text">
      <div className="redact-text__bar">
        <Button size="small" icon={<EyeOff aria-hidden="true" />} onPress={mask}>
          {t('redaction.text.mask')}
        </Button>
        <span className="muted">{t('redaction.text.hint')}</span>
        {parts.length === 1 ? null : (
          <span className="redact-text__parts">
            <IconButton
              label={t('redaction.text.previous')}
              icon={<ChevronLeft aria-hidden="true" />}
              size="small"
              isDisabled={index === 0}
              onPress={() => setIndex(index - 1)}
            />
            <span className="numeric">{t('redaction.text.part', { part: index + 1, parts: parts.length })}</span>
            <IconButton
              label={t('redaction.text.next')}
              icon={<ChevronRight aria-hidden="true" />}
              size="small"
              isDisabled={index === parts.length - 1}
              onPress={() => setIndex(index + 1)}
            />
          </span>
        )}
      </div>
      <textarea
        ref={field}
        className="redact-text__field mono"
        aria-label={t('redaction.textOf', { title })}
        aria-describedby="redact-keys"
        value={shown}
        onChange={() => undefined}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Delete' && event.key !== 'Backspace') return;
          event.preventDefault();
          mask();
        }}
      />
    </div>
  );
}
