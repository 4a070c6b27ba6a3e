import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { initial } from './migrations/0001-initial.ts';
import { findingsPlanReports } from './migrations/0002-findings-plan-reports.ts';
import { carries } from './migrations/0003-carries.ts';
import { library } from './migrations/0004-library.ts';
import { profileAndCarryForward } from './migrations/0005-profile-and-carry-forward.ts';
import { evidenceRetentionAndTags } from './migrations/0006-evidence-retention-and-tags.ts';
import { evidenceHistory } from './migrations/0007-evidence-history.ts';
import { picturesAndRedactionDrafts } from './migrations/0008-pictures-and-redaction-drafts.ts';
import { searchInAnyScript } from './migrations/0009-search-in-any-script.ts';
import type { DatabaseFile } from './sql.ts';

/** One step of the schema. Frozen once released: its text never changes afterwards. */
export interface Migration {
  readonly version: number;
  readonly statements: string;
}

export const migrations: readonly Migration[] = [
  initial,
  findingsPlanReports,
  carries,
  library,
  profileAndCarryForward,
  evidenceRetentionAndTags,
  evidenceHistory,
  picturesAndRedactionDrafts,
  searchInAnyScript,
];

export const currentVersion = migrations.length;

/** The schema version stored in the file. */
export function schemaVersion(database: DatabaseFile): number {
  return Number(database.raw.pragma('user_version', { simple: true }));
}

/**
 * Brings a database to the current schema, each step in its own transaction. A database from a newer Sealbook is
 * refused untouched.
 */
export function migrate(database: DatabaseFile, upTo: number = currentVersion): void {
  const found = schemaVersion(database);
  if (found > currentVersion) {
    throw new ExpectedError('vault.newer', 'Install the newest Sealbook to open it. Nothing was changed.', {
      found,
      known: currentVersion,
    });
  }
  for (const migration of migrations) {
    if (migration.version <= found || migration.version > upTo) continue;
    database.write(() => database.raw.exec(`${migration.statements}\nPRAGMA user_version = ${migration.version};`));
  }
}
