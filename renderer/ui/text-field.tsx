import { Search, X } from 'lucide-react';
import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import {
  SearchField as AriaSearchField,
  type SearchFieldProps as AriaSearchFieldProps,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Button,
  Input,
  type KeyboardEvent,
} from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field-parts.tsx';

type Bare<P> = Omit<P, 'className' | 'style' | 'children' | 'isInvalid'>;

export interface TextFieldProps extends Bare<AriaTextFieldProps>, FieldProps {
  readonly placeholder?: string;
  /** Monospaced, for codes and citations. */
  readonly mono?: boolean;
  /** Drawn inside the box after the text, e.g. a reveal button. */
  readonly after?: ReactNode;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, hideLabel, optional, description, error, placeholder, mono, after, className, inputRef, ...rest } = props;
  return (
    <AriaTextField {...withKeys(rest)} isInvalid={error !== undefined && error !== ''} className={classNames('field', className)}>
      <FieldLabel label={label} {...flags(hideLabel, optional)} />
      <div className="field__box">
        <Input
          className={classNames('field__input', mono && 'mono')}
          {...(placeholder === undefined ? {} : { placeholder })}
          {...(inputRef === undefined ? {} : { ref: inputRef })}
        />
        {after}
      </div>
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends Bare<AriaTextFieldProps>, FieldProps {
  readonly placeholder?: string;
  readonly rows?: number;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLTextAreaElement>;
}

/** Grows with its text; can be dragged taller. */
export function TextArea(props: TextAreaProps) {
  const { label, hideLabel, optional, description, error, placeholder, rows = 3, className, inputRef, ...rest } = props;
  return (
    <AriaTextField {...withKeys(rest)} isInvalid={error !== undefined && error !== ''} className={classNames('field', className)}>
      <FieldLabel label={label} {...flags(hideLabel, optional)} />
      <div className="field__box">
        <GrowingArea rows={rows} value={rest.value} placeholder={placeholder} inputRef={inputRef} />
      </div>
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
    </AriaTextField>
  );
}

interface GrowingAreaProps {
  readonly rows: number;
  readonly value: string | undefined;
  readonly placeholder: string | undefined;
  readonly inputRef: Ref<HTMLTextAreaElement> | undefined;
}

function GrowingArea({ rows, value, placeholder, inputRef }: GrowingAreaProps) {
  const own = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(inputRef, () => own.current, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => grow(own.current), [value]);
  return (
    <AriaTextArea
      ref={own}
      className="field__input field__area"
      rows={rows}
      onInput={(event) => grow(event.currentTarget)}
      {...(placeholder === undefined ? {} : { placeholder })}
    />
  );
}

/** As tall as the text, but never less than its rows. */
function grow(area: HTMLTextAreaElement | null): void {
  if (area === null || area.offsetParent === null) return;
  area.style.blockSize = 'auto';
  area.style.blockSize = `${area.scrollHeight}px`;
}

export interface SearchFieldProps extends Bare<AriaSearchFieldProps> {
  readonly label: string;
  readonly placeholder?: string;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** Escape clears it. The label is for screen readers and stands in as placeholder. */
export function SearchField({ label, placeholder, className, inputRef, ...rest }: SearchFieldProps) {
  return (
    <AriaSearchField {...rest} aria-label={label} className={classNames('field', 'search-field', className)}>
      {({ isEmpty }) => (
        <div className="field__box">
          <Search aria-hidden="true" className="field__lead" />
          <Input className="field__input" placeholder={placeholder ?? label} {...(inputRef === undefined ? {} : { ref: inputRef })} />
          {isEmpty ? null : (
            <Button className="field__stepper" aria-label={t('common.clear')}>
              <X aria-hidden="true" />
            </Button>
          )}
        </div>
      )}
    </AriaSearchField>
  );
}

/** Who listens to a field's keys does not keep them: Escape still closes the dialog around it. The library stops them otherwise. */
function withKeys<P extends Pick<AriaTextFieldProps, 'onKeyDown' | 'onKeyUp'>>(props: P): P {
  const { onKeyDown, onKeyUp } = props;
  return {
    ...props,
    ...(onKeyDown === undefined ? {} : { onKeyDown: goingOn(onKeyDown) }),
    ...(onKeyUp === undefined ? {} : { onKeyUp: goingOn(onKeyUp) }),
  };
}

function goingOn(listen: (event: KeyboardEvent) => void): (event: KeyboardEvent) => void {
  return (event) => {
    event.continuePropagation();
    listen(event);
  };
}

function flags(hideLabel: boolean | undefined, optional: boolean | undefined): Pick<FieldProps, 'hideLabel' | 'optional'> {
  return { ...(hideLabel === undefined ? {} : { hideLabel }), ...(optional === undefined ? {} : { optional }) };
}
