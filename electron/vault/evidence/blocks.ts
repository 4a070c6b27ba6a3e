import { chunkSize, chunkTagLength } from '../crypto/chunks.ts';

/** What the vault's thread and the threads that hash, seal and open a large object say to each other. */

/** Shared memory for a few chunks, in the clear or sealed. */
export type Block = SharedArrayBuffer;

export const chunksPerBlock = 2;
/** Bytes of plaintext in a full block. */
export const blockSize = chunksPerBlock * chunkSize;
/** Bytes of a full chunk, sealed. */
export const sealedLength = chunkSize + chunkTagLength;

/** Memory is bounded by these: whoever fills blocks waits until one is free. */
export const blockCount = 6;

/** Fresh blocks for one object in the clear. */
export function createBlocks(): Block[] {
  return Array.from({ length: blockCount }, () => wholePages(blockSize));
}

/** Fresh blocks for the same chunks, sealed. */
export function createSealedBlocks(): Block[] {
  return Array.from({ length: blockCount }, () => wholePages(chunksPerBlock * sealedLength));
}

/** Memory that begins with a page, so that a file can be written from it past the system's cache: what could grow is reserved by pages. */
function wholePages(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes, { maxByteLength: bytes });
}

/** The memory of a block. */
export function memoryOf(blocks: readonly Block[], block: number): Buffer {
  const memory = blocks[block];
  if (memory === undefined) throw new Error('No such block');
  return Buffer.from(memory);
}

/** The memory in a sealed block for the chunk at an index in it, of which so many bytes are plaintext. */
export function sealedMemoryOf(sealed: readonly Block[], block: number, index: number, length: number): Buffer {
  return memoryOf(sealed, block).subarray(index * sealedLength, index * sealedLength + length + chunkTagLength);
}

/** What a thread does. Who hashes has no key; who seals or opens has the key of this one object, and it ends with the thread. */
export type BlockJob =
  | { readonly does: 'hash'; readonly blocks: readonly Block[] }
  | { readonly does: 'open'; readonly blocks: readonly Block[]; readonly key: Uint8Array; readonly objectId: string }
  | {
      readonly does: 'seal';
      readonly blocks: readonly Block[];
      readonly sealed: readonly Block[];
      readonly key: Uint8Array;
      readonly objectId: string;
    };

/** A filled block. */
export interface BlockRequest {
  readonly block: number;
  /** Bytes of plaintext in it. */
  readonly length: number;
  /** Position of its first chunk in the object. */
  readonly first: number;
  /** Whether its last chunk is the object's last. */
  readonly final: boolean;
}

/**
 * Sealed chunks as they came from the database, for whoever opens. They belong to the thread that has them last: sending them hands
 * them over. Left in the vault's thread they would make its collector go through the whole heap every few blocks.
 */
export type SealedChunks = readonly Uint8Array<ArrayBuffer>[];

/** What a thread is sent: a block with the chunks to open, or with none where it hashes or seals. */
export type BlockMessage = 'digest' | (BlockRequest & { readonly sealed: SealedChunks });

export type BlockReply = { readonly digest: string } | BlockResult;

export interface BlockResult {
  /** The position of the first chunk that is not what was sealed. */
  readonly damaged: number | null;
}

/** Bytes of plaintext of the chunks in a block. */
export function chunkLengths(length: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(length / chunkSize)) }, (_, index) => Math.min(chunkSize, length - index * chunkSize));
}
