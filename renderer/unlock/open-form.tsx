import { ArrowLeft, LockKeyholeOpen } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { PersonId } from '../../shared/domain/ids.ts';
import type { SlotPerson } from '../../shared/ipc/vault.ts';
import { call } from '../bridge.ts';
import { formatDuration } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { vaultOpened } from '../session.ts';
import { Button, ErrorNotice, Link, Notice, RadioGroup } from '../ui/index.ts';
import { PassphraseField } from './passphrase-field.tsx';
import { inspect, type PickedVault } from './picked-vault.ts';

export interface OpenFormProps {
  readonly picked: PickedVault;
  readonly onBack: () => void;
  readonly onRecover: (personId: PersonId) => void;
}

/** Who are you, and your passphrase. Wrong attempts are counted; when there are many it counts down to the next one. */
export function OpenForm({ picked, onBack, onRecover }: OpenFormProps) {
  const [people, setPeople] = useState(picked.vault.people);
  const [personId, setPersonId] = useState<PersonId | null>(picked.personId ?? picked.vault.people[0]?.id ?? null);
  const [passphrase, setPassphrase] = useState(picked.passphrase ?? '');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const input = useRef<HTMLInputElement>(null);
  const person = people.find((candidate) => candidate.id === personId);
  const wait = useSecondsUntil(person?.retryAt ?? null);

  const unlock = async (event: FormEvent) => {
    event.preventDefault();
    if (personId === null || busy || wait > 0) return;
    setBusy(true);
    setError(null);
    try {
      vaultOpened(await call('vault.unlock', { token: picked.token, personId, passphrase }), picked.token);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
      // The counts have changed; when they cannot be read the error above says enough.
      const again = await inspect(picked.token).catch(() => null);
      if (again !== null) setPeople(again.vault.people);
      input.current?.select();
    }
  };

  return (
    <form className="unlock__form" onSubmit={(event) => void unlock(event)}>
      <h2 className="unlock__name">{picked.vault.name}</h2>
      <WhoAreYou people={people} personId={personId} onChange={setPersonId} />
      <PassphraseField label={t('unlock.passphrase')} value={passphrase} onChange={setPassphrase} inputRef={input} autoFocus />
      {picked.passphrase === null ? null : (
        <p className="unlock__note">{t('unlock.sample.passphrase', { passphrase: picked.passphrase })}</p>
      )}
      {wait > 0 ? (
        <Notice tone="warning" title={t('unlock.wait', { count: person?.failedAttempts ?? 0, time: formatDuration(wait) })} />
      ) : error === null ? null : (
        <ErrorNotice error={error} />
      )}
      <Button
        type="submit"
        variant="primary"
        icon={<LockKeyholeOpen aria-hidden="true" />}
        isPending={busy}
        isDisabled={passphrase === '' || personId === null || wait > 0}
      >
        {wait > 0 ? t('unlock.wait.button', { time: formatDuration(wait) }) : t(busy ? 'unlock.unlocking' : 'unlock.unlock')}
      </Button>
      <div className="unlock__links">
        <Button variant="quiet" size="small" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
          {t('unlock.others')}
        </Button>
        {person?.hasRecovery && personId !== null ? (
          <Link className="link--accent" onPress={() => onRecover(personId)}>
            {t('unlock.forgot')}
          </Link>
        ) : null}
      </div>
    </form>
  );
}

interface WhoAreYouProps {
  readonly people: readonly SlotPerson[];
  readonly personId: PersonId | null;
  readonly onChange: (personId: PersonId) => void;
}

function WhoAreYou({ people, personId, onChange }: WhoAreYouProps) {
  const options = people.map(({ id, name, failedAttempts }) => ({
    value: id,
    label: name,
    ...(failedAttempts === 0 ? {} : { description: t('unlock.who.failed', { count: failedAttempts }) }),
  }));
  return <RadioGroup label={t('unlock.who')} options={options} value={personId} onChange={onChange} />;
}

/** Whole seconds until an ISO time, 0 when it is past or null. Counts down by itself. */
function useSecondsUntil(time: string | null): number {
  const left = () => (time === null ? 0 : Math.max(0, Math.ceil((Date.parse(time) - Date.now()) / 1000)));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the time is all that the countdown depends on
  useEffect(() => {
    setSeconds(left());
    if (time === null) return undefined;
    const timer = setInterval(() => setSeconds(left()), 250);
    return () => clearInterval(timer);
  }, [time]);
  return seconds;
}
