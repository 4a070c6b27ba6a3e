import { useState } from 'react';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Dialog, Link, QueryView } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { CustodyLedger } from './custody-ledger.tsx';

/** The pieces that are gone, each with its ledger: what was destroyed can still be accounted for. */
export function DestroyedDialog({ auditId, onClose }: { readonly auditId: AuditId; readonly onClose: () => void }) {
  const list = useQuery('custody.destroyed', { auditId }, ['evidence']);
  const [chosen, setChosen] = useState<string | null>(null);
  const piece = list.data?.find(({ id }) => id === chosen) ?? null;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={piece === null ? t('custody.destroyed') : t('custody.destroyed.one', { label: piece.label, title: piece.title })}
      size="large"
      dismissable
      actions={
        <>
          {piece === null ? null : <Button onPress={() => setChosen(null)}>{t('common.back')}</Button>}
          <Button onPress={onClose}>{t('common.close')}</Button>
        </>
      }
    >
      {piece === null ? (
        <QueryView query={list}>
          {(pieces) =>
            pieces.length === 0 ? (
              <p className="muted">{t('custody.destroyed.none')}</p>
            ) : (
              <table className="table">
                <caption className="visually-hidden">{t('custody.destroyed')}</caption>
                <thead>
                  <tr>
                    <th scope="col">{t('evidence.column.number')}</th>
                    <th scope="col">{t('evidence.column.title')}</th>
                    <th scope="col">{t('custody.destroyed.when')}</th>
                    <th scope="col">{t('custody.destroyed.why')}</th>
                  </tr>
                </thead>
                <tbody>
                  {pieces.map(({ id, label, title, destroyedAt, destroyedBy, reason }) => (
                    <tr key={id}>
                      <td className="mono">{label}</td>
                      <td>
                        <Link onPress={() => setChosen(id)}>{title}</Link>
                      </td>
                      <td>
                        <span className="numeric">{formatMoment(destroyedAt)}</span> <span className="muted">{destroyedBy}</span>
                      </td>
                      <td>{reason}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )
          }
        </QueryView>
      ) : (
        <CustodyLedger auditId={auditId} evidenceId={piece.id as EvidenceId} />
      )}
    </Dialog>
  );
}
