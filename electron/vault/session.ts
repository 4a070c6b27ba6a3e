import type { VaultId } from '../../shared/domain/ids.ts';
import type { Person } from '../../shared/domain/person.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { HybridClock } from './clock.ts';
import type { DatabaseThread } from './database-thread.ts';
import type { ChunkFile } from './db/chunk-file.ts';
import { translateSqliteError } from './db/open.ts';
import type { ReplaceableFile } from './db/replaceable.ts';
import type { WritableDatabase } from './db/sql.ts';
import { indexWords } from './evidence-words.ts';
import type { WriterLock } from './writer-lock.ts';

/** An unlocked vault in this process. Everything secret in here dies with the process when the vault is locked. */
export interface Session {
  readonly folder: string;
  readonly vaultId: VaultId;
  readonly name: string;
  /** Which copy of the vault this is; copies are merged later by their changes. */
  readonly copyId: string;
  readonly records: ReplaceableFile;
  readonly chunks: ChunkFile;
  readonly me: Person;
  readonly clock: HybridClock;
  readonly keys: { readonly vault: Buffer; readonly person: Buffer; readonly evidence: Buffer; readonly trail: Buffer };
  readonly lock: WriterLock | null;
  /** What changes while it is open: which of the vault's keys it uses, and whether that is being changed. */
  readonly state: { keyGeneration: number; keyChanging: boolean };
  /** Threads that read the records beside the calls. Until the last has ended, the records can be replaced by no other file. */
  readonly threads: Set<DatabaseThread>;
  /** Goes on with another vault key. The keys change in place: whoever is sealing with them wraps with the new ones. */
  takeVaultKey(vaultKey: Buffer, generation: number): void;
  readonly recovered: { readonly orphanChunks: number };
}

/** A change in progress: the database to write to, who changes it and when. One clock reading per transaction. */
export interface Change {
  readonly database: WritableDatabase;
  readonly session: Session;
  readonly at: string;
  readonly clock: string;
}

/** Throws `vault.key-changing` while the records are written anew under another key: what was changed meanwhile would be lost. */
export function assertChangeable(session: Session): void {
  if (session.state.keyChanging) throw new ExpectedError('vault.key-changing', 'Try again when it is done. Nothing was changed.');
}

/** Runs one use case as one transaction. Durable when it returns. */
export function change<T>(session: Session, work: (change: Change) => T): T {
  assertChangeable(session);
  try {
    return session.records.write((database) => {
      const result = work({ database, session, at: new Date().toISOString(), clock: session.clock.next() });
      indexWords(database);
      return result;
    });
  } catch (error) {
    throw translateSqliteError(error);
  }
}

/** Throws `person.not-allowed` unless the person's role may change records. */
export function requireWriter(session: Session): void {
  if (!mayWrite(session.me.role)) throw new ExpectedError('person.not-allowed', 'Ask a lead or an auditor to make this change.');
}
