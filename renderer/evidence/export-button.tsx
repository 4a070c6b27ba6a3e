import { Download } from 'lucide-react';
import { useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, showToast } from '../ui/index.ts';
import { HandOutDialog } from './hand-out-dialog.tsx';

/** Writes the original out of the vault: asks why, then where. */
export function ExportButton({ evidence }: { readonly evidence: Evidence }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<Download aria-hidden="true" />} onPress={() => setOpen(true)}>
        {t('evidence.export')}
      </Button>
      {open ? <ExportDialog evidence={evidence} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ExportDialog({ evidence, onClose }: { readonly evidence: Evidence; readonly onClose: () => void }) {
  return (
    <HandOutDialog
      title={t('evidence.export.title', { name: evidence.originalName })}
      onClose={onClose}
      handOut={async (task, reason) => {
        const picked = await shell('pickSave', { kind: 'original', suggestedName: evidence.originalName.slice(0, 400) });
        if (picked === null) return false;
        const written = await task.run('evidence.exportOriginal', { evidenceId: evidence.id, token: picked.token, reason });
        if (written === null) return false;
        showToast({ title: t('evidence.exported', { name: written.name }), tone: 'success' });
        return true;
      }}
    >
      {t('evidence.export.text')}
    </HandOutDialog>
  );
}
