/** Records that are edited beside a list, such as findings, requests and tasks. */
export const record = {
  'record.read-only': 'This audit is signed and frozen.',
  'record.read-only.text': 'Reopen it as a new revision from the report to change anything.',
  'record.overdue': 'Overdue',
  'record.unlink': 'Unlink {name}',
  'record.controls.search': 'Search controls by citation or title',
  'record.evidence.search': 'Search evidence by number or title',
  'record.picker.done': '{count, plural, =0 {Link} other {Link #}}',
  'record.picker.empty': 'Nothing matches.',
  'record.picker.more': '{count} more; search to narrow them down.',
  'record.save.pending': 'Saving',
  'record.save.saved': 'Saved {time}',
  'record.save.failed': 'Not saved',
  'record.filters.clear': 'Clear filters',
  'record.shown': '{shown} of {total}',
  'record.filters.remove': 'Remove filter: {filter}',
} as const;
