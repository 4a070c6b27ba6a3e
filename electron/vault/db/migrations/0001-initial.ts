/** People, audits with their frozen checklists, answers, evidence, the log of changes and the trail. */
export const initial = {
  version: 1,
  statements: `
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE person (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE identity (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), kind TEXT NOT NULL, certificate BLOB NOT NULL,
  chain TEXT NOT NULL, sealed_key BLOB NOT NULL, created_at TEXT NOT NULL, retired_at TEXT
) STRICT;

CREATE TABLE pack (
  hash TEXT PRIMARY KEY, pack_id TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL
) STRICT;

CREATE TABLE audit (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, organisation TEXT NOT NULL, scope TEXT NOT NULL, sites TEXT NOT NULL,
  systems TEXT NOT NULL, period_from TEXT NOT NULL, period_to TEXT NOT NULL, due TEXT NOT NULL, summary TEXT NOT NULL,
  limits TEXT NOT NULL, state TEXT NOT NULL, revision INTEGER NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE audit_pack (
  audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, hash TEXT NOT NULL REFERENCES pack (hash),
  position INTEGER NOT NULL, PRIMARY KEY (audit_id, pack_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_person (
  audit_id TEXT NOT NULL REFERENCES audit (id), person_id TEXT NOT NULL REFERENCES person (id),
  PRIMARY KEY (audit_id, person_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE answer (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  position INTEGER NOT NULL, verdict TEXT NOT NULL, work_status TEXT NOT NULL, rationale TEXT NOT NULL,
  addressable_decision TEXT, methods TEXT NOT NULL, interviewed TEXT NOT NULL, sample TEXT NOT NULL,
  questions TEXT NOT NULL, updated_at TEXT, updated_by TEXT REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id)
) STRICT;
CREATE INDEX answer_by_audit ON answer (audit_id, position);

CREATE TABLE evidence_object (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, chunks INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL,
  object_id TEXT NOT NULL REFERENCES evidence_object (id), title TEXT NOT NULL, description TEXT NOT NULL,
  original_name TEXT NOT NULL, media_type TEXT NOT NULL, source TEXT NOT NULL, collector TEXT NOT NULL,
  method TEXT NOT NULL, effective_from TEXT NOT NULL, effective_to TEXT NOT NULL, sensitivity TEXT NOT NULL,
  received_at TEXT NOT NULL, received_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (audit_id, number), UNIQUE (audit_id, object_id)
) STRICT;

CREATE TABLE link (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, from_id TEXT NOT NULL,
  pack_id TEXT NOT NULL, control_id TEXT NOT NULL, to_id TEXT NOT NULL, removed INTEGER NOT NULL,
  UNIQUE (kind, from_id, pack_id, control_id, to_id)
) STRICT;
CREATE INDEX link_by_audit ON link (audit_id, kind, removed, pack_id, control_id);
CREATE INDEX link_by_source ON link (from_id);
CREATE INDEX link_by_target ON link (to_id);

CREATE TABLE change (
  sequence INTEGER PRIMARY KEY, clock TEXT NOT NULL, copy_id TEXT NOT NULL, person_id TEXT NOT NULL, at TEXT NOT NULL,
  entity TEXT NOT NULL, entity_id TEXT NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;
CREATE INDEX change_by_entity ON change (entity_id, field, sequence);

CREATE TABLE trail (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, clock TEXT NOT NULL, copy_id TEXT NOT NULL, person_id TEXT NOT NULL,
  action TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, audit_id TEXT NOT NULL, detail TEXT NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;
CREATE INDEX trail_by_subject ON trail (subject_id, sequence);
CREATE INDEX trail_by_audit ON trail (audit_id, sequence);

CREATE TRIGGER trail_is_append_only_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'The trail is append-only'); END;
CREATE TRIGGER trail_is_append_only_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'The trail is append-only'); END;
CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'Changes are append-only'); END;
CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'Changes are append-only'); END;
`,
} as const;
