import './progress-panel.css';
import { ProgressBar } from 'react-aria-components';
import type { Progress } from '../../shared/ipc/contract.ts';
import { formatBytes, formatDuration, formatNumber, formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';

export interface ProgressPanelProps {
  /** What is being done, while the task has not reported a label of its own. */
  readonly label: string;
  readonly progress: Progress | null;
  readonly onCancel?: () => void;
}

/** How far a long task is: amount, rate, time left, and Cancel. */
export function ProgressPanel({ label, progress, onCancel }: ProgressPanelProps) {
  const total = progress?.total ?? null;
  return (
    <div className="progress-panel">
      <ProgressBar
        aria-label={progress?.label || label}
        isIndeterminate={progress === null || total === null}
        value={progress?.done ?? 0}
        maxValue={total === null || total === 0 ? 1 : total}
        className="progress-panel__bar"
      >
        {({ percentage, isIndeterminate }) => (
          <>
            <div className="progress-panel__head">
              <span className="progress-panel__label">{progress?.label || label}</span>
              <span className="numeric">{isIndeterminate ? '' : formatPercent(Math.floor(percentage ?? 0) / 100)}</span>
            </div>
            <div className="progress-panel__track">
              <div
                className={isIndeterminate ? 'progress-panel__fill progress-panel__fill--open' : 'progress-panel__fill'}
                style={isIndeterminate ? {} : { inlineSize: `${percentage ?? 0}%` }}
              />
            </div>
          </>
        )}
      </ProgressBar>
      <div className="progress-panel__foot">
        <span className="numeric">{progress === null ? '' : describeProgress(progress)}</span>
        {onCancel === undefined ? null : (
          <Button size="small" onPress={onCancel}>
            {t('common.cancel')}
          </Button>
        )}
      </div>
    </div>
  );
}

/** `412 MB of 1.2 GB · 180 MB per second · about 5 s left`. */
export function describeProgress({ done, total, unit, elapsed }: Progress): string {
  const amount = unit === 'bytes' ? formatBytes : formatNumber;
  const parts = [
    total === null
      ? unit === 'bytes'
        ? formatBytes(done)
        : t('common.progress.items.open', { count: done })
      : t('common.progress.items', { done: amount(done), total: amount(total) }),
  ];
  const perSecond = elapsed > 500 ? (1000 * done) / elapsed : 0;
  if (perSecond > 0) {
    const rate = unit === 'bytes' ? formatBytes(perSecond) : formatNumber(perSecond, { maximumFractionDigits: perSecond < 10 ? 1 : 0 });
    parts.push(t(unit === 'bytes' ? 'common.progress.rate.bytes' : 'common.progress.rate.items', { rate }));
    if (total !== null && total > done) parts.push(t('common.progress.left', { time: formatDuration((total - done) / perSecond) }));
  }
  return parts.join(' · ');
}
