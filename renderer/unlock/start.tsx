import { BadgeCheck, Box, FolderOpen, Plus, Vault, X } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { PickedFile, RecentVault } from '../../shared/ipc/shell.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, ErrorNotice, IconButton, Loading, showToast } from '../ui/index.ts';
import { inspect, type PickedVault } from './picked-vault.ts';

export interface StartProps {
  readonly onPicked: (picked: PickedVault) => void;
  readonly onCreate: () => void;
  readonly onVerify: () => void;
}

/** Recent vaults, another folder, a new vault, the sample. */
export function Start({ onPicked, onCreate, onVerify }: StartProps) {
  const [recent, setRecent] = useState<readonly RecentVault[] | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [building, setBuilding] = useState(false);
  const reload = useCallback(() => {
    shell('recentVaults').then(setRecent, setError);
  }, []);
  useEffect(reload, [reload]);

  const attempt = async (work: () => Promise<void>) => {
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
    }
  };
  const openPicked = async (file: PickedFile | null) => {
    if (file !== null) onPicked(await inspect(file.token));
  };
  const openRecent = (id: string) =>
    attempt(async () => {
      const file = await shell('openRecent', { id });
      if (file === null) showToast({ title: t('unlock.recent.gone'), tone: 'warning' });
      else await openPicked(file);
    });
  const forget = ({ id, name }: RecentVault) =>
    attempt(async () => {
      await shell('forgetRecent', { id });
      showToast({ title: t('unlock.recent.forgotten', { name }) });
      reload();
    });
  const openSample = () =>
    attempt(async () => {
      setBuilding(true);
      try {
        const { token, passphrase } = await shell('openSample');
        onPicked(await inspect(token, { passphrase }));
      } finally {
        setBuilding(false);
      }
    });

  return (
    <>
      {error === null ? null : <ErrorNotice error={error} />}
      <section className="unlock__recent">
        <h2 className="overline">{t('unlock.recent')}</h2>
        {recent === null ? <Loading /> : null}
        {recent?.length === 0 ? <p className="muted">{t('unlock.recent.none')}</p> : null}
        <ul>
          {recent?.map((vault) => (
            <li key={vault.id} className="unlock__vault">
              <AriaButton className="unlock__vault-open" onPress={() => void openRecent(vault.id)}>
                <Vault aria-hidden="true" />
                <span className="unlock__vault-text">
                  <span className="unlock__vault-name truncate">{vault.name}</span>
                  <span className="unlock__vault-place truncate">{vault.place}</span>
                </span>
              </AriaButton>
              <IconButton
                label={t('unlock.recent.forget', { name: vault.name })}
                icon={<X aria-hidden="true" />}
                size="small"
                onPress={() => void forget(vault)}
              />
            </li>
          ))}
        </ul>
      </section>
      <div className="unlock__choices">
        <Button icon={<FolderOpen aria-hidden="true" />} onPress={() => void attempt(async () => openPicked(await shell('pickVault')))}>
          {t('unlock.open')}
        </Button>
        <Button icon={<Plus aria-hidden="true" />} variant={recent?.length === 0 ? 'primary' : 'secondary'} onPress={onCreate}>
          {t('unlock.create')}
        </Button>
      </div>
      <div className="unlock__sample">
        <Button icon={<Box aria-hidden="true" />} isPending={building} onPress={() => void openSample()}>
          {building ? t('unlock.sample.building') : t('unlock.sample')}
        </Button>
        <p className="muted">{t('unlock.sample.text')}</p>
      </div>
      <footer className="unlock__foot">
        <Button variant="quiet" size="small" icon={<BadgeCheck aria-hidden="true" />} onPress={onVerify}>
          {t('unlock.verify')}
        </Button>
      </footer>
    </>
  );
}
