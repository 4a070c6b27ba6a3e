import { useState } from 'react';
import type { Finding } from '../../shared/domain/finding.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, TextArea, TextField } from '../ui/index.ts';
import { named } from './controller.ts';

export interface FindingDialogProps {
  readonly auditId: AuditId;
  readonly detail: ControlDetail;
  readonly onClose: () => void;
  readonly onCreated: (finding: Finding) => void;
}

/** Begins a finding at a control: title and condition; what the control asks for becomes the criteria. */
export function FindingDialog({ auditId, detail, onClose, onCreated }: FindingDialogProps) {
  const { control, answer } = detail;
  const [title, setTitle] = useState(t('walkthrough.finding.default', { title: control.title }));
  const [condition, setCondition] = useState(answer.rationale);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = async () => {
    setBusy(true);
    setError(null);
    const criteria = `${control.citations.join(', ')}: ${control.objective}`;
    try {
      onCreated(
        await call('findings.create', { auditId, fields: { title, condition, criteria }, controls: [named(answer)], evidence: [] }),
      );
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('walkthrough.finding.new')}
      onSubmit={() => void create()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={title.trim() === ''}>
            {t('walkthrough.finding.create')}
          </Button>
        </>
      }
    >
      <p className="muted mono">{control.citations.join(', ')}</p>
      <TextField label={t('walkthrough.finding.title')} value={title} onChange={setTitle} maxLength={400} autoFocus />
      <TextArea
        label={t('walkthrough.finding.condition')}
        description={t('walkthrough.finding.condition.hint')}
        value={condition}
        onChange={setCondition}
        rows={5}
      />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
