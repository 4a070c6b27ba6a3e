import { PackageMinus } from 'lucide-react';
import { mayWrite } from '../../shared/domain/person.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, DefinitionList, ErrorNotice, ProgressPanel, QueryView, Section, showToast } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';
import { useQuery } from '../use-query.ts';

/** How much room the vault takes, and giving back what destroyed evidence left. */
export function Space({ vault }: { readonly vault: OpenVault }) {
  const space = useQuery('vault.space', {}, ['vault', 'evidence', 'reports']);
  const task = useLongTask();
  const giveBack = async () => {
    const result = await task.run('vault.compact', {});
    if (result === null) return;
    const title = t(result.finished ? 'settings.space.done' : 'settings.space.stopped', { size: formatBytes(result.givenBack) });
    showToast({ title, tone: 'success' });
  };
  return (
    <Section title={t('settings.space')}>
      <p className="muted">{t('settings.space.text')}</p>
      <QueryView query={space}>
        {({ records, evidence, unused }) => (
          <>
            <DefinitionList
              entries={[
                { name: t('settings.space.records'), value: formatBytes(records) },
                { name: t('settings.space.evidence'), value: formatBytes(evidence) },
                { name: t('settings.space.unused'), value: unused === 0 ? t('settings.space.none') : formatBytes(unused) },
              ]}
            />
            {task.running ? <ProgressPanel label={t('settings.space.running')} progress={task.progress} onCancel={task.cancel} /> : null}
            {task.running || unused === 0 || !mayWrite(vault.me.role) ? null : (
              <div>
                <Button icon={<PackageMinus aria-hidden="true" />} onPress={() => void giveBack()}>
                  {t('settings.space.run', { size: formatBytes(unused) })}
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
