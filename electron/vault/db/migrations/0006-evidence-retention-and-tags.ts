/** How long evidence has to be kept, and words to find it by. */
export const evidenceRetentionAndTags = {
  version: 6,
  statements: `
ALTER TABLE evidence ADD COLUMN retain_until TEXT NOT NULL DEFAULT '';
ALTER TABLE evidence ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
`,
} as const;
