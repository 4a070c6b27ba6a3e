import { useState } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { PreviewSheet } from '../../../shared/domain/preview.ts';
import { t } from '../../i18n/translate.ts';
import { Tabs } from '../../ui/index.ts';
import { SheetView } from './sheet-view.tsx';

export interface TablePreviewProps {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly sheets: readonly PreviewSheet[];
}

function nameOf({ name, hidden, isComments }: PreviewSheet, index: number): string {
  if (isComments === true) return t('preview.table.comments');
  const shown = name === '' ? t('preview.table.sheet', { number: index + 1 }) : name;
  return hidden === undefined ? shown : t('preview.table.hidden', { name: shown });
}

/** The sheets of a table, one at a time. */
export function TablePreview({ evidenceId, title, sheets }: TablePreviewProps) {
  const [selected, setSelected] = useState('0');
  const only = sheets.length === 1 ? sheets[0] : undefined;
  if (only !== undefined) return <SheetView evidenceId={evidenceId} title={title} sheet={only} />;
  return (
    <Tabs
      className="preview__sheets"
      label={t('preview.table.sheets')}
      selected={selected}
      onSelect={setSelected}
      items={sheets.map((sheet, index) => ({
        id: String(index),
        title: nameOf(sheet, index),
        content: <SheetView evidenceId={evidenceId} title={`${title}, ${sheet.name}`} sheet={sheet} />,
      }))}
    />
  );
}
