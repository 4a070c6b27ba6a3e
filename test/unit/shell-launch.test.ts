import { existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { launch } from '../../electron/main/launch.ts';
import { app, BrowserWindow, FakeContents, lastChild, lastWindow, protocol, resetElectron, session } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const log = vi.fn();
const problem = vi.fn();
let mask = 0;
beforeEach(() => {
  resetElectron();
  for (const said of [log, problem]) said.mockReset();
  vi.spyOn(console, 'log').mockImplementation(log);
  vi.spyOn(console, 'error').mockImplementation(problem);
  mask = process.umask();
  app.setPath('userData', '/nowhere/profile');
});
/** Stands in for listening to the test runner's own process. */
const listened = process as unknown as { on: (name: string, handler: (error: Error) => void) => unknown };
let listening = vi.fn<typeof listened.on>();

beforeEach(() => {
  listening = vi.spyOn(listened, 'on').mockReturnValue(process);
});

afterEach(() => {
  listening.mockRestore();
  app.emit('before-quit');
  process.umask(mask);
  const path = app.getPath('userData');
  if (path.includes('sealbook-smoke-')) rmSync(path, { recursive: true, force: true });
});

/** Launches a smoke test and waits until the vault was asked. */
async function launchSmokeTest(...argv: string[]): Promise<{ id: unknown; directory: unknown }> {
  launch('/dist', ['sealbook', ...argv]);
  await vi.waitFor(() => expect(lastChild().ofType('smoke')).toHaveLength(1));
  const [message] = lastChild().ofType('smoke');
  lastChild().start();
  return { id: message?.id, directory: message?.directory };
}

test('everything that has to be said before the app is ready is said', async () => {
  launch('/dist', ['sealbook', '--user-data-dir', '/tmp/Own Profile']);
  expect(app.getPath('userData')).toBe('/tmp/Own Profile');
  expect(process.umask()).toBe(0o077);
  expect(app.switches.get('host-resolver-rules')).toMatch(/^MAP \*/);
  expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalled();
  expect(app.enableSandbox).toHaveBeenCalled();
  expect(BrowserWindow.opened).toHaveLength(0);
  await vi.waitFor(() => expect(BrowserWindow.opened).toHaveLength(1));
  expect(session.defaultSession.permissionCheck(null, 'media', '', { isMainFrame: true, requestingUrl: 'app://sealbook/' })).toBe(false);
  expect(session.defaultSession.served.has('app')).toBe(true);
});

test('an error that nobody caught is noted without its text, and nothing stops', () => {
  const noted = vi.spyOn(console, 'error').mockReturnValue();
  launch('/dist', ['sealbook']);
  const [, handler] = listening.mock.calls.find(([name]) => name === 'uncaughtException') ?? [];
  handler?.(new TypeError('the text of a record'));
  const bare = new Error('x');
  delete bare.stack;
  handler?.(bare);
  expect(noted.mock.calls.map(([line]) => String(line))).toEqual([expect.stringMatching(/^bug TypeError at .*shell-launch/), 'bug Error ']);
  expect(String(noted.mock.calls)).not.toContain('the text of a record');
  noted.mockRestore();
});

test('without the option the settings stay where the system keeps them', () => {
  launch('/dist', ['sealbook']);
  expect(app.getPath('userData')).toBe('/nowhere/profile');
});

test('where Chromium cannot sandbox it is not asked to', () => {
  app.switches.set('no-sandbox', '');
  launch('/dist', ['sealbook', '--no-sandbox']);
  expect(app.enableSandbox).not.toHaveBeenCalled();
});

test('every page that ever appears is kept in its place, and the last window ends the app', () => {
  launch('/dist', ['sealbook']);
  const contents = new FakeContents();
  app.emit('web-contents-created', {}, contents);
  expect(contents.openHandler({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
  app.emit('window-all-closed');
  expect(app.quit).toHaveBeenCalled();
});

test('a second instance ends at once and opens nothing', async () => {
  app.requestSingleInstanceLock.mockReturnValue(false);
  launch('/dist', ['sealbook']);
  await Promise.resolve();
  expect(app.exit).toHaveBeenCalledWith(0);
  expect(BrowserWindow.opened).toHaveLength(0);
});

test('a smoke test runs hidden, in a profile of its own, and ends well when page and vault did', async () => {
  const { id, directory } = await launchSmokeTest('--smoke-test=Out', '--user-data-dir=/tmp/used');
  expect(directory).toBe(resolve('Out'));
  expect(app.getPath('userData')).toContain('sealbook-smoke-');
  expect(existsSync(app.getPath('userData'))).toBe(true);
  lastChild().emit('message', { type: 'smoke-done', id, report: { pages: 12 } });
  await Promise.resolve();
  expect(app.exit).not.toHaveBeenCalled();
  lastWindow().webContents.emit('did-finish-load');
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalledWith(0));
  expect(JSON.parse(String(log.mock.calls[0]?.[0]))).toMatchObject({ smoke: 'ok', report: { pages: 12 } });
  expect(lastWindow().show).not.toHaveBeenCalled();
  expect(lastChild().pid).toBeUndefined();
});

test('a smoke test whose vault fails ends with 1 and says why', async () => {
  const { id } = await launchSmokeTest('--smoke-test', '/tmp/Out');
  lastChild().emit('message', { type: 'smoke-failed', id, message: 'no fonts' });
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalledWith(1));
  expect(problem).toHaveBeenCalledWith('Smoke test failed: Error: no fonts');
});

test('a smoke test whose page does not load ends with 1', async () => {
  await launchSmokeTest('--smoke-test=/tmp/Out');
  lastWindow().webContents.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND');
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalledWith(1));
  expect(problem).toHaveBeenCalledWith('Smoke test failed: Error: The page did not load: ERR_FILE_NOT_FOUND');
});

test('a smoke test whose vault process dies ends with 1', async () => {
  await launchSmokeTest('--smoke-test=/tmp/Out');
  lastChild().end(139);
  await vi.waitFor(() => expect(app.exit).toHaveBeenCalledWith(1));
  expect(problem).toHaveBeenCalledWith(expect.stringContaining('The vault is locked'));
});

test('a vault process that dies after its answer is noted', async () => {
  const { id } = await launchSmokeTest('--smoke-test=/tmp/Out');
  lastChild().emit('message', { type: 'smoke-done', id, report: {} });
  lastChild().end(139);
  await vi.waitFor(() => expect(problem).toHaveBeenCalledWith('The vault process died.'));
});
