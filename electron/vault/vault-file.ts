import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonId, VaultId } from '../../shared/domain/ids.ts';
import type { Person, Role } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { assertMayTry, clearFailures, recordFailure } from './attempts.ts';
import { createClock } from './clock.ts';
import { defaultKdf, type KdfParameters } from './crypto/kdf.ts';
import { createSlot, type KeySlot, newKey, openSlot, type SlotKeys } from './crypto/key-slots.ts';
import { newRecoveryCode, normaliseRecoveryCode } from './crypto/recovery.ts';
import { deriveKey } from './crypto/seal.ts';
import { currentVersion, migrate, schemaVersion } from './db/migrate.ts';
import { emptyLog, openChunkFile, openRecords } from './db/open.ts';
import { decodeRow, insertRecord } from './db/records.ts';
import { replaceable } from './db/replaceable.ts';
import { type DatabaseFile, sql } from './db/sql.ts';
import { removeUnfinished } from './evidence/space.ts';
import { deleteObject, findOrphans } from './evidence/store.ts';
import { removeQuietly, syncFolder, translateFileError } from './files.ts';
import { chunksFile, readHeader, recordsFile, type VaultHeader, writeHeader } from './header.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

export interface NewVault {
  readonly folder: string;
  readonly name: string;
  readonly person: { readonly name: string; readonly email: string };
  readonly passphrase: string;
  /** Lighter in tests; the default everywhere else. */
  readonly kdf?: KdfParameters;
}

/**
 * Creates a vault folder with its first person (a lead). The header is written last: a folder without it is not a vault,
 * so a crash leaves nothing that looks like one. Errors: `vault.exists`, `disk.full`, `file.not-written`.
 */
export async function createVault(input: NewVault): Promise<{ session: Session; recoveryCode: string }> {
  const { folder } = input;
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new ExpectedError('vault.exists', 'Choose another name or place. Nothing was changed.');
  const lock = lockNewFolder(folder);
  const vaultId = randomUUID() as VaultId;
  const me: Person = { id: randomUUID() as PersonId, ...input.person, role: 'lead', createdAt: new Date().toISOString() };
  const keys: SlotKeys = { vaultKey: newKey(), personKey: newKey() };
  const opened: DatabaseFile[] = [];
  try {
    const { slots, recoveryCode } = await createSlots(vaultId, me, input.passphrase, keys, input.kdf ?? defaultKdf);
    const records = openRecords(join(folder, recordsFile), deriveKey(keys.vaultKey, keyLabels.records), 'create');
    opened.push(records);
    migrate(records);
    const chunks = openChunkFile(join(folder, chunksFile), 'create');
    opened.push(chunks);
    const header: VaultHeader = { format: 1, vaultId, name: input.name, createdAt: me.createdAt, slots };
    const session = makeSession({ folder, header, records, chunks, me, keys, lock, copyId: randomUUID(), orphans: 0 });
    change(session, (tx) => {
      for (const [name, value] of Object.entries({ 'vault-id': vaultId, 'copy-id': session.copyId, 'auto-lock-minutes': '15' })) {
        tx.database.run(sql`INSERT INTO setting (name, value) VALUES (${name}, ${value})`);
      }
      insertRecord(tx, 'person', me.id, { name: me.name, email: me.email, role: me.role, createdAt: me.createdAt });
      appendTrail(tx, { action: 'vault.created', subjectKind: 'vault', subjectId: vaultId, after: { vaultId, person: me } });
    });
    writeHeader(folder, header);
    syncFolder(folder);
    return { session, recoveryCode };
  } catch (error) {
    for (const database of opened) database.close();
    lock.release();
    removeQuietly(folder);
    throw translateFileError(error);
  }
}

/** Makes the folder of a new vault and locks it; a folder that cannot be locked does not stay behind. */
function lockNewFolder(folder: string): WriterLock {
  const isNew = !existsSync(folder);
  try {
    // Only the folder itself: its parent was picked and exists.
    if (isNew) mkdirSync(folder, { mode: 0o700 });
    return takeWriterLock(folder);
  } catch (error) {
    const translated = translateFileError(error);
    const isOthers = translated instanceof ExpectedError && translated.code === 'vault.busy';
    if (isNew && !isOthers) removeQuietly(folder);
    throw translated;
  }
}

