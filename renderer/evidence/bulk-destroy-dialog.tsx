import { useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, Notice, ProgressPanel, showToast, TextField } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { idsOf } from './bulk-actions.ts';

export interface BulkDestroyDialogProps {
  readonly auditId: AuditId;
  readonly items: readonly Evidence[];
  readonly onClose: () => void;
}

/** Names more than these help nobody decide; the number says how many there are. */
const mostNames = 200;

/** Destroys pieces that nothing rests on. Asks with their number and names, and for one reason. */
export function BulkDestroyDialog({ auditId, items, onClose }: BulkDestroyDialogProps) {
  const [reason, setReason] = useState('');
  const task = useLongTask();
  const today = isoDay(new Date());
  const early = items.filter((item) => item.retainUntil > today).length;
  const destroy = async () => {
    const result = await task.run('evidence.destroyMany', { auditId, evidenceIds: idsOf(items), reason });
    if (result === null) return;
    showToast({ title: t('register.destroyed', { count: result.destroyed }), tone: 'success' });
    onClose();
  };
  // What is destroyed when it is cancelled stays so; the toast says how many.
  const close = task.running ? task.cancel : onClose;
  const isDestroying = task.progress !== null && task.progress.done !== task.progress.total;
  return (
    <Dialog
      isOpen
      onClose={close}
      title={t('register.destroy.title', { count: items.length })}
      size="small"
      onSubmit={() => void destroy()}
      actions={
        <>
          <Button onPress={close}>{t('common.cancel')}</Button>
          <Button type="submit" variant="danger" isPending={task.running} isDisabled={reason.trim() === ''}>
            {t('register.destroy.action', { count: items.length })}
          </Button>
        </>
      }
    >
      {early > 0 ? <Notice tone="warning" title={t('register.destroy.early', { count: early })} /> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls has to be reached by keyboard */}
      <ul className="bulk-names" tabIndex={0} aria-label={t('register.destroy.names')}>
        {items.slice(0, mostNames).map((item) => (
          <li key={item.id} className="truncate">
            <span className="mono">{evidenceLabel(item.number)}</span> {item.title}
          </li>
        ))}
        {items.length > mostNames ? <li className="muted">{t('register.destroy.more', { count: items.length - mostNames })}</li> : null}
      </ul>
      <p>{t('register.destroy.text')}</p>
      <TextField label={t('evidence.destroy.reason')} value={reason} onChange={setReason} maxLength={400} autoFocus />
      {isDestroying ? (
        <>
          <ProgressPanel label={t('register.destroy.running')} progress={task.progress} />
          <p className="muted">{t('register.destroy.cancel')}</p>
        </>
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </Dialog>
  );
}
