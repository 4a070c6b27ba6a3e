import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { deriveKey, openSecret, sealSecret } from './seal.ts';

/**
 * The vault key sealed to one person, after the pattern of HPKE (RFC 9180, base mode): an ephemeral X25519 key agrees with the
 * person's public key, HKDF-SHA-256 over the shared secret and both public keys gives the key, AES-256-GCM seals. So a new vault
 * key can be sealed to everybody without their passphrases. Laid out as ephemeral public key | nonce | ciphertext | tag.
 */
const publicKeyLength = 32;

/** DER around a raw X25519 key (RFC 8410), which is how Node takes and gives one. */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** The public half of a person's key: 32 bytes. The private half is derived from the key that only their slots hold. */
export function publicKeyOf(personKey: Uint8Array): Buffer {
  return rawPublicKey(createPublicKey(privateKeyOf(personKey)));
}

/** Seals a vault key to a public key, bound to `context` (which vault, which person, which generation of the key). */
export function sealVaultKey(vaultKey: Uint8Array, publicKey: Uint8Array, context: string): Buffer {
  const ephemeral = generateKeyPairSync('x25519');
  const sent = rawPublicKey(ephemeral.publicKey);
  const key = agree(ephemeral.privateKey, publicKey, sent, publicKey, context);
  const sealed = sealSecret(key, vaultKey, context);
  key.fill(0);
  return Buffer.concat([sent, sealed]);
}

/** Opens what `sealVaultKey` made for this person; null when anything is not exactly as it was sealed. */
export function openVaultKey(sealed: Uint8Array, personKey: Uint8Array, context: string): Buffer | null {
  if (sealed.length <= publicKeyLength) return null;
  const sent = sealed.subarray(0, publicKeyLength);
  try {
    const key = agree(privateKeyOf(personKey), sent, sent, publicKeyOf(personKey), context);
    const opened = openSecret(key, sealed.subarray(publicKeyLength), context);
    key.fill(0);
    return opened;
  } catch {
    // A planted point of low order agrees on nothing; the library refuses it.
    return null;
  }
}

function agree(own: KeyObject, other: Uint8Array, sent: Uint8Array, receiver: Uint8Array, context: string): Buffer {
  const shared = diffieHellman({ privateKey: own, publicKey: keyFromRaw(other) });
  const information = Buffer.concat([Buffer.from(`${context}|`, 'utf8'), sent, receiver]);
  const key = Buffer.from(hkdfSync('sha256', shared, Buffer.alloc(0), information, 32));
  shared.fill(0);
  return key;
}

function privateKeyOf(personKey: Uint8Array): KeyObject {
  const raw = deriveKey(personKey, 'sealbook/v2/exchange');
  const key = createPrivateKey({ key: Buffer.concat([privatePrefix, raw]), format: 'der', type: 'pkcs8' });
  raw.fill(0);
  return key;
}

function keyFromRaw(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([publicPrefix, raw]), format: 'der', type: 'spki' });
}

function rawPublicKey(key: KeyObject): Buffer {
  return key.export({ format: 'der', type: 'spki' }).subarray(publicPrefix.length);
}
