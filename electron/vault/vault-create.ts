import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PersonId, VaultId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { createSlots, keepPublicKey, sealKeyFor } from './access.ts';
import { defaultKdf, type KdfParameters } from './crypto/kdf.ts';
import { newKey } from './crypto/key-slots.ts';
import { publicKeyOf } from './crypto/sealed-key.ts';
import { recordsKey } from './crypto/vault-keys.ts';
import { migrate } from './db/migrate.ts';
import { openChunkFile, openRecords } from './db/open.ts';
import { insertRecord } from './db/records.ts';
import { type DatabaseFile, sql } from './db/sql.ts';
import { removeQuietly, syncFolder, translateFileError } from './files.ts';
import { chunksFile, headerFormat, recordsFile, type VaultHeader, writeHeader } from './header.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';
import { makeSession } from './vault-file.ts';
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
  const createdAt = new Date().toISOString();
  const me: Person = { id: randomUUID() as PersonId, ...input.person, role: 'lead', createdAt, removedAt: '' };
  const keys = { vaultKey: newKey(), personKey: newKey() };
  const publicKey = publicKeyOf(keys.personKey);
  const opened: DatabaseFile[] = [];
  try {
    const { slots, recoveryCode } = await createSlots(vaultId, me, input.passphrase, keys.personKey, input.kdf ?? defaultKdf);
    const records = openRecords(join(folder, recordsFile), recordsKey(keys.vaultKey), 'create');
    opened.push(records);
    migrate(records);
    const chunks = openChunkFile(join(folder, chunksFile), 'create');
    opened.push(chunks);
    const header: VaultHeader = {
      format: headerFormat,
      vaultId,
      name: input.name,
      createdAt,
      keyGeneration: 1,
      slots,
      sealedKeys: [sealKeyFor(vaultId, me.id, 1, keys.vaultKey, publicKey)],
    };
    const session = makeSession({ folder, header, records, chunks, me, keys, lock, copyId: randomUUID(), orphans: 0 });
    change(session, (tx) => {
      for (const [name, value] of Object.entries({ 'vault-id': vaultId, 'copy-id': session.copyId, 'auto-lock-minutes': '15' })) {
        tx.database.run(sql`INSERT INTO setting (name, value) VALUES (${name}, ${value})`);
      }
      const { id, ...fields } = me;
      insertRecord(tx, 'person', id, fields);
      keepPublicKey(tx, id, publicKey);
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
