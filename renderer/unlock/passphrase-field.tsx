import { Eye, EyeOff } from 'lucide-react';
import { type KeyboardEvent, type Ref, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { IconButton, TextField } from '../ui/index.ts';

export interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error?: string;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  readonly isNew?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A secret: can be shown, and says when caps lock is on. */
export function PassphraseField(props: PassphraseFieldProps) {
  const { label, value, onChange, error, isDisabled = false, autoFocus = false, isNew = false, inputRef } = props;
  const [shown, setShown] = useState(false);
  const [capsLock, setCapsLock] = useState(false);
  const watch = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      type={shown ? 'text' : 'password'}
      autoComplete={isNew ? 'new-password' : 'current-password'}
      // The caret belongs here: it is what the screen was opened for.
      autoFocus={autoFocus}
      isDisabled={isDisabled}
      onKeyDown={watch}
      onKeyUp={watch}
      {...(error === undefined ? {} : { error })}
      {...(inputRef === undefined ? {} : { inputRef })}
      {...(capsLock ? { description: t('unlock.capsLock') } : {})}
      after={
        <IconButton
          label={t(shown ? 'unlock.conceal' : 'unlock.reveal')}
          icon={shown ? <EyeOff aria-hidden="true" /> : <Eye aria-hidden="true" />}
          size="small"
          onPress={() => setShown(!shown)}
        />
      }
    />
  );
}
