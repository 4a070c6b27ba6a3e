import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, nativeTheme, powerMonitor, session } from 'electron';
import type { ShellEvent } from '../../shared/ipc/shell.ts';
import { information } from './about.ts';
import { createBroker } from './broker.ts';
import { createCaptures } from './capture.ts';
import { createDialogs } from './dialogs.ts';
import { createIdleLock } from './idle.ts';
import { installMenu } from './menu.ts';
import { connectPages } from './page-lines.ts';
import { restrictSession } from './policy.ts';
import { serveApp } from './protocol.ts';
import { createRecentVaults } from './recent.ts';
import { answerShell } from './sender.ts';
import { jsonFile, recentSchema, settingsSchema } from './settings.ts';
import { openWindow } from './window.ts';

/** How long the window may take to save what was just typed before the vault is locked all the same, in milliseconds. */
const savingTime = 1000;

type LockReason = Extract<ShellEvent, { type: 'locked' }>['reason'];

/**
 * Opens the window and answers it.
 * @param assets the dist folder
 */
export function startShell(assets: string): void {
  let window: BrowserWindow | null = null;
  const settings = jsonFile(join(app.getPath('userData'), 'settings.json'), settingsSchema, {});
  const recent = createRecentVaults(jsonFile(join(app.getPath('userData'), 'recent.json'), recentSchema, []));
  const broker = createBroker(assets, () => tell({ type: 'locked', reason: 'crash' }));
  const dialogs = createDialogs(() => window, broker.handFile);
  const captures = createCaptures(() => window);
  const idle = createIdleLock(() => lockSoon('idle'));
  let sample: Promise<string> | null = null;
  let waiting: { readonly reason: LockReason; readonly timer: NodeJS.Timeout } | null = null;

  function tell(event: ShellEvent): void {
    if (window !== null && !window.isDestroyed()) window.webContents.send('sealbook:event', event);
  }

  async function lock(reason: LockReason): Promise<void> {
    clearTimeout(waiting?.timer);
    waiting = null;
    await broker.restart();
    tell({ type: 'locked', reason });
  }

  /** Asks the window to save and then to lock; locks without it when it does not answer in time. */
  function lockSoon(reason: LockReason): void {
    if (waiting !== null) return;
    waiting = { reason, timer: setTimeout(() => void lock(reason), savingTime) };
    tell({ type: 'menu', command: 'lock' });
  }

  restrictSession(session.defaultSession);
  serveApp(session.defaultSession, join(assets, 'renderer'));
  nativeTheme.themeSource = settings.read().theme;
  installMenu(
    (command) => tell({ type: 'menu', command }),
    () => lockSoon('asked'),
  );
  connectPages(broker);
  /** What was picked, once the vault knows it: the page would otherwise ask for it too early. */
  const handed = async <Picked>(picked: Picked | Promise<Picked>): Promise<Picked> => {
    const result = await picked;
    await broker.delivered();
    return result;
  };
  answerShell({
    pickEvidence: () => handed(dialogs.pickEvidence()),
    pickFolder: () => handed(dialogs.pickFolder()),
    pickRevision: () => handed(dialogs.pickRevision()),
    pickList: () => handed(dialogs.pickList()),
    captureSources: captures.sources,
    capture: captures.take,
    pickBody: () => handed(dialogs.pickBody()),
    pickBodyZip: () => handed(dialogs.pickBodyZip()),
    pickChecklists: () => handed(dialogs.pickChecklists()),
    pickPkcs12: () => handed(dialogs.pickPkcs12()),
    pickReport: () => handed(dialogs.pickReport()),
    pickSave: ({ kind, suggestedName }) => handed(dialogs.pickSave(kind, suggestedName)),
    pickVault: () => handed(dialogs.pickVault()),
    pickNewVault: ({ name }) => handed(dialogs.pickNewVault(name)),
    recentVaults: recent.list,
    openRecent({ id }) {
      const path = recent.pathOf(id);
      return path === null ? null : handed(dialogs.issue(path, 'vault'));
    },
    forgetRecent({ id }) {
      recent.forget(id);
      return null;
    },
    rememberVault({ token, name }) {
      const path = dialogs.vaultPath(token);
      if (path !== null) recent.remember(path, name);
      return null;
    },
    async openSample() {
      const path = join(app.getPath('userData'), 'Sample.sealbook');
      sample ??= broker.buildSample(path).finally(() => {
        sample = null;
      });
      const passphrase = await sample;
      return { ...(await handed(dialogs.issue(path, 'vault'))), passphrase };
    },
    async lock() {
      await lock(waiting?.reason ?? 'asked');
      return null;
    },
    setAutoLock({ minutes }) {
      idle.setMinutes(minutes);
      return null;
    },
    setTheme({ theme }) {
      nativeTheme.themeSource = theme;
      settings.write({ ...settings.read(), theme });
      return null;
    },
    activity() {
      idle.activity();
      return null;
    },
    printRecovery() {
      window?.webContents.print({ silent: false, printBackground: true });
      return null;
    },
    about: () => information(assets),
  });

  powerMonitor.on('lock-screen', () => lockSoon('suspend'));
  // Asleep, the keys would stay in memory: a suspend does not wait for anybody. What was typed longer ago than a moment is saved.
  powerMonitor.on('suspend', () => void lock('suspend'));
  app.on('second-instance', () => {
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  app.on('before-quit', () => {
    idle.stop();
    broker.stop();
  });
  window = openWindow(join(assets, 'preload.cjs'), settings, { hidden: false });
  // A page that died may have had anything in its memory: the vault is locked before a new page appears.
  window.webContents.on('render-process-gone', () => {
    void lock('crash').then(() => window?.webContents.reload());
  });
}
