import { t } from '../i18n/translate.ts';
import { ConfirmDialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { shortFingerprint } from '../verify/verdict.ts';

export interface SignDialogProps {
  readonly isOpen: boolean;
  readonly final: boolean;
  /** Sensitive pieces that the report lists without title and file name. */
  readonly withheld: number;
  readonly auditTitle: string;
  readonly fingerprint: string;
  readonly onClose: () => void;
  readonly onSign: () => void;
}

/** Says what signing does before it is done. */
export function SignDialog({ isOpen, final, withheld, auditTitle, fingerprint, onClose, onSign }: SignDialogProps) {
  const kind = final ? 'final' : 'draft';
  return (
    <ConfirmDialog
      isOpen={isOpen}
      onClose={onClose}
      title={t(`report.sign.${kind}.title`, { title: auditTitle })}
      action={t(`report.sign.${kind}`)}
      onConfirm={async () => onSign()}
    >
      <p>{t(`report.sign.${kind}.text`)}</p>
      {final ? <p>{t('report.sign.final.reopen')}</p> : null}
      {withheld === 0 ? null : <Notice tone="warning" title={t('redaction.sign.withheld', { count: withheld })} />}
      {fingerprint === '' ? (
        <p className="muted">{t('report.identity.none.text')}</p>
      ) : (
        <p className="mono muted">{t('report.sign.certificate', { fingerprint: shortFingerprint(fingerprint) })}</p>
      )}
    </ConfirmDialog>
  );
}
