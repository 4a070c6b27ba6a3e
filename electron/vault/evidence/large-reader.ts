import { setImmediate as pause } from 'node:timers/promises';
import { chunkTagLength } from '../crypto/chunks.ts';
import { startBlockThread } from './block-threads.ts';
import { type BlockRequest, blockCount, chunksPerBlock, createBlocks, memoryOf, type SealedChunks, sealedLength } from './blocks.ts';
import { damaged, type ObjectStore, openObjectKey, type SealedObject, sealedChunks } from './store.ts';

/** The plaintext of an object. */
export interface ObjectContent {
  /** In order. A piece stays as it is only until the next one is asked for. Ends with `evidence.damaged` at the first wrong chunk. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** SHA-256 of all pieces, hex; once they are through. */
  sha256(): string;
  /** Whether the pieces are in memory from which a file can be written past the system's cache, see `createDirectFile`. */
  readonly isAligned: boolean;
}

interface Ahead {
  readonly block: number;
  readonly length: number;
  readonly opened: Promise<void>;
  readonly hashed: Promise<unknown>;
}

/** Opens a large object: one thread opens, another hashes, while this one reads ahead and hands out. */
export function readLargeObject(
  { chunks, evidenceKey, workerPath }: ObjectStore,
  object: SealedObject,
  begin: () => () => void,
): ObjectContent {
  let sha256 = '';
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const key = openObjectKey(evidenceKey, object);
    const sealedChunk = sealedChunks(chunks, object);
    const blocks = createBlocks();
    const hasher = startBlockThread(workerPath, { does: 'hash', blocks });
    const opener = startBlockThread(workerPath, { does: 'open', blocks, key, objectId: object.id });
    key.fill(0);
    const onEnd = begin();

    /** Reads the sealed chunks of one block. */
    const read = (first: number): SealedChunks => {
      const sealed: Uint8Array<ArrayBuffer>[] = [];
      for (let position = first; position < Math.min(first + chunksPerBlock, object.chunks); position += 1) {
        const data = sealedChunk(position);
        const final = position === object.chunks - 1;
        if (final ? data.length < chunkTagLength || data.length > sealedLength : data.length !== sealedLength)
          throw damaged(object, position);
        sealed.push(data);
      }
      return sealed;
    };
    const open = async (request: BlockRequest, sealed: SealedChunks) => {
      const opened = await opener.run(request, sealed);
      if (opened.damaged !== null) throw damaged(object, opened.damaged);
    };
    const start = (first: number): Ahead => {
      const block = (first / chunksPerBlock) % blockCount;
      try {
        const sealed = read(first);
        const length = sealed.reduce((sum, chunk) => sum + chunk.length - chunkTagLength, 0);
        const request = { block, length, first, final: first + chunksPerBlock >= object.chunks };
        const opened = open(request, sealed);
        const hashed = opened.then(() => hasher.run(request));
        // Whoever waits for them is told; who has stopped waiting need not be.
        hashed.catch(() => undefined);
        return { block, length, opened, hashed };
      } catch (error) {
        const opened = Promise.reject(error);
        opened.catch(() => undefined);
        return { block, length: 0, opened, hashed: opened };
      }
    };

    const ahead: Ahead[] = [];
    let next = 0;
    /** One block is being handed out, the others are on their way. */
    const startMore = () => {
      for (; next < object.chunks && ahead.length < blockCount - 1; next += chunksPerBlock) ahead.push(start(next));
    };
    try {
      startMore();
      for (let current = ahead.shift(); current !== undefined; current = ahead.shift()) {
        await current.opened;
        // The next one is read once whoever takes this piece waits, mostly for the disk that it is written to.
        const startedMore = pause().then(startMore);
        yield memoryOf(blocks, current.block).subarray(0, current.length);
        await startedMore;
        await current.hashed;
      }
      sha256 = await hasher.digest();
    } finally {
      // Whoever stops early may leave a read that was still to come.
      next = object.chunks;
      hasher.end();
      opener.end();
      onEnd();
    }
  }
  return { pieces: pieces(), sha256: () => sha256, isAligned: true };
}
