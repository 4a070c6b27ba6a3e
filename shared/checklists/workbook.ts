/** Checklists as XLSX workbooks: a sheet with the controls and one that says which checklist it is. */

export const controlsSheet = 'Controls';
export const headSheet = 'Checklist';

export const headFields = [
  ['Id', 'id'],
  ['Version', 'version'],
  ['Title', 'title'],
  ['Summary', 'summary'],
  ['Source title', 'sourceTitle'],
  ['Source citation', 'sourceCitation'],
  ['Source as of', 'sourceAsOf'],
] as const;

export type SheetHead = Partial<Record<(typeof headFields)[number][1], string>>;
