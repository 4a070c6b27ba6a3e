import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Broker } from '../../electron/main/broker.ts';
import { createBroker } from '../../electron/main/broker.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { FakeChild, FakeContents, lastChild, resetElectron } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const crashed = vi.fn();
let broker: Broker;
let page: FakeContents;

beforeEach(() => {
  resetElectron();
  crashed.mockClear();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  broker = createBroker('/app/dist', crashed);
  page = new FakeContents();
});
afterEach(() => {
  broker.stop();
  vi.useRealTimers();
});

const connect = () => broker.connect(page as unknown as WebContents);

test('the vault process is told where the built files lie', () => {
  expect(lastChild().path).toBe('/app/dist/vault.cjs');
  expect(lastChild().options.env.SEALBOOK_ASSETS).toBe('/app/dist');
});

test('a page and the vault get the two ends of one line', () => {
  connect();
  expect(lastChild().posted).toEqual([{ message: { type: 'port' }, ports: [{ end: 'vault' }] }]);
  expect(page.posted).toEqual([{ channel: 'sealbook:port', ports: [{ end: 'page' }] }]);
});

test('locking kills the process at once and connects the page to a fresh one', async () => {
  connect();
  const old = lastChild().start();
  await broker.restart();
  expect(process.kill).toHaveBeenCalledWith(expect.any(Number), 'SIGKILL');
  expect(old.pid).toBeUndefined();
  expect(FakeChild.forked).toHaveLength(2);
  expect(lastChild().ofType('port')).toHaveLength(1);
  expect(page.posted).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(crashed).not.toHaveBeenCalled();
});

test('what was handed over is delivered before anybody is told of it, also when the process ends meanwhile', async () => {
  broker.handFile({ token: 'a'.repeat(32), path: '/files/x', purpose: 'read' });
  await broker.delivered();
  expect(lastChild().posted.map(({ message }) => message.type)).toEqual(['file', 'ping']);
  const silent = lastChild();
  silent.emit = vi.fn(() => true);
  const delivered = broker.delivered();
  Object.getPrototypeOf(FakeChild.prototype).emit.call(silent, 'exit', 1);
  await expect(delivered).resolves.toBeUndefined();
});

test('two locks at once are one', async () => {
  lastChild().start();
  await Promise.all([broker.restart(), broker.restart()]);
  expect(FakeChild.forked).toHaveLength(2);
  lastChild().start();
  await broker.restart();
  expect(FakeChild.forked).toHaveLength(3);
});

test('a process that has no id yet is killed when it gets one', async () => {
  const old = lastChild();
  const done = broker.restart();
  expect(process.kill).not.toHaveBeenCalled();
  old.start();
  await done;
  expect(process.kill).toHaveBeenCalledTimes(1);
});

test('a process that ends by itself while it is killed is gone as well', async () => {
  const old = lastChild().start();
  vi.mocked(process.kill).mockImplementationOnce(() => {
    throw new Error('ESRCH');
  });
  const done = broker.restart();
  old.end();
  await expect(done).resolves.toBeUndefined();
});

test('where there are no signals the process is ended by Electron', async () => {
  const platform = Object.getOwnPropertyDescriptor(process, 'platform');
  Object.defineProperty(process, 'platform', { value: 'win32' });
  const old = lastChild().start();
  await broker.restart();
  if (platform !== undefined) Object.defineProperty(process, 'platform', platform);
  expect(old.kill).toHaveBeenCalled();
  expect(process.kill).not.toHaveBeenCalled();
});

test('a picked vault is told to the fresh process too, a picked file is not', async () => {
  const vault = { token: 'v', path: '/x.sealbook', purpose: 'vault' as const };
  const file = { token: 'f', path: '/x.pdf', purpose: 'read' as const };
  broker.handFile(vault);
  broker.handFile(file);
  expect(lastChild().ofType('file')).toEqual([
    { type: 'file', ...vault },
    { type: 'file', ...file },
  ]);
  lastChild().start();
  await broker.restart();
  expect(lastChild().ofType('file')).toEqual([{ type: 'file', ...vault }]);
});

test('a crash is told once a fresh process runs, and a page that is gone is left alone', async () => {
  connect();
  page.destroyed = true;
  lastChild().start().end(139);
  await vi.advanceTimersByTimeAsync(1);
  expect(crashed).toHaveBeenCalledTimes(1);
  expect(FakeChild.forked).toHaveLength(2);
  expect(page.posted).toHaveLength(1);
});

test('a process that dies at each start is started less and less often', async () => {
  for (const pause of [0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]) {
    const before = FakeChild.forked.length;
    lastChild().end(1);
    if (pause > 0) {
      await vi.advanceTimersByTimeAsync(pause - 1);
      expect(FakeChild.forked).toHaveLength(before);
    }
    await vi.advanceTimersByTimeAsync(1);
    expect(FakeChild.forked).toHaveLength(before + 1);
  }
  await vi.advanceTimersByTimeAsync(6_000);
  lastChild().end(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(FakeChild.forked).toHaveLength(10);
});

test('locking while a dead process waits to be replaced replaces it at once', async () => {
  lastChild().end(1);
  await vi.advanceTimersByTimeAsync(1);
  lastChild().end(1);
  await broker.restart();
  expect(FakeChild.forked).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeChild.forked).toHaveLength(3);
  expect(crashed).toHaveBeenCalledTimes(1);
});

