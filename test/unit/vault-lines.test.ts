import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallContext } from '../../electron/vault/context.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { serveVault } from '../../electron/vault/lines.ts';
import { buildSampleVault, runSmokeTest } from '../../electron/vault/sample.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';

vi.mock('../../electron/vault/sample.ts', () => ({ buildSampleVault: vi.fn(), runSmokeTest: vi.fn() }));
vi.mock('../../electron/vault/vault-file.ts', async (original) => ({ ...(await original<object>()), closeVault: vi.fn() }));
vi.mock('../../electron/vault/dispatch.ts', async (original) => ({ ...(await original<object>()), dispatch: vi.fn() }));

/** The other process's end of a line: what was posted to it, and `emit('message')` for what it sends. */
class FakePort extends EventEmitter {
  readonly posted: unknown[] = [];
  readonly start = vi.fn();
  readonly close = vi.fn();
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
}

let main: FakePort;
let page: FakePort;
const log = vi.spyOn(console, 'error');
const exitListeners = process.listeners('exit');

beforeEach(() => {
  vi.mocked(dispatch).mockReset();
  log.mockReset().mockImplementation(() => {});
  main = new FakePort();
  page = new FakePort();
  serveVault(main, '/dist');
  connect(page);
});
afterEach(() => {
  vi.useRealTimers();
  for (const listener of process.listeners('exit')) if (!exitListeners.includes(listener)) process.off('exit', listener);
});

function connect(port: FakePort): void {
  main.emit('message', { data: { type: 'port' }, ports: [port] });
}

function call(id: unknown, port = page): void {
  port.emit('message', { data: { type: 'call', id, method: 'packs.list', payload: { a: 1 } } });
}

/** Handlers that run until they are told to go on; the contexts they were given, in order. */
function hold(): { contexts: CallContext[]; goOn: (() => void)[] } {
  const held = { contexts: [] as CallContext[], goOn: [] as (() => void)[] };
  vi.mocked(dispatch).mockImplementation(
    (context) =>
      new Promise((resolve) => {
        held.contexts.push(context);
        held.goOn.push(() => resolve('done'));
      }),
  );
  return held;
}

test('a call is dispatched and its value goes back under its number', async () => {
  vi.mocked(dispatch).mockResolvedValue(['pack']);
  call(7);
  await vi.waitFor(() => expect(page.posted).toEqual([{ type: 'result', id: 7, value: ['pack'] }]));
  expect(vi.mocked(dispatch).mock.calls[0]?.slice(1)).toEqual(['packs.list', { a: 1 }]);
  expect(page.start).toHaveBeenCalled();
});

test('main is told when what it sent before has arrived', () => {
  main.emit('message', { data: { type: 'file', token: 'token', path: '/files/x', purpose: 'read' }, ports: [] });
  main.emit('message', { data: { type: 'ping', id: 'one' }, ports: [] });
  expect(main.posted).toEqual([{ type: 'pong', id: 'one' }]);
});

test('what is no call is left alone', () => {
  call('seven');
  page.emit('message', { data: { type: 'cancel', id: 7 } });
  page.emit('message', { data: { type: 'other', id: 7 } });
  main.emit('message', { data: { type: 'port' }, ports: [] });
  main.emit('message', { data: { type: 'other' }, ports: [] });
  expect(dispatch).not.toHaveBeenCalled();
  expect([...page.posted, ...main.posted]).toEqual([]);
});

test.each([
  [new ExpectedError('disk.full', 'Make room.'), { kind: 'expected', code: 'disk.full', hint: 'Make room.' }],
  [new CancelledError(), { kind: 'cancelled' }],
  [new Error('a record'), { kind: 'bug', reference: expect.any(String) }],
])('%s travels as data', async (error, wire) => {
  vi.mocked(dispatch).mockRejectedValue(error);
  call(1);
  await vi.waitFor(() => expect(page.posted).toMatchObject([{ type: 'error', id: 1, error: wire }]));
  expect(JSON.stringify([page.posted, log.mock.calls])).not.toContain('a record');
});

test('a running call can be cancelled by its number', () => {
  const { contexts } = hold();
  call(1);
  call(2);
  page.emit('message', { data: { type: 'cancel', id: 2 } });
  expect(contexts.map(({ signal }) => signal.aborted)).toEqual([false, true]);
});

test('progress goes out ten times a second at most, and the last step always', () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const { contexts } = hold();
  call(1);
  const step = (done: number) => contexts[0]?.progress({ label: 'sealing', done, total: 4, unit: 'bytes' });
  step(1);
  vi.setSystemTime(Date.now() + 150);
  step(2);
  vi.setSystemTime(Date.now() + 20);
  step(3);
  step(4);
  expect(page.posted).toMatchObject([
    { type: 'progress', id: 1, progress: { done: 2, elapsed: 150 } },
    { type: 'progress', id: 1, progress: { done: 4, elapsed: 170 } },
  ]);
});

