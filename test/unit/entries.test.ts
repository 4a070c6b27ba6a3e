import { parentPort } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runCommand } from '../../electron/cli/commands.ts';
import { launch } from '../../electron/main/launch.ts';
import { serveVault } from '../../electron/vault/lines.ts';
import { renderReport } from '../../electron/vault/report/render/render.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
vi.mock('../../electron/main/launch.ts', () => ({ launch: vi.fn() }));
vi.mock('../../electron/vault/lines.ts', () => ({ serveVault: vi.fn() }));
vi.mock('../../electron/vault/report/render/render.ts', () => ({ renderReport: vi.fn() }));
vi.mock('../../electron/cli/commands.ts', () => ({ runCommand: vi.fn(), assetsIn: (folder: string) => ({ folder }) }));
vi.mock('node:worker_threads', () => ({
  parentPort: { postMessage: vi.fn(), on: vi.fn(), off: vi.fn() },
  workerData: { model: { number: 'SB-1', evidence: [] }, fontsDirectory: '/fonts' },
}));

/** What each process starts with: the files that only put a program on its feet. */
beforeEach(() => {
  vi.resetModules();
  vi.spyOn(process, 'umask').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.exitCode = undefined;
});

test('main launches the app that lies beside it', async () => {
  await import('../../electron/main/main.ts');
  expect(launch).toHaveBeenCalledWith(expect.stringMatching(/electron[\\/]main$/), process.argv);
});

test.each([
  ['/dist', '/dist'],
  [undefined, expect.stringMatching(/electron[\\/]vault$/)],
])('the vault serves its parent, with the built files of %s, and writes for nobody else', async (assets, folder) => {
  vi.stubEnv('SEALBOOK_ASSETS', assets);
  const port = {};
  Object.assign(process, { parentPort: port });
  await import('../../electron/vault/entry.ts');
  Reflect.deleteProperty(process, 'parentPort');
  expect(serveVault).toHaveBeenLastCalledWith(port, folder);
  expect(process.umask).toHaveBeenCalledWith(0o077);
});

/** Sends the thread that was started last parts of its evidence. */
function hear(...parts: readonly unknown[][]): void {
  const listener = vi.mocked(parentPort?.on ?? vi.fn()).mock.lastCall?.[1] as (part: readonly unknown[]) => void;
  for (const part of parts) listener(part);
}

test('the rendering thread gives the bytes of its report away', async () => {
  const bytes = new Uint8Array([1, 2]);
  vi.mocked(renderReport).mockResolvedValueOnce({ bytes, pages: 2, signatureBox: 'box' } as never);
  await import('../../electron/vault/report/render/worker.ts');
  hear(['first'], ['second'], []);
  await vi.waitFor(() => expect(parentPort?.postMessage).toHaveBeenCalled());
  const [message, transferred] = vi.mocked(parentPort?.postMessage ?? vi.fn()).mock.calls[0] ?? [];
  expect(message).toMatchObject({ pages: 2, signatureBox: 'box', bytes });
  expect(transferred).toEqual([(message as { bytes: Uint8Array }).bytes.buffer]);
  expect(renderReport).toHaveBeenCalledWith({ number: 'SB-1', evidence: ['first', 'second'] }, { fontsDirectory: '/fonts' });
  // Else the thread would wait for more.
  expect(parentPort?.off).toHaveBeenCalledWith('message', vi.mocked(parentPort?.on ?? vi.fn()).mock.lastCall?.[1]);
});

test('a report that cannot be rendered ends the thread with the error', async () => {
  const later = vi.spyOn(globalThis, 'setImmediate').mockImplementation(((work: () => unknown) => work) as never);
  const error = new Error('no font');
  vi.mocked(renderReport).mockRejectedValueOnce(error);
  await import('../../electron/vault/report/render/worker.ts');
  hear([]);
  await vi.waitFor(() => expect(later).toHaveBeenCalled());
  const rethrow = later.mock.calls.at(-1)?.[0] as (() => Promise<unknown>) | undefined;
  await expect(rethrow?.()).rejects.toBe(error);
});

test('the command line runs its arguments, prints where it should and ends with the code', async () => {
  const streams = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockReturnValue(true));
  vi.mocked(runCommand).mockImplementationOnce(async (_args, io) => {
    io.stdout('out');
    io.stderr('err');
    return 2;
  });
  await import('../../electron/cli/sealbook.ts');
  await vi.waitFor(() => expect(process.exitCode).toBe(2));
  expect(streams.map((stream) => stream.mock.calls.map(([text]) => text))).toEqual([['out'], ['err']]);
  expect(vi.mocked(runCommand).mock.calls[0]?.[0]).toEqual(process.argv.slice(2));
  expect(process.stdout.emit('error', new Error('EPIPE'))).toBe(true);
});
