import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { ShellEvent } from '../../shared/ipc/shell.ts';
import type { OpenedApp } from './harness.ts';
import { clickMenu, electronCommand, openApp, processIds } from './harness.ts';

interface TestWindow {
  sealbook: Bridge;
  heard: ShellEvent[];
}
/** The page's global object; only used inside functions that run there. */
declare const self: TestWindow & typeof window;

let opened: OpenedApp;

test.beforeEach(async () => {
  opened = await openApp();
});
test.afterEach(async () => {
  await opened.close();
});

test('the window opens on the app page and nothing violates its policy', async () => {
  expect(opened.page.url()).toBe('app://sealbook/');
  expect(await opened.page.title()).toContain('Sealbook');
  expect(opened.problems).toEqual([]);
});

test('the page has no Node, only frozen named functions', async () => {
  const seen = await opened.page.evaluate(() => ({
    require: typeof (self as unknown as { require: unknown }).require,
    process: typeof (self as unknown as { process: unknown }).process,
    keys: Object.keys(self.sealbook).sort(),
    frozen: Object.isFrozen(self.sealbook) && Object.isFrozen(self.sealbook.vault) && Object.isFrozen(self.sealbook.shell),
    functions: Object.values(self.sealbook.vault).every((value) => typeof value === 'function'),
  }));
  expect(seen).toEqual({
    require: 'undefined',
    process: 'undefined',
    keys: ['cancel', 'onShellEvent', 'onVaultEvent', 'shell', 'vault'],
    frozen: true,
    functions: true,
  });
});

test('the renderer runs in the sandbox of Chromium', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  const { renderer } = await processIds(opened.app);
  const status = readFileSync(`/proc/${renderer}/status`, 'utf8');
  expect(status).toMatch(/^Seccomp:\s+2$/m);
  expect(status).toMatch(/^NoNewPrivs:\s+1$/m);
  const preferences = await opened.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
});

test('every response carries the policy, and the policy bites', async () => {
  const headers = await opened.page.evaluate(async () => Object.fromEntries((await fetch('app://sealbook/')).headers));
  expect(headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(headers['x-content-type-options']).toBe('nosniff');
  expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  const violation = await opened.page.evaluate(async () => {
    const seen = new Promise<string>((resolve) => {
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective), { once: true });
    });
    try {
      document.createElement('div').innerHTML = '<b>text</b>';
    } catch {
      // The refusal is what the event tells of.
    }
    return seen;
  });
  expect(violation).toBe('require-trusted-types-for');
  expect(
    await opened.page.evaluate(() =>
      fetch('https://example.org/').then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
});

test('a path that leads out of the app folder is refused', async () => {
  const statuses = await opened.page.evaluate(() =>
    Promise.all(
      [
        'app://sealbook/%2e%2e/main.cjs',
        'app://sealbook/..%2fmain.cjs',
        'app://sealbook/..%5cmain.cjs',
        'app://sealbook/a%2f..%2f..%2fmain.cjs',
        'app://sealbook/none.js',
      ].map(async (address) => (await fetch(address)).status),
    ),
  );
  expect(statuses).toEqual([404, 403, 403, 403, 404]);
  const elsewhere = await opened.page.evaluate(() =>
    fetch('app://other/main.cjs').then(
      (response) => response.status,
      () => 'refused',
    ),
  );
  expect(elsewhere).toBe('refused');
});

test('the page cannot open a window, go elsewhere or get a permission', async () => {
  const result = await opened.page.evaluate(async () => {
    const child = window.open('app://sealbook/', '_blank');
    location.href = 'https://example.org/';
    const link = Object.assign(document.createElement('a'), { href: 'app://sealbook/index.html', target: '_self' });
    document.body.append(link);
    link.click();
    link.remove();
    const media = await navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => 'granted',
      (error: Error) => error.name,
    );
    const place = await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('denied'),
      ),
    );
    return { child: child === null, media, place, notification: await Notification.requestPermission() };
  });
  expect(result).toMatchObject({ child: true, place: 'denied', notification: 'denied' });
  expect(result.media).not.toBe('granted');
  await opened.page.waitForTimeout(300);
  expect(opened.page.url()).toBe('app://sealbook/');
  expect(opened.app.windows()).toHaveLength(1);
});

