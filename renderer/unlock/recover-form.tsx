import { ArrowLeft } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { PersonId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { vaultOpened } from '../session.ts';
import { Button, ErrorNotice, TextField } from '../ui/index.ts';
import { emptyPassphrase, isRepeated, NewPassphraseFields } from './new-passphrase.tsx';
import type { PickedVault } from './picked-vault.ts';

export interface RecoverFormProps {
  readonly picked: PickedVault;
  readonly personId: PersonId;
  readonly onBack: () => void;
}

/** The printed code and a new passphrase. */
export function RecoverForm({ picked, personId, onBack }: RecoverFormProps) {
  const [code, setCode] = useState('');
  const [next, setNext] = useState(emptyPassphrase);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const person = picked.vault.people.find((candidate) => candidate.id === personId);

  const recover = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      const { token } = picked;
      vaultOpened(await call('vault.recover', { token, personId, code, newPassphrase: next.first }), token);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <form className="unlock__form" onSubmit={(event) => void recover(event)}>
      <h2 className="unlock__name">{t('unlock.recover.title')}</h2>
      <p className="muted">{t('unlock.recover.text')}</p>
      <TextField
        label={t('unlock.recover.code')}
        value={code}
        onChange={setCode}
        description={t('unlock.recover.code.hint')}
        autoComplete="off"
        autoFocus
        mono
      />
      <NewPassphraseFields
        value={next}
        onChange={setNext}
        userInputs={[picked.vault.name, person?.name ?? '']}
        label={t('unlock.recover.next')}
        repeatLabel={t('unlock.recover.repeat')}
      />
      {error === null ? null : <ErrorNotice error={error} />}
      <Button type="submit" variant="primary" isPending={busy} isDisabled={code.trim() === '' || !isRepeated(next)}>
        {t('unlock.recover.run')}
      </Button>
      <div className="unlock__links">
        <Button variant="quiet" size="small" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
          {t('common.back')}
        </Button>
      </div>
    </form>
  );
}
