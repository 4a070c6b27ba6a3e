/** Checklists of the vault's own, each version under its hash, and those that are being written. */
export const library = {
  version: 4,
  statements: `
CREATE TABLE library_pack (
  id TEXT PRIMARY KEY, pack_id TEXT NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL REFERENCES pack (hash),
  origin TEXT NOT NULL, file TEXT NOT NULL, base_hash TEXT NOT NULL, changes TEXT NOT NULL, signature TEXT NOT NULL,
  removed INTEGER NOT NULL, added_at TEXT NOT NULL, added_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (pack_id, version)
) STRICT;

CREATE TABLE pack_draft (
  id TEXT PRIMARY KEY, base_hash TEXT NOT NULL, content TEXT NOT NULL, reasons TEXT NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id)
) STRICT;
`,
} as const;
