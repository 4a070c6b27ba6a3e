import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { shellPayloads } from '../../shared/ipc/shell.ts';
import * as electron from './fake-electron.ts';

const { contextBridge, ipcRenderer } = electron;

let bridge: Bridge;
beforeEach(async () => {
  electron.resetElectron();
  // The preload runs once a page: each test loads it anew.
  vi.resetModules();
  vi.doMock('electron', () => electron);
  await import('../../electron/preload/preload.ts');
  const [name, exposed] = contextBridge.exposeInMainWorld.mock.calls.at(-1) ?? [];
  expect(name).toBe('sealbook');
  bridge = exposed as Bridge;
});

test('the page gets the declared functions and no channel', () => {
  expect(Object.keys(bridge).sort()).toEqual(['cancel', 'onShellEvent', 'onVaultEvent', 'shell', 'vault']);
  expect(Object.keys(bridge.vault).sort()).toEqual(Object.keys(contract).sort());
  expect(Object.keys(bridge.shell).sort()).toEqual(Object.keys(shellPayloads).sort());
  expect(ipcRenderer.send.mock.calls).toEqual([['sealbook:connect']]);
});

test('a shell call goes to its own channel', async () => {
  await bridge.shell.setTheme({ theme: 'dark' });
  expect(ipcRenderer.invoke).toHaveBeenCalledWith('shell:setTheme', { theme: 'dark' });
});

test('a vault call waits for the line, goes over it, and can be cancelled', async () => {
  const answer = bridge.vault['packs.list'](undefined, { cancelId: 4 });
  ipcRenderer.emit('sealbook:port', { ports: [] });
  const port = { postMessage: vi.fn(), close: vi.fn(), onmessage: (_event: { data: unknown }) => {} };
  ipcRenderer.emit('sealbook:port', { ports: [port] });
  expect(port.postMessage).toHaveBeenCalledWith({ type: 'call', id: 1, method: 'packs.list', payload: undefined });
  bridge.cancel(4);
  expect(port.postMessage).toHaveBeenLastCalledWith({ type: 'cancel', id: 1 });
  port.onmessage({ data: { type: 'result', id: 1, value: [] } });
  expect(await answer).toEqual({ ok: true, value: [] });
});

test('events reach those who listen, until they stop', () => {
  const shell = vi.fn();
  const vault = vi.fn();
  const stops = [bridge.onShellEvent(shell), bridge.onVaultEvent(vault)];
  const port = { postMessage: vi.fn(), close: vi.fn(), onmessage: (_event: { data: unknown }) => {} };
  ipcRenderer.emit('sealbook:port', { ports: [port] });
  const locked = { type: 'locked', reason: 'idle' };
  const changed = { type: 'changed', topics: ['audits'], auditId: null };
  ipcRenderer.emit('sealbook:event', {}, locked);
  port.onmessage({ data: { type: 'event', event: changed } });
  for (const stop of stops) stop();
  ipcRenderer.emit('sealbook:event', {}, locked);
  port.onmessage({ data: { type: 'event', event: changed } });
  expect([shell.mock.calls, vault.mock.calls]).toEqual([[[locked]], [[changed]]]);
});
