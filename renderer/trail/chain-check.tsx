import './chain-check.css';
import { ShieldAlert, ShieldCheck, ShieldQuestionMark } from 'lucide-react';
import { useState } from 'react';
import type { TrailHead } from '../../shared/domain/trail.ts';
import type { Result } from '../../shared/ipc/contract.ts';
import { formatTime } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { ProgressPanel } from '../ui/progress-panel.tsx';
import { useLongTask } from '../use-long-task.ts';

interface Checked {
  readonly result: Result<'trail.verify'>;
  readonly at: Date;
}

/** The head of the chain, and whether the whole chain was found to hold. */
export function ChainCheck({ head }: { readonly head: TrailHead | null }) {
  const task = useLongTask();
  const [checked, setChecked] = useState<Checked | null>(null);
  const verify = async () => {
    const result = await task.run('trail.verify', {});
    if (result !== null) setChecked({ result, at: new Date() });
  };
  const total = task.progress?.total ?? head?.sequence ?? null;
  return (
    <section className="chain-check" aria-label={t('trail.verify')}>
      <div className="chain-check__row">
        <span role="status" className="chain-check__verdict">
          {checked === null ? (
            <Badge icon={<ShieldQuestionMark aria-hidden="true" />}>{t('trail.unverified')}</Badge>
          ) : checked.result.ok ? (
            <>
              <Badge tone="compliant" icon={<ShieldCheck aria-hidden="true" />}>
                {t('trail.verified')}
              </Badge>
              <span className="chain-check__text">
                {t('trail.verified.text', { count: checked.result.checked, time: formatTime(checked.at, true) })}
              </span>
            </>
          ) : (
            <>
              <Badge tone="non-compliant" icon={<ShieldAlert aria-hidden="true" />}>
                {t('trail.broken')}
              </Badge>
              <span className="chain-check__text">{t('trail.broken.text', { sequence: checked.result.firstBroken ?? 0 })}</span>
            </>
          )}
        </span>
        {task.running ? null : (
          <Button size="small" onPress={() => void verify()}>
            {t(checked === null ? 'trail.verify' : 'trail.verify.again')}
          </Button>
        )}
      </div>
      {head === null ? null : (
        <div className="chain-check__head" title={t('trail.head.text')}>
          <span className="overline">{t('trail.head')}</span>
          <span className="mono">{head.sequence}</span>
          <span className="mono chain-check__hash">{grouped(head.hash)}</span>
          <CopyButton text={`${head.sequence} ${head.hash}`} label={t('trail.head.copy')} />
        </div>
      )}
      {task.running ? (
        <ProgressPanel
          label={t('trail.verify.running')}
          progress={task.progress === null ? null : { ...task.progress, total, label: '' }}
          onCancel={task.cancel}
        />
      ) : null}
      {task.error === null ? null : <ErrorNotice error={task.error} onRetry={() => void verify()} />}
    </section>
  );
}

/** A hash in groups of eight, for reading aloud. */
function grouped(hash: string): string {
  return hash.replace(/(.{8})(?=.)/g, '$1 ');
}
