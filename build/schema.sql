-- vault.db
CREATE VIEW evidence_other_words AS SELECT row, id, title, names, notes FROM evidence_words
  WHERE title || names || notes GLOB '*[' || char(128) || '-' || char(1114111) || ']*';

CREATE VIEW evidence_words AS SELECT
  evidence_index.row, evidence.id, evidence.title, evidence.original_name || ' ' || evidence.relative_path AS names,
  evidence.description || char(10) || evidence.source || char(10) || evidence.collector || char(10) || evidence.method || char(10) ||
    CASE WHEN json_valid(evidence.tags) THEN (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(evidence.tags)) ELSE '' END AS notes
FROM evidence JOIN evidence_index ON evidence_index.evidence_id = evidence.id;

CREATE TRIGGER change_is_append_only_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'Changes are append-only'); END;

CREATE TRIGGER change_is_append_only_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'Changes are append-only'); END;

CREATE TRIGGER custody_note_is_append_only_delete BEFORE DELETE ON custody_note BEGIN SELECT RAISE(ABORT, 'Custody is append-only'); END;

CREATE TRIGGER custody_note_is_append_only_update BEFORE UPDATE ON custody_note BEGIN SELECT RAISE(ABORT, 'Custody is append-only'); END;

CREATE TRIGGER evidence_attached AFTER INSERT ON evidence BEGIN
  INSERT INTO evidence_index (evidence_id, audit_id, object_id, state, characters, cut)
    VALUES (new.id, new.audit_id, new.object_id, 'waiting', 0, 0);
  INSERT INTO evidence_text (rowid, title, names, notes) SELECT row, title, names, notes FROM evidence_words WHERE id = new.id;
  UPDATE evidence_index SET words_waiting = 1 WHERE row IN (SELECT row FROM evidence_other_words WHERE id = new.id);
END;

CREATE TRIGGER evidence_described AFTER UPDATE OF title, original_name, relative_path, description, source, collector, method, tags ON evidence BEGIN
  UPDATE evidence_text SET (title, names, notes) = (SELECT title, names, notes FROM evidence_words WHERE id = new.id)
    WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = new.id);
  UPDATE evidence_index SET words_waiting = 1 WHERE row IN (SELECT row FROM evidence_other_words WHERE id = new.id);
END;

CREATE TRIGGER evidence_destroyed AFTER DELETE ON evidence BEGIN
  DELETE FROM evidence_text WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = old.id);
  DELETE FROM evidence_content WHERE rowid = (SELECT row FROM evidence_index WHERE evidence_id = old.id);
  DELETE FROM evidence_index WHERE evidence_id = old.id;
END;

CREATE TRIGGER evidence_pictured_destroyed AFTER DELETE ON evidence BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = old.id;
  DELETE FROM redaction_draft WHERE evidence_id = old.id;
END;

CREATE TRIGGER evidence_pictured_redacted AFTER INSERT ON evidence WHEN new.derivation = 'redacted' BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = new.derived_from;
END;

CREATE TRIGGER evidence_pictured_sensitive AFTER UPDATE OF sensitivity ON evidence WHEN new.sensitivity <> 'normal' BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = new.id;
END;

CREATE TRIGGER evidence_sealed_anew AFTER UPDATE OF object_id ON evidence BEGIN
  UPDATE evidence_index SET object_id = new.object_id WHERE evidence_id = new.id;
END;

CREATE TRIGGER trail_is_append_only_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, 'The trail is append-only'); END;

CREATE TRIGGER trail_is_append_only_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, 'The trail is append-only'); END;

CREATE TABLE answer (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  position INTEGER NOT NULL, verdict TEXT NOT NULL, work_status TEXT NOT NULL, rationale TEXT NOT NULL,
  addressable_decision TEXT, methods TEXT NOT NULL, interviewed TEXT NOT NULL, sample TEXT NOT NULL,
  questions TEXT NOT NULL, updated_at TEXT, updated_by TEXT REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id)
) STRICT;

