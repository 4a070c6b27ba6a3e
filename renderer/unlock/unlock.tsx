import './unlock.css';
import { useEffect, useRef, useState } from 'react';
import type { PersonId } from '../../shared/domain/ids.ts';
import { onShell, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { type LockedVault, wantedView } from '../session.ts';
import { Notice, showError } from '../ui/index.ts';
import { CreateVault } from './create-vault.tsx';
import { OpenForm } from './open-form.tsx';
import { inspect, type PickedVault } from './picked-vault.ts';
import { RecoverForm } from './recover-form.tsx';
import { Start } from './start.tsx';
import { VerifyOutside } from './verify-outside.tsx';

type View =
  | { readonly name: 'start' }
  | { readonly name: 'open'; readonly picked: PickedVault }
  | { readonly name: 'recover'; readonly picked: PickedVault; readonly personId: PersonId }
  | { readonly name: 'create' }
  | { readonly name: 'verify' };

/** What is shown while no vault is open. After a lock it offers the same vault again and says why it was locked. */
export function UnlockScreen({ locked }: { readonly locked: LockedVault | null }) {
  const wanted = useRef(wantedView.get());
  const [view, setView] = useState<View>(wanted.current === 'create' ? { name: 'create' } : { name: 'start' });
  const start = () => setView({ name: 'start' });
  const open = (picked: PickedVault) => setView({ name: 'open', picked });

  useEffect(() => {
    wantedView.set(null);
    if (locked === null || wanted.current !== null) return;
    pickAgain(locked).then((picked) => (picked === null ? undefined : setView({ name: 'open', picked })), showError);
  }, [locked]);
  useEffect(
    () =>
      onShell((event) => {
        if (event.type !== 'menu') return;
        if (event.command === 'new-vault') setView({ name: 'create' });
        if (event.command === 'open-vault') setView({ name: 'start' });
        if (event.command === 'verify-report') setView({ name: 'verify' });
      }),
    [],
  );

  if (view.name === 'verify') return <VerifyOutside onBack={start} />;
  return (
    <main className="unlock">
      <div className="unlock__card">
        <header className="unlock__brand">
          <h1>{t('frame.brand')}</h1>
          <p className="muted">{t('unlock.tagline')}</p>
        </header>
        {locked === null || wanted.current !== null || view.name === 'create' ? null : <WhyLocked reason={locked.reason} />}
        {view.name === 'start' ? (
          <Start onPicked={open} onCreate={() => setView({ name: 'create' })} onVerify={() => setView({ name: 'verify' })} />
        ) : null}
        {view.name === 'open' ? (
          <OpenForm
            key={view.picked.token}
            picked={view.picked}
            onBack={start}
            onRecover={(personId) => setView({ name: 'recover', picked: view.picked, personId })}
          />
        ) : null}
        {view.name === 'recover' ? (
          <RecoverForm picked={view.picked} personId={view.personId} onBack={() => setView({ name: 'open', picked: view.picked })} />
        ) : null}
        {view.name === 'create' ? <CreateVault onBack={start} /> : null}
      </div>
    </main>
  );
}

/** The vault that was locked is the one opened last. Null when it is not there any more. */
async function pickAgain({ vaultId, personId }: LockedVault): Promise<PickedVault | null> {
  const [latest] = await shell('recentVaults');
  const file = latest === undefined ? null : await shell('openRecent', { id: latest.id });
  if (file === null) return null;
  const picked = await inspect(file.token, { personId });
  return picked.vault.id === vaultId ? picked : null;
}

function WhyLocked({ reason }: { readonly reason: LockedVault['reason'] }) {
  if (reason === 'crash') {
    return (
      <Notice tone="warning" title={t('unlock.locked.crash')}>
        {t('unlock.locked.crash.hint')}
      </Notice>
    );
  }
  return <Notice title={t(`unlock.locked.${reason}`)} />;
}
