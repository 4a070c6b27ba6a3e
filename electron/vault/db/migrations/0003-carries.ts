/** Answers that were carried over from a control that asks the same, with where they come from. */
export const carries = {
  version: 3,
  statements: `
CREATE TABLE carry (
  id TEXT PRIMARY KEY, audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL,
  from_pack_id TEXT NOT NULL, from_control_id TEXT NOT NULL, requirement TEXT NOT NULL, mode TEXT NOT NULL,
  evidence TEXT NOT NULL, replaced TEXT NOT NULL, carried_at TEXT NOT NULL, carried_by TEXT NOT NULL REFERENCES person (id),
  UNIQUE (audit_id, pack_id, control_id)
) STRICT;
CREATE INDEX carry_by_origin ON carry (audit_id, from_pack_id, from_control_id);
`,
} as const;
