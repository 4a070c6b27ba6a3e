import './bulk-bar.css';
import { Download, Link as LinkIcon, Pencil, ShieldCheck, Trash2, Unlink, X } from 'lucide-react';
import { useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';
import { Button, IconButton } from '../ui/index.ts';
import { BulkDestroyDialog } from './bulk-destroy-dialog.tsx';
import { BulkEditDialog } from './bulk-edit-dialog.tsx';
import { BulkExportDialog } from './bulk-export-dialog.tsx';
import { BulkVerifyDialog } from './bulk-verify-dialog.tsx';
import { LinkDialog } from './link-dialog.tsx';
import { isUnlinked } from './register-filter.ts';

export interface BulkBarProps {
  readonly auditId: AuditId;
  /** Suggested for the folder of an export. */
  readonly auditTitle: string;
  /** The marked pieces, in the order they are shown. */
  readonly items: readonly Evidence[];
  readonly mayEdit: boolean;
  readonly onLink: () => void;
  readonly onClear: () => void;
}

type Open = 'edit' | 'unlink' | 'export' | 'verify' | 'destroy';

/** How many pieces are marked and what can be done to all of them. */
export function BulkBar({ auditId, auditTitle, items, mayEdit, onLink, onClear }: BulkBarProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const linked = items.filter((item) => !isUnlinked(item)).length;
  const withControls = items.some((item) => item.controls.length > 0);
  return (
    <section className="bulk-bar" aria-label={t('register.bulk')}>
      <p className="bulk-bar__count" aria-live="polite">
        {t('register.marked', { count: items.length })}
      </p>
      <div className="bulk-bar__actions">
        {mayEdit ? (
          <>
            <Button size="small" icon={<Pencil aria-hidden="true" />} onPress={() => setOpen('edit')}>
              {t('register.bulk.edit')}
            </Button>
            <Button size="small" icon={<LinkIcon aria-hidden="true" />} shortcut="l" onPress={onLink}>
              {t('register.bulk.link')}
            </Button>
            <Button size="small" icon={<Unlink aria-hidden="true" />} isDisabled={!withControls} onPress={() => setOpen('unlink')}>
              {t('register.bulk.unlink')}
            </Button>
          </>
        ) : null}
        <Button size="small" icon={<Download aria-hidden="true" />} onPress={() => setOpen('export')}>
          {t('register.bulk.export')}
        </Button>
        <Button size="small" icon={<ShieldCheck aria-hidden="true" />} onPress={() => setOpen('verify')}>
          {t('evidence.hash.verify')}
        </Button>
        {mayEdit ? (
          <Button size="small" icon={<Trash2 aria-hidden="true" />} isDisabled={linked > 0} onPress={() => setOpen('destroy')}>
            {t('register.bulk.destroy')}
          </Button>
        ) : null}
        <IconButton label={t('register.bulk.clear')} icon={<X aria-hidden="true" />} size="small" onPress={onClear} />
      </div>
      {mayEdit && linked > 0 ? <p className="bulk-bar__note">{t('register.bulk.destroy.linked', { count: linked })}</p> : null}
      {open === 'edit' ? <BulkEditDialog auditId={auditId} items={items} onClose={close} /> : null}
      {open === 'unlink' ? <LinkDialog auditId={auditId} items={items} present={false} onClose={close} /> : null}
      {open === 'export' ? <BulkExportDialog auditId={auditId} title={auditTitle} items={items} onClose={close} /> : null}
      {open === 'verify' ? <BulkVerifyDialog auditId={auditId} items={items} onClose={close} /> : null}
      {open === 'destroy' ? <BulkDestroyDialog auditId={auditId} items={items} onClose={close} /> : null}
    </section>
  );
}
