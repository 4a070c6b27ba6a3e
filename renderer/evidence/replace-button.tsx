import { FilePlus2 } from 'lucide-react';
import { useState } from 'react';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, ProgressPanel, showToast, TextField } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { pictureAttached } from './picture/keep-picture.ts';

export interface ReplaceButtonProps {
  readonly evidence: Evidence;
  readonly onReplaced: (newer: EvidenceId) => void;
}

/** Attaches a newer revision, which takes over what rests on this one. Asks why. */
export function ReplaceButton(props: ReplaceButtonProps) {
  const [open, setOpen] = useState(false);
  if (props.evidence.supersededBy !== '') return null;
  return (
    <>
      <Button icon={<FilePlus2 aria-hidden="true" />} onPress={() => setOpen(true)}>
        {t('ways.replace')}
      </Button>
      {open ? <ReplaceDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ReplaceDialog({ evidence, onReplaced, onClose }: ReplaceButtonProps & { readonly onClose: () => void }) {
  const task = useLongTask();
  const [reason, setReason] = useState('');
  const [pickError, setPickError] = useState<unknown>(null);
  const error = pickError ?? task.error;
  const label = evidenceLabel(evidence.number);
  const run = async () => {
    setPickError(null);
    try {
      const picked = await shell('pickRevision');
      if (picked === null) return;
      const result = await task.run('evidence.replace', { evidenceId: evidence.id, token: picked.token, reason: reason.trim() });
      if (result?.evidence === null || result === null) return;
      pictureAttached([result.evidence]);
      showToast({ title: t('ways.replaced', { newer: evidenceLabel(result.evidence.number), label }), tone: 'success' });
      onClose();
      onReplaced(result.evidence.id);
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
      title={t('ways.replace.title', { label, title: evidence.title })}
      size="small"
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            <Button onPress={close}>{t('common.cancel')}</Button>
            <Button type="submit" variant="primary" isDisabled={reason.trim() === ''}>
              {t('ways.replace.choose')}
            </Button>
          </>
        )
      }
    >
      <p className="muted">{t('ways.replace.text', { label })}</p>
      <TextField label={t('ways.replace.reason')} value={reason} onChange={setReason} maxLength={400} autoFocus isReadOnly={task.running} />
      {task.running ? <ProgressPanel label={t('evidence.attaching')} progress={task.progress} onCancel={task.cancel} /> : null}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
