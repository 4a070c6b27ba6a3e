import { chunkSize, chunkTagLength } from '../crypto/chunks.ts';

/** What the vault's thread and the threads that hash, seal and open a large object say to each other. */

/** Shared memory for a few chunks: in the clear and, while an object is sealed, sealed one after the other. */
export interface Block {
  readonly plain: SharedArrayBuffer;
  readonly sealed: SharedArrayBuffer;
}

export const chunksPerBlock = 2;
/** Bytes of plaintext in a full block. */
export const blockSize = chunksPerBlock * chunkSize;
/** Bytes from one sealed chunk of a block to the next. */
export const sealedStride = chunkSize + chunkTagLength;

/** Memory is bounded by these: whoever fills blocks waits until one is free. */
export const blockCount = 6;

/** Fresh blocks for one object. Those that are only opened and hashed have no room for what is sealed. */
export function createBlocks(does: 'seal' | 'open'): Block[] {
  const sealed = does === 'seal' ? chunksPerBlock * sealedStride : 0;
  return Array.from({ length: blockCount }, () => ({ plain: wholePages(blockSize), sealed: new SharedArrayBuffer(sealed) }));
}

/** Memory that begins with a page, so that a file can be written from it past the system's cache: what could grow is reserved by pages. */
function wholePages(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes, { maxByteLength: bytes });
}

/** A block's memory in the clear. */
export function plainOf(blocks: readonly Block[], block: number): Uint8Array {
  return view(blocks[block]?.plain);
}

/** A block's memory for sealed chunks, one every `sealedStride` bytes. */
export function sealedOf(blocks: readonly Block[], block: number): Uint8Array {
  return view(blocks[block]?.sealed);
}

function view(memory: SharedArrayBuffer | undefined): Uint8Array {
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

/**
 * What a thread is sent. Who opens gets the sealed chunks of the block as they came from the database, and owns them from then on:
 * left in the vault's thread they would make its collector go through the whole heap every few blocks.
 */
export type BlockMessage = 'digest' | (BlockRequest & { readonly sealed: readonly Uint8Array<ArrayBuffer>[] });

export type BlockReply =
  | { readonly digest: string }
  /** `damaged` is the position of the first chunk that is not what was sealed. */
  | { readonly block: number; readonly damaged: number | null };

/** Bytes of plaintext of the chunks in a block. */
export function chunkLengths(length: number): number[] {
  return Array.from({ length: Math.max(1, Math.ceil(length / chunkSize)) }, (_, index) => Math.min(chunkSize, length - index * chunkSize));
}
