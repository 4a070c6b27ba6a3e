import { randomUUID } from 'node:crypto';
import type { PersonId, VaultId } from '../../shared/domain/ids.ts';
import type { Person, Role } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { assertMayTry, clearFailures, recordFailure } from './attempts.ts';
import { defaultKdf, type KdfParameters } from './crypto/kdf.ts';
import { createSlot, type KeySlot, newKey, openSlot, type SlotKeys } from './crypto/key-slots.ts';
import { newRecoveryCode, normaliseRecoveryCode } from './crypto/recovery.ts';
import { openVaultKey, publicKeyOf, sealVaultKey } from './crypto/sealed-key.ts';
import { insertRecord } from './db/records.ts';
import { sql } from './db/sql.ts';
import { readHeader, type VaultHeader, writeHeader } from './header.ts';
import { assertChangeable, type Change, change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** People's access: slots that open their own key, and the vault key sealed to it. */

type SealedKey = VaultHeader['sealedKeys'][number];

/** The vault key of a generation sealed to a person's public key, for the header. */
export function sealKeyFor(vaultId: VaultId, person: PersonId, generation: number, vaultKey: Uint8Array, publicKey: Uint8Array): SealedKey {
  return { personId: person, sealed: sealVaultKey(vaultKey, publicKey, sealContext(vaultId, person, generation)).toString('base64') };
}

/** The vault key for somebody whose slot was opened. Throws `vault.header-damaged` when what was sealed to them does not open. */
export function vaultKeyFor(header: VaultHeader, person: PersonId, opened: SlotKeys): Buffer {
  const entry = header.sealedKeys.find(({ personId }) => personId === person);
  const context = sealContext(header.vaultId, person, header.keyGeneration);
  const vaultKey = entry === undefined ? null : openVaultKey(Buffer.from(entry.sealed, 'base64'), opened.personKey, context);
  const key = vaultKey ?? (header.keyGeneration === 1 ? opened.firstVaultKey : null);
  if (key === null) throw new ExpectedError('vault.header-damaged', 'Restore vault.json from a backup. The records are untouched.');
  return key;
}

/** Keeps a public key in the records: only keys from there are ever sealed to, because a header can be written by anybody. */
export function keepPublicKey(tx: Change, person: PersonId, publicKey: Buffer): void {
  tx.database.run(
    sql`INSERT INTO person_key (person_id, public_key) VALUES (${person}, ${publicKey})
        ON CONFLICT (person_id) DO UPDATE SET public_key = excluded.public_key`,
  );
}

/** The first of the slots that a secret opens, or null. */
export async function openFirst(slots: readonly KeySlot[], secret: string, vaultId: string): Promise<SlotKeys | null> {
  for (const slot of slots) {
    const keys = await openSlot(slot, secret, vaultId);
    if (keys !== null) return keys;
  }
  return null;
}

/** A passphrase slot and a recovery slot for one person's key. */
export async function createSlots(
  vaultId: string,
  person: Person,
  passphrase: string,
  personKey: Buffer,
  kdf: KdfParameters,
): Promise<{ slots: KeySlot[]; recoveryCode: string }> {
  const recoveryCode = newRecoveryCode();
  const base = { personId: person.id, personName: person.name, personKey, vaultId, kdf };
  const slots = [
    await createSlot({ ...base, kind: 'passphrase', secret: passphrase }),
    await createSlot({ ...base, kind: 'recovery', secret: normaliseRecoveryCode(recoveryCode) }),
  ];
  return { slots, recoveryCode };
}

/** Adds a person with their own slots and a key of their own. Returns the person and their recovery code. */
export async function addPerson(
  session: Session,
  input: { readonly name: string; readonly email: string; readonly role: Role; readonly passphrase: string },
  kdf: KdfParameters = defaultKdf,
): Promise<{ person: Person; recoveryCode: string }> {
  const person: Person = {
    id: randomUUID() as PersonId,
    name: input.name,
    email: input.email,
    role: input.role,
    createdAt: new Date().toISOString(),
    removedAt: '',
  };
  const personKey = newKey();
  const publicKey = publicKeyOf(personKey);
  const { slots, recoveryCode } = await createSlots(session.vaultId, person, input.passphrase, personKey, kdf);
  personKey.fill(0);
  // The record comes first: a slot without a person could unlock nothing useful, a person without a slot is only visible.
  change(session, (tx) => {
    const { id, ...fields } = person;
    insertRecord(tx, 'person', id, fields);
    keepPublicKey(tx, id, publicKey);
    appendTrail(tx, { action: 'person.added', subjectKind: 'person', subjectId: id, detail: person.role, after: person });
  });
  const header = readHeader(session.folder);
  const sealed = sealKeyFor(session.vaultId, person.id, header.keyGeneration, session.keys.vault, publicKey);
  writeHeader(session.folder, { ...header, slots: [...header.slots, ...slots], sealedKeys: [...header.sealedKeys, sealed] });
  return { person, recoveryCode };
}

/** Replaces one of my slots: a changed passphrase or a fresh recovery code. The other slots stay as they are. */
export async function replaceMySlot(
  session: Session,
  kind: KeySlot['kind'],
  secret: string,
  kdf: KdfParameters = defaultKdf,
): Promise<void> {
  const slot = await createSlot({
    kind,
    personId: session.me.id,
    personName: session.me.name,
    secret: kind === 'recovery' ? normaliseRecoveryCode(secret) : secret,
    personKey: session.keys.person,
    vaultId: session.vaultId,
    kdf,
  });
  assertChangeable(session);
  const header = readHeader(session.folder);
  const others = header.slots.filter((other) => other.personId !== session.me.id || other.kind !== kind);
  writeHeader(session.folder, { ...header, slots: [...others, slot] });
  change(session, (tx) =>
    appendTrail(tx, {
      action: kind === 'recovery' ? 'person.recovery-replaced' : 'person.passphrase-changed',
      subjectKind: 'person',
      subjectId: session.me.id,
    }),
  );
}

/** Whether a passphrase opens one of my slots; used before changing it. Counted like any other attempt. */
export async function assertMyPassphrase(session: Session, passphrase: string): Promise<void> {
  assertMayTry(session.folder, session.me.id);
  const header = readHeader(session.folder);
  const slots = header.slots.filter((slot) => slot.personId === session.me.id && slot.kind === 'passphrase');
  if ((await openFirst(slots, passphrase, session.vaultId)) === null) {
    const { failed } = recordFailure(session.folder, session.me.id);
    throw new ExpectedError('passphrase.wrong', '', { failed });
  }
  clearFailures(session.folder, session.me.id);
}

function sealContext(vaultId: string, person: string, generation: number): string {
  return `sealbook/v2/vault-key|${vaultId}|${person}|${generation}`;
}
