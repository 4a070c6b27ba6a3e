/** What an audit's organisation is like, what follows from it, and answers that wait because a text changed. */
export const profileAndCarryForward = {
  version: 5,
  statements: `
CREATE TABLE audit_profile (audit_id TEXT PRIMARY KEY REFERENCES audit (id), answers TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE applicability (
  audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, reason TEXT NOT NULL,
  overruled INTEGER NOT NULL, PRIMARY KEY (audit_id, pack_id, control_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE earlier_answer (
  audit_id TEXT NOT NULL REFERENCES audit (id), pack_id TEXT NOT NULL, control_id TEXT NOT NULL, version TEXT NOT NULL,
  control TEXT NOT NULL, answer TEXT NOT NULL, decision TEXT NOT NULL, PRIMARY KEY (audit_id, pack_id, control_id)
) STRICT, WITHOUT ROWID;
`,
} as const;
