import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealKeyFor, vaultKeyFor } from '../../electron/vault/access.ts';
import { chunkTagLength } from '../../electron/vault/crypto/chunks.ts';
import { defaultKdf, isAcceptableKdf, type KdfParameters, stretch, stretchForNewSlot } from '../../electron/vault/crypto/kdf.ts';
import { createSlot, newKey, openSlot } from '../../electron/vault/crypto/key-slots.ts';
import { newRecoveryCode, normaliseRecoveryCode } from '../../electron/vault/crypto/recovery.ts';
import { deriveKey, openSecret, sealSecret } from '../../electron/vault/crypto/seal.ts';
import { openVaultKey, publicKeyOf, sealVaultKey } from '../../electron/vault/crypto/sealed-key.ts';
import { authenticateLink, isAuthentic } from '../../electron/vault/crypto/trail-chain.ts';
import type { VaultHeader } from '../../electron/vault/header.ts';
import type { PersonId, VaultId } from '../../shared/domain/ids.ts';
import { openedChunk, sealedChunk } from '../fixtures/chunks.ts';
import { lightKdf } from './fixture.ts';

const bytes = (max: number) => fc.uint8Array({ maxLength: max });
const key32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a sealed chunk', () => {
  const chunk = fc.record({ key: key32, object: fc.uuid(), index: fc.nat(0xffffffff), final: fc.boolean(), plaintext: bytes(600) });

  it('opens to what was sealed, 16 bytes longer, and never shows it', () => {
    fc.assert(
      fc.property(chunk, ({ key, object, index, final, plaintext }) => {
        const sealed = sealedChunk(key, object, index, final, plaintext);
        expect(sealed.length).toBe(plaintext.length + chunkTagLength);
        expect(openedChunk(key, object, index, final, sealed)?.equals(plaintext)).toBe(true);
        if (plaintext.length > 8) expect(sealed.includes(Buffer.from(plaintext))).toBe(false);
      }),
    );
  });

  it('opens nowhere else: not with another key, object, place or final flag', () => {
    fc.assert(
      fc.property(chunk, key32, fc.uuid(), fc.nat(0xffffffff), (sealedAs, otherKey, otherObject, otherIndex) => {
        const { key, object, index, final, plaintext } = sealedAs;
        const sealed = sealedChunk(key, object, index, final, plaintext);
        if (!Buffer.from(otherKey).equals(key)) expect(openedChunk(otherKey, object, index, final, sealed)).toBeNull();
        if (otherObject !== object) expect(openedChunk(key, otherObject, index, final, sealed)).toBeNull();
        if (otherIndex !== index) expect(openedChunk(key, object, otherIndex, final, sealed)).toBeNull();
        expect(openedChunk(key, object, index, !final, sealed)).toBeNull();
      }),
    );
  });

  it('opens no more when any bit is flipped or anything is cut or added', () => {
    fc.assert(
      fc.property(chunk, fc.nat(), bytes(5), ({ key, object, index, final, plaintext }, pick, extra) => {
        const sealed = sealedChunk(key, object, index, final, plaintext);
        const flipped = Buffer.from(sealed);
        const bit = pick % (sealed.length * 8);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(openedChunk(key, object, index, final, flipped)).toBeNull();
        expect(openedChunk(key, object, index, final, sealed.subarray(0, pick % sealed.length))).toBeNull();
        if (extra.length > 0) expect(openedChunk(key, object, index, final, Buffer.concat([sealed, extra]))).toBeNull();
      }),
    );
  });
});

