import { type ReactNode, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, ProgressPanel, TextField } from '../ui/index.ts';
import { type LongTask, useLongTask } from '../use-long-task.ts';

export interface HandOutDialogProps {
  readonly title: string;
  /** What will lie where in the clear. */
  readonly children: ReactNode;
  /** What is handed out and how, below the reason. */
  readonly options?: ReactNode;
  /** False while the options do not say enough. */
  readonly isReady?: boolean;
  /** Asks for the place and writes; says whether it was done. */
  readonly handOut: (task: LongTask, reason: string) => Promise<boolean>;
  readonly onClose: () => void;
}

/** Something leaves the vault in the clear: asks why, then where, and shows how far it is. */
export function HandOutDialog({ title, children, options, isReady = true, handOut, onClose }: HandOutDialogProps) {
  const [reason, setReason] = useState('');
  const [pickError, setPickError] = useState<unknown>(null);
  const task = useLongTask();
  const error = pickError ?? task.error;
  const run = async () => {
    setPickError(null);
    try {
      if (await handOut(task, reason.trim())) onClose();
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
      title={title}
      size={options === undefined ? 'small' : 'medium'}
      onSubmit={() => void run()}
      actions={
        task.running ? undefined : (
          <>
            <Button onPress={close}>{t('common.cancel')}</Button>
            <Button type="submit" variant="primary" isDisabled={reason.trim() === '' || !isReady}>
              {t('evidence.export.choose')}
            </Button>
          </>
        )
      }
    >
      <p>{children}</p>
      <TextField
        label={t('evidence.export.reason')}
        value={reason}
        onChange={setReason}
        maxLength={400}
        autoFocus
        isReadOnly={task.running}
      />
      {task.running ? null : options}
      {task.running ? <ProgressPanel label={t('evidence.export.running')} progress={task.progress} onCancel={task.cancel} /> : null}
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
