import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createCaptures } from '../../electron/main/capture.ts';
import { desktopCapturer, BrowserWindow as FakeWindow, systemPreferences } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const picture = (text: string, empty = false) => ({ isEmpty: () => empty, toPNG: () => Buffer.from(text) });
const sources = [
  { id: 'screen:0:0', name: 'Entire screen', thumbnail: picture('screen') },
  { id: 'window:7:0', name: `Router ${'x'.repeat(400)}`, thumbnail: picture('window') },
  { id: 'window:8:0', name: 'Hidden', thumbnail: picture('', true) },
];

const platform = process.platform;
const onPlatform = (name: NodeJS.Platform) => Object.defineProperty(process, 'platform', { value: name });

beforeEach(() => {
  vi.useFakeTimers();
  desktopCapturer.getSources.mockReset().mockResolvedValue(sources);
  systemPreferences.getMediaAccessStatus.mockReset().mockReturnValue('granted');
});
afterEach(() => {
  vi.useRealTimers();
  onPlatform(platform);
});

const withWindow = (window: FakeWindow | null = null) => createCaptures(() => window as unknown as BrowserWindow | null);

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => 'no error',
    (error: { code?: string; hint?: string }) => error.code,
  );
}

test('screens and windows are shown by a small picture; those without one are left out', async () => {
  expect(await withWindow().sources()).toEqual([
    { id: 'screen:0:0', name: 'Entire screen', kind: 'screen', thumbnail: Buffer.from('screen') },
    { id: 'window:7:0', name: sources[1]?.name.slice(0, 300), kind: 'window', thumbnail: Buffer.from('window') },
  ]);
  expect(desktopCapturer.getSources).toHaveBeenCalledWith(expect.objectContaining({ thumbnailSize: { width: 320, height: 200 } }));
});

test('its own window is out of the way for the picture and comes back, also when it fails', async () => {
  const window = new FakeWindow({});
  const work = withWindow(window).take({ id: 'window:7:0', hideOwnWindow: true, delay: 3 });
  expect(window.minimize).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3399);
  expect(desktopCapturer.getSources).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(desktopCapturer.getSources).toHaveBeenCalledWith({
    types: ['window'],
    thumbnailSize: { width: 2880, height: 1620 },
    fetchWindowIcons: false,
  });
  expect(await work).toMatchObject({ bytes: Buffer.from('window') });
  expect([window.restore.mock.calls.length, window.focus.mock.calls.length]).toEqual([1, 1]);
  const gone = codeOf(withWindow(window).take({ id: 'window:9:0', hideOwnWindow: true, delay: 0 }));
  await vi.advanceTimersByTimeAsync(400);
  expect(await gone).toBe('capture.gone');
  expect(window.restore).toHaveBeenCalledTimes(2);
});

test('a window that is minimised already, or gone by then, is left alone', async () => {
  const window = new FakeWindow({});
  window.minimized = true;
  const quiet = withWindow(window).take({ id: 'screen:0:0', hideOwnWindow: true, delay: 0 });
  await vi.advanceTimersByTimeAsync(0);
  await quiet;
  expect(window.minimize).not.toHaveBeenCalled();
  window.minimized = false;
  const closing = withWindow(window).take({ id: 'screen:0:0', hideOwnWindow: true, delay: 0 });
  window.destroyed = true;
  await vi.advanceTimersByTimeAsync(400);
  await closing;
  expect(window.restore).not.toHaveBeenCalled();
});

test('a system that refuses, throws or has nothing to show ends in words, not in an empty list', async () => {
  desktopCapturer.getSources.mockRejectedValueOnce(new Error('portal'));
  expect(await codeOf(withWindow().sources())).toBe('capture.refused');
  desktopCapturer.getSources.mockResolvedValueOnce([]);
  expect(await codeOf(withWindow().sources())).toBe('capture.refused');
  onPlatform('darwin');
  systemPreferences.getMediaAccessStatus.mockReturnValue('denied');
  desktopCapturer.getSources.mockClear();
  expect(await codeOf(withWindow().sources())).toBe('capture.refused');
  expect(desktopCapturer.getSources).not.toHaveBeenCalled();
});
