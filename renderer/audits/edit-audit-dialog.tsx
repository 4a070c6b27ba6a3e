import { useState } from 'react';
import type { Audit } from '../../shared/domain/audit.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, showToast } from '../ui/index.ts';
import { draftOf, fieldsOf, isComplete, NameFields, ScopeFields, SummaryFields } from './audit-fields.tsx';

/** Everything an auditor types about the engagement. The checklists are frozen into the audit and stay. */
export function EditAuditDialog({ audit, onClose }: { readonly audit: Audit; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(audit));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = isComplete(draft);
  const save = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      await call('audits.update', { auditId: audit.id, patch: fieldsOf(draft) });
      showToast({ title: t('audits.edit.saved'), tone: 'success' });
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('audits.edit')}
      size="large"
      onSubmit={() => void save()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={!ready}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <NameFields draft={draft} onChange={setDraft} />
      <ScopeFields draft={draft} onChange={setDraft} />
      <SummaryFields draft={draft} onChange={setDraft} />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
