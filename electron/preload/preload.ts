import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../../shared/ipc/bridge.ts';
import type { MethodName } from '../../shared/ipc/contract.ts';
import type { ShellEvent, ShellName } from '../../shared/ipc/shell.ts';
import { createListeners } from './listeners.ts';
import { methodNames, shellNames } from './names.ts';
import { createVaultLine } from './vault-line.ts';

/** Only what is listed here becomes reachable for the page: named functions, no channel that a page could name. */
const line = createVaultLine();
const shellEvents = createListeners<ShellEvent>();

ipcRenderer.on('sealbook:port', (event) => {
  const [port] = event.ports;
  if (port !== undefined) line.attach(port);
});
ipcRenderer.on('sealbook:event', (_event, event: ShellEvent) => shellEvents.emit(event));
ipcRenderer.send('sealbook:connect');

const vault = Object.fromEntries(
  methodNames.map((name) => [name, (payload: unknown, options: unknown) => line.call(name, payload, options)]),
) as unknown as Record<MethodName, never>;

const shell = Object.fromEntries(
  shellNames.map((name) => [name, (payload: unknown) => ipcRenderer.invoke(`shell:${name}`, payload)]),
) as unknown as Record<ShellName, never>;

const bridge: Bridge = {
  vault,
  shell,
  cancel: (cancelId) => line.cancel(cancelId),
  onVaultEvent: (listener) => line.events.add(listener),
  onShellEvent: (listener) => shellEvents.add(listener),
};

contextBridge.exposeInMainWorld('sealbook', bridge);
