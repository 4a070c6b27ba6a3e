import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import type { BlockJob } from '../../electron/vault/evidence/blocks.ts';
import { temporaryFolder } from './fixture.ts';

const job: BlockJob = { does: 'hash', blocks: [] };
const request = { block: 0, length: 0, first: 0, final: true };

/** A module of its own for each test: it keeps the threads that wait. */
let startBlockThread: typeof import('../../electron/vault/evidence/block-threads.ts').startBlockThread;
beforeEach(async () => {
  vi.resetModules();
  ({ startBlockThread } = await import('../../electron/vault/evidence/block-threads.ts'));
});

/** A thread's program that notes each start, does `atStart`, and answers everything but its job. */
function program(atStart: string) {
  const folder = temporaryFolder();
  const path = join(folder, 'thread.mjs');
  const log = join(folder, 'starts');
  writeFileSync(
    path,
    `import { appendFileSync, readFileSync } from 'node:fs';
     import { parentPort } from 'node:worker_threads';
     appendFileSync(${JSON.stringify(log)}, 'x');
     const starts = readFileSync(${JSON.stringify(log)}).length;
     ${atStart}
     parentPort.on('message', (message) => { if (!message.does) parentPort.postMessage({ damaged: starts }); });`,
  );
  return { path, starts: () => (existsSync(log) ? readFileSync(log).length : 0) };
}

it('a thread that ended is replaced ahead by one for the next object, and by no more than two', async () => {
  const { path, starts } = program('');
  const first = startBlockThread(path, job);
  expect((await first.run(request)).damaged).toBe(1);
  first.end();
  await expect.poll(starts).toBe(2);
  const second = startBlockThread(path, job);
  expect((await second.run(request)).damaged).toBe(2);
  expect(starts()).toBe(2);
  for (let count = 0; count < 4; count += 1) second.end();
  await expect.poll(starts).toBe(4);
  const next = [startBlockThread(path, job), startBlockThread(path, job)];
  for (const thread of next) expect((await thread.run(request)).damaged).toBeGreaterThan(2);
  expect(starts()).toBe(4);
  for (const thread of next) thread.end();
});

it('one that dies while it waits is not missed for long', async () => {
  const { path, starts } = program('if (starts === 2) process.exit(1);');
  const once = async () => {
    const thread = startBlockThread(path, job);
    try {
      return (await thread.run(request)).damaged;
    } finally {
      thread.end();
    }
  };
  expect(await once()).toBe(1);
  await expect.poll(starts).toBe(2);
  // Its death may be told only once it has a job; then that one fails, and the next does not.
  expect(await once().catch(once)).toBeGreaterThan(2);
});
