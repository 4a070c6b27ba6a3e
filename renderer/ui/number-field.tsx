import { Minus, Plus } from 'lucide-react';
import { NumberField as AriaNumberField, type NumberFieldProps as AriaNumberFieldProps, Button, Input } from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field-parts.tsx';

export interface NumberFieldProps
  extends Omit<AriaNumberFieldProps, 'className' | 'style' | 'children' | 'isInvalid' | 'value' | 'onChange'>,
    FieldProps {
  /** Null while empty. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly className?: string;
}

export function NumberField(props: NumberFieldProps) {
  const { label, hideLabel, optional, description, error, value, onChange, className, ...rest } = props;
  return (
    <AriaNumberField
      {...rest}
      value={value ?? Number.NaN}
      onChange={(next) => onChange(Number.isNaN(next) ? null : next)}
      isInvalid={error !== undefined && error !== ''}
      className={classNames('field', className)}
    >
      <FieldLabel label={label} {...(hideLabel === undefined ? {} : { hideLabel })} {...(optional === undefined ? {} : { optional })} />
      <div className="field__box">
        <Input className="field__input numeric" />
        <div className="field__steppers">
          <Button slot="decrement" className="field__stepper" aria-label={t('common.number.less')}>
            <Minus aria-hidden="true" />
          </Button>
          <Button slot="increment" className="field__stepper" aria-label={t('common.number.more')}>
            <Plus aria-hidden="true" />
          </Button>
        </div>
      </div>
      <FieldNotes description={description} {...(error === undefined ? {} : { error })} />
    </AriaNumberField>
  );
}
