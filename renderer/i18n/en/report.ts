export const report = {
  'report.title': 'Report',
  'report.pdf.page': 'Page {page} of {pages}',
  'report.pdf.pages': 'Pages',
  'report.pdf.smaller': 'Zoom out',
  'report.pdf.larger': 'Zoom in',
  'report.pdf.fit': 'Fit the width',
  'report.pdf.unreadable': 'This PDF cannot be shown.',
} as const;
