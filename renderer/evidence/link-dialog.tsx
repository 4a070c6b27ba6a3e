import type { Evidence } from '../../shared/domain/evidence.ts';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';
import { Picker } from '../record/picker.tsx';
import { useQuery } from '../use-query.ts';
import { idsOf, linkPieces } from './bulk-actions.ts';

export interface LinkDialogProps {
  readonly auditId: AuditId;
  readonly items: readonly Evidence[];
  /** Whether to link or to unlink. Only controls that some piece is linked to can be unlinked. */
  readonly present: boolean;
  readonly onClose: () => void;
}

/** Controls to link pieces to, or to unlink them from: searched by citation and title, several at once. */
export function LinkDialog({ auditId, items, present, onClose }: LinkDialogProps) {
  const rows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const linked = new Set(present ? [] : items.flatMap((item) => item.controls.map(controlKey)));
  const offered = present ? rows : rows.filter((row) => linked.has(controlKey(row)));
  return (
    <Picker
      onClose={onClose}
      title={t(present ? 'register.link.title' : 'register.unlink.title', { count: items.length })}
      searchLabel={t('evidence.links.search')}
      items={offered.map((row) => ({ id: controlKey(row), code: row.citation, title: row.title }))}
      onPick={(keys) => {
        const chosen = rows.filter((row) => keys.includes(controlKey(row)));
        void linkPieces(auditId, idsOf(items), chosen, present);
      }}
    />
  );
}
