import { useState } from 'react';
import type { Audit } from '../../shared/domain/audit.ts';
import type { PackUpdate } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, DefinitionList, Dialog, ErrorNotice, QueryView, Section, showToast } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

/** Newer versions of the audit's checklists, with what each would change. Nothing is taken by itself. */
export function UpdatesDialog({ audit, onClose }: { readonly audit: Audit; readonly onClose: () => void }) {
  const query = useQuery('audits.packUpdates', { auditId: audit.id }, ['audits', 'packs']);
  const [busy, setBusy] = useState('');
  const [error, setError] = useState<unknown>(null);
  const update = async ({ packId, title, to }: PackUpdate) => {
    setBusy(packId);
    setError(null);
    try {
      await call('audits.updatePack', { auditId: audit.id, packId });
      showToast({ title: t('audits.updated', { title, version: to }), tone: 'success' });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy('');
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('audits.updates')}
      actions={
        // The button that was pressed leaves with its entry; the focus must not leave with it, or Escape is not heard.
        <Button key={query.data?.length ?? 0} autoFocus onPress={onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <QueryView query={query}>
        {(updates) =>
          updates.length === 0 ? (
            <p>{t('audits.updates.none')}</p>
          ) : (
            <>
              <p>{t('audits.updates.text')}</p>
              {updates.map((entry) => (
                <Section
                  key={entry.packId}
                  title={entry.title}
                  aside={
                    <Button size="small" isPending={busy === entry.packId} onPress={() => void update(entry)}>
                      {t('audits.update', { version: entry.to })}
                    </Button>
                  }
                >
                  <DefinitionList
                    entries={[
                      { name: t('audits.update.version'), value: t('audits.update.from-to', { from: entry.from, to: entry.to }) },
                      { name: t('audits.update.unchanged'), value: t('audits.update.kept', { count: entry.unchanged }) },
                      { name: t('audits.update.changed'), value: t('audits.update.waiting', { count: entry.changed }) },
                      { name: t('audits.update.added'), value: t('checklists.controls', { count: entry.added }) },
                      { name: t('audits.update.removed'), value: t('audits.update.leaving', { count: entry.removed }) },
                    ]}
                  />
                </Section>
              ))}
            </>
          )
        }
      </QueryView>
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}
