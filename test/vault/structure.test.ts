import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openChunkFile } from '../../electron/vault/db/open.ts';
import type { DatabaseFile, ReadableDatabase, Row } from '../../electron/vault/db/sql.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { chunkStructureProblems, structureProblems } from '../../electron/vault/db/structure.ts';
import { temporaryFolder } from './fixture.ts';

/** A chunk file with 20 objects of three small chunks each: more than one step takes. */
function chunkFile(): DatabaseFile {
  const file = openChunkFile(join(temporaryFolder(), 'evidence.db'), 'create');
  file.write((database) => {
    for (let object = 1; object <= 20; object += 1) {
      database.run(sql`INSERT INTO object (id) VALUES (${`object ${object}`})`);
      for (let position = 0; position < 3; position += 1)
        database.run(sql`INSERT INTO chunk (object, position, data) VALUES (${object}, ${position}, zeroblob(50))`);
    }
  });
  return file;
}

/** Runs SQL while a table has neither its index nor its types; both are there again afterwards, as if nothing had happened. */
function behindTheIndex({ raw }: DatabaseFile, table: 'object' | 'chunk', statements: string): void {
  const rows = raw.prepare(`SELECT rowid, * FROM sqlite_schema WHERE tbl_name = '${table}'`).all() as Row[];
  const forget = `UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT', ''), 'NOT NULL UNIQUE', ''), ', UNIQUE (object, position)', '')
    WHERE name = '${table}'; DELETE FROM sqlite_schema WHERE name = 'sqlite_autoindex_${table}_1'`;
  raw.pragma('foreign_keys = OFF');
  raw.pragma('writable_schema = ON');
  raw.exec(forget);
  raw.pragma('writable_schema = RESET');
  raw.exec(statements);
  raw.pragma('writable_schema = ON');
  for (const { rowid, type, name, tbl_name: owner, rootpage, sql: text } of rows)
    raw
      .prepare('INSERT OR REPLACE INTO sqlite_schema (rowid, type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?, ?)')
      .run([rowid, type, name, owner, rootpage, text] as (string | number | null)[]);
  raw.pragma('writable_schema = RESET');
}

async function inSteps(chunks: ReadableDatabase) {
  let pauses = 0;
  const problems = await chunkStructureProblems(chunks, async () => {
    pauses += 1;
  });
  return { problems, pauses };
}

describe('the structure of the chunk file', () => {
  it('is whole, and looked at in more than one step', async () => {
    const file = chunkFile();
    const { problems, pauses } = await inSteps(file);
    expect([problems, structureProblems(file)]).toEqual([[], []]);
    expect(pauses).toBeGreaterThan(4);
    file.close();
  });

  it.each<[string, 'object' | 'chunk', string, RegExp]>([
    [
      'a row of object that its index lacks',
      'object',
      "INSERT INTO object (number, id) VALUES (99, 'lost')",
      /^row 99 of object is missing/,
    ],
    [
      'an entry of object that leads nowhere',
      'object',
      'DELETE FROM object WHERE number = 7',
      /^entry object 7 of the index of object leads/,
    ],
    ['a row of chunk that its index lacks', 'chunk', "INSERT INTO chunk VALUES (999, 5, 9, x'00')", /^row 999 of chunk is missing/],
    ['an entry of chunk that leads nowhere', 'chunk', 'DELETE FROM chunk WHERE number = 5', /^entry 2 1 of the index of chunk leads/],
    ['a row of other types', 'chunk', "UPDATE chunk SET data = 'text' WHERE number = 30", /^row 30 of chunk .* not of its types/],
  ])('finds %s, as SQLite does', async (_name, table, statements, message) => {
    const file = chunkFile();
    behindTheIndex(file, table, statements);
    expect((await inSteps(file)).problems).toEqual([expect.stringMatching(message)]);
    expect(structureProblems(file)).not.toEqual([]);
    file.close();
  });

  it('names no more than a hundred', async () => {
    const file = chunkFile();
    const many = 'INSERT INTO object (id) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i FROM n';
    behindTheIndex(file, 'object', many);
    expect((await inSteps(file)).problems).toHaveLength(100);
    file.close();
  });

  it('goes on after a table that cannot be read, and ends where rows are not in order', async () => {
    const unreadable = new Error('sqlite error(SQLITE_CORRUPT): database disk image is malformed');
    const answers: (() => Row[])[] = [
      () => {
        throw unreadable;
      },
      () => [
        { first: 'b', second: 0, found: 1 },
        { first: 'a', second: 0, found: 1 },
      ],
      () => [{ first: null, second: 0, found: 1 }],
      () => [
        { first: 1, second: 4, found: 1 },
        { first: 1, second: 4, found: 1 },
      ],
    ];
    const file = { all: () => answers.shift()?.() ?? [], get: () => undefined } as unknown as ReadableDatabase;
    expect((await inSteps(file)).problems).toEqual([
      unreadable.message,
      'row a 0 is not in order',
      'row null 0 is not in order',
      'row 1 4 is not in order',
    ]);
  });

  it('takes what is not the database’s for no damage', async () => {
    const file = chunkFile();
    await expect(chunkStructureProblems(file, () => Promise.reject(new Error('cancelled')))).rejects.toThrow('cancelled');
    file.close();
    expect(structureProblems(file)).toEqual(['Database closed']);
  });
});
