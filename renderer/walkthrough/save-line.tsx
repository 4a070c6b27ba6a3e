import type { Answer } from '../../shared/domain/answer.ts';
import { errorLine } from '../app-error.ts';
import { formatMoment, formatTime } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Notice } from '../ui/index.ts';
import type { SaveStatus } from './autosave.ts';

export interface SaveLineProps {
  readonly status: SaveStatus;
  readonly answer: Answer;
  readonly updatedByName: string;
  readonly onRetry: () => void;
}

/** Who changed the control last, and whether what is on the screen is saved. "Saved" only after the vault said so. */
export function SaveLine({ status, answer, updatedByName, onRetry }: SaveLineProps) {
  if (status.kind === 'failed') {
    return (
      <div className="save-line save-line--failed">
        <Notice
          tone="error"
          title={t('walkthrough.save.failed')}
          action={
            <Button size="small" onPress={onRetry}>
              {t('common.retry')}
            </Button>
          }
        >
          {errorLine(status.error)}
        </Notice>
      </div>
    );
  }
  return <p className="save-line numeric">{words(status, answer, updatedByName)}</p>;
}

function words(status: SaveStatus, answer: Answer, name: string): string {
  if (status.kind === 'pending') return t('walkthrough.save.pending');
  if (status.kind === 'saved') return t('walkthrough.save.saved', { time: formatTime(status.at, true) });
  return answer.updatedAt === null ? '' : t('walkthrough.save.by', { name, moment: formatMoment(answer.updatedAt) });
}
