import { useState } from 'react';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';
import type { RecordKind } from './kind.ts';

export interface NewRecordProps {
  readonly kind: RecordKind;
  readonly isOpen: boolean;
  /** Said under the title, such as what it will be linked to. */
  readonly description?: string | undefined;
  readonly onClose: () => void;
  /** Makes it. The dialog stays open with the error when this fails. */
  readonly onCreate: (title: string) => Promise<void>;
}

/** Asks for the title only; everything else is filled in beside the list. */
export function NewRecord({ kind, isOpen, description, onClose, onCreate }: NewRecordProps) {
  const [title, setTitle] = useState('');
  const close = () => {
    setTitle('');
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={t(`${kind}.new`)}
      action={t(`${kind}.new.create`)}
      isDisabled={title.trim() === ''}
      onConfirm={() => onCreate(title.trim())}
    >
      <TextField
        label={t(`${kind}.new.title`)}
        placeholder={t(`${kind}.new.placeholder`)}
        value={title}
        onChange={setTitle}
        maxLength={400}
        autoFocus
        {...(description === undefined ? {} : { description })}
      />
    </ConfirmDialog>
  );
}
