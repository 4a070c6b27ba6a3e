import { useState } from 'react';
import { type Role, roles } from '../../shared/domain/person.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, ErrorNotice, RadioGroup, TextField } from '../ui/index.ts';
import { emptyPassphrase, isRepeated, NewPassphraseFields } from '../unlock/new-passphrase.tsx';
import { RecoverySheetDialog } from './recovery-sheet-dialog.tsx';

/** Adds a person, then shows their recovery code once. */
export function AddPersonDialog({ vault, onClose }: { readonly vault: OpenVault; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<Role>('auditor');
  const [passphrase, setPassphrase] = useState(emptyPassphrase);
  const [recoveryCode, setRecoveryCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = name.trim() !== '' && /^\S+@\S+$/.test(email) && isRepeated(passphrase);

  const add = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const added = await call('people.add', { name: name.trim(), email, role, passphrase: passphrase.first });
      setRecoveryCode(added.recoveryCode);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  if (recoveryCode !== null) {
    return (
      <RecoverySheetDialog
        title={t('settings.person.sheet', { name })}
        text={t('settings.person.sheet.text')}
        vaultName={vault.name}
        personName={name}
        code={recoveryCode}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('settings.people.add')}
      onSubmit={() => void add()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={!ready}>
            {name.trim() === '' ? t('common.add') : t('settings.person.add', { name: name.trim() })}
          </Button>
        </>
      }
    >
      <TextField label={t('settings.people.name')} value={name} onChange={setName} autoFocus />
      <TextField label={t('settings.people.email')} type="email" value={email} onChange={setEmail} />
      <RadioGroup
        label={t('settings.people.role')}
        value={role}
        onChange={setRole}
        options={roles.map((value) => ({ value, label: t(`common.role.${value}`), description: t(`settings.role.${value}`) }))}
      />
      <p className="muted">{t('settings.person.passphrase.text')}</p>
      <NewPassphraseFields
        value={passphrase}
        onChange={setPassphrase}
        userInputs={[vault.name, name, email]}
        label={t('settings.person.passphrase')}
        repeatLabel={t('settings.person.repeat')}
      />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
