import { FileSpreadsheet, FileText } from 'lucide-react';
import { useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { RequestListing } from '../../shared/ipc/requests.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, RadioGroup } from '../ui/choice.tsx';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { showToast } from '../ui/toast.tsx';

type Format = 'xlsx' | 'docx';

export interface ExportMenuProps {
  readonly auditId: AuditId;
  /** Suggested for the file's name. */
  readonly title: string;
  /** Drafts on the list, which can be marked as asked with the export. */
  readonly drafts: readonly string[];
  readonly mayEdit: boolean;
}

/** Hands the list out for the client, as workbook or document. */
export function ExportMenu(props: ExportMenuProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<FileSpreadsheet aria-hidden="true" />} onPress={() => setOpen(true)}>
        {t('requests.export')}
      </Button>
      {open ? <ExportDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ExportDialog({ auditId, title, drafts, mayEdit, onClose }: ExportMenuProps & { readonly onClose: () => void }) {
  const [format, setFormat] = useState<Format>('xlsx');
  const [which, setWhich] = useState<RequestListing>('open');
  const [ask, setAsk] = useState(mayEdit && drafts.length > 0);
  const run = async () => {
    const suggestedName = `${t('requests.export.name', { title })}`.slice(0, 200);
    const picked = await shell('pickSave', {
      kind: format === 'xlsx' ? 'requests-xlsx' : 'requests-docx',
      suggestedName: `${suggestedName}.${format}`,
    });
    // A cancelled dialog leaves everything as it is.
    if (picked === null) return;
    const written = await call('requests.export', { auditId, token: picked.token, format, which });
    if (ask) await call('requests.ask', { auditId, requestIds: drafts as never[] });
    showToast({ title: t('requests.exported', { name: written.name, count: written.requests }), tone: 'success' });
  };
  return (
    <ConfirmDialog isOpen onClose={onClose} title={t('requests.export')} action={t('evidence.export.choose')} onConfirm={run}>
      <p className="muted">{t('requests.export.text')}</p>
      <RadioGroup
        label={t('requests.export.format')}
        value={format}
        onChange={setFormat}
        options={[
          { value: 'xlsx', label: t('requests.export.xlsx'), icon: <FileSpreadsheet aria-hidden="true" /> },
          { value: 'docx', label: t('requests.export.docx'), icon: <FileText aria-hidden="true" /> },
        ]}
      />
      <RadioGroup
        label={t('requests.export.which')}
        value={which}
        onChange={setWhich}
        options={[
          { value: 'open', label: t('requests.export.open') },
          { value: 'all', label: t('requests.export.all') },
        ]}
      />
      {mayEdit && drafts.length > 0 ? (
        <Checkbox isSelected={ask} onChange={setAsk}>
          {t('requests.export.ask', { count: drafts.length })}
        </Checkbox>
      ) : null}
    </ConfirmDialog>
  );
}
