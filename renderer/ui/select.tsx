import './popover.css';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { Select as AriaSelect, Button, ListBox, ListBoxItem, Popover, SelectValue } from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field-parts.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string;
  readonly icon?: ReactNode;
}

export interface SelectProps<Value extends string> extends FieldProps {
  readonly options: readonly Option<Value>[];
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel, optional, description, error, options, value, onChange, placeholder, isDisabled, className } = props;
  return (
    <AriaSelect
      className={classNames('field', className)}
      value={value}
      onChange={(key) => {
        const option = options.find((candidate) => candidate.value === key);
        if (option !== undefined) onChange(option.value);
      }}
      placeholder={placeholder ?? t('common.choose')}
      isDisabled={isDisabled ?? false}
      isInvalid={error !== undefined && error !== ''}
    >
      <FieldLabel label={label} {...(hideLabel === undefined ? {} : { hideLabel })} {...(optional === undefined ? {} : { optional })} />
      <div className="field__box">
        <Button className="field__trigger">
          <SelectValue className="field__value">{({ defaultChildren, selectedText }) => selectedText || defaultChildren}</SelectValue>
          <ChevronDown aria-hidden="true" />
        </Button>
      </div>
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
      <Popover className="popover">
        <ListBox className="popover__list" items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem className="popover__item" textValue={option.label}>
              {({ isSelected }) => (
                <>
                  {option.icon}
                  <span className="popover__text">
                    {option.label}
                    {option.description === undefined ? null : <span className="popover__description">{option.description}</span>}
                  </span>
                  {isSelected ? <Check aria-hidden="true" /> : null}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
