import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyReport } from '../../electron/vault/report/verify/verify.ts';
import { passphrase, temporaryFolder, testAssets } from './fixture.ts';

vi.mock('../../electron/vault/crypto/kdf.ts', async (original) => ({
  ...(await original<typeof import('../../electron/vault/crypto/kdf.ts')>()),
  defaultKdf: { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 },
}));

type Message = Record<string, unknown> & { type: string; id?: unknown };

/** One end of a port: what the vault sent, and a way to send to it. */
class Port extends EventEmitter {
  readonly sent: Message[] = [];
  closed = false;
  started = false;
  postMessage(message: Message) {
    this.sent.push(message);
  }
  start() {
    this.started = true;
  }
  close() {
    this.closed = true;
  }
  /** Sends a message and waits for the first answer that fits. */
  async ask(message: unknown, fits: (answer: Message) => boolean, ports: Port[] = []): Promise<Message> {
    const seen = this.sent.length;
    this.emit('message', { data: message, ports });
    return vi.waitFor(
      () => {
        const answer = this.sent.slice(seen).find(fits);
        if (answer === undefined) throw new Error('no answer yet');
        return answer;
      },
      { timeout: 50_000, interval: 5 },
    );
  }
}

const umask = process.umask();
/** What the one process of all these tests goes on using: its vault, and of the built files the program of the records' threads. */
const lasting = mkdtempSync(join(tmpdir(), 'sealbook-test-'));
writeFileSync(join(lasting, 'database-worker.cjs'), `import(${JSON.stringify(pathToFileURL(testAssets.databaseWorker).href)});`);
afterAll(() => rmSync(lasting, { recursive: true, force: true }));
const parent = new Port();
const page = new Port();
let calls = 0;

const call = (port: Port, method: string, payload?: unknown) => {
  calls += 1;
  const id = calls;
  return port.ask({ type: 'call', id, method, payload }, (answer) => answer.id === id && ['result', 'error'].includes(answer.type));
};

beforeEach(async () => {
  vi.stubEnv('SEALBOOK_ASSETS', lasting);
  (process as unknown as { parentPort: Port }).parentPort = parent;
  await import('../../electron/vault/entry.ts');
});

afterEach(() => {
  process.umask(umask);
  vi.unstubAllEnvs();
});

describe('the vault process', () => {
  it('takes one port a page, answers calls on it, tells events and progress, and cancels', async () => {
    parent.emit('message', { data: { type: 'port' }, ports: [page] });
    parent.emit('message', { data: { type: 'port' }, ports: [] });
    parent.emit('message', { data: { type: 'nonsense' }, ports: [] });
    expect(page.started).toBe(true);
    expect(await call(page, 'vault.current')).toMatchObject({ type: 'result', value: null });
    expect(await call(page, 'nothing')).toMatchObject({ type: 'error', error: { kind: 'expected', code: 'method.unknown' } });
    const folder = join(lasting, 'V.sealbook');
    parent.emit('message', { data: { type: 'file', token: 'token-of-the-vault', path: folder, purpose: 'new-vault' }, ports: [] });
    const person = { name: 'Ada', email: 'a@example.org' };
    const created = await call(page, 'vault.create', { token: 'token-of-the-vault', name: 'V', person, passphrase });
    expect(created).toMatchObject({ type: 'result', value: { vault: { name: 'V' } } });
    expect(await call(page, 'vault.setAutoLock', { minutes: 9 })).toMatchObject({ type: 'result' });
    expect(page.sent).toContainEqual({ type: 'event', event: { type: 'changed', topics: ['vault', 'trail'], auditId: null } });

    calls += 1;
    const id = calls;
    page.emit('message', { data: { type: 'call', id, method: 'vault.check', payload: undefined } });
    page.emit('message', { data: { type: 'cancel', id } });
    page.emit('message', { data: { type: 'cancel', id: 999_999 } });
    page.emit('message', { data: { type: 'call', id: 'not a number', method: 'vault.current' } });
    await vi.waitFor(() => expect(page.sent.some((answer) => answer.id === id)).toBe(true));
  });

  it('cancels the calls of the page before when a new one comes, and keeps the vault open for it', async () => {
    const next = new Port();
    parent.emit('message', { data: { type: 'port' }, ports: [next] });
    expect(page.closed).toBe(true);
    expect(await call(next, 'vault.current')).toMatchObject({ type: 'result', value: { name: 'V', autoLockMinutes: 9 } });
  });

  it('reports progress of a long call at most ten times a second, and always its end', async () => {
    const next = new Port();
    parent.emit('message', { data: { type: 'port' }, ports: [next] });
    const source = join(temporaryFolder(), 'big.bin');
    writeFileSync(source, Buffer.alloc(6 * 1024 * 1024, 'x'));
    parent.emit('message', { data: { type: 'file', token: 'token-of-a-file-1', path: source, purpose: 'read' }, ports: [] });
    const answer = await call(next, 'audits.list');
    expect(answer).toMatchObject({ type: 'result', value: [] });
    expect(await call(next, 'vault.check')).toMatchObject({ type: 'result', value: { ok: true } });
    const failed = await call(next, 'evidence.attachPicked', {
      auditId: '00000000-0000-4000-8000-000000000000',
      tokens: ['token-of-a-file-1'],
      controls: [],
    });
    expect(failed).toMatchObject({ type: 'error', error: { code: 'audit.unknown' } });
  });

  it('builds the sample vault and the smoke test for main, or says why not', async () => {
    const failed = await parent.ask(
      { type: 'sample', id: 's1', path: join(temporaryFolder(), 'none', 'S.sealbook') },
      (answer) => answer.id === 's1',
    );
    expect(failed).toMatchObject({ type: 'sample-failed', code: 'file.not-written' });
    // Without checklists among the assets neither can be built.
    const sample = await parent.ask(
      { type: 'sample', id: 's2', path: join(temporaryFolder(), 'S.sealbook') },
      (answer) => answer.id === 's2',
    );
    expect(sample).toMatchObject({ type: 'sample-failed', code: 'pack.unknown' });
  });
});

describe('what main asks for', () => {
  it('is built from the assets: the sample in fieldwork, and the whole way to a signed report', async () => {
    const { buildSampleVault, runSmokeTest } = await import('../../electron/vault/sample.ts');
    const folder = temporaryFolder();
    expect(await buildSampleVault(testAssets, join(folder, 'S.sealbook'))).toMatch(/\w+ \w+ \w+/);
    const report = await runSmokeTest(testAssets, join(folder, 'smoke'));
    expect(existsSync(report)).toBe(true);
    expect((await verifyReport(readFileSync(report))).genuine).toBe(true);
  });
});
