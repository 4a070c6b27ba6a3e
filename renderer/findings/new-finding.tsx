import { useState } from 'react';
import type { Finding } from '../../shared/domain/finding.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/text-field.tsx';

export interface NewFindingProps {
  readonly auditId: AuditId;
  readonly isOpen: boolean;
  /** The control it will be linked to, when the register is narrowed to one. */
  readonly control: ControlRow | null;
  readonly onClose: () => void;
  readonly onCreated: (finding: Finding) => void;
}

/** Asks for the title only; everything else is filled in beside the register. */
export function NewFinding({ auditId, isOpen, control, onClose, onCreated }: NewFindingProps) {
  const [title, setTitle] = useState('');
  const close = () => {
    setTitle('');
    onClose();
  };
  const create = async () => {
    const controls = control === null ? [] : [{ packId: control.packId, controlId: control.controlId }];
    onCreated(await call('findings.create', { auditId, fields: { title: title.trim() }, controls, evidence: [] }));
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={close}
      title={t('findings.new')}
      action={t('findings.new.create')}
      isDisabled={title.trim() === ''}
      onConfirm={create}
    >
      <TextField
        label={t('findings.new.title')}
        placeholder={t('findings.new.placeholder')}
        value={title}
        onChange={setTitle}
        maxLength={400}
        autoFocus
        {...(control === null ? {} : { description: t('findings.new.control', { citation: control.citation }) })}
      />
    </ConfirmDialog>
  );
}
