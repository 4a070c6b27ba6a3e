import { closeSync, fdatasync, openSync } from 'node:fs';
import type { ReplaceableFile } from './replaceable.ts';
import { rollBack, viewsOf, type WritableDatabase } from './sql.ts';

/**
 * The file of sealed chunks. Chunks may be appended in a transaction that stays open over many calls, because nothing refers to
 * them before their record is written: one commit then makes all of them durable at once. Everything else settles it first.
 */
export interface ChunkFile extends ReplaceableFile {
  /**
   * Runs `work`, which appends `bytes`, in the open transaction for the object `owner`. Durable only after `settle`. When it
   * fails, everything since the last commit is gone; each owner of some of it gets the same error from its next call.
   */
  append(owner: string, bytes: number, work: (database: WritableDatabase) => void): void;
  /** Makes everything that was appended durable, for all owners. Throws when that of `owner` was lost. */
  settle(owner: string): void;
  /** Takes back what an owner has appended since the last commit, when it can be done at once. */
  takeBack(owner: string): void;
}

/** Bytes of the file that one transaction may hold, and milliseconds that it may stay open: readers in other processes wait meanwhile, up to 10 s. */
const transactionLimit = { bytes: 1024 * 1024 * 1024, milliseconds: 6000 };
/** Milliseconds after which an idle transaction is committed: an upload may have paused. */
const idleLimit = 250;
/** Bytes after which the disk is asked to begin writing, so that the commit finds little left to wait for. */
const flushStep = 32 * 1024 * 1024;

interface Transaction {
  /** The objects that have appended to it. */
  readonly owners: Set<string>;
  readonly startedAt: number;
  bytes: number;
}

/** Adds appending to an open chunk file. `path` is opened once more when much is appended, to flush it beside the calls. */
export function appendable(file: ReplaceableFile, path: string): ChunkFile {
  const flusher = createFlusher(path);
  const lost = new Map<string, unknown>();
  let transaction: Transaction | null = null;
  let idle: NodeJS.Timeout | undefined;

  const begin = (): Transaction => {
    file.raw.exec('BEGIN IMMEDIATE');
    return { owners: new Set(), startedAt: Date.now(), bytes: 0 };
  };
  const end = (): Transaction | null => {
    const ended = transaction;
    clearTimeout(idle);
    transaction = null;
    return ended;
  };
  const loseAll = (error: unknown) => {
    for (const owner of end()?.owners ?? []) lost.set(owner, error);
    rollBack(file.raw);
  };
  const commit = () => {
    if (transaction === null) return;
    try {
      file.raw.exec('COMMIT');
      end();
    } catch (error) {
      loseAll(error);
      throw error;
    }
  };
  const commitWhenIdle = () => {
    try {
      commit();
    } catch {
      // Its owners are told by their next calls.
    }
  };
  const assertKept = (owner: string) => {
    if (lost.has(owner)) throw lost.get(owner);
  };
  return {
    all: (query) => file.all(query),
    get: (query) => file.get(query),
    append(owner, bytes, work) {
      assertKept(owner);
      transaction ??= begin();
      const { owners, startedAt } = transaction;
      owners.add(owner);
      transaction.bytes += bytes;
      try {
        work(viewsOf(file.raw).writable);
      } catch (error) {
        loseAll(error);
        throw error;
      }
      flusher.wrote(bytes);
      if (transaction.bytes >= transactionLimit.bytes || Date.now() - startedAt >= transactionLimit.milliseconds) return commit();
      clearTimeout(idle);
      idle = setTimeout(commitWhenIdle, idleLimit).unref();
    },
    settle(owner) {
      assertKept(owner);
      commit();
    },
    takeBack(owner) {
      lost.delete(owner);
      if (transaction?.owners.size !== 1 || !transaction.owners.has(owner)) return;
      end();
      rollBack(file.raw);
    },
    write(work) {
      commit();
      return file.write(work);
    },
    snapshot(work) {
      commit();
      return file.snapshot(work);
    },
    get raw() {
      commit();
      return file.raw;
    },
    replace(open, instead) {
      commit();
      flusher.close();
      file.replace(open, instead);
    },
    close() {
      end();
      file.close();
      flusher.close();
    },
  };
}

/**
 * Asks the disk to write what has been handed to it, beside the calls. Never needed for durability: the commit waits for the disk
 * itself, and is told of every failure, because it uses a handle of its own.
 */
function createFlusher(path: string): { wrote(bytes: number): void; close(): void } {
  let handle: number | null = null;
  let unflushed = 0;
  let running: number | null = null;
  const flush = (file: number) => {
    running = file;
    fdatasync(file, () => {
      running = null;
      if (handle !== file) closeSync(file);
    });
  };
  return {
    wrote(bytes) {
      unflushed += bytes;
      if (running !== null || unflushed < flushStep) return;
      unflushed = 0;
      handle ??= openSync(path, 'r+');
      flush(handle);
    },
    // SQLite's locks on a file end when any handle of this process on it is closed, so this one is closed with the file.
    close() {
      if (handle !== null && handle !== running) closeSync(handle);
      handle = null;
    },
  };
}
