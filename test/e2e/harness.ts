import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { _electron } from '@playwright/test';

/** The running app, its window, and what went wrong in it. */
export interface OpenedApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The folder of settings; it survives `close` when the caller gave it. */
  readonly profile: string;
  /** Errors on the console, uncaught exceptions and violations of the content security policy. Expected to stay empty. */
  readonly problems: string[];
  readonly close: () => Promise<void>;
}

export interface OpenOptions {
  /** A settings folder to use again; a fresh one, removed at the end, when absent. */
  readonly profile?: string;
  readonly arguments?: readonly string[];
  /** Waits for this selector before it returns; the page's body when absent. */
  readonly ready?: string;
}

/** The command that starts the app, as found by build/e2e.mjs. */
export function electronCommand(profile: string): { executable: string; args: string[] } {
  const executable = process.env.SEALBOOK_ELECTRON;
  if (executable === undefined) throw new Error('Start the end-to-end tests with `node build/e2e.mjs`');
  const before = JSON.parse(process.env.SEALBOOK_ELECTRON_ARGUMENTS ?? '[]') as string[];
  return { executable, args: [...before, `--user-data-dir=${profile}`] };
}

/** Where a test may leave something that is kept: `out/NAME` of the project. */
export function outFolder(name: string): string {
  return join(process.env.SEALBOOK_OUT ?? 'out', name);
}

/** A fresh folder below the temporary folder. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(tmpdir(), `sealbook-${name}-`));
}

/** Starts the real app. Every test closes what it opens. */
export async function openApp(options: OpenOptions = {}): Promise<OpenedApp> {
  const profile = options.profile ?? temporaryFolder('profile');
  const { executable, args } = electronCommand(profile);
  const app = await _electron.launch({
    executablePath: executable,
    chromiumSandbox: true,
    args: [...args, ...(options.arguments ?? [])],
    env: { ...(process.env as Record<string, string>), LANG: 'en_US.UTF-8' },
  });
  const problems: string[] = [];
  app.context().on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  app.context().on('weberror', (error) => problems.push(String(error.error())));
  const page = await firstPage(app, options.ready ?? 'body');
  return {
    app,
    page,
    profile,
    problems,
    async close() {
      await app.close();
      if (options.profile === undefined) rmSync(profile, { recursive: true, force: true });
    },
  };
}

/** The window's page once it shows what is waited for. An app that gets nowhere is ended, so that the tests after it can go on. */
async function firstPage(app: ElectronApplication, ready: string): Promise<Page> {
  try {
    const page = await app.firstWindow();
    await page.locator(ready).first().waitFor({ state: 'attached', timeout: 60_000 });
    return page;
  } catch (error) {
    app.process().kill('SIGKILL');
    throw error;
  }
}

/** The next open-file dialogs answer with these paths; an empty list is a cancelled dialog. */
export async function answerOpenDialog(app: ElectronApplication, filePaths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: paths.length === 0, filePaths: [...paths] });
  }, filePaths);
}

/** The next save dialogs answer with this path; null is a cancelled dialog. */
export async function answerSaveDialog(app: ElectronApplication, filePath: string | null): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: path === null, filePath: path ?? '' });
  }, filePath);
}

/** Chooses an item of the native menu by its command, as a click would. */
export async function clickMenu(app: ElectronApplication, command: string): Promise<void> {
  await app.evaluate(({ Menu }, id) => {
    Menu.getApplicationMenu()?.getMenuItemById(id)?.click();
  }, command);
}

/** Process ids by the kind of process: the vault, the page's renderer. */
export async function processIds(app: ElectronApplication): Promise<{ vault: number; renderer: number }> {
  return app.evaluate(({ app: electron, BrowserWindow }) => ({
    vault: electron.getAppMetrics().find((metric) => metric.name === 'Sealbook vault' || metric.serviceName === 'Sealbook vault')?.pid ?? 0,
    renderer: BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId() ?? 0,
  }));
}
