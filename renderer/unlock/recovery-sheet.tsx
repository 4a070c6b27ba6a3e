import './recovery-sheet.css';
import { Printer } from 'lucide-react';
import { shell } from '../bridge.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, showError } from '../ui/index.ts';

export interface RecoverySheetProps {
  readonly vaultName: string;
  readonly personName: string;
  readonly code: string;
  readonly confirmed: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** The code on a sheet that prints alone on its page, and the tick that it is kept. */
export function RecoverySheet({ vaultName, personName, code, confirmed, onConfirm }: RecoverySheetProps) {
  return (
    <>
      <div className="recovery-sheet">
        <h3 className="recovery-sheet__title">{t('unlock.sheet.title')}</h3>
        <dl className="recovery-sheet__facts">
          <dt>{t('unlock.sheet.vault')}</dt>
          <dd>{vaultName}</dd>
          <dt>{t('unlock.sheet.person')}</dt>
          <dd>{personName}</dd>
          <dt>{t('unlock.sheet.date')}</dt>
          <dd>{formatDate(new Date().toISOString())}</dd>
          <dt>{t('unlock.sheet.code')}</dt>
          <dd className="recovery-sheet__code">{code}</dd>
        </dl>
        <p className="recovery-sheet__keep">{t('unlock.sheet.keep')}</p>
      </div>
      <div className="row row--between">
        <Checkbox isSelected={confirmed} onChange={onConfirm}>
          {t('unlock.sheet.confirm')}
        </Checkbox>
        <Button icon={<Printer aria-hidden="true" />} onPress={() => void shell('printRecovery').catch(showError)}>
          {t('unlock.sheet.print')}
        </Button>
      </div>
    </>
  );
}
