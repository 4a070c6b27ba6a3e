import { useEffect, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Result } from '../../shared/ipc/contract.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Notice, ProgressPanel } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { idsOf } from './bulk-actions.ts';

export interface BulkVerifyDialogProps {
  readonly auditId: AuditId;
  readonly items: readonly Evidence[];
  readonly onClose: () => void;
}

/** Reads the sealed content of several pieces again, at once, and says which do not hold. */
export function BulkVerifyDialog({ auditId, items, onClose }: BulkVerifyDialogProps) {
  const task = useLongTask();
  const { run } = task;
  const [result, setResult] = useState<Result<'evidence.verifyMany'> | null>(null);
  // The pieces as they were when the dialog was opened: the list is made anew while they are verified.
  const [ids] = useState(() => idsOf(items));
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void run('evidence.verifyMany', { auditId, evidenceIds: ids }).then(setResult);
  }, [run, auditId, ids]);
  const close = () => {
    task.cancel();
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('register.verify.title', { count: ids.length })}
      size="small"
      actions={
        task.running ? undefined : (
          <Button autoFocus onPress={close}>
            {t('common.close')}
          </Button>
        )
      }
    >
      {task.running ? <ProgressPanel label={t('evidence.hash.verifying')} progress={task.progress} onCancel={task.cancel} /> : null}
      {result === null ? null : <Outcome result={result} wanted={ids.length} />}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </Dialog>
  );
}

function Outcome({ result, wanted }: { readonly result: Result<'evidence.verifyMany'>; readonly wanted: number }) {
  const { verified, damaged } = result;
  const rest = wanted - verified;
  return (
    <Notice
      tone={damaged.length > 0 ? 'error' : rest > 0 ? 'warning' : 'success'}
      title={damaged.length > 0 ? t('register.verify.damaged', { count: damaged.length }) : t('register.verify.ok', { count: verified })}
    >
      {damaged.length === 0 ? null : <p className="mono">{damaged.map(({ number }) => evidenceLabel(number)).join(', ')}</p>}
      {damaged.length === 0 ? null : <p>{t('register.verify.hint')}</p>}
      {rest > 0 ? <p>{t('register.verify.rest', { count: rest })}</p> : null}
    </Notice>
  );
}
