import { join } from 'node:path';
import type { PersonId } from '../../shared/domain/ids.ts';
import { mayManagePeople } from '../../shared/domain/person.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { KeyState } from '../../shared/ipc/upkeep.ts';
import { sealKeyFor } from './access.ts';
import type { LongWork } from './context.ts';
import { newKey } from './crypto/key-slots.ts';
import { recordsKey } from './crypto/vault-keys.ts';
import { leaveLog, openRecords, translateSqliteError } from './db/open.ts';
import { sql } from './db/sql.ts';
import { removeQuietly, translateFileError } from './files.ts';
import { yieldToOthers } from './give-way.ts';
import { headerFormat, readHeader, type VaultHeader, writeHeader } from './header.ts';
import { adoptRecords, nextRecordsFile, recordsPath } from './key-change-files.ts';
import { writeRecordsAnew } from './key-change-records.ts';
import { assertChangeable, type Session } from './session.ts';
import { verifyTrail } from './trail.ts';
import { readSetting } from './vault-file.ts';

/**
 * Changing the vault key, and with it ending people's access. The records are written anew under the new key beside the old ones;
 * nothing of the vault in use is touched until the header, in one rename, names the new generation. Before that, a crash, an error
 * or a cancellation leaves the old key; after it, the new one. Reading goes on meanwhile, changes are refused.
 */

/** Everybody with a slot, and who of them is still waiting for a key that can be sealed to. */
export function keyState(session: Session): KeyState {
  const header = readHeader(session.folder);
  const known = publicKeys(session);
  const waiting = peopleIn(header).filter(({ id }) => !known.has(id));
  return { generation: header.keyGeneration, changedAt: readSetting(session.records, 'key-changed-at') ?? '', waiting };
}

/**
 * Changes the vault key; the named people have no access afterwards. Errors: `person.not-allowed`, `person.unknown`,
 * `vault.key-waits` (people who have to unlock first), `vault.key-changing`, `vault.trail-broken`, `vault.busy`, `disk.full`.
 */
export async function changeVaultKey(session: Session, remove: readonly PersonId[], work: LongWork): Promise<KeyState> {
  assertMayChange(session, remove);
  session.state.keyChanging = true;
  const generation = session.state.keyGeneration + 1;
  const next = join(session.folder, nextRecordsFile(generation));
  const vaultKey = newKey();
  try {
    const step = (label: string, done: number, total: number | null) => {
      if (work.signal.aborted) throw new CancelledError();
      work.report({ label, done, total, unit: 'items' });
      return yieldToOthers();
    };
    const total = Number(session.records.get<{ total: number }>(sql`SELECT max(sequence) AS total FROM trail`)?.total);
    await step('verify', 0, total);
    const trail = await verifyTrail(session.records, session.keys.trail, (done) => step('verify', done, total));
    if (!trail.ok) throw new ExpectedError('vault.trail-broken', 'Run the vault check. The key was not changed.');
    await writeRecordsAnew(session, { path: next, vaultKey, generation, remove }, work, step);
    await step('commit', 0, null);
    await threadsEnded(session);
    commit(session, vaultKey, generation, remove);
    return keyState(session);
  } catch (error) {
    throw translateFileError(translateSqliteError(error));
  } finally {
    vaultKey.fill(0);
    // A thread that was told to end may still be writing the copy.
    await threadsEnded(session);
    session.state.keyChanging = false;
    if (session.state.keyGeneration !== generation && readHeader(session.folder).keyGeneration !== generation) removeQuietly(next);
  }
}

function assertMayChange(session: Session, remove: readonly PersonId[]): void {
  if (!mayManagePeople(session.me.role)) throw new ExpectedError('person.not-allowed', 'Ask a lead to change the vault key.');
  assertChangeable(session);
  if (remove.includes(session.me.id)) throw new ExpectedError('person.not-allowed', 'Ask another lead to end your access.');
  const header = readHeader(session.folder);
  const people = peopleIn(header);
  if (remove.some((id) => !people.some((person) => person.id === id)))
    throw new ExpectedError('person.unknown', 'Their access has already ended.');
  const known = publicKeys(session);
  const waiting = people.filter(({ id }) => !remove.includes(id) && !known.has(id));
  if (waiting.length > 0)
    throw new ExpectedError('vault.key-waits', 'They unlock the vault once with this version first, or their access is ended too.', {
      people: waiting.map(({ name }) => name).join(', '),
    });
}

/** Waits until no thread of this vault reads the records: a check that has just begun, or a copy that was cancelled. */
async function threadsEnded({ threads }: Session): Promise<void> {
  while (threads.size > 0) await Promise.all([...threads].map(({ ended }) => ended));
}

/** All in one turn of the event loop: nobody sees the vault between its two keys. */
function commit(session: Session, vaultKey: Buffer, generation: number, remove: readonly PersonId[]): void {
  const { folder, records } = session;
  const header = headerWith(session, vaultKey, generation, remove);
  const [before, after] = [recordsKey(session.keys.vault), recordsKey(vaultKey)];
  const path = recordsPath(folder, session.state.keyGeneration);
  if (!leaveLog(records)) throw new ExpectedError('vault.busy', 'A check or a backup is reading it. Wait until it has ended.');
  records.replace(
    () => {
      writeHeader(folder, header);
      // From here on the new key is the vault's key, whatever happens.
      adoptRecords(folder, generation);
      return openRecords(path, after, 'open');
    },
    () => {
      if (readHeader(folder).keyGeneration === generation)
        throw new ExpectedError('vault.key-changing', 'The key was changed. Lock the vault and unlock it again to go on.');
      return openRecords(path, before, 'open');
    },
  );
  session.takeVaultKey(vaultKey, generation);
}

function headerWith(session: Session, vaultKey: Buffer, generation: number, remove: readonly PersonId[]): VaultHeader {
  const header = readHeader(session.folder);
  const known = publicKeys(session);
  const staying = peopleIn(header).filter(({ id }) => !remove.includes(id));
  return {
    ...header,
    format: headerFormat,
    keyGeneration: generation,
    slots: header.slots.filter((slot) => !remove.includes(slot.personId)),
    sealedKeys: staying.flatMap(({ id }) => {
      const publicKey = known.get(id);
      return publicKey === undefined ? [] : [sealKeyFor(session.vaultId, id, generation, vaultKey, publicKey)];
    }),
  };
}

function peopleIn(header: VaultHeader): { id: PersonId; name: string }[] {
  return [...new Map(header.slots.map((slot) => [slot.personId, { id: slot.personId, name: slot.personName }])).values()];
}

function publicKeys(session: Session): Map<PersonId, Uint8Array> {
  const rows = session.records.all<{ id: PersonId; key: Uint8Array }>(sql`SELECT person_id AS id, public_key AS key FROM person_key`);
  return new Map(rows.map(({ id, key }) => [id, key]));
}
