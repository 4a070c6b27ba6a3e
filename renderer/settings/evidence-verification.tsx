import { ScanSearch } from 'lucide-react';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { DamagedObject, VerificationState } from '../../shared/ipc/upkeep.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, ErrorNotice, Notice, ProgressPanel, QueryView, Section, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { useQuery } from '../use-query.ts';

/** When all evidence was last found whole, what was not, and looking again. */
export function EvidenceVerificationPart() {
  const state = useQuery('vault.verificationState', {}, ['vault', 'evidence', 'reports']);
  const task = useLongTask();
  const verify = async () => {
    const result = await task.run('vault.verifyEvidence', {});
    if (result === null) return;
    const { finished, damaged, objects } = result;
    const bad = damaged.length > 0;
    const title = bad ? t('settings.verify.bad', { count: damaged.length }) : t('settings.verify.whole', { count: objects });
    showToast({ title: finished ? title : t('settings.verify.stopped', { count: objects }), tone: bad ? 'error' : 'success' });
  };
  return (
    <Section title={t('settings.verify')}>
      <p className="muted">{t('settings.verify.text')}</p>
      <QueryView query={state}>
        {(known) => (
          <>
            <p>{inWords(known)}</p>
            {known.damaged.length === 0 ? null : <Damaged objects={known.damaged} />}
            {task.running ? (
              <ProgressPanel label={t('settings.verify.running')} progress={task.progress} onCancel={task.cancel} />
            ) : known.objects === 0 ? null : (
              <div>
                <Button icon={<ScanSearch aria-hidden="true" />} onPress={() => void verify()}>
                  {t('settings.verify.run')}
                </Button>
              </div>
            )}
          </>
        )}
      </QueryView>
      {task.error === null ? null : <ErrorNotice error={task.error} />}
    </Section>
  );
}

function inWords({ objects, never, oldest, latest }: VerificationState): string {
  if (objects === 0) return t('settings.verify.none');
  if (never === objects) return t('settings.verify.never', { count: objects });
  if (never > 0) return t('settings.verify.some', { count: objects - never, total: objects, time: formatMoment(latest) });
  return t('settings.verify.all', { count: objects, time: formatMoment(oldest) });
}

/** The pieces that rest on damaged content, by audit. */
export function Damaged({ objects }: { readonly objects: readonly DamagedObject[] }) {
  return (
    <Notice tone="error" title={t('settings.verify.bad', { count: objects.length })}>
      <p>{t('settings.verify.bad.hint')}</p>
      <ul className="settings__problems">
        {objects.map((damage) => (
          <li key={damage.object}>{placesOf(damage) || <span className="mono">{damage.object}</span>}</li>
        ))}
      </ul>
    </Notice>
  );
}

/** `E-007 in HIPAA 2026; report SB-2026-0001`. */
export function placesOf({ audits, reports }: Pick<DamagedObject, 'audits' | 'reports'>): string {
  const pieces = audits.map(({ title, pieces }) =>
    t('settings.verify.place', { pieces: pieces.map(({ number }) => evidenceLabel(number)).join(', '), audit: title }),
  );
  return [...pieces, ...reports.map((number) => t('settings.verify.report', { number }))].join('; ');
}
