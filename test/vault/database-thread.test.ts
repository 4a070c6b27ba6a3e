import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordsKey } from '../../electron/vault/crypto/vault-keys.ts';
import { type DatabaseJob, doDatabaseJob } from '../../electron/vault/database-jobs.ts';
import { handOver, runDatabaseJob } from '../../electron/vault/database-thread.ts';
import { openUnfinished } from '../../electron/vault/db/open.ts';
import { CancelledError } from '../../shared/ipc/errors.ts';
import { codeOf, newAudit, type TestVault, temporaryFolder, testAssets } from './fixture.ts';
import { longWork, sessionOf } from './helpers.ts';

const keyOf = (vault: TestVault) => handOver(recordsKey(sessionOf(vault).keys.vault));
const checkOf = (vault: TestVault) => ({ does: 'check', path: join(vault.folder, 'vault.db'), key: keyOf(vault), writer: true }) as const;
const copyOf = (vault: TestVault, target = join(temporaryFolder(), 'copy.db')) =>
  ({ does: 'copy', path: join(vault.folder, 'vault.db'), key: keyOf(vault), target, targetKey: new Uint8Array(32).fill(7) }) as const;
const keysOf = (job: DatabaseJob) => ('targetKey' in job ? [job.key, job.targetKey] : [job.key]);
const zeros = (job: DatabaseJob) => keysOf(job).every((key) => key.every((byte) => byte === 0));
const never = () => {};

/** A program for a thread that does what the text says. */
function program(text: string): string {
  const path = join(temporaryFolder(), 'thread.mjs');
  writeFileSync(path, `import { parentPort, workerData } from 'node:worker_threads';\n${text}`);
  return path;
}

describe('a job over the records', () => {
  it('checks them and forgets the key', async () => {
    const { vault } = await newAudit();
    const job = checkOf(vault);
    expect(await doDatabaseJob(job, never)).toMatchObject({ problems: [], trail: [] });
    expect(zeros(job)).toBe(true);
    // Whoever only reads leaves the log as it is.
    expect(await doDatabaseJob({ ...checkOf(vault), writer: false }, never)).toMatchObject({ problems: [] });
  });

  it('copies them under another key and forgets both', async () => {
    const { vault, auditId } = await newAudit();
    const job = copyOf(vault);
    expect(await doDatabaseJob(job, never)).toBeNull();
    expect(zeros(job)).toBe(true);
    const copy = openUnfinished(job.target, new Uint8Array(32).fill(7));
    expect(copy.all({ text: 'SELECT id FROM audit', values: [] })).toEqual([{ id: auditId }]);
    copy.close();
  });

  it('ends where it is told to, with its file closed and its keys forgotten', async () => {
    const { vault } = await newAudit();
    const job = copyOf(vault);
    const stop = () => {
      throw new CancelledError();
    };
    await expect(doDatabaseJob(job, stop)).rejects.toBeInstanceOf(CancelledError);
    expect([zeros(job), existsSync(job.target)]).toEqual([true, false]);
  });

  it('has the errors of opening a file', async () => {
    const { vault } = await newAudit();
    const missing = { ...checkOf(vault), path: join(vault.folder, 'none.db') };
    expect(await codeOf(doDatabaseJob(missing, never))).toBe('vault.incomplete');
    expect(zeros(missing)).toBe(true);
    expect(await codeOf(doDatabaseJob({ ...copyOf(vault), key: new Uint8Array(32) }, never))).toBe('vault.damaged');
  });
});

describe('a thread over the records', () => {
  it('does the job, has ended when it is done, and leaves no key here', async () => {
    const { vault } = await newAudit();
    const job = copyOf(vault);
    const done = runDatabaseJob(sessionOf(vault).threads, job, longWork());
    expect([sessionOf(vault).threads.size, ...keysOf(job).map(({ length }) => length)]).toEqual([1, 0, 0]);
    expect([await done, sessionOf(vault).threads.size, existsSync(job.target)]).toEqual([null, 0, true]);
  });

  it('passes on an expected error', async () => {
    const { vault } = await newAudit();
    const job = { ...checkOf(vault), path: join(vault.folder, 'none.db') };
    expect(await codeOf(runDatabaseJob(sessionOf(vault).threads, job, longWork()))).toBe('vault.incomplete');
  });

  it('cancelled, gives back at once, and belongs to the vault until it has ended', async () => {
    const { vault } = await newAudit();
    const { threads } = sessionOf(vault);
    const controller = new AbortController();
    const running = runDatabaseJob(sessionOf(vault).threads, checkOf(vault), longWork({ signal: controller.signal }));
    controller.abort();
    await expect(running).rejects.toBeInstanceOf(CancelledError);
    const [thread] = threads;
    await thread?.ended;
    expect([thread === undefined, threads.size]).toEqual([false, 0]);
    await expect(runDatabaseJob(sessionOf(vault).threads, checkOf(vault), longWork({ signal: controller.signal }))).rejects.toBeInstanceOf(
      CancelledError,
    );
    expect(threads.size).toBe(0);
  });

  it('ends with the vault', async () => {
    const { vault } = await newAudit();
    const { threads } = sessionOf(vault);
    const check = vault.call('vault.check', undefined);
    await expect.poll(() => threads.size).toBe(1);
    vault.close();
    await expect(check).rejects.toMatchObject({ name: 'CancelledError' });
    await expect.poll(() => threads.size).toBe(0);
  });

  it('that dies is an error, never a result', async () => {
    const { vault } = await newAudit();
    const run = (text: string) => runDatabaseJob(sessionOf(vault).threads, checkOf(vault), longWork({ workerPath: program(text) }));
    await expect(run('')).rejects.toThrow('without an answer');
    await expect(run("throw new Error('died')")).rejects.toThrow('died');
    expect(testAssets.databaseWorker).toMatch(/database-worker/);
  });
});
