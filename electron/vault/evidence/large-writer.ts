import { randomBytes, randomUUID } from 'node:crypto';
import { createPool, startBlockThread } from './block-threads.ts';
import {
  blockSize,
  chunkLengths,
  chunksPerBlock,
  createBlocks,
  createSealedBlocks,
  memoryOf,
  sealedLength,
  sealedMemoryOf,
} from './blocks.ts';
import { chunkRows, collectHead, dropObject, type ObjectStore, type SealedObject, wrapObjectKey } from './store.ts';

/** Takes much plaintext: whoever writes waits while the threads and the disk have enough to do. */
export interface LargeObjectWriter {
  /** Memory to read content into, as much as fits. `filled` says how much was. */
  room(): Promise<Uint8Array>;
  filled(bytes: number): void;
  write(bytes: Uint8Array): Promise<void>;
  finish(): Promise<SealedObject>;
  /** Ends the threads at once and removes what was written. */
  discard(): Promise<void>;
  /** Ends the threads and leaves the chunk file alone: it is closed, or about to be. */
  abandon(): void;
}

interface FilledBlock {
  readonly block: number;
  length: number;
}

/**
 * Starts an object that is hashed in one thread and sealed in another, while this one appends what is sealed. Order of chunks,
 * format and promises are those of `createObject`. Errors: `evidence.unfinished` when a thread dies, `disk.full`.
 */
export function createLargeObject({ chunks, evidenceKey, workerPath }: ObjectStore, onEnd: () => void): LargeObjectWriter {
  const id = randomUUID();
  const key = randomBytes(32);
  const wrappedKey = wrapObjectKey(evidenceKey, key, id);
  const blocks = createBlocks();
  const hasher = startBlockThread(workerPath, { does: 'hash', blocks });
  const sealed = createSealedBlocks();
  const sealer = startBlockThread(workerPath, { does: 'seal', blocks, sealed, key, objectId: id });
  key.fill(0);
  const rows = chunkRows(chunks, id);
  const head = collectHead();
  // Electron 25 crashes when the database's library is given shared memory, so each sealed chunk is copied, always to the same place:
  // memory that comes and goes with each chunk makes the collector go through the whole heap again and again.
  const copies = Array.from({ length: chunksPerBlock }, () => Buffer.allocUnsafeSlow(sealedLength));
  const pool = createPool(blocks.length - 1);
  let current: FilledBlock = { block: blocks.length - 1, length: 0 };
  let size = 0;
  let handed = 0;
  let ended = false;

  const handOn = ({ block, length }: FilledBlock, final: boolean) => {
    const lengths = chunkLengths(length);
    const request = { block, length, first: handed, final };
    handed += lengths.length;
    head.add(memoryOf(blocks, block).subarray(0, length));
    const appended = sealer.run(request).then(() => {
      if (!ended)
        rows.append(
          copies.slice(0, lengths.length).map((copy, index) => copyOf(sealedMemoryOf(sealed, block, index, lengths[index] ?? 0), copy)),
        );
    });
    Promise.all([hasher.run(request), appended]).then(
      () => pool.put(block),
      (error) => {
        pool.fail(error);
        end();
      },
    );
  };
  const room = async () => {
    // A block is handed on only when more follows, because the last one carries the final flag.
    if (current.length === blockSize) {
      handOn(current, false);
      current = { block: await pool.take(), length: 0 };
    }
    return memoryOf(blocks, current.block).subarray(current.length);
  };
  const filled = (bytes: number) => {
    current.length += bytes;
    size += bytes;
  };
  const end = () => {
    ended = true;
    hasher.end();
    sealer.end();
    onEnd();
  };
  return {
    room,
    filled,
    async write(bytes) {
      for (let rest = bytes; rest.length > 0; ) {
        const space = await room();
        const part = rest.subarray(0, space.length);
        space.set(part);
        filled(part.length);
        rest = rest.subarray(part.length);
      }
    },
    async finish() {
      handOn(current, true);
      await pool.allBack(blocks.length);
      const sha256 = await hasher.digest();
      end();
      return { id, sha256, size, chunks: rows.count(), wrappedKey, head: head.bytes() };
    },
    async discard() {
      end();
      await dropObject(chunks, id);
    },
    abandon: end,
  };
}

/** The bytes in memory that is there already and at least as long. */
function copyOf(bytes: Buffer, memory: Buffer): Buffer {
  return memory.subarray(0, bytes.copy(memory));
}
