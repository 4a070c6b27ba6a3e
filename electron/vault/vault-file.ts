import { join } from 'node:path';
import type { PersonId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { keepPublicKey, openFirst, sealKeyFor, vaultKeyFor } from './access.ts';
import { assertMayTry, clearFailures, recordFailure } from './attempts.ts';
import { createClock } from './clock.ts';
import { openSlot, type SlotKeys } from './crypto/key-slots.ts';
import { normaliseRecoveryCode } from './crypto/recovery.ts';
import { publicKeyOf } from './crypto/sealed-key.ts';
import { evidenceKey, recordsKey, trailKey } from './crypto/vault-keys.ts';
import { appendable } from './db/chunk-file.ts';
import { currentVersion, migrate, schemaVersion } from './db/migrate.ts';
import { emptyLog, openChunkFile, openRecords } from './db/open.ts';
import { decodeRow } from './db/records.ts';
import { replaceable } from './db/replaceable.ts';
import { type DatabaseFile, sql } from './db/sql.ts';
import { removeUnfinished } from './evidence/space.ts';
import { deleteObject, findOrphans } from './evidence/store.ts';
import { removePartialFiles } from './files.ts';
import { chunksFile, headerFormat, readHeader, type VaultHeader, writeHeader } from './header.ts';
import { finishKeyChange, recordsPath } from './key-change-files.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';
import { takeWriterLock, type WriterLock } from './writer-lock.ts';

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
  return openWithKeys(folder, personId, keys, mode);
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
    return openWithKeys(folder, slot.personId, keys, mode);
  }
  const failures = slots.map((slot) => recordFailure(folder, slot.personId));
  throw new ExpectedError('passphrase.wrong', '', { failed: Math.max(...failures.map(({ failed }) => failed)) });
}

function openWithKeys(folder: string, personId: PersonId, opened: SlotKeys, mode: 'open' | 'read'): Session {
  const lock = mode === 'open' ? takeWriterLock(folder) : null;
  const files: DatabaseFile[] = [];
  try {
    // Read again under the lock: the vault key may have been changed while the passphrase was stretched.
    const header = readHeader(folder);
    const keys = { vaultKey: vaultKeyFor(header, personId, opened), personKey: opened.personKey };
    if (mode === 'open') finishKeyChange(folder, header.keyGeneration);
    const records = openRecords(recordsPath(folder, header.keyGeneration), recordsKey(keys.vaultKey), mode);
    files.push(records);
    if (mode === 'open') {
      migrate(records);
      // What was destroyed before a crash must not live on in the log.
      emptyLog(records);
      removeUnfinished(folder);
      removePartialFiles(folder);
    } else assertKnownSchema(records);
    const chunks = openChunkFile(join(folder, chunksFile), mode);
    files.push(chunks);
    const me = findPerson(records, personId);
    const orphans = mode === 'open' ? removeOrphans(records, chunks) : 0;
    const copyId = readSetting(records, 'copy-id') ?? '';
    const session = makeSession({ folder, header, records, chunks, me, keys, lock, copyId, orphans });
    if (mode === 'open') noteUnlocked(session, header);
    return session;
  } catch (error) {
    for (const database of files) database.close();
    lock?.release();
    throw error;
  }
}

/** Takes out sealed objects that no record knows: leftovers of a crash. Returns how many there were. */
function removeOrphans(records: DatabaseFile, chunks: DatabaseFile): number {
  const known = new Set(records.all<{ id: string }>(sql`SELECT id FROM evidence_object`).map((row) => row.id));
  const orphans = findOrphans(chunks, known);
  for (const orphan of orphans) deleteObject(chunks, orphan);
  return orphans.length;
}

/** The first event of a session; and, once for each person, what a change of the vault key needs from them. */
function noteUnlocked(session: Session, header: VaultHeader): void {
  const { me, keys, recovered } = session;
  const publicKey = publicKeyOf(keys.person);
  const isKept = session.records.get(sql`SELECT 1 FROM person_key WHERE person_id = ${me.id} AND public_key = ${publicKey}`) !== undefined;
  change(session, (tx) => {
    if (!isKept) keepPublicKey(tx, me.id, publicKey);
    appendTrail(tx, {
      action: 'vault.unlocked',
      subjectKind: 'vault',
      subjectId: session.vaultId,
      detail: recovered.orphanChunks > 0 ? `${recovered.orphanChunks} unfinished objects removed` : '',
    });
  });
  if (header.sealedKeys.some(({ personId }) => personId === me.id)) return;
  const sealed = sealKeyFor(session.vaultId, me.id, header.keyGeneration, keys.vault, publicKey);
  writeHeader(session.folder, { ...header, format: headerFormat, sealedKeys: [...header.sealedKeys, sealed] });
}

function assertKnownSchema(records: DatabaseFile): void {
  const found = schemaVersion(records);
  if (found > currentVersion)
    throw new ExpectedError('vault.newer', 'Install the newest Sealbook to open it. Nothing was changed.', {
      found,
      known: currentVersion,
    });
}

interface SessionParts {
  readonly folder: string;
  readonly header: VaultHeader;
  readonly records: DatabaseFile;
  readonly chunks: DatabaseFile;
  readonly me: Person;
  readonly keys: { readonly vaultKey: Buffer; readonly personKey: Buffer };
  readonly lock: WriterLock | null;
  readonly copyId: string;
  readonly orphans: number;
}

/** The session over freshly opened files. */
export function makeSession(parts: SessionParts): Session {
  const { folder, header, records, chunks, me, keys, lock, copyId, orphans } = parts;
  const latest = records.get<{ clock: string }>(sql`SELECT clock FROM trail ORDER BY sequence DESC LIMIT 1`)?.clock ?? '';
  const session: Session = {
    folder,
    vaultId: header.vaultId,
    name: header.name,
    copyId,
    records: replaceable(records),
    chunks: appendable(replaceable(chunks), join(folder, chunksFile)),
    me,
    clock: createClock(latest),
    keys: {
      vault: keys.vaultKey,
      person: keys.personKey,
      evidence: evidenceKey(keys.vaultKey),
      trail: trailKey(keys.vaultKey),
    },
    lock,
    state: { keyGeneration: header.keyGeneration, keyChanging: false },
    threads: new Set(),
    takeVaultKey(vaultKey, generation) {
      session.keys.vault.set(vaultKey);
      session.keys.evidence.set(evidenceKey(vaultKey));
      session.keys.trail.set(trailKey(vaultKey));
      session.state.keyGeneration = generation;
    },
    recovered: { orphanChunks: orphans },
  };
  return session;
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

/** Closes the files and forgets the keys; threads that read beside the calls end, and their keys with them. */
export function closeVault(session: Session): void {
  for (const thread of session.threads) thread.end();
  session.records.close();
  session.chunks.close();
  session.lock?.release();
  for (const key of Object.values(session.keys)) key.fill(0);
}
