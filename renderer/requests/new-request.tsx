import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { EvidenceRequest } from '../../shared/domain/request.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';

export interface NewRequestProps {
  readonly auditId: AuditId;
  readonly isOpen: boolean;
  /** The control it will be for, when the list is narrowed to one. */
  readonly control: ControlRow | null;
  readonly onClose: () => void;
  readonly onCreated: (request: EvidenceRequest) => void;
}

/** Asks for what is wanted only; everything else is filled in beside the list. */
export function NewRequest({ auditId, isOpen, control, onClose, onCreated }: NewRequestProps) {
  const [title, setTitle] = useState('');
  const close = () => {
    setTitle('');
    onClose();
  };
  const create = async () => {
    const controls = control === null ? [] : [{ packId: control.packId, controlId: control.controlId }];
    onCreated(await call('requests.create', { auditId, fields: { title: title.trim() }, controls, evidence: [] }));
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={t('requests.new')}
      action={t('requests.new.create')}
      isDisabled={title.trim() === ''}
      onConfirm={create}
    >
      <TextField
        label={t('requests.new.title')}
        placeholder={t('requests.new.placeholder')}
        value={title}
        onChange={setTitle}
        maxLength={400}
        autoFocus
        {...(control === null ? {} : { description: t('requests.new.control', { citation: control.citation }) })}
      />
    </ConfirmDialog>
  );
}
