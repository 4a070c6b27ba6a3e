import { useEffect } from 'react';
import { onChanged, onShell } from './bridge.ts';
import { runCommand } from './commands.ts';
import { Frame } from './frame/frame.tsx';
import { listenToKeys } from './keyboard.ts';
import { navigate } from './router.ts';
import { markSaved } from './saved.ts';
import { followSession, lockNow, noteActivity, session, wantedView } from './session.ts';
import { useStore } from './store.ts';
import { Loading, showError, ToastRegion } from './ui/index.ts';
import { UnlockScreen } from './unlock/unlock.tsx';

/** Topics that tell of something saved. The trail alone grows also when somebody looks at something. */
const whatIsSaved = ['vault', 'people', 'audits', 'answers', 'evidence', 'findings', 'plan', 'reports'] as const;
const signsOfLife = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** The window: the unlock screen, or the frame around the screens while a vault is open. */
export function App() {
  const current = useStore(session);
  useEffect(listenToKeys, []);
  useEffect(followSession, []);
  useEffect(() => onChanged(whatIsSaved, null, () => markSaved(new Date().toISOString())), []);
  useEffect(() => onShell((event) => (event.type === 'menu' ? followMenu(event.command) : undefined)), []);
  useEffect(() => {
    for (const name of signsOfLife) window.addEventListener(name, noteActivity, { passive: true });
    return () => {
      for (const name of signsOfLife) window.removeEventListener(name, noteActivity);
    };
  }, []);

  return (
    <>
      {current.phase === 'starting' ? <Loading /> : null}
      {current.phase === 'closed' ? <UnlockScreen locked={current.locked} /> : null}
      {current.phase === 'open' ? <Frame key={current.vault.id} vault={current.vault} /> : null}
      <ToastRegion />
    </>
  );
}

/** The shell's menu: most items are commands; the others are screens. */
function followMenu(command: string): void {
  if (runCommand(command)) return;
  if (command === 'settings' || command === 'about') navigate('settings');
  if (command === 'verify-report') navigate('verify');
  // Another vault means leaving this one.
  if ((command === 'open-vault' || command === 'new-vault') && session.get().phase === 'open') {
    wantedView.set(command === 'new-vault' ? 'create' : 'start');
    lockNow().catch(showError);
  }
}
