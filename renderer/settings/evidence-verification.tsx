import { ScanSearch } from 'lucide-react';
import type { DamagedObject, VerificationState } from '../../shared/ipc/upkeep.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Button, ErrorNotice, Notice, ProgressPanel, QueryView, Section, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { useQuery } from '../use-query.ts';
import { DamagedPlaces } from './damaged-places.tsx';

/** When all evidence was last found whole, what was not, and looking again. */
export function EvidenceVerificationPart({ navigate }: { readonly navigate: Navigate }) {
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
            {known.damaged.length === 0 ? null : <Damaged objects={known.damaged} navigate={navigate} />}
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
function Damaged({ objects, navigate }: { readonly objects: readonly DamagedObject[]; readonly navigate: Navigate }) {
  return (
    <Notice tone="error" title={t('settings.verify.bad', { count: objects.length })}>
      <p>{t('settings.verify.bad.hint')}</p>
      <ul className="settings__problems">
        {objects.map((damage) => (
          <li key={damage.object}>
            <DamagedPlaces object={damage} navigate={navigate} />
          </li>
        ))}
      </ul>
    </Notice>
  );
}
