import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { bytes, withResolvers } from '../../../electron/reader/pdf-runtime.ts';

vi.mock('../../../electron/reader/watch-memory.ts', () => ({ watchMemory: vi.fn() }));

class Port extends EventEmitter {
  readonly sent: unknown[] = [];
  readonly start = vi.fn();
  postMessage(message: unknown): void {
    this.sent.push(message);
  }
}

const umask = process.umask();
const exit = vi.spyOn(process, 'exit').mockImplementation((() => {}) as never);
const job = { kind: 'scan', file: { name: 'a.txt', mediaType: '', bytes: Buffer.from('a@b.org'), size: 7 } };
const scanned = { ok: true, value: { scan: { counts: [{ kind: 'email', count: 1 }] }, cut: false } };

beforeEach(() => {
  vi.resetModules();
  exit.mockClear();
});
afterEach(() => {
  process.umask(umask);
  Reflect.deleteProperty(process, 'parentPort');
  process.removeAllListeners('disconnect');
});

test('forked by main it serves the one line that it is handed, and ends with it', async () => {
  const parent = new Port();
  Object.assign(process, { parentPort: parent });
  await import('../../../electron/reader/entry.ts');
  parent.emit('message', { data: {}, ports: [] });
  const port = new Port();
  parent.emit('message', { data: {}, ports: [port] });
  expect(port.start).toHaveBeenCalled();
  port.emit('message', { data: { id: 1, job } });
  port.emit('message', { data: { id: 2, job: { ...job, kind: 'attachment', index: 0 } } });
  await vi.waitFor(() =>
    expect(port.sent).toMatchObject([
      { id: 1, ...scanned },
      { id: 2, ok: false, reason: 'unreadable' },
    ]),
  );
  port.emit('close');
  expect(exit).toHaveBeenCalled();
});

test('forked in plain Node it answers its parent, and ends with it', async () => {
  const send = vi.fn();
  const before = process.send;
  process.send = send;
  await import('../../../electron/reader/entry.ts');
  const listener = process.listeners('message').at(-1) as (message: unknown) => void;
  listener({ id: 1, job });
  await vi.waitFor(() => expect(send).toHaveBeenCalledWith(expect.objectContaining({ id: 1, ok: true })));
  process.removeListener('message', listener);
  process.emit('disconnect');
  expect(exit).toHaveBeenCalled();
  if (before === undefined) Reflect.deleteProperty(process, 'send');
  else process.send = before;
});

test('what pdf.js expects is there on the oldest Node', async () => {
  const { promise, resolve } = withResolvers<number>();
  resolve(5);
  expect(await promise).toBe(5);
  const refused = withResolvers<number>();
  refused.reject(new Error('no'));
  await expect(refused.promise).rejects.toThrow('no');
  expect(await bytes.call(new Response('ab'))).toEqual(new Uint8Array([97, 98]));
});
