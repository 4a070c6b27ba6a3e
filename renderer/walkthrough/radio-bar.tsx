import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { classNames } from '../ui/index.ts';

export interface RadioBarOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly icon: ReactNode;
  /** The key that chooses it, announced to screen readers. */
  readonly shortcut: string;
}

export interface RadioBarProps<Value extends string> {
  readonly label: string;
  readonly options: readonly RadioBarOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly isDisabled: boolean;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of a few as joined buttons with radio semantics: one tab stop, arrow keys move and choose. Cheap to draw. */
export function RadioBar<Value extends string>({ label, options, value, onChange, isDisabled }: RadioBarProps<Value>) {
  const bar = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (step === undefined || isDisabled) return;
    event.preventDefault();
    const sign = document.documentElement.dir === 'rtl' && event.key.match(/Left|Right/) !== null ? -1 : 1;
    const index = options.findIndex((option) => option.value === value);
    const next = (index + sign * step + options.length) % options.length;
    const chosen = options[next];
    if (chosen === undefined) return;
    onChange(chosen.value);
    bar.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <div ref={bar} className="radio-bar" role="radiogroup" aria-label={label} aria-disabled={isDisabled} onKeyDown={move}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: joined buttons, with the roles and keys of radio buttons
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-keyshortcuts={option.shortcut}
          tabIndex={option.value === value ? 0 : -1}
          disabled={isDisabled}
          className={classNames('radio-bar__option', `radio-bar__option--${option.value}`)}
          onClick={() => onChange(option.value)}
        >
          {option.icon}
          {option.label}
        </button>
      ))}
    </div>
  );
}
