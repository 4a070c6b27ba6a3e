import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { shell } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { showToast } from '../ui/index.ts';
import { idsOf } from './bulk-actions.ts';
import { HandOutDialog } from './hand-out-dialog.tsx';

export interface BulkExportDialogProps {
  readonly auditId: AuditId;
  readonly title: string;
  readonly items: readonly Evidence[];
  readonly onClose: () => void;
}

/** Writes the originals of several pieces into a new folder. */
export function BulkExportDialog({ auditId, title, items, onClose }: BulkExportDialogProps) {
  const size = formatBytes(items.reduce((sum, item) => sum + item.size, 0));
  return (
    <HandOutDialog
      title={t('register.export.title', { count: items.length })}
      onClose={onClose}
      handOut={async (task, reason) => {
        const picked = await shell('pickSave', { kind: 'folder', suggestedName: t('evidence.body.name', { title }).slice(0, 200) });
        if (picked === null) return false;
        const written = await task.run('evidence.exportMany', { auditId, evidenceIds: idsOf(items), token: picked.token, reason });
        if (written === null) return false;
        const { name, pieces: count, bytes } = written;
        showToast({ title: t('register.exported', { name, count, size: formatBytes(bytes) }), tone: 'success' });
        return true;
      }}
    >
      {t('register.export.text', { size })}
    </HandOutDialog>
  );
}
