import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBlocks, memoryOf } from '../../electron/vault/evidence/blocks.ts';
import { createCachedFile, createDirectFile, directAlignment, type SequentialFile } from '../../electron/vault/sequential-file.ts';
import { temporaryFolder } from './fixture.ts';

const mebibyte = 1024 * 1024;

/** Writes pieces and gives the file, and whether all of it went past the cache. */
async function written(create: (path: string) => Promise<SequentialFile>, pieces: readonly Uint8Array[], folder = temporaryFolder()) {
  const path = join(folder, 'out');
  const file = await create(path);
  for (const piece of pieces) await file.write(piece);
  await file.finish();
  const isDirect = file.isDirect();
  await file.close();
  return { content: readFileSync(path), isDirect, mode: statSync(path).mode & 0o777 };
}

/** Pieces as a large object is read: full blocks, and a rest of so many bytes that stands before older content. */
function pieces(rest: number): Uint8Array[] {
  const blocks = createBlocks();
  const full = memoryOf(blocks, 0).fill(1);
  const last = memoryOf(blocks, 1).fill(2);
  last.fill(3, 0, rest);
  return rest === 0 ? [full, full] : [full, full, last.subarray(0, rest)];
}

describe.skipIf(constants.O_DIRECT === undefined)('past the cache', () => {
  it.each([0, 1, directAlignment - 1, directAlignment, directAlignment + 1, mebibyte])(
    'a rest of %i bytes is all that follows',
    async (rest) => {
      const expected = Buffer.concat(pieces(rest));
      const { content, isDirect, mode } = await written(createDirectFile, pieces(rest));
      expect(content.equals(expected)).toBe(true);
      expect([isDirect, mode]).toEqual([true, 0o600]);
    },
  );

  it('nothing at all is an empty file', async () => {
    expect((await written(createDirectFile, [])).content).toHaveLength(0);
  });

  describe('of which more than the disk is tried by', () => {
    afterEach(() => void vi.restoreAllMocks());
    const many = (rest: number) => [...Array.from({ length: 18 }, () => pieces(0)[0] as Uint8Array), ...pieces(rest)];

    /** Every look at the clock is so many milliseconds later: one before and one after each piece, and around the flush. */
    const slowBy = (milliseconds: number) => {
      let now = 0;
      vi.spyOn(performance, 'now').mockImplementation(() => {
        now += milliseconds;
        return now;
      });
    };

    it.each([
      [1, true],
      [6, false],
    ])('with %i ms a piece stays past it: %s', async (milliseconds, stays) => {
      slowBy(milliseconds);
      const { content, isDirect } = await written(createDirectFile, many(77));
      expect(content.equals(Buffer.concat(many(77)))).toBe(true);
      expect(isDirect).toBe(stays);
    });

    it('is not tried with its last piece, which may end anywhere', async () => {
      const last = [...many(0).slice(0, 15), ...pieces(2 * mebibyte - 1).slice(2)];
      slowBy(1000);
      const { content, isDirect } = await written(createDirectFile, last);
      expect(content.equals(Buffer.concat(last))).toBe(true);
      expect(isDirect).toBe(true);
    });
  });

  it('memory that begins in the middle of a page goes by way of the cache', async () => {
    const shifted = pieces(0).map((piece) => piece.subarray(16, 16 + mebibyte));
    const { content, isDirect } = await written(createDirectFile, [...shifted, ...pieces(5)]);
    expect(content.equals(Buffer.concat([...shifted, ...pieces(5)]))).toBe(true);
    expect(isDirect).toBe(false);
  });

  it.skipIf(!existsSync('/dev/shm'))('a file system in memory gets the same content, whether it can or not', async () => {
    const folder = mkdtempSync('/dev/shm/sealbook-');
    try {
      expect((await written(createDirectFile, pieces(77), folder)).content.equals(Buffer.concat(pieces(77)))).toBe(true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

it.each([createDirectFile, createCachedFile])('%o takes no place that is taken', async (create) => {
  const path = join(temporaryFolder(), 'out');
  writeFileSync(path, 'mine');
  await expect(create(path)).rejects.toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe('mine');
});

it('by way of the cache, pieces of any length are all there', async () => {
  const parts = [Buffer.alloc(33 * mebibyte, 'a'), Buffer.from('b'), Buffer.alloc(32 * mebibyte, 'c')];
  const { content, isDirect, mode } = await written(createCachedFile, parts);
  expect(content.equals(Buffer.concat(parts))).toBe(true);
  expect([isDirect, mode]).toEqual([false, 0o600]);
});