test('a fresh page cancels what the old one left, and its own calls keep their numbers', async () => {
  const { contexts, goOn } = hold();
  call(1);
  const next = new FakePort();
  connect(next);
  expect(page.close).toHaveBeenCalled();
  expect(contexts[0]?.signal.aborted).toBe(true);
  call(1, next);
  goOn[0]?.();
  await vi.waitFor(() => expect(page.posted).toHaveLength(1));
  next.emit('message', { data: { type: 'cancel', id: 1 } });
  expect(contexts[1]?.signal.aborted).toBe(true);
  expect(next.posted).toEqual([]);
});

test('handed files and events reach whom they are for', () => {
  const { contexts } = hold();
  main.emit('message', { data: { type: 'file', token: 't', path: '/a', purpose: 'read' }, ports: [] });
  call(1);
  expect(contexts[0]?.process.files.get('t')).toEqual({ path: '/a', purpose: 'read' });
  expect(contexts[0]?.process.assets.reportWorker).toBe('/dist/report-worker.cjs');
  expect(contexts[0]?.process.assets.evidenceWorker).toBe('/dist/evidence-worker.cjs');
  expect(contexts[0]?.process.assets.databaseWorker).toBe('/dist/database-worker.cjs');
  const event = { type: 'changed', topics: ['audits'], auditId: null } as const;
  contexts[0]?.process.emit(event);
  expect(page.posted).toEqual([{ type: 'event', event }]);
});

test('main hears of the sample and of the smoke test', async () => {
  vi.mocked(buildSampleVault).mockResolvedValue('four words');
  vi.mocked(runSmokeTest).mockResolvedValue({ pages: 3 } as never);
  main.emit('message', { data: { type: 'sample', id: 'a', path: '/s' }, ports: [] });
  main.emit('message', { data: { type: 'smoke', id: 'b', directory: '/o' }, ports: [] });
  await vi.waitFor(() => expect(main.posted).toHaveLength(2));
  expect(main.posted).toEqual([
    { type: 'sample-ready', id: 'a', passphrase: 'four words' },
    { type: 'smoke-done', id: 'b', report: { pages: 3 } },
  ]);
});

test('main hears of a failure without what it was about', async () => {
  vi.mocked(buildSampleVault).mockRejectedValueOnce(new ExpectedError('disk.full'));
  vi.mocked(runSmokeTest).mockRejectedValueOnce(new Error('a record'));
  main.emit('message', { data: { type: 'sample', id: 'a', path: '/s' }, ports: [] });
  main.emit('message', { data: { type: 'smoke', id: 'b', directory: '/o' }, ports: [] });
  await vi.waitFor(() => expect(main.posted).toHaveLength(2));
  expect(main.posted).toEqual([
    { type: 'sample-failed', id: 'a', code: 'disk.full', message: 'The disk is full.' },
    { type: 'smoke-failed', id: 'b', code: 'bug', message: 'Something went wrong; nothing was changed.' },
  ]);
});

test('an event before any page is there is dropped', () => {
  const early = new FakePort();
  const { contexts } = hold();
  serveVault(early, '/dist');
  call(1);
  expect(() => contexts[0]?.process.emit({ type: 'changed', topics: [], auditId: null })).not.toThrow();
});

test('a long list travels as JSON', async () => {
  vi.mocked(dispatch).mockResolvedValue([{ id: 1 }]);
  page.emit('message', { data: { type: 'call', id: 4, method: 'evidence.list', payload: {} } });
  await vi.waitFor(() => expect(page.posted).toEqual([{ type: 'text', id: 4, json: '[{"id":1}]' }]));
});

test('a reader gets its end of the line from main, and one that nobody waits for is closed', async () => {
  const { contexts } = hold();
  call(1);
  const { signal } = new AbortController();
  const file = { name: 'a.txt', mediaType: '', bytes: new Uint8Array(), size: 0 };
  const job = contexts[0]?.process.reader.run({ kind: 'preview', file }, signal);
  expect(main.posted).toEqual([{ type: 'reader-start', number: 1 }]);
  main.emit('message', { data: { type: 'reader', number: 1 }, ports: [] });
  const [line, unexpected] = [new FakePort(), new FakePort()];
  main.emit('message', { data: { type: 'reader', number: 1 }, ports: [line] });
  main.emit('message', { data: { type: 'reader', number: 2 }, ports: [unexpected] });
  expect(unexpected.close).toHaveBeenCalled();
  await vi.waitFor(() => expect(line.posted).toHaveLength(1));
  const [{ id }] = line.posted as [{ id: number }];
  line.emit('message', { data: { id, ok: true, value: 'shown' } });
  await expect(job).resolves.toBe('shown');
  main.emit('message', { data: { type: 'reader-gone', number: 1 }, ports: [] });
});

test('an orderly end closes the vault that is open, and does nothing where none is', () => {
  const { contexts } = hold();
  call(1);
  const ends = process.listeners('exit').at(-1) as (code: number) => void;
  expect(() => ends(0)).not.toThrow();
  const session = { id: 'open' } as never;
  if (contexts[0] !== undefined) contexts[0].process.session = session;
  ends(0);
  expect(closeVault).toHaveBeenCalledExactlyOnceWith(session);
});
