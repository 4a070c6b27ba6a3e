/**
 * Small pictures of evidence for the gallery, and the marks of redactions that are not finished. What is sensitive, or was blacked out in a
 * copy, has no small picture: it goes with the change that says so, whoever makes it.
 */
export const picturesAndRedactionDrafts = {
  version: 8,
  statements: `
CREATE TABLE evidence_picture (evidence_id TEXT PRIMARY KEY, picture BLOB NOT NULL) STRICT;

CREATE TABLE redaction_draft (
  evidence_id TEXT NOT NULL, person_id TEXT NOT NULL REFERENCES person (id), marks TEXT NOT NULL, updated_at TEXT NOT NULL,
  PRIMARY KEY (evidence_id, person_id)
) STRICT;

CREATE TRIGGER evidence_pictured_destroyed AFTER DELETE ON evidence BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = old.id;
  DELETE FROM redaction_draft WHERE evidence_id = old.id;
END;

CREATE TRIGGER evidence_pictured_sensitive AFTER UPDATE OF sensitivity ON evidence WHEN new.sensitivity <> 'normal' BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = new.id;
END;

CREATE TRIGGER evidence_pictured_redacted AFTER INSERT ON evidence WHEN new.derivation = 'redacted' BEGIN
  DELETE FROM evidence_picture WHERE evidence_id = new.derived_from;
END;
`,
} as const;
