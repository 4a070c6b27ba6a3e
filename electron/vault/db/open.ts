import { existsSync, statSync } from 'node:fs';
import Database, { setLogger } from '@signalapp/sqlcipher';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { type DatabaseFile, wrapDatabase } from './sql.ts';

// The library prints page errors to the console; what matters reaches the auditor as an error with a code.
setLogger(() => {});

/** Milliseconds to wait for another process that holds a file's lock. No other call is answered meanwhile. */
const patience = 5000;
/** The same for who only reads: longer than the vault's own process keeps a transaction of chunks open. */
const readerPatience = 10_000;

/** Databases up to this size have every page authenticated at opening; larger ones are checked by `vault check`. */
const fullCheckLimit = 16 * 1024 * 1024;

/** Opens or creates the encrypted record database with a raw 32-byte key. */
export function openRecords(path: string, key: Uint8Array, mode: 'create' | 'open' | 'read'): DatabaseFile {
  const raw = openRaw(path, mode);
  try {
    giveKey(raw, key);
    // Pages in the cache are decrypted once; the default of 2 MB would decrypt a long list anew each time.
    raw.pragma('cache_size = -65536');
    if (mode !== 'create') assertWhole(raw, path);
    if (mode === 'read') raw.pragma('query_only = ON');
    else {
      raw.pragma('journal_mode = WAL');
      raw.pragma('synchronous = FULL');
    }
    harden(raw);
    return wrapDatabase(raw);
  } catch (error) {
    raw.close();
    throw translateOpenError(error, 'vault.damaged');
  }
}

/** Opens or creates the plain file that holds sealed chunks. Its content is opaque without keys from the records. */
export function openChunkFile(path: string, mode: 'create' | 'open' | 'read'): DatabaseFile {
  const raw = openRaw(path, mode);
  try {
    if (mode === 'create') {
      raw.pragma('page_size = 65536');
      // Lets unused pages be given back to the disk step by step, without writing the file anew.
      raw.pragma('auto_vacuum = INCREMENTAL');
    }
    if (mode !== 'create') raw.pragma('schema_version', { simple: true });
    if (mode === 'read') raw.pragma('query_only = ON');
    else {
      raw.pragma('journal_mode = TRUNCATE');
      raw.pragma('synchronous = FULL');
    }
    harden(raw);
    if (mode === 'create') raw.exec(chunkSchema);
    // A long transaction hands its pages to the disk while it goes on, and while they are still in the processor's cache.
    raw.pragma('cache_size = -4096');
    const file = wrapDatabase(raw);
    assertNotCut(raw, path);
    return file;
  } catch (error) {
    raw.close();
    throw translateOpenError(error, 'vault.evidence-damaged');
  }
}

/** The chunk file's schema; it has no migrations because it never knows anything but opaque rows. */
const chunkSchema = `
CREATE TABLE object (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE chunk (
  number INTEGER PRIMARY KEY, object INTEGER NOT NULL REFERENCES object (number) ON DELETE CASCADE, position INTEGER NOT NULL,
  data BLOB NOT NULL, UNIQUE (object, position)
) STRICT;
PRAGMA user_version = 1;
`;

function openRaw(path: string, mode: 'create' | 'open' | 'read'): Database {
  // SQLite would create a missing file; an existing vault must never be replaced by something empty.
  if (mode !== 'create' && !existsSync(path))
    throw new ExpectedError('vault.incomplete', 'Copy the whole vault folder again.', { file: path.split(/[\\/]/).at(-1) ?? '' });
  if (mode === 'create' && existsSync(path)) throw new ExpectedError('vault.exists');
  try {
    const raw = new Database(path, { cacheStatements: true });
    // Before anything is read: also the first look at a file has to wait for its lock.
    raw.pragma(`busy_timeout = ${mode === 'read' ? readerPatience : patience}`);
    return raw;
  } catch (error) {
    throw translateOpenError(error, 'vault.damaged');
  }
}

/** Has the library read and write the file with a raw key, and say nothing of pages that do not fit it. */
function giveKey(raw: Database, key: Uint8Array): void {
  raw.pragma('cipher_log_level = NONE');
  raw.pragma(`key = "${rawKey(key)}"`);
  raw.pragma('cipher_page_size = 4096');
}

function harden(raw: Database): void {
  raw.pragma('foreign_keys = ON');
  raw.pragma('trusted_schema = OFF');
  raw.pragma('secure_delete = ON');
  raw.pragma('temp_store = MEMORY');
}

function assertWhole(raw: Database, path: string): void {
  if (statSync(path).size === 0) throw damaged();
  raw.prepare('SELECT count(*) AS tables FROM sqlite_master').get();
  assertNotCut(raw, path);
  if (statSync(path).size <= fullCheckLimit && raw.pragma('cipher_integrity_check').length > 0) throw damaged();
}

