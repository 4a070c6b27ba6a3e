import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, ipcMain, nativeTheme, powerMonitor, session } from 'electron';
import type { ShellEvent } from '../../shared/ipc/shell.ts';
import { information } from './about.ts';
import { createBroker } from './broker.ts';
import { createDialogs } from './dialogs.ts';
import { createIdleLock } from './idle.ts';
import { installMenu } from './menu.ts';
import { restrictContents, restrictSession, switchNetworkOff } from './policy.ts';
import { declareAppScheme, serveApp } from './protocol.ts';
import { createRecentVaults } from './recent.ts';
import { answerShell, isOurPage } from './sender.ts';
import { jsonFile, recentSchema, settingsSchema } from './settings.ts';
import { openWindow } from './window.ts';

type LockReason = Extract<ShellEvent, { type: 'locked' }>['reason'];

/** The dist folder: this file lies at its top, also inside a packaged app. */
const assets = __dirname;

// Nothing that Sealbook writes is for other people of this computer.
process.umask(0o077);
prepare();

const smokeFolder = app.commandLine.getSwitchValue('smoke-test');
if (smokeFolder !== '') app.setPath('userData', mkdtempSync(join(tmpdir(), 'sealbook-smoke-')));

if (app.requestSingleInstanceLock()) void app.whenReady().then(smokeFolder === '' ? start : () => smokeTest(smokeFolder));
else app.exit(0);

/** Everything that has to be said before the app is ready. */
function prepare(): void {
  const profile = app.commandLine.getSwitchValue('user-data-dir');
  if (profile !== '') app.setPath('userData', profile);
  switchNetworkOff();
  declareAppScheme();
  // Chromium cannot sandbox for root and would crash again and again; the window asks for its sandbox by itself as well.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
  app.on('window-all-closed', () => app.quit());
}

function start(): void {
  let window: BrowserWindow | null = null;
  const settings = jsonFile(join(app.getPath('userData'), 'settings.json'), settingsSchema, {});
  const recent = createRecentVaults(jsonFile(join(app.getPath('userData'), 'recent.json'), recentSchema, []));
  const broker = createBroker(assets, () => tell({ type: 'locked', reason: 'crash' }));
  const dialogs = createDialogs(() => window, broker.handFile);
  const idle = createIdleLock(() => void lock('idle'));
  let sample: Promise<string> | null = null;

  function tell(event: ShellEvent): void {
    if (window !== null && !window.isDestroyed()) window.webContents.send('sealbook:event', event);
  }

  async function lock(reason: LockReason): Promise<void> {
    await broker.restart();
    tell({ type: 'locked', reason });
  }

  restrictSession(session.defaultSession);
  serveApp(session.defaultSession, join(assets, 'renderer'));
  nativeTheme.themeSource = settings.read().theme;
  installMenu(
    (command) => tell({ type: 'menu', command }),
    () => void lock('asked'),
  );
  connectPages();
  answerShell({
    pickEvidence: dialogs.pickEvidence,
    pickPkcs12: dialogs.pickPkcs12,
    pickReport: dialogs.pickReport,
    pickSave: ({ kind, suggestedName }) => dialogs.pickSave(kind, suggestedName),
    pickVault: dialogs.pickVault,
    pickNewVault: ({ name }) => dialogs.pickNewVault(name),
    recentVaults: recent.list,
    openRecent({ id }) {
      const path = recent.pathOf(id);
      return path === null ? null : dialogs.issue(path, 'vault');
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
      return { ...dialogs.issue(path, 'vault'), passphrase };
    },
    async lock() {
      await lock('asked');
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

  powerMonitor.on('lock-screen', () => void lock('suspend'));
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

  /** Each page load gets one line to the vault, when its preload asks for it. */
  function connectPages(): void {
    const connected = new Set<string>();
    ipcMain.on('sealbook:connect', (event) => {
      const frame = event.senderFrame;
      if (!isOurPage(frame) || frame === null) return;
      const load = `${frame.processId}:${frame.routingId}`;
      if (connected.has(load)) return;
      connected.add(load);
      event.sender.once('did-start-navigation', () => connected.delete(load));
      broker.connect(event.sender);
    });
  }
}

/** Proves that the packaged app works: its page loads, and its vault process builds, signs and exports. */
async function smokeTest(folder: string): Promise<void> {
  const settings = jsonFile(join(app.getPath('userData'), 'settings.json'), settingsSchema, {});
  restrictSession(session.defaultSession);
  serveApp(session.defaultSession, join(assets, 'renderer'));
  const broker = createBroker(assets, () => console.error('The vault process died.'));
  const window = openWindow(join(assets, 'preload.cjs'), settings, { hidden: true });
  try {
    const loaded = new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()));
    const [report] = await Promise.all([broker.smoke(folder), loaded]);
    console.log(JSON.stringify({ smoke: 'ok', electron: process.versions.electron, report }));
    broker.stop();
    app.exit(0);
  } catch (error) {
    console.error(`Smoke test failed: ${error instanceof Error ? error.message : String(error)}`);
    broker.stop();
    app.exit(1);
  }
}
