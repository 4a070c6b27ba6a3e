import './field.css';
import type { ReactNode } from 'react';
import { FieldError, Label, Text } from 'react-aria-components';
import { t } from '../i18n/translate.ts';

/** What every field has around its box. */
export interface FieldProps {
  readonly label: string;
  /** Hides the label from the eye but not from screen readers; for tables and toolbars. */
  readonly hideLabel?: boolean;
  readonly description?: ReactNode;
  /** What is wrong with the value; makes the field invalid. */
  readonly error?: string;
  /** Says "optional" beside the label. */
  readonly optional?: boolean;
}

export function FieldLabel({ label, hideLabel, optional }: Pick<FieldProps, 'label' | 'hideLabel' | 'optional'>) {
  return (
    <Label className={hideLabel ? 'visually-hidden' : 'field__label'}>
      {label}
      {optional ? <span className="field__optional">{t('common.optional')}</span> : null}
    </Label>
  );
}

export function FieldNotes({ description, error }: Pick<FieldProps, 'description' | 'error'>) {
  return (
    <>
      {description === undefined ? null : (
        <Text slot="description" className="field__description">
          {description}
        </Text>
      )}
      <FieldError className="field__error">{error}</FieldError>
    </>
  );
}
