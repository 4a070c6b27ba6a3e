import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentVersion, migrate, migrations, schemaVersion } from '../../electron/vault/db/migrate.ts';
import { openChunkFile, openRecords } from '../../electron/vault/db/open.ts';
import type { DatabaseFile } from '../../electron/vault/db/sql.ts';
import { temporaryFolder } from './fixture.ts';

const key = Buffer.alloc(32, 7);

function create(version = 0): DatabaseFile & { path: string } {
  const path = join(temporaryFolder(), 'vault.db');
  const database = openRecords(path, key, 'create');
  migrate(database, version);
  return { ...database, path };
}

const rows = (database: DatabaseFile, table: string) => database.raw.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();

const tablesOf = (database: DatabaseFile) =>
  database.raw
    // Neither the virtual tables of the text search nor the tables in which they keep what they index.
    .prepare("SELECT name FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map((row) => String(row.name));

/** A row for every table of a schema: text for texts, numbers for numbers, and references that hold. */
function fillEveryTable(database: DatabaseFile): void {
  database.raw.pragma('foreign_keys = OFF');
  for (const table of tablesOf(database)) {
    const columns = database.raw.pragma(`table_info(${table})`) as { name: string; type: string }[];
    const values = columns.map(({ name, type }) =>
      type === 'INTEGER' ? '1' : type === 'BLOB' ? "x'0102'" : /_id$|_by$|^hash$|^id$/.test(name) ? "'key'" : `'${table} ${name}'`,
    );
    // A trigger may have put one there already.
    database.raw.exec(`INSERT OR IGNORE INTO ${table} (${columns.map((column) => column.name).join(', ')}) VALUES (${values.join(', ')})`);
  }
}

describe('the schema', () => {
  it('is numbered without gaps', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1));
    expect(currentVersion).toBe(migrations.length);
  });

  it('of a new vault is what build/schema.sql says', () => {
    const database = create(currentVersion);
    const chunks = openChunkFile(join(temporaryFolder(), 'evidence.db'), 'create');
    const actual = [database, chunks].map((file, index) => {
      const statements = file.raw.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name').all();
      return `-- ${index === 0 ? 'vault.db' : 'evidence.db'}\n${statements.map((row) => `${String(row.sql)};\n`).join('\n')}`;
    });
    database.close();
    chunks.close();
    expect(actual.join('\n')).toBe(readFileSync(join(import.meta.dirname, '..', '..', 'build', 'schema.sql'), 'utf8'));
  });
});

describe('migrating', () => {
  it.each(migrations.slice(0, -1).map((migration) => migration.version))(
    'version %i to the newest keeps every row of every table',
    (version) => {
      const database = create(version);
      expect(schemaVersion(database)).toBe(version);
      fillEveryTable(database);
      const tables = tablesOf(database);
      const before = tables.map((table) => rows(database, table));
      expect(before.every((content) => content.length === 1)).toBe(true);
      migrate(database);
      expect(schemaVersion(database)).toBe(currentVersion);
      for (const [index, table] of tables.entries())
        for (const [place, row] of rows(database, table).entries()) expect(row).toMatchObject(before[index]?.[place] ?? {});
      expect(database.raw.pragma('foreign_key_check')).toEqual([]);
      database.close();
      const again = openRecords(database.path, key, 'open');
      expect(tables.map((table) => rows(again, table).length)).toEqual(tables.map(() => 1));
      again.close();
    },
  );

  it('from version 8 has titles in other scripts written into the index anew, and all content looked at again', () => {
    const database = create(8);
    fillEveryTable(database);
    database.raw.exec(`
      UPDATE evidence SET title = '監査';
      UPDATE evidence_index SET state = 'done';
      INSERT INTO evidence_index (evidence_id, audit_id, object_id, state, characters, cut) VALUES ('other', 'a', 'o', 'none', 0, 0)`);
    migrate(database);
    expect(database.raw.prepare('SELECT state, words_waiting AS words FROM evidence_index ORDER BY row').all()).toEqual([
      { state: 'waiting', words: 1 },
      { state: 'none', words: 0 },
    ]);
    database.close();
  });

  it('does nothing to a database that is up to date', () => {
    const database = create(currentVersion);
    fillEveryTable(database);
    const before = tablesOf(database).map((table) => rows(database, table));
    migrate(database);
    expect(tablesOf(database).map((table) => rows(database, table))).toEqual(before);
    database.close();
  });

  it('that fails half-way changes nothing, and works once the cause is gone', () => {
    const database = create(1);
    fillEveryTable(database);
    database.raw.exec('CREATE TABLE report (in_the_way TEXT)');
    const tables = tablesOf(database);
    expect(() => migrate(database)).toThrow(/report/);
    expect(schemaVersion(database)).toBe(1);
    expect(tablesOf(database)).toEqual(tables);
    database.raw.exec('DROP TABLE report');
    migrate(database);
    expect(schemaVersion(database)).toBe(currentVersion);
    database.close();
  });

  it('refuses a database from the future and leaves it alone', () => {
    const database = create(currentVersion);
    database.raw.pragma(`user_version = ${currentVersion + 1}`);
    expect(() => migrate(database)).toThrow(
      expect.objectContaining({ code: 'vault.newer', data: { found: currentVersion + 1, known: currentVersion } }),
    );
    expect(schemaVersion(database)).toBe(currentVersion + 1);
    database.close();
  });
});