test('the page may copy text, and nothing else that asks for leave', async () => {
  // Chromium lets only a page with the focus copy.
  await opened.page.locator('body').click({ position: { x: 4, y: 4 } });
  const result = await opened.page.evaluate(async () => {
    const outcome = (work: Promise<unknown>) =>
      work.then(
        () => 'allowed',
        (error: Error) => error.name,
      );
    const states = ['clipboard-read', 'notifications', 'camera', 'microphone', 'geolocation', 'clipboard-write'].map(async (name) => {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return [name, state] as const;
    });
    return {
      written: await outcome(navigator.clipboard.writeText('A3:F0 fingerprint')),
      read: await outcome(navigator.clipboard.readText()),
      states: Object.fromEntries(await Promise.all(states)),
    };
  });
  expect(result).toEqual({
    written: 'allowed',
    read: 'NotAllowedError',
    states: {
      'clipboard-read': 'denied',
      notifications: 'denied',
      camera: 'denied',
      microphone: 'denied',
      geolocation: 'denied',
      'clipboard-write': 'granted',
    },
  });
  expect(await opened.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('A3:F0 fingerprint');
});

test('a second instance ends at once and leaves the first alone', async () => {
  const { executable, args } = electronCommand(opened.profile);
  const second = spawn(executable, args, { stdio: 'ignore' });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  expect(opened.app.windows()).toHaveLength(1);
  expect(await opened.page.title()).toContain('Sealbook');
});

test('bytes pass the bridge unharmed in both directions, with progress and events', async () => {
  await answerFromMain(opened);
  const result = await opened.page.evaluate(async () => {
    const events: unknown[] = [];
    const progress: unknown[] = [];
    const stop = self.sealbook.onVaultEvent((event) => events.push(event));
    const bytes = new Uint8Array([0, 1, 127, 128, 255]);
    const outcome = await self.sealbook.vault['verify.bytes']({ name: 'a.pdf', bytes }, { onProgress: (step) => progress.push(step) });
    stop();
    const value = (outcome as unknown as { value: { echo: { bytes: Uint8Array }; instance: boolean } }).value;
    return { instance: value.instance, back: value.echo.bytes instanceof Uint8Array, bytes: [...value.echo.bytes], events, progress };
  });
  expect(result).toEqual({
    instance: true,
    back: true,
    bytes: [0, 1, 127, 128, 255],
    events: [{ type: 'changed', topics: ['audits'], auditId: null }],
    progress: [{ label: 'half', done: 1, total: 2, unit: 'items', elapsed: 3 }],
  });
});

test('a call that the vault did not answer before it was replaced fails as locked', async () => {
  await answerFromMain(opened);
  const outcome = await opened.page.evaluate(async () => {
    const unanswered = self.sealbook.vault['trail.verify'](undefined);
    void self.sealbook.shell.lock(undefined);
    return unanswered;
  });
  expect(outcome).toMatchObject({ ok: false, error: { kind: 'expected', code: 'vault.locked' } });
});

test('main refuses a payload that is not what was declared', async () => {
  const outcome = await opened.page.evaluate(() => self.sealbook.shell.setAutoLock({ minutes: 0.5 }));
  expect(outcome).toMatchObject({ ok: false, error: { code: 'payload.invalid' } });
});

test('locking replaces the vault process and says so', async () => {
  await listen(opened);
  const before = await processIds(opened.app);
  await clickMenu(opened.app, 'lock');
  await expect.poll(() => heard(opened)).toContainEqual({ type: 'locked', reason: 'asked' });
  const after = await processIds(opened.app);
  expect(after.vault).not.toBe(before.vault);
  expect(after.renderer).toBe(before.renderer);
});

test('the death of the vault process is reported and survived', async () => {
  await listen(opened);
  await expect.poll(async () => (await processIds(opened.app)).vault).toBeGreaterThan(0);
  const { vault } = await processIds(opened.app);
  process.kill(vault, 'SIGKILL');
  await expect.poll(() => heard(opened)).toContainEqual({ type: 'locked', reason: 'crash' });
  await expect.poll(async () => (await processIds(opened.app)).vault).not.toBe(vault);
  const outcome = await opened.page.evaluate(() => self.sealbook.vault['vault.current'](undefined));
  expect(outcome).toEqual({ ok: true, value: null });
});

test('two locks at once leave one fresh vault process, connected', async () => {
  await listen(opened);
  const { vault } = await processIds(opened.app);
  await opened.page.evaluate(() => Promise.all([self.sealbook.shell.lock(undefined), self.sealbook.shell.lock(undefined)]));
  expect(await heard(opened)).toEqual(Array(2).fill({ type: 'locked', reason: 'asked' }));
  const outcome = await opened.page.evaluate(() => self.sealbook.vault['vault.current'](undefined));
  expect(outcome).toEqual({ ok: true, value: null });
  const vaults = await opened.app.evaluate(({ app }) =>
    app
      .getAppMetrics()
      .filter(({ name, serviceName }) => [name, serviceName].includes('Sealbook vault'))
      .map(({ pid }) => pid),
  );
  expect(vaults).toHaveLength(1);
  expect(vaults).not.toContain(vault);
});

test('no address is looked up or reached, not even on this computer', async () => {
  const problem = await opened.app.evaluate(async ({ session }) =>
    Promise.all(
      ['localhost', '127.0.0.1', 'example.org'].map((host) =>
        session.defaultSession.resolveHost(host).then(
          () => 'resolved',
          (error: Error) => error.message,
        ),
      ),
    ),
  );
  expect(problem).toEqual(Array(3).fill('net::ERR_NAME_NOT_RESOLVED'));
});

test('a menu command reaches the page', async () => {
  await listen(opened);
  await clickMenu(opened.app, 'settings');
  await expect.poll(() => heard(opened)).toEqual([{ type: 'menu', command: 'settings' }]);
});

async function listen({ page }: OpenedApp): Promise<void> {
  await page.evaluate(() => {
    self.heard = [];
    self.sealbook.onShellEvent((event) => self.heard.push(event));
  });
}

function heard({ page }: OpenedApp): Promise<ShellEvent[]> {
  return page.evaluate(() => self.heard);
}

/** Connects the page to a vault that main plays: it echoes `verify.bytes` and never answers `trail.verify`. */
async function answerFromMain({ app }: OpenedApp): Promise<void> {
  await app.evaluate(({ BrowserWindow, MessageChannelMain }) => {
    const { port1, port2 } = new MessageChannelMain();
    port2.on('message', ({ data }) => {
      if (data.method !== 'verify.bytes') return;
      port2.postMessage({ type: 'event', event: { type: 'changed', topics: ['audits'], auditId: null } });
      port2.postMessage({ type: 'progress', id: data.id, progress: { label: 'half', done: 1, total: 2, unit: 'items', elapsed: 3 } });
      port2.postMessage({ type: 'result', id: data.id, value: { echo: data.payload, instance: data.payload.bytes instanceof Uint8Array } });
    });
    port2.start();
    BrowserWindow.getAllWindows()[0]?.webContents.postMessage('sealbook:port', null, [port1]);
  });
}
