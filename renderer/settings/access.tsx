import { KeyRound, Printer } from 'lucide-react';
import { useState } from 'react';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, NumberField, Section, showError, showToast } from '../ui/index.ts';
import { emptyPassphrase, isRepeated, NewPassphraseFields } from '../unlock/new-passphrase.tsx';
import { PassphraseField } from '../unlock/passphrase-field.tsx';
import { RecoverySheetDialog } from './recovery-sheet-dialog.tsx';

/** My passphrase, my recovery code, and when the window locks by itself. */
export function Access({ vault }: { readonly vault: OpenVault }) {
  const [open, setOpen] = useState<'passphrase' | 'recovery' | null>(null);
  const close = () => setOpen(null);
  return (
    <Section title={t('settings.access')}>
      <div className="settings__pair">
        <AutoLock vault={vault} />
        <Button icon={<KeyRound aria-hidden="true" />} onPress={() => setOpen('passphrase')}>
          {t('settings.passphrase.change')}
        </Button>
        <Button icon={<Printer aria-hidden="true" />} onPress={() => setOpen('recovery')}>
          {t('settings.recovery.new')}
        </Button>
      </div>
      {open === 'passphrase' ? <ChangePassphraseDialog vault={vault} onClose={close} /> : null}
      {open === 'recovery' ? <NewRecoveryDialog vault={vault} onClose={close} /> : null}
    </Section>
  );
}

function AutoLock({ vault }: { readonly vault: OpenVault }) {
  const save = async (minutes: number | null) => {
    if (minutes === null || minutes === vault.autoLockMinutes) return;
    try {
      await call('vault.setAutoLock', { minutes });
      await shell('setAutoLock', { minutes });
      showToast({ title: t('settings.autoLock.saved', { count: minutes }), tone: 'success' });
    } catch (error) {
      showError(error);
    }
  };
  return (
    <NumberField
      label={t('settings.autoLock')}
      value={vault.autoLockMinutes}
      onChange={(minutes) => void save(minutes)}
      minValue={1}
      maxValue={240}
    />
  );
}

interface AccessDialogProps {
  readonly vault: OpenVault;
  readonly onClose: () => void;
}

function ChangePassphraseDialog({ vault, onClose }: AccessDialogProps) {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState(emptyPassphrase);
  const { busy, error, attempt } = useAttempt();
  const ready = current !== '' && isRepeated(next);
  const change = () =>
    attempt(async () => {
      await call('vault.changePassphrase', { current, next: next.first });
      showToast({ title: t('settings.passphrase.changed'), tone: 'success' });
      onClose();
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.passphrase.change')}
      size="small"
      onSubmit={() => void (ready ? change() : undefined)}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={!ready}>
            {t('settings.passphrase.change')}
          </Button>
        </>
      }
    >
      <PassphraseField label={t('settings.passphrase.current')} value={current} onChange={setCurrent} autoFocus />
      <NewPassphraseFields
        value={next}
        onChange={setNext}
        userInputs={[vault.name, vault.me.name, vault.me.email]}
        label={t('settings.passphrase.next')}
        repeatLabel={t('settings.passphrase.repeat')}
      />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

function NewRecoveryDialog({ vault, onClose }: AccessDialogProps) {
  const [passphrase, setPassphrase] = useState('');
  const [code, setCode] = useState<string | null>(null);
  const { busy, error, attempt } = useAttempt();
  const make = () => attempt(async () => setCode((await call('vault.newRecoveryCode', { passphrase })).recoveryCode));
  if (code !== null) {
    return (
      <RecoverySheetDialog
        title={t('unlock.sheet.title')}
        text={t('unlock.create.recovery.text')}
        vaultName={vault.name}
        personName={vault.me.name}
        code={code}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.recovery.new')}
      size="small"
      onSubmit={() => void (passphrase === '' ? undefined : make())}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={passphrase === ''}>
            {t('settings.recovery.new')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('settings.recovery.text')}</p>
      <PassphraseField label={t('settings.passphrase.current')} value={passphrase} onChange={setPassphrase} autoFocus />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

/** Busy and error of one thing that is being tried. */
function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    }
    setBusy(false);
  };
  return { busy, error, attempt };
}