describe('a sealed secret', () => {
  it('opens only with its key and context, and never twice to the same bytes', () => {
    fc.assert(
      fc.property(key32, bytes(100), fc.string(), fc.string(), fc.nat(), (key, secret, context, other, pick) => {
        const sealed = sealSecret(key, secret, context);
        expect(openSecret(key, sealed, context)?.equals(secret)).toBe(true);
        expect(sealSecret(key, secret, context).equals(sealed)).toBe(false);
        if (Buffer.from(other).compare(Buffer.from(context)) !== 0) expect(openSecret(key, sealed, other)).toBeNull();
        const flipped = Buffer.from(sealed);
        flipped[pick % sealed.length] = (flipped[pick % sealed.length] ?? 0) ^ 1;
        expect(openSecret(key, flipped, context)).toBeNull();
        expect(openSecret(key, sealed.subarray(0, pick % sealed.length), context)).toBeNull();
      }),
    );
  });

  it('derives another key for every label, as RFC 5869 says', () => {
    const ikm = Buffer.alloc(32, 0x0b);
    expect(deriveKey(ikm, 'a').equals(deriveKey(ikm, 'b'))).toBe(false);
    expect(deriveKey(ikm, 'a').equals(deriveKey(ikm, 'a'))).toBe(true);
    // RFC 5869, test case 3: empty salt and info, 22 bytes of 0x0b, first 32 bytes.
    expect(deriveKey(Buffer.alloc(22, 0x0b), '').toString('hex')).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d');
  });

  it('accepts only the MAC of the hash under the same key', () => {
    const hash = 'ab'.repeat(32);
    const mac = authenticateLink(hash, Buffer.alloc(32, 1));
    expect(isAuthentic(hash, mac, Buffer.alloc(32, 1))).toBe(true);
    expect(isAuthentic(hash, mac, Buffer.alloc(32, 2))).toBe(false);
    expect(isAuthentic('cd'.repeat(32), mac, Buffer.alloc(32, 1))).toBe(false);
    for (const wrong of ['', 'zz', mac.slice(2), `${mac}00`]) expect(isAuthentic(hash, wrong, Buffer.alloc(32, 1))).toBe(false);
  });
});

describe('a key slot', () => {
  const person = '11111111-1111-4111-8111-111111111111' as PersonId;
  const make = async () => {
    const personKey = newKey();
    const slot = await createSlot({
      kind: 'passphrase',
      personId: person,
      personName: 'Ada',
      secret: 'the secret',
      personKey,
      vaultId: 'vault',
      kdf: lightKdf,
    });
    return { personKey, slot };
  };

  it('opens with its secret to the key, and is closed to every other', async () => {
    const { personKey, slot } = await make();
    const opened = await openSlot(slot, 'the secret', 'vault');
    expect([opened?.firstVaultKey, opened?.personKey.equals(personKey)]).toEqual([null, true]);
    for (const secret of ['', 'the secre', 'The secret', 'the secret ']) expect(await openSlot(slot, secret, 'vault')).toBeNull();
    expect(JSON.stringify(slot)).not.toContain('the secret');
  });

  it('opens for the same words typed on another keyboard', async () => {
    const { slot } = await make();
    const accented = await createSlot({
      ...slot,
      secret: 'caf\u00e9 \u212bngstrom',
      personKey: newKey(),
      vaultId: 'vault',
    });
    expect(await openSlot(accented, 'cafe\u0301 A\u030angstrom', 'vault')).not.toBeNull();
  });

  it('opens no more when any of its fields was exchanged', async () => {
    const { slot } = await make();
    const other = await make();
    const tampered = [
      { ...slot, id: other.slot.id },
      { ...slot, kind: 'recovery' as const },
      { ...slot, personId: '22222222-2222-4222-8222-222222222222' as PersonId },
      { ...slot, salt: other.slot.salt },
      { ...slot, wrapped: other.slot.wrapped },
      { ...slot, wrapped: slot.wrapped.slice(0, -8) },
      { ...slot, wrapped: '' },
      { ...slot, kdf: { ...slot.kdf, iterations: 2 } },
      { ...slot, kdf: { ...slot.kdf, memoryKiB: 128 } },
    ];
    for (const changed of tampered) expect(await openSlot(changed, 'the secret', 'vault')).toBeNull();
    expect(await openSlot(slot, 'the secret', 'another vault')).toBeNull();
  });

  it('holds exactly one key, or in format 1 two', async () => {
    const { slot } = await make();
    const key = await stretch('the secret', Buffer.from(slot.salt, 'base64'), slot.kdf);
    const holding = (bytes: Buffer) => ({
      ...slot,
      wrapped: sealSecret(key, bytes, `sealbook/v1/slot|vault|${slot.id}|passphrase|${person}`).toString('base64'),
    });
    for (const length of [0, 31, 33, 63, 65]) expect(await openSlot(holding(Buffer.alloc(length)), 'the secret', 'vault')).toBeNull();
    const both = await openSlot(holding(Buffer.concat([Buffer.alloc(32, 1), Buffer.alloc(32, 2)])), 'the secret', 'vault');
    expect(both).toEqual({ firstVaultKey: Buffer.alloc(32, 1), personKey: Buffer.alloc(32, 2) });
  });
});

