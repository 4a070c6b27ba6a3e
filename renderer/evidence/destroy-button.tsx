import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { call } from '../bridge.ts';
import { formatDate, isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, ConfirmDialog, Notice, showToast, TextField } from '../ui/index.ts';
import { CopiesWarning } from './redact/related.tsx';
import { isUnlinked } from './relations.ts';

/** Destroys evidence that nothing rests on. Asks with its name and for the reason. */
export function DestroyButton({ evidence, onDestroyed }: { readonly evidence: Evidence; readonly onDestroyed: () => void }) {
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const label = evidenceLabel(evidence.number);
  // What is linked to a newer revision goes back to the one it replaced.
  const linked = !isUnlinked(evidence) && evidence.supersedes === '';
  return (
    <>
      <Button icon={<Trash2 aria-hidden="true" />} isDisabled={linked} onPress={() => setOpen(true)}>
        {t('evidence.destroy')}
      </Button>
      {linked ? <p className="muted evidence-detail__why">{t('evidence.destroy.linked')}</p> : null}
      <ConfirmDialog
        isOpen={open}
        onClose={() => {
          setOpen(false);
          setReason('');
        }}
        title={t('evidence.destroy.title', { label, title: evidence.title })}
        action={t('evidence.destroy.action')}
        danger
        isDisabled={reason.trim() === ''}
        onConfirm={async () => {
          await call('evidence.destroy', { evidenceId: evidence.id, reason });
          showToast({ title: t('evidence.destroyed', { label }), tone: 'success' });
          onDestroyed();
        }}
      >
        {evidence.retainUntil > isoDay(new Date()) ? (
          <Notice tone="warning" title={t('evidence.destroy.early', { day: formatDate(evidence.retainUntil) })} />
        ) : null}
        <CopiesWarning evidence={evidence} />
        <p>{t('evidence.destroy.text')}</p>
        {evidence.supersedes === '' || isUnlinked(evidence) ? null : <p>{t('ways.destroy.revision')}</p>}
        <TextField label={t('evidence.destroy.reason')} value={reason} onChange={setReason} maxLength={400} autoFocus />
      </ConfirmDialog>
    </>
  );
}
