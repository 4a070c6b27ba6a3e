/**
 * Where evidence comes from and what became of it: revisions, redacted copies, facts read from the file, requests to the client, what
 * it was expected for, what it likely holds, the text in which it is searched, and when each sealed object was last found whole. And
 * people's public keys, so that the vault key can be changed without them.
 */
export const evidenceHistory = {
  version: 7,
  statements: `
ALTER TABLE evidence ADD COLUMN collected_at TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN relative_path TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN supersedes TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN derived_from TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN derivation TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN redactions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE evidence ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';

CREATE INDEX evidence_by_origin ON evidence (derived_from) WHERE derived_from <> '';
CREATE INDEX evidence_by_earlier ON evidence (supersedes) WHERE supersedes <> '';
CREATE INDEX evidence_by_object ON evidence (object_id);

CREATE TABLE numbering (
  audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, highest INTEGER NOT NULL, PRIMARY KEY (audit_id, kind)
) STRICT;

INSERT INTO numbering (audit_id, kind, highest)
SELECT audit_id, 'evidence', max(number) FROM (
  SELECT audit_id, number FROM evidence
  UNION ALL
  SELECT trail.audit_id, CAST(json_extract(change.after, '$.number') AS INTEGER) FROM trail JOIN change ON change.entity_id = trail.subject_id
  WHERE trail.action = 'evidence.destroyed' AND change.entity = 'evidence' AND change.field = '*'
) GROUP BY audit_id;

CREATE TABLE request (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  description TEXT NOT NULL, asked_of TEXT NOT NULL, asked_at TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
  removed INTEGER NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE expectation (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, text TEXT NOT NULL,
  evidence_id TEXT NOT NULL, removed INTEGER NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id, text, evidence_id)
) STRICT;

CREATE TABLE evidence_identifiers (evidence_id TEXT PRIMARY KEY, audit_id TEXT NOT NULL, counts TEXT NOT NULL) STRICT;

CREATE INDEX evidence_identifiers_by_audit ON evidence_identifiers (audit_id);

CREATE TABLE custody_note (
  sequence INTEGER PRIMARY KEY REFERENCES trail (sequence), evidence_id TEXT NOT NULL, handed_by TEXT NOT NULL, handed_to TEXT NOT NULL,
  handed_at TEXT NOT NULL, purpose TEXT NOT NULL, reference TEXT NOT NULL
) STRICT;

CREATE INDEX custody_note_by_evidence ON custody_note (evidence_id, sequence);
CREATE TRIGGER custody_note_is_append_only_update BEFORE UPDATE ON custody_note BEGIN SELECT RAISE(ABORT, 'Custody is append-only'); END;
CREATE TRIGGER custody_note_is_append_only_delete BEFORE DELETE ON custody_note BEGIN SELECT RAISE(ABORT, 'Custody is append-only'); END;

CREATE TABLE note_draft (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  title TEXT NOT NULL, at TEXT NOT NULL, place TEXT NOT NULL, people TEXT NOT NULL, text TEXT NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id)
) STRICT;

CREATE TABLE evidence_index (
  row INTEGER PRIMARY KEY, evidence_id TEXT NOT NULL UNIQUE, audit_id TEXT NOT NULL, object_id TEXT NOT NULL, state TEXT NOT NULL,
  characters INTEGER NOT NULL, cut INTEGER NOT NULL
) STRICT;

CREATE INDEX evidence_index_by_state ON evidence_index (state, audit_id);

CREATE TABLE object_check (object_id TEXT PRIMARY KEY, checked_at TEXT NOT NULL, whole INTEGER NOT NULL) STRICT, WITHOUT ROWID;

ALTER TABLE person ADD COLUMN removed_at TEXT NOT NULL DEFAULT '';

CREATE TABLE person_key (person_id TEXT PRIMARY KEY REFERENCES person (id), public_key BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE evidence_text USING fts5 (title, names, notes, tokenize = 'unicode61 remove_diacritics 2');

CREATE VIRTUAL TABLE evidence_content USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2');

INSERT INTO evidence_text (evidence_text, rank) VALUES ('secure-delete', 1);
INSERT INTO evidence_content (evidence_content, rank) VALUES ('secure-delete', 1);

CREATE VIEW evidence_words AS SELECT
  evidence_index.row, evidence.id, evidence.title, evidence.original_name || ' ' || evidence.relative_path AS names,
  evidence.description || char(10) || evidence.source || char(10) || evidence.collector || char(10) || evidence.method || char(10) ||
    CASE WHEN json_valid(evidence.tags) THEN (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(evidence.tags)) ELSE '' END AS notes
FROM evidence JOIN evidence_index ON evidence_index.evidence_id = evidence.id;

INSERT INTO evidence_index (evidence_id, audit_id, object_id, state, characters, cut) SELECT id, audit_id, object_id, 'waiting', 0, 0 FROM evidence;
INSERT INTO evidence_text (rowid, title, names, notes) SELECT row, title, names, notes FROM evidence_words;

CREATE TRIGGER evidence_attached AFTER INSERT ON evidence BEGIN
  INSERT INTO evidence_index (evidence_id, audit_id, object_id, state, characters, cut)
    VALUES (new.id, new.audit_id, new.object_id, 'waiting', 0, 0);
  INSERT INTO evidence_text (rowid, title, names, notes) SELECT row, title, names, notes FROM evidence_words WHERE id = new.id;
END;

CREATE TRIGGER evidence_described AFTER UPDATE OF title, original_name, relative_path, description, source, collector, method, tags ON evidence BEGIN
  UPDATE evidence_text SET (title, names, notes) = (SELECT title, names, notes FROM evidence_words WHERE id = new.id)
    WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = new.id);
END;

CREATE TRIGGER evidence_sealed_anew AFTER UPDATE OF object_id ON evidence BEGIN
  UPDATE evidence_index SET object_id = new.object_id WHERE evidence_id = new.id;
END;

CREATE TRIGGER evidence_destroyed AFTER DELETE ON evidence BEGIN
  DELETE FROM evidence_text WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = old.id);
  DELETE FROM evidence_content WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = old.id);
  DELETE FROM evidence_index WHERE evidence_id = old.id;
END;
`,
} as const;
