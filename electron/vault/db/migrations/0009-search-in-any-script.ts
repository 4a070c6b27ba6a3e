/**
 * Words in scripts without spaces are found. Titles, names and notes that are not plain ASCII are written into the index by the program,
 * which `words_waiting` asks for; until then they stand there as they are. All content is looked at once more.
 */
export const searchInAnyScript = {
  version: 9,
  statements: `
ALTER TABLE evidence_index ADD COLUMN words_waiting INTEGER NOT NULL DEFAULT 0;

CREATE INDEX evidence_index_by_words ON evidence_index (row) WHERE words_waiting = 1;

CREATE VIEW evidence_other_words AS SELECT row, id, title, names, notes FROM evidence_words
  WHERE title || names || notes GLOB '*[' || char(128) || '-' || char(1114111) || ']*';

DROP TRIGGER evidence_attached;
DROP TRIGGER evidence_described;

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

UPDATE evidence_index SET words_waiting = 1 WHERE row IN (SELECT row FROM evidence_other_words);
UPDATE evidence_index SET state = 'waiting' WHERE state = 'done';
`,
} as const;
