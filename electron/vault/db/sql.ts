import type Database from '@signalapp/sqlcipher';

/** A value SQLite can hold. */
export type SqlValue = string | number | null | Uint8Array;

/** A statement with its bound values. Made only by the `sql` template, so a value can never become SQL text. */
export interface SqlQuery {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** What may be spliced in: it is known by its class, which nobody else can make one of. */
class Fragment implements SqlQuery {
  readonly text: string;
  readonly values: readonly SqlValue[];

  constructor(text: string, values: readonly SqlValue[]) {
    this.text = text;
    this.values = values;
  }
}

/** The texts of templates into which no fragment was spliced, so that each is put together, and its statement looked up, only once. */
const texts = new WeakMap<TemplateStringsArray, string>();

/**
 * Binds every interpolated value as a parameter: sql`SELECT * FROM audit WHERE id = ${id}`. Another `sql` fragment may
 * be interpolated; it is spliced in with its own parameters.
 */
export function sql(strings: TemplateStringsArray, ...inserts: readonly (SqlValue | SqlQuery)[]): SqlQuery {
  if (!inserts.some((insert) => insert instanceof Fragment)) return new Fragment(textOf(strings), inserts as readonly SqlValue[]);
  let text = strings[0] ?? '';
  const values: SqlValue[] = [];
  inserts.forEach((insert, index) => {
    if (insert instanceof Fragment) {
      text += insert.text;
      values.push(...insert.values);
    } else {
      text += '?';
      values.push(insert as SqlValue);
    }
    text += strings[index + 1] ?? '';
  });
  return new Fragment(text, values);
}

function textOf(strings: TemplateStringsArray): string {
  const known = texts.get(strings);
  if (known !== undefined) return known;
  const text = strings.join('?');
  texts.set(strings, text);
  return text;
}

const identifier = /^[a-z][a-z0-9_]*$/;

/** A table or column name from our own constants. Throws for anything but a plain lower-case name. */
export function name(identifierText: string): SqlQuery {
  if (!identifier.test(identifierText)) throw new Error('Not a column or table name');
  return new Fragment(identifierText, []);
}

/** Fragments side by side with a comma. */
export function list(items: readonly SqlQuery[]): SqlQuery {
  return new Fragment(
    items.map((item) => item.text).join(', '),
    items.flatMap((item) => item.values),
  );
}

export type Row = Record<string, SqlValue>;

/** A handle that can only read. */
export interface ReadableDatabase {
  all<T extends object = Row>(query: SqlQuery): T[];
  get<T extends object = Row>(query: SqlQuery): T | undefined;
}

/** A handle inside a write transaction. */
export interface WritableDatabase extends ReadableDatabase {
  run(query: SqlQuery): number;
}

/** An open database file. Writing is possible only inside `write`. */
export interface DatabaseFile extends ReadableDatabase {
  /** Runs `work` in one immediate transaction: all of it is durable when this returns, or none of it happened. */
  write<T>(work: (database: WritableDatabase) => T): T;
  /** Runs `work` on one consistent snapshot. */
  snapshot<T>(work: (database: ReadableDatabase) => T): T;
  close(): void;
  /** The library's own handle, for pragmas while opening and checking. */
  readonly raw: Database;
}

/** The library's handle as the views inside a transaction, with cached statements. Only for code that holds a transaction open itself. */
export function viewsOf(raw: Database): { readonly readable: ReadableDatabase; readonly writable: WritableDatabase } {
  const values = (query: SqlQuery) => query.values as (string | number | null | Uint8Array<ArrayBuffer>)[];
  const readable: ReadableDatabase = {
    all: <T extends object>(query: SqlQuery) => raw.prepare(query.text).all(values(query)) as T[],
    get: <T extends object>(query: SqlQuery) => raw.prepare(query.text).get(values(query)) as T | undefined,
  };
  return { readable, writable: { ...readable, run: (query) => raw.prepare(query.text).run(values(query)).changes } };
}

/** Wraps the library's handle so that writing is possible only in a transaction. */
export function wrapDatabase(raw: Database): DatabaseFile {
  const { readable, writable } = viewsOf(raw);
  const transact = <T>(begin: string, work: () => T): T => {
    raw.exec(begin);
    try {
      const result = work();
      raw.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(raw);
      throw error;
    }
  };
  return {
    ...readable,
    write: (work) => transact('BEGIN IMMEDIATE', () => work(writable)),
    snapshot: (work) => transact('BEGIN', () => work(readable)),
    close: () => raw.close(),
    raw,
  };
}

/** Ends a transaction that failed. */
export function rollBack(raw: Database): void {
  try {
    raw.exec('ROLLBACK');
  } catch {
    // SQLite has already rolled back by itself, e.g. when the disk was full.
  }
}
