import { join } from 'node:path';
import Database from '@signalapp/sqlcipher';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { translateSqliteError } from './db/open.ts';

/**
 * One writer per vault, across processes and windows. The lock is SQLite's own file lock on an empty database beside the
 * records: the operating system releases it when the process dies, so a crash never leaves a vault locked.
 */
export interface WriterLock {
  release(): void;
}

const lockFile = 'writer.lock';

/** Takes the lock or throws `vault.busy`. */
export function takeWriterLock(folder: string): WriterLock {
  let database: Database;
  try {
    database = new Database(join(folder, lockFile));
  } catch (error) {
    throw translateSqliteError(error);
  }
  try {
    database.pragma('locking_mode = EXCLUSIVE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    const translated = translateSqliteError(error);
    throw translated instanceof ExpectedError && translated.code === 'vault.damaged' ? new ExpectedError('vault.busy') : translated;
  }
  return { release: () => database.close() };
}
