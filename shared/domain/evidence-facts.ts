/** What is read from a file about itself. Each has its words in the window. */
export const evidenceFactNames = [
  'camera',
  'lens',
  'software',
  'taken-at',
  'place',
  'altitude',
  'dimensions',
  'mail-from',
  'mail-to',
  'mail-cc',
  'mail-date',
  'mail-subject',
  'mail-id',
  'mail-attachments',
  'title',
  'subject',
  'author',
  'last-author',
  'company',
  'created-at',
  'modified-at',
  'producer',
  'pages',
  'sheets',
] as const;
export type EvidenceFactName = (typeof evidenceFactNames)[number];

/** Characters that a fact keeps at most. */
export const longestFact = 500;
