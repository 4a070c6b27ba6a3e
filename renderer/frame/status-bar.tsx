import './status-bar.css';
import { LockKeyhole, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { formatDuration, formatTime } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { navigate } from '../router.ts';
import { savedAt } from '../saved.ts';
import { lastActivity } from '../session.ts';
import { useStore } from '../store.ts';
import { Link } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

/** The line at the bottom: sealed, saved, the head of the trail, offline. */
export function StatusBar({ vault }: { readonly vault: OpenVault }) {
  const saved = useStore(savedAt);
  const seconds = useSecondsToLock(vault.autoLockMinutes);
  const head = useQuery('trail.head', {}, ['trail']);
  return (
    <section className="status-bar" aria-label={t('frame.status')}>
      <span className="status-bar__part">
        <LockKeyhole aria-hidden="true" />
        {t('frame.status.sealed', { time: formatDuration(seconds) })}
      </span>
      {saved === null ? null : <span className="numeric">{t('frame.status.saved', { time: formatTime(saved, true) })}</span>}
      <span className="status-bar__space" />
      {head.data === undefined ? null : (
        <Link className="mono" onPress={() => navigate('trail')}>
          {t('frame.status.trail', headValues(head.data))}
        </Link>
      )}
      <span className="status-bar__part">
        <WifiOff aria-hidden="true" />
        {t('frame.status.offline')}
      </span>
    </section>
  );
}

function headValues({ sequence, hash }: { readonly sequence: number; readonly hash: string }) {
  return { sequence, hash: `${hash.slice(0, 4)} ${hash.slice(4, 8)}` };
}

function useSecondsToLock(minutes: number): number {
  const last = useStore(lastActivity);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 5000);
    return () => clearInterval(timer);
  }, []);
  return Math.max(1, Math.min(minutes * 60, Math.round(minutes * 60 - (now - last) / 1000)));
}
