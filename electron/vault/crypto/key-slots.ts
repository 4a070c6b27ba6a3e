import { randomBytes, randomUUID } from 'node:crypto';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { type KdfParameters, stretch, stretchForNewSlot } from './kdf.ts';
import { openSecret, sealSecret } from './seal.ts';

/**
 * A key slot holds one person's own key, wrapped under a key stretched from a passphrase or from a recovery code. The vault key is
 * sealed to that person's key in the header. Changing a passphrase rewrites one slot and nothing else, and changing the vault key
 * touches no slot. Slots of header format 1 hold the first vault key too.
 */
export interface KeySlot {
  readonly id: string;
  readonly kind: 'passphrase' | 'recovery';
  readonly personId: PersonId;
  /** Shown on the unlock screen before anything can be decrypted. */
  readonly personName: string;
  readonly kdf: KdfParameters;
  /** Base64, 16 bytes. */
  readonly salt: string;
  /** Base64: nonce, wrapped key or keys, tag. */
  readonly wrapped: string;
}

/** What a slot opens: 32 bytes each. */
export interface SlotKeys {
  /** Seals the person's signing identity and opens the vault key that was sealed to them. */
  readonly personKey: Buffer;
  /** The vault's first key, in a slot of format 1. */
  readonly firstVaultKey: Buffer | null;
}

const keyLength = 32;

interface NewSlot {
  readonly kind: KeySlot['kind'];
  readonly personId: PersonId;
  readonly personName: string;
  readonly secret: string;
  readonly personKey: Buffer;
  readonly vaultId: string;
  readonly kdf: KdfParameters;
}

/** Makes a slot that the given secret opens. */
export async function createSlot(slot: NewSlot): Promise<KeySlot> {
  const id = randomUUID();
  const salt = randomBytes(16);
  const { key, parameters } = await stretchForNewSlot(slot.secret, salt, slot.kdf);
  const context = slotContext({ id, kind: slot.kind, personId: slot.personId }, slot.vaultId);
  const wrapped = sealSecret(key, slot.personKey, context);
  key.fill(0);
  return {
    id,
    kind: slot.kind,
    personId: slot.personId,
    personName: slot.personName,
    kdf: parameters,
    salt: salt.toString('base64'),
    wrapped: wrapped.toString('base64'),
  };
}

/** The keys behind a slot, or null when the secret is wrong or the slot was tampered with. */
export async function openSlot(slot: KeySlot, secret: string, vaultId: string): Promise<SlotKeys | null> {
  const key = await stretch(secret, Buffer.from(slot.salt, 'base64'), slot.kdf);
  const opened = openSecret(key, Buffer.from(slot.wrapped, 'base64'), slotContext(slot, vaultId));
  key.fill(0);
  if (opened?.length === keyLength) return { personKey: opened, firstVaultKey: null };
  if (opened?.length === 2 * keyLength) return { personKey: opened.subarray(keyLength), firstVaultKey: opened.subarray(0, keyLength) };
  return null;
}

/** Fresh random keys for a new vault or a new person. */
export function newKey(): Buffer {
  return randomBytes(keyLength);
}

function slotContext(slot: Pick<KeySlot, 'id' | 'kind' | 'personId'>, vaultId: string): string {
  return `sealbook/v1/slot|${vaultId}|${slot.id}|${slot.kind}|${slot.personId}`;
}
