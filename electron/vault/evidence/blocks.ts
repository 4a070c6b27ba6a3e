import { chunkSize, chunkTagLength } from '../crypto/chunks.ts';

/** What the vault's thread and the threads that hash, seal and open a large object say to each other. */

/** Shared memory for a few chunks in the clear. */
export type Block = SharedArrayBuffer;

export const chunksPerBlock = 2;
/** Bytes of plaintext in a full block. */
export const blockSize = chunksPerBlock * chunkSize;
/** Bytes of a full chunk, sealed. */
export const sealedLength = chunkSize + chunkTagLength;

/** Memory is bounded by these: whoever fills blocks waits until one is free. */
export const blockCount = 6;

/** Fresh blocks for one object. */
export function createBlocks(): Block[] {
  return Array.from({ length: blockCount }, () => wholePages(blockSize));
}

/** Memory that begins with a page, so that a file can be written from it past the system's cache: what could grow is reserved by pages. */
function wholePages(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes, { maxByteLength: bytes });
}

/** A block's memory in the clear. */
export function plainOf(blocks: readonly Block[], block: number): Uint8Array {
  const memory = blocks[block];
  if (memory === undefined) throw new Error('No such block');
  return Buffer.from(memory);
}

/** What a thread does. Who hashes has no key; who seals or opens has the key of this one object, and it ends with the thread. */
export type BlockJob =
  | { readonly does: 'hash'; readonly blocks: readonly Block[] }
  | { readonly does: 'seal' | 'open'; readonly blocks: readonly Block[]; readonly key: Uint8Array; readonly objectId: string };

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

/** Sealed chunks, or memory of `sealedLength` for them. They belong to the thread that has them last: sending them hands them over. */
export type SealedChunks = readonly Uint8Array<ArrayBuffer>[];

/**
 * What a thread is sent. Who opens gets the sealed chunks of the block as they came from the database, and keeps them: left in the
 * vault's thread they would make its collector go through the whole heap every few blocks. Who seals gets memory for them.
 */
export type BlockMessage = 'digest' | (BlockRequest & { readonly sealed: SealedChunks });

export type BlockReply = { readonly digest: string } | BlockResult;

export interface BlockResult {
  /** The position of the first chunk that is not what was sealed. */
  readonly damaged: number | null;
  /** The chunks that were sealed. */
  readonly sealed: SealedChunks;
}

/** Bytes of plaintext of the chunks in a block. */
export function chunkLengths(length: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(length / chunkSize)) }, (_, index) => Math.min(chunkSize, length - index * chunkSize));
}
