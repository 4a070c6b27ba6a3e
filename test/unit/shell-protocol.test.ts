import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Session } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { declareAppScheme, serveApp } from '../../electron/main/protocol.ts';
import { protocol, resetElectron, session } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

let folder = '';
beforeEach(() => {
  resetElectron();
  folder = mkdtempSync(join(tmpdir(), 'sealbook-protocol-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'main.cjs'), 'outside');
  writeFileSync(join(folder, 'renderer', 'index.html'), '<p>page</p>');
  writeFileSync(join(folder, 'renderer', 'pdf.worker.mjs'), 'worker');
  writeFileSync(join(folder, 'renderer', 'a.bcmap'), new Uint8Array([0, 255]));
  serveApp(session.defaultSession as unknown as Session, join(folder, 'renderer'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function get(url: string, method = 'GET'): Promise<Response> {
  const handler = session.defaultSession.served.get('app');
  if (handler === undefined) throw new Error('Nothing serves app:');
  return handler({ url, method } as Request);
}

test.each([
  ['app://sealbook/', 'text/html; charset=utf-8', '<p>page</p>'],
  ['app://sealbook/pdf.worker.mjs', 'text/javascript; charset=utf-8', 'worker'],
])('%s is served as %s', async (url, type, text) => {
  const response = await get(url);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([200, type, text]);
});

test('bytes of an unknown kind arrive unharmed and are not guessed at', async () => {
  const response = await get('app://sealbook/a.bcmap');
  expect(response.headers.get('content-type')).toBe('application/octet-stream');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
});

test.each([
  ['app://sealbook/..%2fmain.cjs', 'GET', 403],
  ['app://sealbook/..%5cmain.cjs', 'GET', 403],
  ['app://other/index.html', 'GET', 403],
  ['app://sealbook/', 'POST', 403],
  ['app://sealbook/none.js', 'GET', 404],
])('%s by %s is answered with %i', async (url, method, status) => {
  const response = await get(url, method);
  expect(response.status).toBe(status);
  expect(await response.text()).not.toContain('outside');
});

test.each(['app://sealbook/', 'app://sealbook/none.js', 'app://sealbook/..%2fmain.cjs'])(
  '%s carries the protecting headers',
  async (url) => {
    const { headers } = await get(url);
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
  },
);

test('the scheme is declared as standard and secure, without a way around the policy', () => {
  declareAppScheme();
  expect(protocol.registerSchemesAsPrivileged).toHaveBeenCalledWith([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
});
