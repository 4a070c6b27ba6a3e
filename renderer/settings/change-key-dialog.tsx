import { useState } from 'react';
import type { Person } from '../../shared/domain/person.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, ProgressPanel, showToast } from '../ui/index.ts';
import { PassphraseField } from '../unlock/passphrase-field.tsx';
import { useLongTask } from '../use-long-task.ts';

export interface ChangeKeyDialogProps {
  /** Whose access ends with the old key, or nobody's. */
  readonly person: Person | null;
  readonly onClose: () => void;
}

/** Asks for the passphrase, then changes the vault key; with a person, their access ends. */
export function ChangeKeyDialog({ person, onClose }: ChangeKeyDialogProps) {
  const [passphrase, setPassphrase] = useState('');
  const task = useLongTask();
  const title = person === null ? t('settings.key.change') : t('settings.key.remove.title', { name: person.name });
  const action = person === null ? t('settings.key.change') : t('settings.key.remove');
  const change = async () => {
    if (passphrase === '' || task.running) return;
    const state = await task.run('vault.changeKey', { passphrase, remove: person === null ? [] : [person.id] });
    if (state === null) return;
    showToast({ title: person === null ? t('settings.key.changed') : t('settings.key.removed', { name: person.name }), tone: 'success' });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={task.running ? task.cancel : onClose}
      title={title}
      size="small"
      onSubmit={() => void change()}
      actions={
        <>
          <Button onPress={task.running ? task.cancel : onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant={person === null ? 'primary' : 'danger'} isPending={task.running} isDisabled={passphrase === ''}>
            {action}
          </Button>
        </>
      }
    >
      <p className="muted">{person === null ? t('settings.key.text') : t('settings.key.remove.text', { name: person.name })}</p>
      {task.running ? (
        <ProgressPanel
          label={t('settings.key.step.verify')}
          progress={task.progress === null ? null : { ...task.progress, label: stepName(task.progress.label) }}
        />
      ) : (
        <PassphraseField label={t('settings.passphrase.current')} value={passphrase} onChange={setPassphrase} autoFocus />
      )}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </Dialog>
  );
}

function stepName(step: string): string {
  const key = `settings.key.step.${step}`;
  return hasMessage(key) ? t(key) : '';
}
