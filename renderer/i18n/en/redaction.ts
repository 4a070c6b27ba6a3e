/** Redacted copies: the editor, what a piece was made from, and what reports name. */
export const redaction = {
  'redaction.profile': 'Evidence named',
  'redaction.profile.originals': 'Originals',
  'redaction.profile.redacted': 'Redacted copies',
  'redaction.profile.originals.text': 'Every piece is named as it was received.',
  'redaction.profile.redacted.text':
    'A redacted copy is named in the place of its original. Sensitive pieces without one are listed without title and file name.',
  'redaction.sign.withheld':
    '{count, plural, one {# sensitive piece has} other {# sensitive pieces have}} no redacted copy and {count, plural, one {is} other {are}} listed without title and file name.',
} as const;
