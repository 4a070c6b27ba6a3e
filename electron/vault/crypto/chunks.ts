import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * Sealed chunks after the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015): AES-256-GCM per chunk, the
 * nonce is the chunk's index and a final flag, the object id is authenticated. So no chunk can be swapped, cut,
 * reordered or taken from another object. Each object has its own random key, hence counter nonces never repeat.
 */
export const chunkSize = 1024 * 1024;
export const chunkTagLength = 16;

/** Seals one chunk: ciphertext followed by the 16-byte tag. */
export function sealChunk(key: Uint8Array, objectId: string, index: number, final: boolean, plaintext: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, chunkNonce(index, final));
  cipher.setAAD(Buffer.from(objectId, 'utf8'));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens one chunk; null when it is not exactly what was sealed at this place. */
export function openChunk(key: Uint8Array, objectId: string, index: number, final: boolean, sealed: Uint8Array): Buffer | null {
  if (sealed.length < chunkTagLength) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, chunkNonce(index, final), { authTagLength: chunkTagLength });
  decipher.setAAD(Buffer.from(objectId, 'utf8'));
  decipher.setAuthTag(sealed.subarray(sealed.length - chunkTagLength));
  try {
    const opened = decipher.update(sealed.subarray(0, sealed.length - chunkTagLength));
    decipher.final();
    return opened;
  } catch {
    return null;
  }
}

/** 96 bits: seven zero bytes, the index as 32-bit big-endian, the final flag. */
function chunkNonce(index: number, final: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = final ? 1 : 0;
  return nonce;
}
