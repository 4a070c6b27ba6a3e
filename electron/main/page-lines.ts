import { ipcMain } from 'electron';
import type { Broker } from './broker.ts';
import { isOurPage } from './sender.ts';

/** Gives each load of our page one line to the vault, when its preload asks for it. Nobody else gets one. */
export function connectPages(broker: Pick<Broker, 'connect'>): void {
  const connected = new Set<string>();
  ipcMain.on('sealbook:connect', (event) => {
    const frame = event.senderFrame;
    if (frame === null || !isOurPage(frame)) return;
    const load = `${frame.processId}:${frame.routingId}`;
    if (connected.has(load)) return;
    connected.add(load);
    event.sender.once('did-start-navigation', () => connected.delete(load));
    broker.connect(event.sender);
  });
}
