import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Task } from '../../shared/domain/plan.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';

export interface NewTaskProps {
  readonly auditId: AuditId;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (task: Task) => void;
}

/** Asks for the title only; everything else is filled in beside the plan. */
export function NewTask({ auditId, isOpen, onClose, onCreated }: NewTaskProps) {
  const [title, setTitle] = useState('');
  const close = () => {
    setTitle('');
    onClose();
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={t('plan.new')}
      action={t('plan.new.create')}
      isDisabled={title.trim() === ''}
      onConfirm={async () => onCreated(await call('plan.create', { auditId, fields: { title: title.trim() } }))}
    >
      <TextField
        label={t('plan.new.title')}
        placeholder={t('plan.new.placeholder')}
        value={title}
        onChange={setTitle}
        maxLength={400}
        autoFocus
      />
    </ConfirmDialog>
  );
}