async function createSlots(
  vaultId: string,
  person: Person,
  passphrase: string,
  keys: SlotKeys,
  kdf: KdfParameters,
): Promise<{ slots: KeySlot[]; recoveryCode: string }> {
  const recoveryCode = newRecoveryCode();
  const base = { personId: person.id, personName: person.name, keys, vaultId, kdf };
  const slots = [
    await createSlot({ ...base, kind: 'passphrase', secret: passphrase }),
    await createSlot({ ...base, kind: 'recovery', secret: normaliseRecoveryCode(recoveryCode) }),
  ];
  return { slots, recoveryCode };
}

export interface UnlockRequest {
  readonly folder: string;
  readonly personId: PersonId;
  readonly secret: { readonly kind: 'passphrase' | 'recovery'; readonly text: string };
  /** `read` opens beside a writer, for checks and backups. */
  readonly mode?: 'open' | 'read';
}

/**
 * Opens a vault for one person. Wrong attempts are counted and delayed. Errors: those of `readHeader`,
 * `passphrase.wrong` / `recovery.wrong` with the count, `passphrase.delayed`, `vault.busy`, `vault.newer`,
 * `vault.damaged`, `vault.evidence-damaged`, `vault.read-only`.
 */
export async function unlockVault(request: UnlockRequest): Promise<Session> {
  const { folder, personId, secret } = request;
  const mode = request.mode ?? 'open';
  const header = readHeader(folder);
  const slots = header.slots.filter((slot) => slot.personId === personId && slot.kind === secret.kind);
  if (slots.length === 0) throw new ExpectedError('person.unknown', 'Choose somebody from the list.');
  assertMayTry(folder, personId);
  const keys = await openFirst(slots, secret.kind === 'recovery' ? normaliseRecoveryCode(secret.text) : secret.text, header.vaultId);
  if (keys === null) {
    const { failed, retryAt } = recordFailure(folder, personId);
    throw new ExpectedError(secret.kind === 'recovery' ? 'recovery.wrong' : 'passphrase.wrong', '', {
      failed,
      ...(retryAt === null ? {} : { retryAt: new Date(retryAt).toISOString() }),
    });
  }
  clearFailures(folder, personId);
  return openWithKeys(folder, header, personId, keys, mode);
}

async function openFirst(slots: readonly KeySlot[], secret: string, vaultId: string): Promise<SlotKeys | null> {
  for (const slot of slots) {
    const keys = await openSlot(slot, secret, vaultId);
    if (keys !== null) return keys;
  }
  return null;
}

function openWithKeys(folder: string, header: VaultHeader, personId: PersonId, keys: SlotKeys, mode: 'open' | 'read'): Session {
  const lock = mode === 'open' ? takeWriterLock(folder) : null;
  const opened: DatabaseFile[] = [];
  try {
    const records = openRecords(join(folder, recordsFile), deriveKey(keys.vaultKey, keyLabels.records), mode);
    opened.push(records);
    if (mode === 'open') {
      migrate(records);
      // What was destroyed before a crash must not live on in the log.
      emptyLog(records);
      removeUnfinished(folder);
    } else assertKnownSchema(records);
    const chunks = openChunkFile(join(folder, chunksFile), mode);
    opened.push(chunks);
    const me = findPerson(records, personId);
    const known = new Set(records.all<{ id: string }>(sql`SELECT id FROM evidence_object`).map((row) => row.id));
    const orphans = mode === 'open' ? findOrphans(chunks, known) : [];
    for (const orphan of orphans) deleteObject(chunks, orphan);
    const session = makeSession({
      folder,
      header,
      records,
      chunks,
      me,
      keys,
      lock,
      copyId: readSetting(records, 'copy-id') ?? '',
      orphans: orphans.length,
    });
    if (mode === 'open') {
      change(session, (tx) =>
        appendTrail(tx, {
          action: 'vault.unlocked',
          subjectKind: 'vault',
          subjectId: header.vaultId,
          detail: orphans.length > 0 ? `${orphans.length} unfinished objects removed` : '',
        }),
      );
    }
    return session;
  } catch (error) {
    for (const database of opened) database.close();
    lock?.release();
    throw error;
  }
}

