import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Sealed chunks after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): AES-256-GCM per chunk, the
 * nonce is the chunk's index and a final flag, the object id is authenticated. So no chunk can be swapped, cut,
 * reordered or taken from another object. Each object has its own random key, hence counter nonces never repeat.
 */
export const chunkSize = 1024 * 1024;
export const chunkTagLength = 16;

/**
 * Bytes that go through the cipher at a time: what comes out is copied while it is still in the processor's cache. The runtime copies
 * it once inside as well, mostly between neighbours in memory. After a multiple of a page the second would begin a few bytes past the
 * place in its page where the first began, and there many processors copy 20 times slower. So half a page is left off.
 */
const step = 62 * 1024;

/** The place of a chunk in its object. */
export interface ChunkPlace {
  readonly objectId: string;
  readonly index: number;
  readonly final: boolean;
}

/** Seals one chunk into memory as long as the plaintext and the tag: ciphertext followed by the 16-byte tag. */
export function sealChunk(key: Uint8Array, { objectId, index, final }: ChunkPlace, plaintext: Uint8Array, sealed: Uint8Array): void {
  const cipher = createCipheriv('aes-256-gcm', key, chunkNonce(index, final));
  cipher.setAAD(Buffer.from(objectId, 'utf8'));
  for (let at = 0; at < plaintext.length; at += step) moveInto(sealed, at, cipher.update(plaintext.subarray(at, at + step)));
  cipher.final();
  sealed.set(cipher.getAuthTag(), plaintext.length);
}

/**
 * Opens one chunk into memory as long as its plaintext. Returns false when it is not exactly what was sealed at this place; what
 * stands in the memory is then not to be used.
 */
export function openChunk(key: Uint8Array, { objectId, index, final }: ChunkPlace, sealed: Uint8Array, opened: Uint8Array): boolean {
  const length = sealed.length - chunkTagLength;
  if (length < 0 || length > opened.length) return false;
  const decipher = createDecipheriv('aes-256-gcm', key, chunkNonce(index, final), { authTagLength: chunkTagLength });
  decipher.setAAD(Buffer.from(objectId, 'utf8'));
  decipher.setAuthTag(sealed.subarray(length));
  try {
    for (let at = 0; at < length; at += step) moveInto(opened, at, decipher.update(sealed.subarray(at, Math.min(length, at + step))));
    decipher.final();
    return true;
  } catch {
    return false;
  }
}

/** Copies what came out of the cipher. */
function moveInto(target: Uint8Array, at: number, source: Buffer): void {
  target.set(source, at);
  releaseMemory(source);
}

/**
 * Gives memory back at once where the runtime can (Node 21 and newer); it is not to be used any more. Elsewhere the collector does
 * it later, and a thread that works through gigabytes holds about 64 MiB more. Memory shared with other arrays stays.
 */
export function releaseMemory({ buffer, byteLength }: Uint8Array): void {
  if (buffer.byteLength === byteLength && 'transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
}

/** 96 bits: seven zero bytes, the index as 32-bit big-endian, the final flag. */
function chunkNonce(index: number, final: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = final ? 1 : 0;
  return nonce;
}