describe('stretching a passphrase', () => {
  it('uses 256 MiB, three passes and four lanes unless memory is short', async () => {
    expect(defaultKdf).toEqual({ name: 'argon2id', memoryKiB: 262144, iterations: 3, parallelism: 4 });
    const tried: number[] = [];
    const short = (limit: number) => async (_passphrase: string, _salt: Uint8Array, parameters: KdfParameters) => {
      tried.push(parameters.memoryKiB);
      if (parameters.memoryKiB > limit) throw new Error('out of memory');
      return Buffer.alloc(32);
    };
    const used = async (limit: number) => (await stretchForNewSlot('p', Buffer.alloc(16), defaultKdf, short(limit))).parameters;
    expect(await used(300_000)).toEqual(defaultKdf);
    expect(await used(200_000)).toMatchObject({ memoryKiB: 131072, iterations: 5 });
    expect(await used(100_000)).toMatchObject({ memoryKiB: 65536, iterations: 8 });
    expect(tried).toEqual([262144, 262144, 131072, 262144, 131072, 65536]);
    await expect(used(1000)).rejects.toThrow('out of memory');
    await expect(stretchForNewSlot('p', Buffer.alloc(16), { ...defaultKdf, memoryKiB: 64 }, short(8))).rejects.toThrow();
  });

  it('is Argon2id as the library’s own parameters say', async () => {
    const salt = Buffer.alloc(16, 1);
    const first = await stretch('passphrase', salt, lightKdf);
    expect(first.length).toBe(32);
    expect((await stretch('passphrase', salt, lightKdf)).equals(first)).toBe(true);
    expect((await stretch('passphrase', Buffer.alloc(16, 2), lightKdf)).equals(first)).toBe(false);
    expect((await stretch('passphrase', salt, { ...lightKdf, iterations: 2 })).equals(first)).toBe(false);
  });

  it('refuses parameters that are weaker than the format or would exhaust the machine', () => {
    expect(isAcceptableKdf(defaultKdf)).toBe(true);
    const wrong = [
      { memoryKiB: 4 },
      { memoryKiB: 2 ** 30 },
      { memoryKiB: 1.5 },
      { iterations: 0 },
      { iterations: 65 },
      { parallelism: 0 },
      { parallelism: 65 },
    ];
    for (const change of [...wrong, { name: 'argon2i' as 'argon2id' }]) expect(isAcceptableKdf({ ...defaultKdf, ...change })).toBe(false);
  });
});

describe('a recovery code', () => {
  it('is eight groups of four without letters that look alike, and never the same', () => {
    const codes = Array.from({ length: 200 }, newRecoveryCode);
    for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(new Set(codes).size).toBe(200);
    expect(new Set(codes.join('').replaceAll('-', '')).size).toBe(32);
  });

  it('reads the same however it is typed', () => {
    const spelling = fc.record({
      code: fc.constant(null).map(() => newRecoveryCode()),
      lower: fc.boolean(),
      gap: fc.constantFrom('', ' ', '-', ' - ', '\n'),
    });
    fc.assert(
      fc.property(spelling, ({ code, lower, gap }) => {
        const plain = normaliseRecoveryCode(code);
        expect(plain).toBe(code.replaceAll('-', ''));
        const typed = code
          .replaceAll('-', gap)
          .replaceAll('0', 'o')
          .replaceAll('1', lower ? 'l' : 'I');
        expect(normaliseRecoveryCode(lower ? typed.toLowerCase() : typed)).toBe(plain);
        expect(normaliseRecoveryCode(plain)).toBe(plain);
      }),
    );
  });
});

