import type { DatabaseFile } from './sql.ts';

/** An open file in whose place another one can be put, while everybody who holds the handle keeps it. */
export interface ReplaceableFile extends DatabaseFile {
  /** Closes the file in use and goes on with what `open` gives. When that fails, `instead` is tried before the error is thrown. */
  replace(open: () => DatabaseFile, instead: () => DatabaseFile): void;
}

/** Wraps an open file so that it can be replaced between two calls; there is never one in the middle of a transaction. */
export function replaceable(first: DatabaseFile): ReplaceableFile {
  let current = first;
  return {
    all: (query) => current.all(query),
    get: (query) => current.get(query),
    write: (work) => current.write(work),
    snapshot: (work) => current.snapshot(work),
    close: () => current.close(),
    get raw() {
      return current.raw;
    },
    replace(open, instead) {
      current.close();
      try {
        current = open();
      } catch (error) {
        current = instead();
        throw error;
      }
    },
  };
}
