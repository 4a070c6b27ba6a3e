/** The ways in which evidence comes into the vault besides picking files, and its revisions. */
export const waysIn = {
  'waysIn.same.linked': '{label} was linked to {list} before.',
  'waysIn.same.unlinked': '{label} was not linked to a control before.',
  'waysIn.same.superseded': '{label} was replaced by {newer}.',
  'waysIn.same.more': '{count, number} more',
  'waysIn.same.other': 'The same file is in "{audit}" as {label}.',
  'waysIn.same.further': '{count, plural, one {It is in # further audit.} other {It is in # further audits.}}',
} as const;
