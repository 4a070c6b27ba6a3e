import type { PersonId, VaultId } from '../shared/domain/ids.ts';
import type { ShellEvent } from '../shared/ipc/shell.ts';
import type { OpenVault } from '../shared/ipc/vault.ts';
import { call, onChanged, onShell, shell } from './bridge.ts';
import { flushPending } from './pending.ts';
import { resetPlaces } from './router.ts';
import { createStore, useStore } from './store.ts';
import { clearToasts, showError } from './ui/toast.tsx';

export type LockReason = Extract<ShellEvent, { type: 'locked' }>['reason'];

/** The vault that was open before the lock, so that the unlock screen can offer it again. */
export interface LockedVault {
  readonly vaultId: VaultId;
  readonly personId: PersonId;
  readonly reason: LockReason;
}

export type Session =
  | { readonly phase: 'starting' }
  | { readonly phase: 'closed'; readonly locked: LockedVault | null }
  | { readonly phase: 'open'; readonly vault: OpenVault };

export const session = createStore<Session>({ phase: 'starting' });

/** What the unlock screen shows first when a menu item asked for it; null for its usual beginning. */
export const wantedView = createStore<'start' | 'create' | null>(null);

/** When somebody last pressed a key or moved, in milliseconds of `performance.now()`. */
export const lastActivity = createStore(0);

let lastVaultId: VaultId | null = null;

/** Tells the window that a vault is open. The token is the one it was opened with. */
export function vaultOpened(vault: OpenVault, token: string): void {
  // After a lock the same vault opens where it was; another vault opens at its audits.
  if (vault.id !== lastVaultId) resetPlaces();
  lastVaultId = vault.id;
  session.set({ phase: 'open', vault });
  noteActivity();
  shell('setAutoLock', { minutes: vault.autoLockMinutes }).catch(showError);
  shell('rememberVault', { token, name: vault.name }).catch(showError);
}

/** Saves what was typed, then locks. The shell answers with a `locked` event. */
export async function lockNow(): Promise<void> {
  await flushPending();
  await shell('lock');
}

/** Asks for the open vault and follows locks and changes. Called once; returns the way to stop. */
export function followSession(): () => void {
  const stopShell = onShell((event) => {
    if (event.type === 'locked') closed(event.reason);
  });
  const refresh = async () => {
    const vault = await call('vault.current');
    const now = session.get();
    // A vault that is being created shows its recovery sheet before the window takes it as open.
    if (vault !== null && now.phase !== 'closed') session.set({ phase: 'open', vault });
    else if (vault === null && now.phase === 'starting') session.set({ phase: 'closed', locked: null });
  };
  const failed = (error: unknown) => {
    if (session.get().phase === 'starting') session.set({ phase: 'closed', locked: null });
    showError(error);
  };
  const stopChanges = onChanged(['vault', 'people'], null, () => void refresh().catch(failed));
  void refresh().catch(failed);
  return () => {
    stopShell();
    stopChanges();
  };
}

/** Counts as input: the idle lock waits. Tells the shell at most every ten seconds. */
export function noteActivity(): void {
  const now = performance.now();
  if (now - lastActivity.get() < 10_000 && lastActivity.get() > 0) return;
  lastActivity.set(now);
  shell('activity').catch(() => undefined);
}

function closed(reason: LockReason): void {
  const before = session.get();
  if (before.phase === 'closed') return;
  clearToasts();
  const locked = before.phase === 'open' ? { vaultId: before.vault.id, personId: before.vault.me.id, reason } : null;
  session.set({ phase: 'closed', locked });
}

/** The open vault, or null while none is open. */
export function useOpenVault(): OpenVault | null {
  const now = useStore(session);
  return now.phase === 'open' ? now.vault : null;
}
