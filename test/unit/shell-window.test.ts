import { beforeEach, expect, test, vi } from 'vitest';
import type { JsonFile, Settings } from '../../electron/main/settings.ts';
import { openWindow } from '../../electron/main/window.ts';
import { lastWindow, nativeTheme, resetElectron } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(() => resetElectron());

function settingsFile(settings: Partial<Settings> = {}): JsonFile<Settings> {
  return { read: () => ({ bounds: null, maximized: false, theme: 'dark', ...settings }), write: vi.fn() };
}

test('the page is sandboxed, isolated and without Node', () => {
  openWindow('/dist/preload.cjs', settingsFile(), { hidden: false });
  expect(lastWindow().options.webPreferences).toMatchObject({
    preload: '/dist/preload.cjs',
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    devTools: false,
  });
  expect(lastWindow().loadURL).toHaveBeenCalledWith('app://sealbook/');
});

test('it is shown when it has something to show, as large as it was', () => {
  openWindow('p', settingsFile({ maximized: true }), { hidden: false });
  const window = lastWindow();
  expect([window.options.show, window.show.mock.calls.length]).toEqual([false, 0]);
  window.emit('ready-to-show');
  expect(window.maximize).toHaveBeenCalled();
  expect(window.show).toHaveBeenCalled();
  openWindow('p', settingsFile(), { hidden: false });
  lastWindow().emit('ready-to-show');
  expect(lastWindow().maximize).not.toHaveBeenCalled();
});

test.each([
  ['on the screen', { x: 100, y: 100, width: 1000, height: 700 }, true],
  ['partly beside it', { x: -800, y: 0, width: 1000, height: 700 }, true],
  ['beside it', { x: -950, y: 0, width: 1000, height: 700 }, false],
  ['on a screen that is gone', { x: 2000, y: 100, width: 1000, height: 700 }, false],
  ['above it', { x: 100, y: -10, width: 1000, height: 700 }, false],
  ['below it', { x: 100, y: 1050, width: 1000, height: 700 }, false],
])('a remembered place %s is taken: %o, %s', (_name, bounds, taken) => {
  openWindow('p', settingsFile({ bounds }), { hidden: false });
  expect(lastWindow().options).toMatchObject(taken ? bounds : { width: 1280, height: 860 });
  expect('x' in lastWindow().options).toBe(taken);
});

test('its place is kept when it closes, and the other settings with it', () => {
  const settings = settingsFile();
  openWindow('p', settings, { hidden: false });
  lastWindow().maximized = true;
  lastWindow().emit('close');
  expect(settings.write).toHaveBeenCalledWith({ bounds: { x: 1, y: 2, width: 900, height: 700 }, maximized: true, theme: 'dark' });
});

test('a hidden one is never shown and keeps nothing', () => {
  const settings = settingsFile();
  openWindow('p', settings, { hidden: true });
  lastWindow().emit('ready-to-show');
  lastWindow().emit('close');
  expect(lastWindow().show).not.toHaveBeenCalled();
  expect(settings.write).not.toHaveBeenCalled();
});

test('there is no flash of the wrong colour before the page is there', () => {
  openWindow('p', settingsFile(), { hidden: false });
  const light = lastWindow().options.backgroundColor;
  nativeTheme.shouldUseDarkColors = true;
  openWindow('p', settingsFile(), { hidden: false });
  expect([light, lastWindow().options.backgroundColor]).toEqual(['#ffffff', '#16181d']);
});
