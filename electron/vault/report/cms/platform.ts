import { createHash, webcrypto } from 'node:crypto';

/** The two things verification needs from its host; the page that verifies in a browser puts its own in their place. */

/** Typed as the global one, as the certificate library has it, whether or not the window's types are around. */
export const provider = webcrypto as unknown as typeof globalThis.crypto;

/** SHA-256 over the parts, one after the other. */
export async function sha256(...parts: readonly Uint8Array[]): Promise<Uint8Array> {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
