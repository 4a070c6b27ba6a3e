/** Findings, the corrective action plan and the signed reports. */
export const findingsPlanReports = {
  version: 2,
  statements: `
CREATE TABLE finding (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  condition TEXT NOT NULL, criteria TEXT NOT NULL, cause TEXT NOT NULL, effect TEXT NOT NULL,
  recommendation TEXT NOT NULL, likelihood INTEGER NOT NULL, impact INTEGER NOT NULL, owner TEXT NOT NULL,
  due TEXT NOT NULL, response TEXT NOT NULL, state TEXT NOT NULL, removed INTEGER NOT NULL,
  updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE task (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  phase TEXT NOT NULL, owner TEXT NOT NULL, start TEXT NOT NULL, due TEXT NOT NULL, priority TEXT NOT NULL,
  progress INTEGER NOT NULL, success_criteria TEXT NOT NULL, finding_id TEXT REFERENCES finding (id),
  depends_on TEXT NOT NULL, removed INTEGER NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE report (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number TEXT NOT NULL, revision INTEGER NOT NULL,
  draft INTEGER NOT NULL, created_at TEXT NOT NULL, signer TEXT NOT NULL, fingerprint TEXT NOT NULL,
  model TEXT NOT NULL, trail_sequence INTEGER NOT NULL, trail_hash TEXT NOT NULL, object_id TEXT NOT NULL REFERENCES evidence_object (id)
) STRICT;
CREATE INDEX report_by_audit ON report (audit_id, created_at);
`,
} as const;
