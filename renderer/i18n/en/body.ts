/** Handing out a body of evidence: as what, and which pieces. */
export const body = {
  'body.form': 'As',
  'body.form.folder': 'A new folder',
  'body.form.zip': 'One zip file',
  'body.which': 'Evidence',
  'body.which.all': 'All of the audit',
  'body.which.packs': 'Only what is linked to these checklists',
  'body.sensitive': 'Leave out what is marked as personal data, health information or secret',
  'body.redaction': 'Content',
  'body.redaction.originals': 'Originals',
  'body.redaction.originals.text': 'Redacted copies lie beside them as pieces of their own.',
  'body.redaction.redacted': 'Redacted copies in the place of originals',
  'body.redaction.redacted.text': 'What is sensitive and has no redacted copy is left out.',
  'body.out': 'Hand out evidence',
  'body.out.text':
    'Writes the pieces by checklist and control, with an index, checksums and a custody form for each. They are not sealed there.',
  'body.written':
    '{name}: {count, plural, one {# piece} other {# pieces}}, {size}{leftOut, plural, =0 {} one {; # left out} other {; # left out}}',
  'body.in.text':
    'Reads the INDEX.csv of such a folder or zip file. What this audit has already is linked to the controls named there; other files are attached when they are what the index says, with its words, and become revisions and copies of each other as it says.',
  'body.in.cancelled': 'Cancelled: {taken, number} of {total, plural, one {# piece} other {# pieces}} taken in',
  'body.in.again': 'What was taken in stays. Take it in again for the rest; nothing is attached twice.',
  'body.in.remarks': 'Taken in, but not with everything the index says:',
  'body.in.folder': 'Choose a folder',
  'body.in.zip': 'Choose a zip file',
} as const;
