import './frame.css';
import { useEffect, useRef, useState } from 'react';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { t } from '../i18n/translate.ts';
import { place as placeStore } from '../router.ts';
import { useStore } from '../store.ts';
import { showToast } from '../ui/index.ts';
import { useFrameCommands } from './frame-commands.ts';
import { KeySheet } from './key-sheet.tsx';
import { Navigation } from './navigation.tsx';
import { Palette } from './palette.tsx';
import { ScreenView } from './screen-view.tsx';
import { StatusBar } from './status-bar.tsx';

/** What is around every screen while a vault is open. */
export function Frame({ vault }: { readonly vault: OpenVault }) {
  const place = useStore(placeStore);
  const [floating, setFloating] = useState<'palette' | 'keys' | null>(null);
  const content = useRef<HTMLElement>(null);
  const close = () => setFloating(null);
  useFrameCommands({ openPalette: () => setFloating('palette'), openKeys: () => setFloating('keys') });

  // Screen readers and the keyboard continue in the new screen.
  const { screen } = place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the effect is for the change of the screen
  useEffect(() => {
    content.current?.focus({ preventScroll: true });
  }, [screen]);

  const { orphanChunks } = vault.recovered;
  useEffect(() => {
    if (orphanChunks > 0) showToast({ title: t('frame.recovered', { count: orphanChunks }), timeout: null });
  }, [orphanChunks]);

  return (
    <div className="frame">
      <a className="frame__skip" href="#content">
        {t('frame.skip')}
      </a>
      <Navigation vault={vault} place={place} openPalette={() => setFloating('palette')} />
      <main className="frame__content" id="content" ref={content} tabIndex={-1}>
        <ScreenView place={place} />
      </main>
      <StatusBar vault={vault} />
      <Palette isOpen={floating === 'palette'} onClose={close} auditId={place.auditId} />
      <KeySheet isOpen={floating === 'keys'} onClose={close} />
    </div>
  );
}
