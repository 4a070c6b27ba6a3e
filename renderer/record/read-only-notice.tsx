import './read-only-notice.css';
import { t } from '../i18n/translate.ts';
import { Notice } from '../ui/notice.tsx';

/** Says above a list why nothing in it can be changed: the audit is signed. */
export function ReadOnlyNotice() {
  return (
    <div className="read-only-notice">
      <Notice title={t('record.read-only')}>{t('record.read-only.text')}</Notice>
    </div>
  );
}
