import { afterEach, expect, test } from 'vitest';
import { methodNames, shellNames } from '../../electron/preload/names.ts';
import { createVaultLine } from '../../electron/preload/vault-line.ts';
import type { Request, Response } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { errorCodes } from '../../shared/ipc/errors.ts';
import { shellPayloads } from '../../shared/ipc/shell.ts';

const open: MessagePort[] = [];
afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** The vault's end of a line, answering each request with what `answer` gives. */
function vaultEnd(answer: (request: Request) => Response[]): MessagePort {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  port2.onmessage = ({ data }: { data: Request }) => {
    for (const response of answer(data)) port2.postMessage(response);
  };
  return port1;
}

const echo = (request: Request): Response[] =>
  request.type === 'call' ? [{ type: 'result', id: request.id, value: { method: request.method, payload: request.payload } }] : [];

test('the page can call exactly what the contract declares', () => {
  expect([...methodNames].sort()).toEqual(Object.keys(contract).sort());
  expect([...shellNames].sort()).toEqual(Object.keys(shellPayloads).sort());
});

test('calls from before the line stands are made when it does', async () => {
  const line = createVaultLine();
  const early = line.call('packs.list', undefined, undefined);
  line.attach(vaultEnd(echo));
  expect(await early).toEqual({ ok: true, value: { method: 'packs.list', payload: undefined } });
});

test('an error comes back as data', async () => {
  const line = createVaultLine();
  const error = { kind: 'cancelled' } as const;
  line.attach(vaultEnd((request) => (request.type === 'call' ? [{ type: 'error', id: request.id, error }] : [])));
  expect(await line.call('packs.list', undefined, undefined)).toEqual({ ok: false, error });
});

test('progress and events reach their listeners, and stop with them', async () => {
  const progress = { label: 'sealing', done: 1, total: 2, unit: 'bytes', elapsed: 1 } as const;
  const event = { type: 'changed', topics: ['audits'], auditId: null } as const;
  const line = createVaultLine();
  line.attach(
    vaultEnd((request) =>
      request.type === 'call' ? [{ type: 'progress', id: request.id, progress }, { type: 'event', event }, ...echo(request)] : [],
    ),
  );
  const seen: unknown[] = [];
  const stop = line.events.add((heard) => seen.push(heard));
  await line.call('vault.check', undefined, { onProgress: (step: unknown) => seen.push(step) });
  stop();
  await line.call('vault.check', undefined, { onProgress: 'no function', cancelId: 'no number' });
  expect(seen).toEqual([progress, event]);
});

test('a call is cancelled by the number of the caller', async () => {
  const line = createVaultLine();
  let running = 0;
  line.attach(
    vaultEnd((request) => {
      if (request.type === 'call') {
        running = request.id;
        return [];
      }
      return request.id === running ? [{ type: 'error', id: request.id, error: { kind: 'cancelled' } }] : [];
    }),
  );
  const call = line.call('vault.check', undefined, { cancelId: 7 });
  line.cancel(8);
  line.cancel(7);
  expect(await call).toEqual({ ok: false, error: { kind: 'cancelled' } });
});

test('what the old vault process still owed fails as locked when a new one is there', async () => {
  const line = createVaultLine();
  line.attach(vaultEnd(() => []));
  const owed = line.call('vault.check', undefined, undefined);
  line.attach(vaultEnd(echo));
  expect(await owed).toEqual({
    ok: false,
    error: { kind: 'expected', code: 'vault.locked', message: errorCodes['vault.locked'], hint: '', data: {} },
  });
  expect(await line.call('packs.list', undefined, undefined)).toMatchObject({ ok: true });
});

test('a payload that cannot be sent fails, and the line goes on', async () => {
  const line = createVaultLine();
  line.attach(vaultEnd(echo));
  expect(await line.call('packs.list', () => 1, undefined)).toMatchObject({
    ok: false,
    error: { code: 'payload.invalid', message: errorCodes['payload.invalid'] },
  });
  expect(await line.call('packs.list', undefined, null)).toMatchObject({ ok: true });
});

test('a long result comes as JSON and is handed on as it is', async () => {
  const line = createVaultLine();
  line.attach(vaultEnd((request) => (request.type === 'call' ? [{ type: 'text', id: request.id, json: '[1]' }] : [])));
  expect(await line.call('evidence.list', { auditId: 'a' }, undefined)).toEqual({ ok: true, json: '[1]' });
});
