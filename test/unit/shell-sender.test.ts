import { beforeEach, expect, test, vi } from 'vitest';
import { connectPages } from '../../electron/main/page-lines.ts';
import type { ShellHandlers } from '../../electron/main/sender.ts';
import { answerShell } from '../../electron/main/sender.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { shellPayloads } from '../../shared/ipc/shell.ts';
import { callShell, FakeContents, frame, ipcMain, resetElectron } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const lock = vi.fn((): Promise<null> => Promise.resolve(null));
const names = Object.keys(shellPayloads);
beforeEach(() => {
  resetElectron();
  lock.mockReset().mockResolvedValue(null);
  const handlers = Object.fromEntries(names.map((name) => [name, lock])) as unknown as ShellHandlers;
  answerShell(handlers);
});

const refusal = { ok: false, error: { kind: 'expected', code: 'payload.invalid' } };
const page = frame('app://sealbook/');

test('every declared call is answered, and nothing else', () => {
  expect([...ipcMain.handlers.keys()].sort()).toEqual(names.map((name) => `shell:${name}`).sort());
});

test('our own top frame gets its answer', async () => {
  expect(await callShell('lock')).toEqual({ ok: true, value: null });
});

test.each([
  ['another origin', frame('https://sealbook/')],
  ['another host', frame('app://sealbook.evil/')],
  ['a sub frame', frame('app://sealbook/', { parent: page })],
  ['an empty page', frame('about:blank')],
  ['a frame that is gone', null],
])('%s is refused by every call', async (_name, from) => {
  for (const name of names) expect(await callShell(name, undefined, from)).toMatchObject(refusal);
  expect(lock).not.toHaveBeenCalled();
});

test.each([
  ['lock', { more: 1 }],
  ['setAutoLock', { minutes: 0 }],
  ['setTheme', { theme: 'pink' }],
  ['pickSave', { kind: 'exe', suggestedName: 'a' }],
  ['rememberVault', undefined],
])('%s refuses %j', async (name, payload) => {
  expect(await callShell(name, payload)).toMatchObject(refusal);
  expect(lock).not.toHaveBeenCalled();
});

test('an expected error travels with its code', async () => {
  lock.mockRejectedValue(new ExpectedError('disk.full', 'Make room.', { free: '0' }));
  expect(await callShell('lock')).toEqual({
    ok: false,
    error: { kind: 'expected', code: 'disk.full', message: 'The disk is full.', hint: 'Make room.', data: { free: '0' } },
  });
});

test.each([new TypeError('/home/somebody/secret'), 'text'])(
  'a bug gets a reference, and neither log nor answer quotes it',
  async (thrown) => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    lock.mockRejectedValue(thrown);
    const answer = await callShell('lock');
    expect(answer).toMatchObject({ ok: false, error: { kind: 'bug', reference: expect.stringMatching(/^[0-9a-f]{8}$/) } });
    expect(JSON.stringify([answer, log.mock.calls])).not.toMatch(/secret|"text"/);
    expect(log).toHaveBeenCalledTimes(1);
  },
);

test('a page load gets one line, however often it asks, and the next load gets its own', () => {
  const connect = vi.fn();
  connectPages({ connect });
  const sender = new FakeContents();
  const ask = (senderFrame: unknown) => ipcMain.emit('sealbook:connect', { senderFrame, sender });
  ask(page);
  ask(page);
  expect(connect).toHaveBeenCalledTimes(1);
  sender.emit('did-start-navigation');
  ask(page);
  expect(connect).toHaveBeenCalledTimes(2);
  ask(frame('app://sealbook/', { processId: 2 }));
  expect(connect).toHaveBeenCalledTimes(3);
});

test('nobody else gets a line', () => {
  const connect = vi.fn();
  connectPages({ connect });
  for (const senderFrame of [null, frame('https://example.org/'), frame('app://sealbook/', { parent: page })]) {
    ipcMain.emit('sealbook:connect', { senderFrame, sender: new FakeContents() });
  }
  expect(connect).not.toHaveBeenCalled();
});
