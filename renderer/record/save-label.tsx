import './save-label.css';
import { Check, CircleAlert } from 'lucide-react';
import { errorLine } from '../app-error.ts';
import { formatTime } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import type { DraftStatus } from './drafts.ts';

/** How the last change is doing. "Saved" stands there only after the vault acknowledged it. */
export function SaveLabel({ status, onRetry }: { readonly status: DraftStatus; readonly onRetry: () => void }) {
  if (status.kind === 'failed') {
    return (
      <div className="save-label save-label--failed" role="alert">
        <CircleAlert aria-hidden="true" />
        <span>
          {t('record.save.failed')}. {errorLine(status.error)}
        </span>
        <Button size="small" onPress={onRetry}>
          {t('common.retry')}
        </Button>
      </div>
    );
  }
  return (
    <span className="save-label" role="status">
      {status.kind === 'saved' ? <Check aria-hidden="true" /> : null}
      {status.kind === 'saved' ? t('record.save.saved', { time: formatTime(status.at) }) : null}
      {status.kind === 'pending' ? t('record.save.pending') : null}
    </span>
  );
}