describe('the vault key sealed to a person', () => {
  const context = 'vault|person|1';

  it('opens with the person key only, and in its own context only', () => {
    const [vaultKey, personKey] = [newKey(), newKey()];
    const sealed = sealVaultKey(vaultKey, publicKeyOf(personKey), context);
    expect(openVaultKey(sealed, personKey, context)?.equals(vaultKey)).toBe(true);
    expect(sealed.length).toBe(32 + 12 + 32 + 16);
    expect(sealed.includes(vaultKey)).toBe(false);
    expect(openVaultKey(sealed, newKey(), context)).toBeNull();
    for (const other of ['vault|person|2', 'vault|other|1', 'other|person|1', ''])
      expect(openVaultKey(sealed, personKey, other)).toBeNull();
    expect(sealVaultKey(vaultKey, publicKeyOf(personKey), context).equals(sealed)).toBe(false);
  });

  it('opens no more when any bit of it changed, when it is cut, or when points of low order are planted', () => {
    const personKey = newKey();
    const sealed = sealVaultKey(newKey(), publicKeyOf(personKey), context);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(openVaultKey(changed, personKey, context)).toBeNull();
    }
    for (const length of [0, 31, 32, 40, sealed.length - 1])
      expect(openVaultKey(sealed.subarray(0, length), personKey, context)).toBeNull();
    for (const point of [Buffer.alloc(32), Buffer.from([1, ...Buffer.alloc(31)])]) {
      expect(openVaultKey(Buffer.concat([point, sealed.subarray(32)]), personKey, context)).toBeNull();
      expect(() => sealVaultKey(newKey(), point, context)).toThrow();
    }
  });

  it('has the public key that X25519 gives for the private one, whoever computes it', () => {
    const key = Buffer.alloc(32, 7);
    expect(publicKeyOf(key)).toEqual(publicKeyOf(Buffer.from(key)));
    expect(publicKeyOf(key).length).toBe(32);
    expect(publicKeyOf(key).equals(publicKeyOf(Buffer.alloc(32, 8)))).toBe(false);
  });
});

describe('the vault key of a generation', () => {
  const vaultId = 'vault' as VaultId;
  const person = 'ada' as PersonId;
  const opened = { personKey: randomBytes(32), firstVaultKey: randomBytes(32) };
  const vaultKey = randomBytes(32);
  const headerOf = (keyGeneration: number, sealedKeys: VaultHeader['sealedKeys']) =>
    ({ vaultId, keyGeneration, sealedKeys }) as unknown as VaultHeader;
  const sealed = (generation: number, to = person) => sealKeyFor(vaultId, to, generation, vaultKey, publicKeyOf(opened.personKey));

  it('is the one that was sealed to the person for just this generation', () => {
    expect(vaultKeyFor(headerOf(2, [sealed(2)]), person, opened).equals(vaultKey)).toBe(true);
  });

  it('is the one of format 1 only while there was no other', () => {
    expect(vaultKeyFor(headerOf(1, []), person, opened)).toBe(opened.firstVaultKey);
    for (const header of [headerOf(2, []), headerOf(2, [sealed(1)]), headerOf(2, [sealed(2, 'ben' as PersonId)])])
      expect(() => vaultKeyFor(header, person, opened)).toThrow(expect.objectContaining({ code: 'vault.header-damaged' }));
    expect(() => vaultKeyFor(headerOf(1, []), person, { ...opened, firstVaultKey: null })).toThrow(
      expect.objectContaining({ code: 'vault.header-damaged' }),
    );
  });
});
