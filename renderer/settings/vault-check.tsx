import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { VaultCheck } from '../../shared/ipc/vault.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Button, ErrorNotice, Notice, ProgressPanel, Section } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { DamagedPlaces } from './damaged-places.tsx';

/** Reads the whole vault and says whether it is whole. */
export function VaultCheckPart({ navigate }: { readonly navigate: Navigate }) {
  const task = useLongTask();
  const [result, setResult] = useState<VaultCheck | null>(null);
  const run = async () => {
    setResult(null);
    setResult(await task.run('vault.check', {}));
  };
  return (
    <Section title={t('settings.check')}>
      <p className="muted">{t('settings.check.text')}</p>
      {task.running ? (
        <ProgressPanel
          label={t('settings.check.running')}
          progress={task.progress === null ? null : { ...task.progress, label: stepName(task.progress.label) }}
          onCancel={task.cancel}
        />
      ) : (
        <div>
          <Button icon={<ShieldCheck aria-hidden="true" />} onPress={() => void run()}>
            {t('settings.check.run')}
          </Button>
        </div>
      )}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      {result === null ? null : <CheckResult result={result} navigate={navigate} />}
    </Section>
  );
}

function stepName(step: string): string {
  const key = `settings.check.step.${step}`;
  return hasMessage(key) ? t(key) : '';
}

function CheckResult({ result, navigate }: { readonly result: VaultCheck; readonly navigate: Navigate }) {
  const { ok, problems, counts } = result;
  if (ok) {
    return (
      <Notice tone="success" title={t('settings.check.ok')}>
        {t('settings.check.counts', counts)}
      </Notice>
    );
  }
  // The records are whole then, and what is damaged can be attached again.
  const onlyEvidence = problems.every(({ affected }) => affected !== undefined);
  return (
    <Notice tone="error" title={t('settings.check.bad', { count: problems.length })}>
      <p>{t(onlyEvidence ? 'settings.verify.bad.hint' : 'settings.check.bad.hint')}</p>
      <ul className="settings__problems">
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.where} ${problem.message}`}>
            {problem.affected === undefined ? (
              <span className="mono">{problem.where}</span>
            ) : (
              <DamagedPlaces object={problem.affected} navigate={navigate} />
            )}
            : {problem.message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
