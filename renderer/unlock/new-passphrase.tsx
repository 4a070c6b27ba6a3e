import { t } from '../i18n/translate.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { StrengthMeter, useStrength } from './strength-meter.tsx';

export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
}

export const emptyPassphrase: NewPassphrase = { first: '', second: '' };

export interface NewPassphraseFieldsProps {
  readonly value: NewPassphrase;
  readonly onChange: (value: NewPassphrase) => void;
  /** Words that count as known: names, e-mail. */
  readonly userInputs: readonly string[];
  readonly label: string;
  readonly repeatLabel: string;
}

/** A new passphrase twice, with its strength. */
export function NewPassphraseFields({ value, onChange, userInputs, label, repeatLabel }: NewPassphraseFieldsProps) {
  const strength = useStrength(value.first, userInputs);
  const mismatch = value.second !== '' && !value.first.startsWith(value.second);
  return (
    <>
      <PassphraseField label={label} value={value.first} onChange={(first) => onChange({ ...value, first })} isNew />
      <StrengthMeter strength={strength} />
      <PassphraseField
        label={repeatLabel}
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
        isNew
        {...(mismatch ? { error: t('unlock.create.mismatch') } : {})}
      />
    </>
  );
}

/** Whether both are the same and not empty. How strong it must be is the vault's decision. */
export function isRepeated({ first, second }: NewPassphrase): boolean {
  return first !== '' && first === second;
}
