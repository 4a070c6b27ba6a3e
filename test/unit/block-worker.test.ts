import { createHash, randomBytes } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { chunkSize, chunkTagLength } from '../../electron/vault/crypto/chunks.ts';
import {
  type BlockJob,
  type BlockMessage,
  blockCount,
  blockSize,
  createBlocks,
  createSealedBlocks,
  memoryOf,
  sealedMemoryOf,
} from '../../electron/vault/evidence/blocks.ts';
import { openedChunk, sealedChunk } from '../fixtures/chunks.ts';

vi.mock('node:worker_threads', () => ({ parentPort: { on: vi.fn(), postMessage: vi.fn() } }));

/** The thread that hashes, seals and opens, without a thread around it: what it makes of the shared memory it is given. */
async function start(job: BlockJob): Promise<(message: BlockMessage) => unknown> {
  vi.resetModules();
  await import('../../electron/vault/evidence/block-worker.ts');
  const listener = vi.mocked(parentPort?.on ?? vi.fn()).mock.calls.at(-1)?.[1] as (message: BlockJob | BlockMessage) => void;
  listener(job);
  return (message) => {
    listener(message);
    return vi.mocked(parentPort?.postMessage ?? vi.fn()).mock.calls.at(-1)?.[0];
  };
}

const key = randomBytes(32);
const objectId = 'an-object';
const own = (bytes: Uint8Array) => new Uint8Array(bytes);
const request = { block: 1, first: 4, final: false, sealed: [] };

beforeEach(() => vi.clearAllMocks());

describe('the thread of a large object', () => {
  test('hashes the filled part of each block, in the order of the blocks', async () => {
    const blocks = createBlocks();
    const ask = await start({ does: 'hash', blocks });
    memoryOf(blocks, 1).fill(0x61);
    memoryOf(blocks, 0).fill(0x62);
    expect(ask({ ...request, length: blockSize })).toEqual({ damaged: null });
    expect(ask({ ...request, block: 0, length: 3 })).toEqual({ damaged: null });
    expect(ask('digest')).toEqual({ digest: createHash('sha256').update(Buffer.alloc(blockSize, 'a')).update('bbb').digest('hex') });
  });

  test.each([true, false])('seals a full and a short chunk at their places, and the last one of an object as such: %s', async (final) => {
    const blocks = createBlocks();
    const content = randomBytes(chunkSize + 5);
    memoryOf(blocks, 1).set(content);
    const sealed = createSealedBlocks();
    const ask = await start({ does: 'seal', blocks, sealed, key, objectId });
    expect(ask({ ...request, length: content.length, final })).toEqual({ damaged: null });
    const full = own(sealedMemoryOf(sealed, 1, 0, chunkSize));
    const short = own(sealedMemoryOf(sealed, 1, 1, 5));
    expect([full.length, short.length]).toEqual([chunkSize + chunkTagLength, 5 + chunkTagLength]);
    expect(openedChunk(key, objectId, 4, false, full)?.equals(content.subarray(0, chunkSize))).toBe(true);
    expect(openedChunk(key, objectId, 5, final, short)?.equals(content.subarray(chunkSize))).toBe(true);
    expect(openedChunk(key, objectId, 5, !final, short)).toBeNull();
  });

  test.each([true, false])('opens what was sealed, and names the first chunk that is not: last of the object: %s', async (final) => {
    const blocks = createBlocks();
    const content = randomBytes(chunkSize + 5);
    const seal = () => [
      own(sealedChunk(key, objectId, 4, false, content.subarray(0, chunkSize))),
      own(sealedChunk(key, objectId, 5, final, content.subarray(chunkSize))),
    ];
    const ask = await start({ does: 'open', blocks, key, objectId });
    const opened = { ...request, length: content.length, final };
    expect(ask({ ...opened, sealed: seal() })).toEqual({ damaged: null });
    expect(Buffer.from(memoryOf(blocks, 1)).subarray(0, content.length).equals(content)).toBe(true);
    expect(ask({ ...opened, final: !final, sealed: seal() })).toEqual({ damaged: 5 });
    const [first, second] = seal();
    if (first === undefined || second === undefined) throw new Error('No chunks');
    first[9] = (first[9] ?? 0) ^ 1;
    expect(ask({ ...opened, sealed: [first, second] })).toEqual({ damaged: 4 });
    expect(ask({ ...opened, sealed: [own(second), own(second)] })).toEqual({ damaged: 4 });
    expect(ask({ ...opened, sealed: seal().slice(0, 1) })).toEqual({ damaged: 5 });
  });

  test('refuses a block that there is not', () => {
    for (const blocks of [createBlocks(), createSealedBlocks()]) expect(() => memoryOf(blocks, blockCount)).toThrow('No such block');
  });
});
