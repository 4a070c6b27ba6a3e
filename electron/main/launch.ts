import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { app } from 'electron';
import { optionOf } from './arguments.ts';
import { restrictContents, switchNetworkOff } from './policy.ts';
import { declareAppScheme } from './protocol.ts';
import { startShell } from './shell.ts';
import { runSmokeTest } from './smoke-test.ts';

/**
 * Starts the app: as a window, or as a smoke test with `--smoke-test=FOLDER`. A second instance ends at once.
 * `--user-data-dir=FOLDER` says where the settings lie.
 * @param assets the dist folder
 * @param argv the whole command line
 */
export function launch(assets: string, argv: readonly string[]): void {
  // Nothing that Sealbook writes is for other people of this computer.
  process.umask(0o077);
  const profile = optionOf(argv, 'user-data-dir');
  const smokeFolder = optionOf(argv, 'smoke-test');
  if (smokeFolder !== null) app.setPath('userData', mkdtempSync(join(tmpdir(), 'sealbook-smoke-')));
  else if (profile !== null) app.setPath('userData', resolve(profile));
  prepare();
  if (!app.requestSingleInstanceLock()) {
    app.exit(0);
    return;
  }
  void app.whenReady().then(() => (smokeFolder === null ? startShell(assets) : runSmokeTest(assets, resolve(smokeFolder))));
}

/** Everything that has to be said before the app is ready. */
function prepare(): void {
  // Electron's own answer is a dialog that stops everything, with the error's text in it. Records are safe in their own process.
  process.on('uncaughtException', (error) => console.error(`bug ${error.name} ${framesOf(error)}`));
  switchNetworkOff();
  declareAppScheme();
  // Chromium cannot sandbox for root and would crash again and again; the window asks for its sandbox by itself as well.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => restrictContents(contents));
  app.on('window-all-closed', () => app.quit());
}

/** Where an error came from, without its message: that may name files. */
function framesOf(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, 8)
    .map((frame) => frame.trim())
    .join(' | ');
}
