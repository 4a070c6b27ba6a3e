import type { Session, WebContents } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { contentSecurityPolicy, restrictContents, restrictSession, switchNetworkOff } from '../../electron/main/policy.ts';
import { app, FakeContents, resetElectron, session } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(() => resetElectron());

const own = { isMainFrame: true, requestingUrl: 'app://sealbook/' };

/** What the two handlers say: the one for asking, the one for looking. */
function permitted(permission: string, details: { isMainFrame: boolean; requestingUrl?: string }): [boolean, boolean] {
  const answer = vi.fn();
  session.defaultSession.permissionRequest(null, permission, answer, details);
  return [answer.mock.calls[0]?.[0] as boolean, session.defaultSession.permissionCheck(null, permission, 'app://sealbook', details)];
}

test('our own top frame may copy', () => {
  restrictSession(session.defaultSession as unknown as Session);
  expect(permitted('clipboard-sanitized-write', own)).toEqual([true, true]);
});

test.each([
  { ...own, isMainFrame: false },
  { ...own, requestingUrl: 'https://sealbook/' },
  { ...own, requestingUrl: 'app://sealbook.evil/' },
  { isMainFrame: true },
])('nobody else may copy: %j', (details) => {
  restrictSession(session.defaultSession as unknown as Session);
  expect(permitted('clipboard-sanitized-write', details)).toEqual([false, false]);
});

test.each(['clipboard-read', 'notifications', 'media', 'geolocation', 'fullscreen', 'openExternal', 'midi', 'usb', 'unknown'])(
  'our own page has no permission for %s',
  (permission) => {
    restrictSession(session.defaultSession as unknown as Session);
    expect(permitted(permission, own)).toEqual([false, false]);
  },
);

test('devices, spell checking and downloads are off', () => {
  restrictSession(session.defaultSession as unknown as Session);
  const event = { preventDefault: vi.fn() };
  session.defaultSession.emit('will-download', event);
  expect(event.preventDefault).toHaveBeenCalled();
  expect(session.defaultSession.devicePermission({})).toBe(false);
  expect(session.defaultSession.setSpellCheckerEnabled).toHaveBeenCalledWith(false);
});

test.each([
  ['app://sealbook/main.js', false],
  ['blob:app://sealbook/1', false],
  ['data:text/plain,x', false],
  ['devtools://devtools/bundled/x.js', false],
  ['https://example.org/', true],
  ['http://127.0.0.1/', true],
  ['ws://localhost/', true],
  ['file:///etc/passwd', true],
  ['chrome://gpu', true],
])('a request for %s is cancelled: %s', (url, cancel) => {
  restrictSession(session.defaultSession as unknown as Session);
  const answer = vi.fn();
  session.defaultSession.beforeRequest({ url }, answer);
  expect(answer).toHaveBeenCalledWith({ cancel });
});

test('a page may load itself anew and go nowhere else', () => {
  const contents = new FakeContents();
  restrictContents(contents as unknown as WebContents);
  const refused = (name: string, details: object): boolean => {
    const event = { preventDefault: vi.fn(), ...details };
    contents.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(refused('will-frame-navigate', { isMainFrame: true, url: 'app://sealbook/' })).toBe(false);
  expect(refused('will-frame-navigate', { isMainFrame: false, url: 'app://sealbook/' })).toBe(true);
  expect(refused('will-frame-navigate', { isMainFrame: true, url: 'app://sealbook/other.html' })).toBe(true);
  expect(refused('will-frame-navigate', { isMainFrame: true, url: 'https://example.org/' })).toBe(true);
  expect(refused('will-redirect', {})).toBe(true);
  expect(refused('will-attach-webview', {})).toBe(true);
  expect(contents.openHandler({ url: 'app://sealbook/' })).toEqual({ action: 'deny' });
});

test('every look-up fails and no proxy is asked', () => {
  switchNetworkOff();
  expect(app.switches.get('host-resolver-rules')).toBe('MAP * ^NOTFOUND');
  for (const name of ['no-proxy-server', 'disable-background-networking', 'disable-component-update', 'no-pings', 'disable-breakpad']) {
    expect(app.switches.has(name)).toBe(true);
  }
});

test('recordings come from bytes that the page was given and from nowhere else', () => {
  expect(contentSecurityPolicy.split('; ').filter((rule) => rule.startsWith('media-src'))).toEqual(['media-src blob:']);
});

test('the policy starts from nothing and allows no inline script', () => {
  expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|https?:/);
});
