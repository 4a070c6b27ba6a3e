import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, ProgressPanel, showToast, TextField } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';

/** Writes the original out of the vault: asks why, then where. */
export function ExportButton({ evidence }: { readonly evidence: Evidence }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Download aria-hidden="true" />} onPress={() => setOpen(true)}>
        {t('evidence.export')}
      </Button>
      {open ? <ExportDialog evidence={evidence} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ExportDialog({ evidence, onClose }: { readonly evidence: Evidence; readonly onClose: () => void }) {
  const [reason, setReason] = useState('');
  const [pickError, setPickError] = useState<unknown>(null);
  const task = useLongTask();
  const error = pickError ?? task.error;
  const run = async () => {
    setPickError(null);
    try {
      const picked = await shell('pickSave', { kind: 'original', suggestedName: evidence.originalName.slice(0, 400) });
      if (picked === null) return;
      const written = await task.run('evidence.exportOriginal', { evidenceId: evidence.id, token: picked.token, reason: reason.trim() });
      if (written === null) return;
      showToast({ title: t('evidence.exported', { name: written.name }), tone: 'success' });
      onClose();
    } catch (thrown) {
      setPickError(thrown);
    }
  };
  const close = () => {
    task.cancel();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('evidence.export.title', { name: evidence.originalName })}
      size="small"
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            <Button onPress={close}>{t('common.cancel')}</Button>
            <Button type="submit" variant="primary" isDisabled={reason.trim() === ''}>
              {t('evidence.export.choose')}
            </Button>
          </>
        )
      }
    >
      <p>{t('evidence.export.text')}</p>
      <TextField
        label={t('evidence.export.reason')}
        value={reason}
        onChange={setReason}
        maxLength={400}
        autoFocus
        isReadOnly={task.running}
      />
      {task.running ? <ProgressPanel label={t('evidence.export.running')} progress={task.progress} onCancel={task.cancel} /> : null}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