function assertKnownSchema(records: DatabaseFile): void {
  const found = schemaVersion(records);
  if (found > currentVersion)
    throw new ExpectedError('vault.newer', 'Install the newest Sealbook to open it. Nothing was changed.', {
      found,
      known: currentVersion,
    });
}

/** Labels of the keys derived from the vault key. */
const keyLabels = { records: 'sealbook/v1/records', evidence: 'sealbook/v1/evidence', trail: 'sealbook/v1/trail' } as const;

interface SessionParts {
  readonly folder: string;
  readonly header: VaultHeader;
  readonly records: DatabaseFile;
  readonly chunks: DatabaseFile;
  readonly me: Person;
  readonly keys: SlotKeys;
  readonly lock: WriterLock | null;
  readonly copyId: string;
  readonly orphans: number;
}

function makeSession(parts: SessionParts): Session {
  const { folder, header, records, chunks, me, keys, lock, copyId, orphans } = parts;
  const latest = records.get<{ clock: string }>(sql`SELECT clock FROM trail ORDER BY sequence DESC LIMIT 1`)?.clock ?? '';
  return {
    folder,
    vaultId: header.vaultId,
    name: header.name,
    copyId,
    records: replaceable(records),
    chunks: replaceable(chunks),
    me,
    clock: createClock(latest),
    keys: {
      vault: keys.vaultKey,
      person: keys.personKey,
      evidence: deriveKey(keys.vaultKey, keyLabels.evidence),
      trail: deriveKey(keys.vaultKey, keyLabels.trail),
    },
    lock,
    recovered: { orphanChunks: orphans },
  };
}

function findPerson(records: DatabaseFile, personId: PersonId): Person {
  const row = records.get(sql`SELECT * FROM person WHERE id = ${personId}`);
  if (row === undefined) throw new ExpectedError('person.unknown', 'Choose somebody from the list.');
  return decodeRow('person', row) as unknown as Person;
}

/** A setting of the vault, or null. */
export function readSetting(records: Pick<DatabaseFile, 'get'>, name: string): string | null {
  return records.get<{ value: string }>(sql`SELECT value FROM setting WHERE name = ${name}`)?.value ?? null;
}

/** Closes the files and forgets the keys. */
export function closeVault(session: Session): void {
  session.records.close();
  session.chunks.close();
  session.lock?.release();
  for (const key of Object.values(session.keys)) key.fill(0);
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
  };
  const keys: SlotKeys = { vaultKey: session.keys.vault, personKey: newKey() };
  const { slots, recoveryCode } = await createSlots(session.vaultId, person, input.passphrase, keys, kdf);
  // The record comes first: a slot without a person could unlock nothing useful, a person without a slot is only visible.
  change(session, (tx) => {
    insertRecord(tx, 'person', person.id, { name: person.name, email: person.email, role: person.role, createdAt: person.createdAt });
    appendTrail(tx, { action: 'person.added', subjectKind: 'person', subjectId: person.id, detail: person.role, after: person });
  });
  const header = readHeader(session.folder);
  writeHeader(session.folder, { ...header, slots: [...header.slots, ...slots] });
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
    keys: { vaultKey: session.keys.vault, personKey: session.keys.person },
    vaultId: session.vaultId,
    kdf,
  });
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

/**
 * Opens a vault with a passphrase alone, for the command line: whoever it belongs to, or the named person. One wrong
 * passphrase counts once for everybody it was tried on.
 */
export async function unlockWithPassphrase(
  folder: string,
  passphrase: string,
  personName: string | null,
  mode: 'open' | 'read',
): Promise<Session> {
  const header = readHeader(folder);
  const slots = header.slots.filter((slot) => slot.kind === 'passphrase' && (personName === null || slot.personName === personName));
  if (slots.length === 0) throw new ExpectedError('person.unknown', 'Give the name as the unlock screen shows it.');
  for (const slot of slots) assertMayTry(folder, slot.personId);
  for (const slot of slots) {
    const keys = await openSlot(slot, passphrase, header.vaultId);
    if (keys === null) continue;
    clearFailures(folder, slot.personId);
    return openWithKeys(folder, header, slot.personId, keys, mode);
  }
  const failures = slots.map((slot) => recordFailure(folder, slot.personId));
  throw new ExpectedError('passphrase.wrong', '', { failed: Math.max(...failures.map(({ failed }) => failed)) });
}
