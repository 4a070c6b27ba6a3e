import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startShell } from '../../electron/main/shell.ts';
import {
  app,
  callShell,
  dialog,
  FakeChild,
  frame,
  ipcMain,
  lastChild,
  lastWindow,
  menuItem,
  nativeTheme,
  powerMonitor,
  resetElectron,
} from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
vi.stubGlobal('ELECTRON_TARGET', '45.0.0');

let folder = '';
let profile = '';

beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'sealbook-shell-'));
  profile = join(folder, 'profile');
  mkdirSync(profile);
  app.setPath('userData', profile);
});
afterEach(() => {
  app.emit('before-quit');
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the shell with a vault process that runs. */
function start(): void {
  startShell(folder);
  lastChild().start();
}

/** The events that the page was told, in order. */
const told = () =>
  lastWindow()
    .webContents.sent.filter(([channel]) => channel === 'sealbook:event')
    .map(([, event]) => event);

const ok = (value: unknown) => ({ ok: true, value });

test('the window opens on the page, in the remembered theme, and says what it is', async () => {
  writeFileSync(join(profile, 'settings.json'), '{"theme":"dark"}');
  writeFileSync(join(folder, 'licences.json'), '[{"name":"react","version":"19","licence":"MIT"}]');
  start();
  expect(nativeTheme.themeSource).toBe('dark');
  expect(lastWindow().loadURL).toHaveBeenCalledWith('app://sealbook/');
  expect(await callShell('about')).toMatchObject(
    ok({ version: '1.2.3', developmentRuntime: true, licences: [{ name: 'react', version: '19', licence: 'MIT' }] }),
  );
});

test('damaged settings and recent vaults cost only themselves', async () => {
  writeFileSync(join(profile, 'settings.json'), '{"theme":');
  writeFileSync(join(profile, 'recent.json'), '{"not":"a list"}');
  start();
  expect(nativeTheme.themeSource).toBe('system');
  expect(await callShell('recentVaults')).toEqual(ok([]));
});

test('the theme is set and kept', async () => {
  start();
  expect(await callShell('setTheme', { theme: 'light' })).toEqual(ok(null));
  expect(nativeTheme.themeSource).toBe('light');
  expect(JSON.parse(readFileSync(join(profile, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'light' });
});

test('a page asks for its line and gets one', () => {
  start();
  ipcMain.emit('sealbook:connect', { senderFrame: frame('app://sealbook/'), sender: lastWindow().webContents });
  expect(lastWindow().webContents.posted).toEqual([{ channel: 'sealbook:port', ports: [{ end: 'page' }] }]);
});

test('a vault that was opened is remembered, opened again by its id, and forgotten', async () => {
  start();
  dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/v/Clinic.sealbook'] });
  const picked = (await callShell('pickVault')) as { value: { token: string } };
  await callShell('rememberVault', { token: picked.value.token, name: 'Clinic' });
  await callShell('rememberVault', { token: 'x'.repeat(32), name: 'Not handed out' });
  const { value: recent } = (await callShell('recentVaults')) as { value: { id: string }[] };
  expect(recent).toEqual([{ id: expect.any(String), name: 'Clinic', place: '/v/Clinic.sealbook' }]);
  const id = recent[0]?.id ?? '';
  expect(await callShell('openRecent', { id })).toMatchObject(ok({ name: 'Clinic.sealbook' }));
  expect(lastChild().ofType('file').at(-1)).toMatchObject({ path: '/v/Clinic.sealbook', purpose: 'vault' });
  expect(await callShell('openRecent', { id: 'unknown' })).toEqual(ok(null));
  await callShell('forgetRecent', { id });
  expect(await callShell('recentVaults')).toEqual(ok([]));
});

test('the dialogs are reached, with the window above them', async () => {
  start();
  dialog.showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/f/x.bin'] });
  dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/f/report.pdf' });
  expect(await callShell('pickEvidence')).toMatchObject(ok([{ name: 'x.bin' }]));
  expect(await callShell('pickPkcs12')).toMatchObject(ok({ name: 'x.bin' }));
  expect(await callShell('pickReport')).toMatchObject(ok({ name: 'x.bin' }));
  expect(await callShell('pickNewVault', { name: 'North' })).toMatchObject(ok({ name: 'North.sealbook' }));
  expect(await callShell('pickSave', { kind: 'pdf', suggestedName: 'report.pdf' })).toMatchObject(ok({ name: 'report.pdf' }));
  expect(dialog.showSaveDialog.mock.calls[0]?.[0]).toBe(lastWindow());
});

test('the sample is built once for two who ask, and its passphrase given to both', async () => {
  start();
  const asked = [callShell('openSample'), callShell('openSample')];
  await vi.waitFor(() => expect(lastChild().ofType('sample')).toHaveLength(1));
  const [message] = lastChild().ofType('sample');
  expect(message?.path).toBe(join(profile, 'Sample.sealbook'));
  lastChild().emit('message', { type: 'sample-ready', id: message?.id, passphrase: 'four words' });
  for (const answer of await Promise.all(asked)) expect(answer).toMatchObject(ok({ name: 'Sample.sealbook', passphrase: 'four words' }));
});

test('a sample that failed says why, and can be asked for again', async () => {
  start();
  const failed = callShell('openSample');
  await vi.waitFor(() => expect(lastChild().ofType('sample')).toHaveLength(1));
  lastChild().emit('message', { type: 'sample-failed', id: lastChild().ofType('sample')[0]?.id, code: 'disk.full', message: 'x' });
  expect(await failed).toMatchObject({ ok: false, error: { code: 'disk.full' } });
  void callShell('openSample');
  await vi.waitFor(() => expect(lastChild().ofType('sample')).toHaveLength(2));
});

test.each([
  ['asked', () => callShell('lock')],
  ['suspend', () => powerMonitor.emit('suspend')],
] as const)('locking, because %s, kills the vault process at once and tells the page', async (reason, lock) => {
  start();
  const old = lastChild();
  lock();
  await vi.waitFor(() => expect(told()).toEqual([{ type: 'locked', reason }]));
  expect(old.pid).toBeUndefined();
  expect(FakeChild.forked).toHaveLength(2);
});

const wishes = [
  ['asked', () => menuItem('lock')?.click?.()],
  ['suspend', () => powerMonitor.emit('lock-screen')],
] as const;
const savesFirst = { type: 'menu', command: 'lock' };

test.each(wishes)('locking, because %s, lets the page save what was typed and then lock', async (reason, wish) => {
  start();
  wish();
  expect(told()).toEqual([savesFirst]);
  expect(FakeChild.forked).toHaveLength(1);
  void callShell('lock');
  await vi.waitFor(() => expect(told()).toEqual([savesFirst, { type: 'locked', reason }]));
  expect(FakeChild.forked).toHaveLength(2);
});

test.each(wishes)('locking, because %s, does not wait for a page that does not answer', async (reason, wish) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  start();
  const old = lastChild();
  wish();
  wish();
  await vi.advanceTimersByTimeAsync(1100);
  vi.useRealTimers();
  await vi.waitFor(() => expect(told()).toEqual([savesFirst, { type: 'locked', reason }]));
  expect(old.pid).toBeUndefined();
  expect(FakeChild.forked).toHaveLength(2);
});

test('nobody being there locks after the minutes that were set', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  start();
  await callShell('setAutoLock', { minutes: 1 });
  vi.advanceTimersByTime(50_000);
  await callShell('activity');
  vi.advanceTimersByTime(50_000);
  expect(FakeChild.forked).toHaveLength(1);
  vi.advanceTimersByTime(12_000);
  expect(told()).toEqual([savesFirst]);
  void callShell('lock');
  await vi.waitFor(() => expect(told()).toEqual([savesFirst, { type: 'locked', reason: 'idle' }]));
  expect(FakeChild.forked).toHaveLength(2);
});

test('the death of the vault process is told', async () => {
  start();
  lastChild().end(139);
  await vi.waitFor(() => expect(told()).toEqual([{ type: 'locked', reason: 'crash' }]));
});

test('a page that died is locked out and loaded anew', async () => {
  start();
  const old = lastChild();
  const { webContents } = lastWindow();
  webContents.emit('render-process-gone');
  await vi.waitFor(() => expect(webContents.reload).toHaveBeenCalledTimes(1));
  expect(old.pid).toBeUndefined();
});

test('a window that is gone is told nothing', async () => {
  start();
  lastWindow().destroyed = true;
  expect(await callShell('lock')).toEqual(ok(null));
  expect(told()).toEqual([]);
});

test('the menu sends its commands', () => {
  start();
  for (const command of ['new-vault', 'open-vault', 'verify-report', 'settings', 'find', 'shortcuts', 'about'])
    menuItem(command)?.click?.();
  expect(told().map((event) => (event as { command: string }).command)).toEqual([
    'new-vault',
    'open-vault',
    'verify-report',
    'settings',
    'find',
    'shortcuts',
    'about',
  ]);
  expect(menuItem('lock')?.accelerator).toBe('CmdOrCtrl+Shift+L');
});

test('the recovery code is printed by the page, with the dialog of the system', async () => {
  start();
  await callShell('printRecovery');
  expect(lastWindow().webContents.print).toHaveBeenCalledWith({ silent: false, printBackground: true });
});

test('a second instance brings the window to the front', () => {
  start();
  app.emit('second-instance');
  expect(lastWindow().restore).not.toHaveBeenCalled();
  lastWindow().minimized = true;
  app.emit('second-instance');
  expect(lastWindow().restore).toHaveBeenCalledTimes(1);
  expect(lastWindow().focus).toHaveBeenCalledTimes(2);
});

test('quitting ends the vault process', () => {
  start();
  app.emit('before-quit');
  expect(lastChild().pid).toBeUndefined();
  expect(FakeChild.forked).toHaveLength(1);
});
