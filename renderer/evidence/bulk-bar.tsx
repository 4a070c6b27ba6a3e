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
import { isUnlinked } from './relations.ts';

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

type Action = 'edit' | 'unlink' | 'export' | 'verify' | 'destroy';

/** What is being done, and to which pieces: those that were marked when it was asked for. */
interface Open {
  readonly action: Action;
  readonly items: readonly Evidence[];
}

/**
 * How many pieces are marked and what can be done to all of them; nothing while none is. What was begun goes on with its pieces when they
 * leave the list meanwhile, as they do when a filter asks for just what is being changed.
 */
export function BulkBar(props: BulkBarProps) {
  const { auditId, auditTitle, items } = props;
  const [open, setOpen] = useState<Open | null>(null);
  const dialog = { auditId, items: open?.items ?? [], onClose: () => setOpen(null) };
  return (
    <>
      {items.length === 0 ? null : <Bar {...props} onOpen={(action) => setOpen({ action, items })} />}
      {open?.action === 'edit' ? <BulkEditDialog {...dialog} /> : null}
      {open?.action === 'unlink' ? <LinkDialog {...dialog} present={false} /> : null}
      {open?.action === 'export' ? <BulkExportDialog {...dialog} title={auditTitle} /> : null}
      {open?.action === 'verify' ? <BulkVerifyDialog {...dialog} /> : null}
      {open?.action === 'destroy' ? <BulkDestroyDialog {...dialog} /> : null}
    </>
  );
}

function Bar({ items, mayEdit, onLink, onClear, onOpen }: BulkBarProps & { readonly onOpen: (action: Action) => void }) {
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
            <Button size="small" icon={<Pencil aria-hidden="true" />} onPress={() => onOpen('edit')}>
              {t('register.bulk.edit')}
            </Button>
            <Button size="small" icon={<LinkIcon aria-hidden="true" />} shortcut="l" onPress={onLink}>
              {t('register.bulk.link')}
            </Button>
            <Button size="small" icon={<Unlink aria-hidden="true" />} isDisabled={!withControls} onPress={() => onOpen('unlink')}>
              {t('register.bulk.unlink')}
            </Button>
          </>
        ) : null}
        <Button size="small" icon={<Download aria-hidden="true" />} onPress={() => onOpen('export')}>
          {t('register.bulk.export')}
        </Button>
        <Button size="small" icon={<ShieldCheck aria-hidden="true" />} onPress={() => onOpen('verify')}>
          {t('evidence.hash.verify')}
        </Button>
        {mayEdit ? (
          <Button size="small" icon={<Trash2 aria-hidden="true" />} isDisabled={linked > 0} onPress={() => onOpen('destroy')}>
            {t('register.bulk.destroy')}
          </Button>
        ) : null}
      </div>
      {mayEdit && linked > 0 ? <p className="bulk-bar__note">{t('register.bulk.destroy.linked', { count: linked })}</p> : null}
      <IconButton
        className="bulk-bar__clear"
        label={t('register.bulk.clear')}
        icon={<X aria-hidden="true" />}
        size="small"
        onPress={onClear}
      />
    </section>
  );
}