/** A half-copied file is shorter than its own header says. */
function assertNotCut(raw: Database, path: string): void {
  const pages = Number(raw.pragma('page_count', { simple: true }));
  const pageSize = Number(raw.pragma('page_size', { simple: true }));
  // Pages that still sit in the write-ahead log may lie beyond the end of the file.
  if (!existsSync(`${path}-wal`) && statSync(path).size < pages * pageSize) throw damaged();
}

function damaged(): ExpectedError {
  return new ExpectedError(
    'vault.damaged',
    'Nothing was changed. Restore the vault from a backup, or check the disk and copy the folder again.',
  );
}

/**
 * Moves what the write-ahead log holds into the file and empties the log, so that no older page stays in it: after something was
 * destroyed, its last copy is gone from both. Returns false when a check or backup in another process is still reading; the next
 * time empties it then.
 */
export function emptyLog(records: DatabaseFile): boolean {
  const { raw } = records;
  // Waiting for another process would hold up every call of this one.
  raw.pragma('busy_timeout = 0');
  try {
    return raw.pragma('wal_checkpoint(TRUNCATE)').every((row) => row.busy === 0);
  } finally {
    raw.pragma(`busy_timeout = ${patience}`);
  }
}

/**
 * Writes everything into a new file under another raw key, in one pass. Not durable, and without the schema's version, until
 * `openUnfinished` and a sync did the rest.
 */
export function writeEncryptedCopy(records: DatabaseFile, path: string, key: Uint8Array): void {
  const { raw } = records;
  raw.prepare('ATTACH ? AS next KEY ?').run([path, rawKey(key)]);
  try {
    raw.pragma('next.synchronous = OFF');
    raw.pragma('next.journal_mode = OFF');
    raw.prepare("SELECT sqlcipher_export('next')").get();
    raw.pragma(`next.user_version = ${raw.pragma('user_version', { simple: true })}`);
  } finally {
    raw.exec('DETACH next');
  }
}

/** Opens records as they are, in order to look for damage or to copy them: nothing is checked yet, and nothing is written. */
export function openUnchecked(path: string, key: Uint8Array): DatabaseFile {
  const raw = openRaw(path, 'open');
  try {
    giveKey(raw, key);
    harden(raw);
    return wrapDatabase(raw);
  } catch (error) {
    raw.close();
    throw translateOpenError(error, 'vault.damaged');
  }
}

/** Opens records that nobody relies on yet: no log beside them, nothing waits for the disk. */
export function openUnfinished(path: string, key: Uint8Array): DatabaseFile {
  const raw = openRaw(path, 'open');
  try {
    giveKey(raw, key);
    raw.pragma('synchronous = OFF');
    raw.pragma('journal_mode = MEMORY');
    harden(raw);
    return wrapDatabase(raw);
  } catch (error) {
    raw.close();
    throw translateOpenError(error, 'vault.damaged');
  }
}

/**
 * Puts everything into the one file, without a log beside it, before another file takes its place. Returns false when another process
 * has it open; it stays as it was then.
 */
export function leaveLog(records: DatabaseFile): boolean {
  const { raw } = records;
  raw.pragma('busy_timeout = 0');
  try {
    return raw.pragma('journal_mode = DELETE', { simple: true }) === 'delete';
  } catch (error) {
    if (sqliteCode(error).includes('SQLITE_BUSY')) return false;
    throw error;
  } finally {
    raw.pragma(`busy_timeout = ${patience}`);
  }
}

function rawKey(key: Uint8Array): string {
  return `x'${Buffer.from(key).toString('hex')}'`;
}

/** Turns SQLite's own errors into the ones an auditor can act on; others pass through. */
export function translateOpenError(error: unknown, code: 'vault.damaged' | 'vault.evidence-damaged'): unknown {
  if (error instanceof ExpectedError)
    return code === 'vault.evidence-damaged' && error.code === 'vault.damaged' ? new ExpectedError(code, error.hint) : error;
  return translateSqliteError(error, code);
}

/** The same for errors while reading and writing. */
export function translateSqliteError(error: unknown, damageCode: 'vault.damaged' | 'vault.evidence-damaged' = 'vault.damaged'): unknown {
  const text = sqliteCode(error);
  if (/NOTADB|CORRUPT|not a database|malformed|hmac check failed/i.test(text)) {
    return new ExpectedError(
      damageCode,
      'Nothing was changed. Restore the vault from a backup, or check the disk and copy the folder again.',
    );
  }
  if (/SQLITE_FULL|disk is full/i.test(text))
    return new ExpectedError('disk.full', 'Free some space and try again. What was saved before is safe.');
  if (/READONLY|readonly|CANTOPEN|unable to open/i.test(text))
    return new ExpectedError('vault.read-only', 'Move the vault to a folder you can write to.');
  if (/SQLITE_BUSY|database is locked/i.test(text)) return new ExpectedError('vault.busy', 'Close it there first.');
  if (/SQLITE_IOERR|disk I\/O error/i.test(text))
    return new ExpectedError('disk.full', 'The disk did not take the data. Check its space and health. What was saved before is safe.');
  return error;
}

function sqliteCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error ? String(error.code) : '';
  return `${code} ${error.message}`;
}
