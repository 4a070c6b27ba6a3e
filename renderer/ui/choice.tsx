import './choice.css';
import { Check, Minus } from 'lucide-react';
import type { ReactNode } from 'react';
import {
  Checkbox as AriaCheckbox,
  type CheckboxProps as AriaCheckboxProps,
  RadioGroup as AriaRadioGroup,
  Label,
  Radio,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field-parts.tsx';
import type { Option } from './select.tsx';

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'className' | 'style' | 'children'> {
  readonly children: ReactNode;
  readonly className?: string;
}

export function Checkbox({ children, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={classNames('checkbox', className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="checkbox__box" aria-hidden="true">
            {isIndeterminate ? <Minus /> : isSelected ? <Check /> : null}
          </span>
          <span className="checkbox__text">{children}</span>
        </>
      )}
    </AriaCheckbox>
  );
}

export interface RadioGroupProps<Value extends string> extends FieldProps {
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

/** One of a few, each on its own line with a description. */
export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, hideLabel, optional, description, error, options, value, onChange, isDisabled, className } = props;
  return (
    <AriaRadioGroup
      className={classNames('field', className)}
      value={value}
      onChange={(next) => choose(options, next, onChange)}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined && error !== ''}
    >
      <FieldLabel label={label} {...(hideLabel === undefined ? {} : { hideLabel })} {...(optional === undefined ? {} : { optional })} />
      {options.map((option) => (
        <Radio key={option.value} value={option.value} className="radio">
          <span className="radio__dot" aria-hidden="true" />
          <span className="radio__text">
            {option.label}
            {option.description === undefined ? null : <span className="radio__description">{option.description}</span>}
          </span>
        </Radio>
      ))}
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
    </AriaRadioGroup>
  );
}

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  /** Shows the label above the row; otherwise it is only read out. */
  readonly showLabel?: boolean;
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
  readonly size?: 'medium' | 'small';
  readonly className?: string;
}

/** One of a few in a row of joined buttons; arrow keys move. */
export function Segmented<Value extends string>(props: SegmentedProps<Value>) {
  const { label, showLabel, options, value, onChange, isDisabled, size = 'medium', className } = props;
  return (
    <AriaRadioGroup
      className={classNames('field', className)}
      orientation="horizontal"
      value={value}
      onChange={(next) => choose(options, next, onChange)}
      isDisabled={isDisabled ?? false}
    >
      <Label className={showLabel ? 'field__label' : 'visually-hidden'}>{label}</Label>
      <div className={classNames('segmented', size === 'small' && 'segmented--small')}>
        {options.map((option) => (
          <Radio key={option.value} value={option.value} className="segmented__option">
            {option.icon}
            {option.label}
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

function choose<Value extends string>(options: readonly Option<Value>[], chosen: string, onChange: (value: Value) => void): void {
  const option = options.find((candidate) => candidate.value === chosen);
  if (option !== undefined) onChange(option.value);
}