test('the sample comes back with its passphrase', async () => {
  const asked = broker.buildSample('/p/Sample.sealbook');
  const [message] = lastChild().ofType('sample');
  expect(message).toMatchObject({ path: '/p/Sample.sealbook' });
  lastChild().emit('message', { type: 'sample-ready', id: 'another', passphrase: 'wrong' });
  lastChild().emit('message', 'no answer at all');
  lastChild().emit('message', { type: 'sample-ready', id: message?.id, passphrase: 'four words' });
  expect(await asked).toBe('four words');
});

test.each([
  ['disk.full', ExpectedError],
  ['toString', Error],
  ['bug', Error],
])('a sample that failed with %s is an error of its kind', async (code, kind) => {
  const asked = broker.buildSample('/p/Sample.sealbook');
  const failed = expect(asked).rejects.toSatisfy(
    (error) => error instanceof kind && error instanceof ExpectedError === (kind === ExpectedError),
  );
  lastChild().emit('message', { type: 'sample-failed', id: lastChild().ofType('sample')[0]?.id, code, message: 'x' });
  await failed;
});

test('what the dead process still owed fails, and what the fresh one owes does not', async () => {
  const old = lastChild();
  const owed = expect(broker.buildSample('/a')).rejects.toMatchObject({ code: 'vault.locked' });
  const done = broker.restart();
  const asked = broker.buildSample('/b');
  old.start();
  await done;
  await owed;
  lastChild().emit('message', { type: 'sample-ready', id: lastChild().ofType('sample')[0]?.id, passphrase: 'yes' });
  expect(await asked).toBe('yes');
});

test('asking a dead process starts the next one', async () => {
  lastChild().end(1);
  await vi.advanceTimersByTimeAsync(1);
  lastChild().end(1);
  const asked = broker.buildSample('/a');
  expect(FakeChild.forked).toHaveLength(3);
  lastChild().emit('message', { type: 'sample-ready', id: lastChild().ofType('sample')[0]?.id, passphrase: 'yes' });
  expect(await asked).toBe('yes');
});

test.each([
  [{ type: 'smoke-failed', message: 'no fonts' }, 'no fonts'],
  [{ type: 'sample-ready', passphrase: 'x' }, 'no answer'],
])('a smoke test answered with %j fails', async (answer, message) => {
  const failed = expect(broker.smoke('/out')).rejects.toThrow(message);
  lastChild().emit('message', { ...answer, id: lastChild().ofType('smoke')[0]?.id });
  await failed;
});

test('a smoke test resolves to what the vault says', async () => {
  const asked = broker.smoke('/out');
  lastChild().emit('message', { type: 'smoke-done', id: lastChild().ofType('smoke')[0]?.id, report: { pages: 3 } });
  expect(await asked).toEqual({ pages: 3 });
});

test('a stopped broker starts nothing any more', async () => {
  lastChild().start();
  broker.stop();
  broker.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(FakeChild.forked).toHaveLength(1);
});

describe('readers of hostile files', () => {
  const wish = (type: string, number: unknown) => lastVault().emit('message', { type, number });
  const forkedReaders = () => FakeChild.forked.filter(({ path }) => path === '/app/dist/reader.cjs');
  const lastVault = () => FakeChild.forked.filter(({ path }) => path === '/app/dist/vault.cjs').at(-1) as FakeChild;

  test('are forked when the vault wishes one, with nothing of the environment, and both get the ends of one line', () => {
    wish('reader-start', 1);
    const [reader] = forkedReaders();
    expect(reader?.options).toMatchObject({ env: {}, stdio: 'ignore', execArgv: [expect.stringMatching(/^--max-old-space-size=\d+$/)] });
    expect(reader?.posted).toEqual([{ message: { type: 'port' }, ports: [{ end: 'page' }] }]);
    expect(lastVault().posted).toEqual([{ message: { type: 'reader', number: 1 }, ports: [{ end: 'vault' }] }]);
  });

  test('that end are told to the vault, unless it wished so', () => {
    wish('reader-start', 1);
    wish('reader-start', 2);
    const [first, second] = forkedReaders();
    first?.start().end(139);
    expect(lastVault().ofType('reader-gone')).toEqual([{ type: 'reader-gone', number: 1 }]);
    second?.start();
    wish('reader-end', 2);
    wish('reader-end', 2);
    expect(second?.pid).toBeUndefined();
    expect(lastVault().ofType('reader-gone')).toHaveLength(1);
  });

  test('end with their vault: when it is locked, when it dies, and when the app ends', async () => {
    lastVault().start();
    wish('reader-start', 1);
    const [first] = forkedReaders();
    first?.start();
    const locked = lastVault();
    await broker.restart();
    expect(first?.pid).toBeUndefined();
    locked.emit('message', { type: 'reader-start', number: 2 });
    expect(forkedReaders()).toHaveLength(1);
    lastVault().start();
    wish('reader-start', 1);
    const second = forkedReaders().at(-1)?.start();
    lastVault().end(139);
    expect(second?.pid).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    wish('reader-start', 1);
    const third = forkedReaders().at(-1)?.start();
    broker.stop();
    expect(third?.pid).toBeUndefined();
  });

  test('are not forked for a message that is no wish', () => {
    wish('reader-start', 'one');
    wish('reader-start', -1);
    expect(forkedReaders()).toHaveLength(0);
  });
});
