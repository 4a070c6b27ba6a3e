import { ArrowLeft, FolderPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { PickedFile } from '../../shared/ipc/shell.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { vaultOpened } from '../session.ts';
import { Button, ErrorNotice, TextField } from '../ui/index.ts';
import { emptyPassphrase, isRepeated, NewPassphraseFields } from './new-passphrase.tsx';
import { RecoverySheet } from './recovery-sheet.tsx';

interface Created {
  readonly vault: OpenVault;
  readonly recoveryCode: string;
}

/** Three steps: name and place, person and passphrase, recovery sheet. */
export function CreateVault({ onBack }: { readonly onBack: () => void }) {
  const [step, setStep] = useState<1 | 2 | 3>(1);
  const [name, setName] = useState('');
  const [folder, setFolder] = useState<PickedFile | null>(null);
  const [created, setCreated] = useState<Created | null>(null);
  return (
    <div className="unlock__form">
      <p className="overline">{t('unlock.step', { step, total: 3 })}</p>
      {step === 1 ? (
        <PlaceStep name={name} onName={setName} folder={folder} onFolder={setFolder} onBack={onBack} onNext={() => setStep(2)} />
      ) : null}
      {step === 2 && folder !== null ? (
        <PersonStep
          name={name}
          folder={folder}
          onBack={() => setStep(1)}
          onCreated={(result) => {
            setCreated(result);
            setStep(3);
          }}
        />
      ) : null}
      {step === 3 && created !== null && folder !== null ? <RecoveryStep created={created} token={folder.token} /> : null}
    </div>
  );
}

interface PlaceStepProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly folder: PickedFile | null;
  readonly onFolder: (folder: PickedFile | null) => void;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

function PlaceStep({ name, onName, folder, onFolder, onBack, onNext }: PlaceStepProps) {
  const [error, setError] = useState<unknown>(null);
  const choose = async () => {
    setError(null);
    try {
      const picked = await shell('pickNewVault', { name: name.trim() });
      if (picked !== null) onFolder(picked);
    } catch (thrown) {
      setError(thrown);
    }
  };
  const rename = (next: string) => {
    onName(next);
    // The folder carries the name, so another name needs another place.
    onFolder(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (folder === null) void choose();
    else onNext();
  };
  return (
    <form className="unlock__step" onSubmit={submit}>
      <h2 className="unlock__name">{t('unlock.create.place')}</h2>
      <TextField label={t('unlock.create.name')} value={name} onChange={rename} description={t('unlock.create.name.hint')} autoFocus />
      <div className="row">
        <Button icon={<FolderPlus aria-hidden="true" />} isDisabled={name.trim() === ''} onPress={() => void choose()}>
          {t('unlock.create.choose')}
        </Button>
        {folder === null ? null : <span className="muted">{t('unlock.create.chosen', { name: folder.name })}</span>}
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
      <StepButtons onBack={onBack} next={t('common.next')} isDisabled={folder === null} />
    </form>
  );
}

interface PersonStepProps {
  readonly name: string;
  readonly folder: PickedFile;
  readonly onBack: () => void;
  readonly onCreated: (created: Created) => void;
}

function PersonStep({ name, folder, onBack, onCreated }: PersonStepProps) {
  const [person, setPerson] = useState({ name: '', email: '' });
  const [passphrase, setPassphrase] = useState(emptyPassphrase);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const create = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      onCreated(await call('vault.create', { token: folder.token, name: name.trim(), person, passphrase: passphrase.first }));
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <form className="unlock__step" onSubmit={(event) => void create(event)}>
      <h2 className="unlock__name">{t('unlock.create.person')}</h2>
      <TextField
        label={t('unlock.create.personName')}
        value={person.name}
        onChange={(next) => setPerson({ ...person, name: next })}
        autoFocus
      />
      <TextField
        label={t('unlock.create.email')}
        type="email"
        value={person.email}
        onChange={(email) => setPerson({ ...person, email })}
        description={t('unlock.create.email.hint')}
      />
      <NewPassphraseFields
        value={passphrase}
        onChange={setPassphrase}
        userInputs={[name, person.name, person.email]}
        label={t('unlock.passphrase')}
        repeatLabel={t('unlock.create.repeat')}
      />
      {error === null ? null : <ErrorNotice error={error} />}
      <StepButtons
        onBack={onBack}
        next={t(busy ? 'unlock.create.running' : 'unlock.create.run')}
        busy={busy}
        isDisabled={person.name.trim() === '' || !/^\S+@\S+$/.test(person.email) || !isRepeated(passphrase)}
      />
    </form>
  );
}

function RecoveryStep({ created: { vault, recoveryCode }, token }: { readonly created: Created; readonly token: string }) {
  const [confirmed, setConfirmed] = useState(false);
  return (
    <div className="unlock__step">
      <h2 className="unlock__name">{t('unlock.create.recovery')}</h2>
      <p className="muted">{t('unlock.create.recovery.text')}</p>
      <RecoverySheet vaultName={vault.name} personName={vault.me.name} code={recoveryCode} confirmed={confirmed} onConfirm={setConfirmed} />
      <Button variant="primary" isDisabled={!confirmed} onPress={() => vaultOpened(vault, token)}>
        {t('unlock.sheet.done')}
      </Button>
    </div>
  );
}

interface StepButtonsProps {
  readonly onBack: () => void;
  readonly next: string;
  readonly busy?: boolean;
  readonly isDisabled: boolean;
}

function StepButtons({ onBack, next, busy = false, isDisabled }: StepButtonsProps) {
  return (
    <div className="unlock__links">
      <Button variant="quiet" icon={<ArrowLeft aria-hidden="true" />} isDisabled={busy} onPress={onBack}>
        {t('common.back')}
      </Button>
      <Button type="submit" variant="primary" isPending={busy} isDisabled={isDisabled}>
        {next}
      </Button>
    </div>
  );
}
