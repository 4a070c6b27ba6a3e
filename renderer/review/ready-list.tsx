import { Check, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { WorkStatus } from '../../shared/domain/answer.ts';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { useOpenVault } from '../session.ts';
import { Button, ConfirmDialog, Link, Notice, Section, showError, showUndo, VerdictMark } from '../ui/index.ts';

export interface ReadyListProps {
  readonly auditId: AuditId;
  readonly rows: readonly ControlRow[];
  readonly frozen: boolean;
  readonly navigate: Navigate;
}

/** Controls that an auditor marked ready: accept them, or return them. Both can be undone. */
export function ReadyList({ auditId, rows, frozen, navigate }: ReadyListProps) {
  const [asking, setAsking] = useState(false);
  const role = useOpenVault()?.me.role;
  const writable = role !== undefined && (mayWrite(role) || role === 'reviewer') && !frozen;

  const setStatus = (row: ControlRow, workStatus: WorkStatus) =>
    call('answers.save', { auditId, packId: row.packId, controlId: row.controlId, patch: { workStatus } });
  const decide = async (row: ControlRow, workStatus: WorkStatus) => {
    try {
      await setStatus(row, workStatus);
      const title = t(workStatus === 'reviewed' ? 'review.accepted' : 'review.returned', { citation: row.citation });
      showUndo(title, () => setStatus(row, 'ready-for-review'));
    } catch (error) {
      showError(error);
    }
  };
  const acceptAll = async () => {
    for (const row of rows) await setStatus(row, 'reviewed');
    showUndo(t('review.accepted.many', { count: rows.length }), async () => {
      for (const row of rows) await setStatus(row, 'ready-for-review');
    });
  };

  return (
    <Section
      title={t('review.ready')}
      aside={
        writable && rows.length > 1 ? (
          <Button size="small" onPress={() => setAsking(true)}>
            {t('review.accept.all', { count: rows.length })}
          </Button>
        ) : null
      }
    >
      {frozen ? <Notice title={t('review.frozen')} /> : null}
      {!writable && !frozen && role !== undefined ? <Notice title={t('review.readOnly')} /> : null}
      {rows.length === 0 ? <p className="muted">{t('review.ready.none')}</p> : null}
      <ul className="ready-list">
        {rows.map((row) => (
          <li key={controlKey(row)} className="ready-list__row">
            <VerdictMark verdict={row.verdict} iconOnly />
            <div className="ready-list__text">
              <Link className="ready-list__title" onPress={() => navigate('walkthrough', { controlKey: controlKey(row) })}>
                {row.title}
              </Link>
              <span className="mono muted">{row.citation}</span>
              <span className="ready-list__counts">{t('review.counts', { evidence: row.evidence, findings: row.findings })}</span>
            </div>
            {writable ? (
              <div className="row ready-list__actions">
                <Button
                  size="small"
                  icon={<Undo2 aria-hidden="true" />}
                  aria-label={t('review.return.label', { citation: row.citation })}
                  onPress={() => void decide(row, 'in-progress')}
                >
                  {t('review.return')}
                </Button>
                <Button
                  size="small"
                  icon={<Check aria-hidden="true" />}
                  aria-label={t('review.accept.label', { citation: row.citation })}
                  onPress={() => void decide(row, 'reviewed')}
                >
                  {t('review.accept')}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        isOpen={asking}
        onClose={() => setAsking(false)}
        title={t('review.accept.all.title', { count: rows.length })}
        action={t('review.accept.all', { count: rows.length })}
        onConfirm={acceptAll}
      >
        <p>{t('review.accept.all.text')}</p>
      </ConfirmDialog>
    </Section>
  );
}
