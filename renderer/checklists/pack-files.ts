import type { PackFormat } from '../../shared/domain/pack-entry.ts';
import type { SaveKind } from '../../shared/ipc/shell.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { showToast } from '../ui/index.ts';

const kinds: Readonly<Record<PackFormat, SaveKind>> = { yaml: 'yaml', xlsx: 'xlsx', csv: 'csv', oscal: 'json' };

/** Asks where to, and writes a checklist there. */
export async function exportPack(packId: string, format: PackFormat): Promise<void> {
  const place = await shell('pickSave', { kind: kinds[format], suggestedName: `${packId}.${kinds[format]}` });
  if (place === null) return;
  const { name } = await call('packs.export', { packId, format, token: place.token });
  showToast({ title: t('checklists.exported', { name }), tone: 'success' });
}

/** Asks where to, and writes a table to fill in. */
export async function exportTemplate(format: 'xlsx' | 'csv'): Promise<void> {
  const place = await shell('pickSave', { kind: format, suggestedName: `checklist-template.${format}` });
  if (place === null) return;
  const { name } = await call('packs.template', { format, token: place.token });
  showToast({ title: t('checklists.exported', { name }), tone: 'success' });
}
