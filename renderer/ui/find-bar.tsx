import './find-bar.css';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';
import { TextField } from './text-field.tsx';
import type { Find } from './use-find.ts';

export interface FindBarProps {
  readonly find: Find<unknown>;
  /** Where the focus goes when the bar is closed. */
  readonly onClose: () => void;
}

/** Searches within what is shown. Enter goes on, Shift+Enter back, Escape closes. */
export function FindBar({ find, onClose }: FindBarProps) {
  const input = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each time it is asked for
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [find.asked]);
  if (!find.isOpen) return null;
  const close = () => {
    find.close();
    onClose();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: the oldest supported Chromium does not know the element `search`
    <div
      role="search"
      className="find"
      onKeyDownCapture={(event) => {
        if (event.key !== 'Escape' && !(event.key === 'Enter' && event.target === input.current)) return;
        event.preventDefault();
        event.stopPropagation();
        if (event.key === 'Escape') close();
        else find.step(event.shiftKey ? -1 : 1);
      }}
    >
      <TextField
        className="find__field"
        label={t('preview.find.field')}
        hideLabel
        placeholder={t('preview.find.field')}
        value={find.query}
        onChange={find.setQuery}
        inputRef={input}
      />
      <span className="find__count numeric" role="status">
        {countInWords(find)}
      </span>
      <IconButton
        label={t('preview.find.previous')}
        shortcut="Shift+Enter"
        icon={<ChevronUp aria-hidden="true" />}
        size="small"
        isDisabled={find.places.length === 0}
        onPress={() => find.step(-1)}
      />
      <IconButton
        label={t('preview.find.next')}
        shortcut="Enter"
        icon={<ChevronDown aria-hidden="true" />}
        size="small"
        isDisabled={find.places.length === 0}
        onPress={() => find.step(1)}
      />
      <IconButton label={t('preview.find.close')} shortcut="Escape" icon={<X aria-hidden="true" />} size="small" onPress={close} />
    </div>
  );
}

function countInWords({ query, places, current, running, more }: Find<unknown>): string {
  if (query === '') return '';
  if (places.length === 0) return running ? t('preview.find.running') : t('preview.find.none');
  const values = { index: current + 1, count: places.length };
  return more ? t('preview.find.more', values) : t('preview.find.count', values);
}