CREATE TABLE applicability (
  audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, reason TEXT NOT NULL,
  overruled INTEGER NOT NULL, PRIMARY KEY (audit_id, pack_id, control_id)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE audit_profile (audit_id TEXT PRIMARY KEY REFERENCES audit (id), answers TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE carry (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  from_pack_id TEXT NOT NULL, from_control_id TEXT NOT NULL, requirement TEXT NOT NULL, mode TEXT NOT NULL,
  evidence TEXT NOT NULL, replaced TEXT NOT NULL, carried_at TEXT NOT NULL, carried_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id)
) STRICT;

CREATE TABLE change (
  sequence INTEGER PRIMARY KEY, clock TEXT NOT NULL, copy_id TEXT NOT NULL, person_id TEXT NOT NULL, at TEXT NOT NULL,
  entity TEXT NOT NULL, entity_id TEXT NOT NULL, field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL
) STRICT;

CREATE TABLE custody_note (
  sequence INTEGER PRIMARY KEY REFERENCES trail (sequence), evidence_id TEXT NOT NULL, handed_by TEXT NOT NULL, handed_to TEXT NOT NULL,
  handed_at TEXT NOT NULL, purpose TEXT NOT NULL, reference TEXT NOT NULL
) STRICT;

CREATE TABLE earlier_answer (
  audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, version TEXT NOT NULL,
  control TEXT NOT NULL, answer TEXT NOT NULL, decision TEXT NOT NULL, PRIMARY KEY (audit_id, pack_id, control_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL,
  object_id TEXT NOT NULL REFERENCES evidence_object (id), title TEXT NOT NULL, description TEXT NOT NULL,
  original_name TEXT NOT NULL, media_type TEXT NOT NULL, source TEXT NOT NULL, collector TEXT NOT NULL,
  method TEXT NOT NULL, effective_from TEXT NOT NULL, effective_to TEXT NOT NULL, sensitivity TEXT NOT NULL,
  received_at TEXT NOT NULL, received_by TEXT NOT NULL REFERENCES person (id), retain_until TEXT NOT NULL DEFAULT '', tags TEXT NOT NULL DEFAULT '[]', collected_at TEXT NOT NULL DEFAULT '', relative_path TEXT NOT NULL DEFAULT '', supersedes TEXT NOT NULL DEFAULT '', derived_from TEXT NOT NULL DEFAULT '', derivation TEXT NOT NULL DEFAULT '', redactions TEXT NOT NULL DEFAULT '[]', facts TEXT NOT NULL DEFAULT '[]',
  UNIQUE (audit_id, number), UNIQUE (audit_id, object_id)
) STRICT;

CREATE VIRTUAL TABLE evidence_content USING fts5 (content, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE 'evidence_content_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'evidence_content_content'(id INTEGER PRIMARY KEY, c0);

CREATE TABLE 'evidence_content_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'evidence_content_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'evidence_content_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE evidence_identifiers (evidence_id TEXT PRIMARY KEY, audit_id TEXT NOT NULL, counts TEXT NOT NULL) STRICT;

CREATE TABLE evidence_index (
  row INTEGER PRIMARY KEY, evidence_id TEXT NOT NULL UNIQUE, audit_id TEXT NOT NULL, object_id TEXT NOT NULL, state TEXT NOT NULL,
  characters INTEGER NOT NULL, cut INTEGER NOT NULL
, words_waiting INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE evidence_object (
  id TEXT PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, chunks INTEGER NOT NULL,
  wrapped_key BLOB NOT NULL, created_at TEXT NOT NULL
) STRICT;

CREATE TABLE evidence_picture (evidence_id TEXT PRIMARY KEY, picture BLOB NOT NULL) STRICT;

CREATE VIRTUAL TABLE evidence_text USING fts5 (title, names, notes, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE 'evidence_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'evidence_text_content'(id INTEGER PRIMARY KEY, c0, c1, c2);

CREATE TABLE 'evidence_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'evidence_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'evidence_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE expectation (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, text TEXT NOT NULL,
  evidence_id TEXT NOT NULL, removed INTEGER NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id, text, evidence_id)
) STRICT;

CREATE TABLE finding (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  condition TEXT NOT NULL, criteria TEXT NOT NULL, cause TEXT NOT NULL, effect TEXT NOT NULL,
  recommendation TEXT NOT NULL, likelihood INTEGER NOT NULL, impact INTEGER NOT NULL, owner TEXT NOT NULL,
  due TEXT NOT NULL, response TEXT NOT NULL, state TEXT NOT NULL, removed INTEGER NOT NULL,
  updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE identity (
  id TEXT PRIMARY KEY, person_id TEXT NOT NULL REFERENCES person (id), kind TEXT NOT NULL, certificate BLOB NOT NULL,
  chain TEXT NOT NULL, sealed_key BLOB NOT NULL, created_at TEXT NOT NULL, retired_at TEXT
) STRICT;

CREATE TABLE library_pack (
  id TEXT PRIMARY KEY, pack_id TEXT NOT NULL, version TEXT NOT NULL, hash TEXT NOT NULL REFERENCES pack (hash),
  origin TEXT NOT NULL, file TEXT NOT NULL, base_hash TEXT NOT NULL, changes TEXT NOT NULL, signature TEXT NOT NULL,
  removed INTEGER NOT NULL, added_at TEXT NOT NULL, added_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (pack_id, version)
) STRICT;

CREATE TABLE link (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, from_id TEXT NOT NULL,
  pack_id TEXT NOT NULL, control_id TEXT NOT NULL, to_id TEXT NOT NULL, removed INTEGER NOT NULL,
  UNIQUE (kind, from_id, pack_id, control_id, to_id)
) STRICT;

CREATE TABLE note_draft (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  title TEXT NOT NULL, at TEXT NOT NULL, place TEXT NOT NULL, people TEXT NOT NULL, text TEXT NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id)
) STRICT;

CREATE TABLE numbering (
  audit_id TEXT NOT NULL REFERENCES audit (id), kind TEXT NOT NULL, highest INTEGER NOT NULL, PRIMARY KEY (audit_id, kind)
) STRICT;

CREATE TABLE object_check (object_id TEXT PRIMARY KEY, checked_at TEXT NOT NULL, whole INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE pack (
  hash TEXT PRIMARY KEY, pack_id TEXT NOT NULL, version TEXT NOT NULL, title TEXT NOT NULL, content TEXT NOT NULL
) STRICT;

CREATE TABLE pack_draft (
  id TEXT PRIMARY KEY, base_hash TEXT NOT NULL, content TEXT NOT NULL, reasons TEXT NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id)
) STRICT;

CREATE TABLE person (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL, role TEXT NOT NULL, created_at TEXT NOT NULL
, removed_at TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE person_key (person_id TEXT PRIMARY KEY REFERENCES person (id), public_key BLOB NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE redaction_draft (
  evidence_id TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES person (id), marks TEXT NOT NULL, updated_at TEXT NOT NULL,
  PRIMARY KEY (evidence_id, person_id)
) STRICT;

CREATE TABLE report (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number TEXT NOT NULL, revision INTEGER NOT NULL,
  draft INTEGER NOT NULL, created_at TEXT NOT NULL, signer TEXT NOT NULL, fingerprint TEXT NOT NULL,
  model TEXT NOT NULL, trail_sequence INTEGER NOT NULL, trail_hash TEXT NOT NULL, object_id TEXT NOT NULL REFERENCES evidence_object (id)
) STRICT;

CREATE TABLE request (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  description TEXT NOT NULL, asked_of TEXT NOT NULL, asked_at TEXT NOT NULL, due TEXT NOT NULL, state TEXT NOT NULL, note TEXT NOT NULL,
  removed INTEGER NOT NULL, updated_at TEXT NOT NULL, updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE task (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), number INTEGER NOT NULL, title TEXT NOT NULL,
  phase TEXT NOT NULL, owner TEXT NOT NULL, start TEXT NOT NULL, due TEXT NOT NULL, priority TEXT NOT NULL,
  progress INTEGER NOT NULL, success_criteria TEXT NOT NULL, finding_id TEXT REFERENCES finding (id),
  depends_on TEXT NOT NULL, removed INTEGER NOT NULL, updated_at TEXT NOT NULL,
  updated_by TEXT NOT NULL REFERENCES person (id), UNIQUE (audit_id, number)
) STRICT;

CREATE TABLE trail (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, clock TEXT NOT NULL, copy_id TEXT NOT NULL, person_id TEXT NOT NULL,
  action TEXT NOT NULL, subject_kind TEXT NOT NULL, subject_id TEXT NOT NULL, audit_id TEXT NOT NULL, detail TEXT NOT NULL,
  before TEXT NOT NULL, after TEXT NOT NULL, hash TEXT NOT NULL, mac TEXT NOT NULL
) STRICT;

CREATE INDEX answer_by_audit ON answer (audit_id, position);

CREATE INDEX carry_by_origin ON carry (audit_id, from_pack_id, from_control_id);

CREATE INDEX change_by_entity ON change (entity_id, field, sequence);

CREATE INDEX custody_note_by_evidence ON custody_note (evidence_id, sequence);

CREATE INDEX evidence_by_earlier ON evidence (supersedes) WHERE supersedes <> '';

CREATE INDEX evidence_by_object ON evidence (object_id);

CREATE INDEX evidence_by_origin ON evidence (derived_from) WHERE derived_from <> '';

CREATE INDEX evidence_identifiers_by_audit ON evidence_identifiers (audit_id);

CREATE INDEX evidence_index_by_state ON evidence_index (state, audit_id);

CREATE INDEX evidence_index_by_words ON evidence_index (row) WHERE words_waiting = 1;

CREATE INDEX link_by_audit ON link (audit_id, kind, removed, pack_id, control_id);

CREATE INDEX link_by_source ON link (from_id);

CREATE INDEX link_by_target ON link (to_id);

CREATE INDEX report_by_audit ON report (audit_id, created_at);

CREATE INDEX trail_by_audit ON trail (audit_id, sequence);

CREATE INDEX trail_by_subject ON trail (subject_id, sequence);

-- evidence.db
CREATE TABLE chunk (
  number INTEGER PRIMARY KEY, object INTEGER NOT NULL REFERENCES object (number) ON DELETE CASCADE, position INTEGER NOT NULL,
  data BLOB NOT NULL, UNIQUE (object, position)
) STRICT;

CREATE TABLE object (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
