import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chunkSize } from '../../electron/vault/crypto/chunks.ts';
import { appendable } from '../../electron/vault/db/chunk-file.ts';
import { openChunkFile } from '../../electron/vault/db/open.ts';
import { replaceable } from '../../electron/vault/db/replaceable.ts';
import { createObject, readObject, walkObject } from '../../electron/vault/evidence/store.ts';
import { afterThisTest } from './cleanups.ts';
import { temporaryFolder } from './fixture.ts';

const key = randomBytes(32);
const mebibyte = 1024 * 1024;

function chunkFile() {
  const path = join(temporaryFolder(), 'evidence.db');
  const file = appendable(replaceable(openChunkFile(path, 'create')), path);
  afterThisTest(() => file.close());
  return file;
}

/** Bytes of content memory that this process has after some work, more than before. No call waits in between, so nothing is collected that was not given back. */
function growthOf(work: () => void): number {
  const before = process.memoryUsage().arrayBuffers;
  work();
  return process.memoryUsage().arrayBuffers - before;
}

describe('what passes through an object', () => {
  const pieces = Array.from({ length: 32 }, () => randomBytes(mebibyte));

  // A piece that ends with a chunk, one that does not, and one of several chunks.
  it.each([mebibyte, 300_000, 3 * mebibyte])('in pieces of %i bytes takes no new memory for each chunk, in or out', (length) => {
    const file = chunkFile();
    const content = Buffer.concat(pieces);
    const writer = createObject(file, key);
    const into = growthOf(() => {
      for (let at = 0; at < content.length; at += length) writer.write(content.subarray(at, at + length));
    });
    const object = writer.finish();
    file.settle(object.id);
    const hash = createHash('sha256');
    const outOf = growthOf(() => {
      for (const chunk of walkObject(file, object, key)) hash.update(chunk);
    });
    expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
    expect(into).toBeLessThan(4 * mebibyte);
    expect(outOf).toBeLessThan(4 * mebibyte);
  });

  it('is the reader’s own where it is kept, and stays as it is only until the next chunk where it is not', () => {
    const file = chunkFile();
    const content = randomBytes(2 * chunkSize + 5);
    const writer = createObject(file, key);
    writer.write(content);
    const object = writer.finish();
    file.settle(object.id);
    expect(Buffer.concat([...readObject(file, object, key)]).equals(content)).toBe(true);
    const memories = new Set<ArrayBufferLike>();
    for (const chunk of walkObject(file, object, key)) memories.add(chunk.buffer);
    expect(memories.size).toBe(1);
  });
});
