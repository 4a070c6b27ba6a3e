import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { VaultCheck } from '../../shared/ipc/vault.ts';
import { t } from '../i18n/translate.ts';
import { Button, ErrorNotice, Notice, ProgressPanel, Section } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { placesOf } from './evidence-verification.tsx';

/** Reads the whole vault and says whether it is whole. */
export function VaultCheckPart() {
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
        <ProgressPanel label={t('settings.check.running')} progress={task.progress} onCancel={task.cancel} />
      ) : (
        <div>
          <Button icon={<ShieldCheck aria-hidden="true" />} onPress={() => void run()}>
            {t('settings.check.run')}
          </Button>
        </div>
      )}
      {task.error === null ? null : <ErrorNotice error={task.error} />}
      {result === null ? null : <CheckResult result={result} />}
    </Section>
  );
}

function CheckResult({ result }: { readonly result: VaultCheck }) {
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
            {nameOf(problem)}: {problem.message}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** The pieces that a damaged object is part of; where nothing rests on it, the object itself. */
function nameOf({ where, affected }: VaultCheck['problems'][number]) {
  const places = affected === undefined ? '' : placesOf(affected);
  return places === '' ? <span className="mono">{where}</span> : places;
}
