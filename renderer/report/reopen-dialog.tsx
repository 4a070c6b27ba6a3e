import { useState } from 'react';
import type { AuditSummary } from '../../shared/domain/audit.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { TextArea } from '../ui/text-field.tsx';
import { showToast } from '../ui/toast.tsx';

export interface ReopenDialogProps {
  readonly isOpen: boolean;
  readonly audit: AuditSummary;
  readonly onClose: () => void;
}

/** Asks for the reason and takes the audit back to fieldwork as a new revision. */
export function ReopenDialog({ isOpen, audit, onClose }: ReopenDialogProps) {
  const [reason, setReason] = useState('');
  const revision = audit.revision + 1;
  const reopen = async () => {
    await call('reports.reopen', { auditId: audit.id, reason: reason.trim() });
    showToast({ title: t('report.reopen.done', { revision }), tone: 'success' });
    setReason('');
  };
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t('report.reopen.title', { title: audit.title, revision })}
      action={t('report.reopen')}
      isDisabled={reason.trim().length < 3}
      onConfirm={reopen}
    >
      <p>{t('report.reopen.text')}</p>
      <TextArea
        label={t('report.reopen.reason')}
        placeholder={t('report.reopen.reason.placeholder')}
        value={reason}
        onChange={setReason}
        maxLength={400}
        rows={2}
        autoFocus
      />
    </ConfirmDialog>
  );
}
