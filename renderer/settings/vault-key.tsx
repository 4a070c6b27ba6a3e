import { KeySquare } from 'lucide-react';
import { useState } from 'react';
import { mayManagePeople } from '../../shared/domain/person.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, Notice, QueryView, Section } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { ChangeKeyDialog } from './change-key-dialog.tsx';

/** Which key the vault has, and changing it. */
export function VaultKey({ vault }: { readonly vault: OpenVault }) {
  const key = useQuery('vault.keyState', {}, ['vault', 'people']);
  const [changing, setChanging] = useState(false);
  const manages = mayManagePeople(vault.me.role);
  return (
    <Section title={t('settings.key')} aside={manages ? undefined : t('settings.key.lead-only')}>
      <p className="muted">{t('settings.key.text')}</p>
      <QueryView query={key}>
        {({ generation, changedAt, waiting }) => (
          <>
            <p>
              {changedAt === '' ? t('settings.key.first') : t('settings.key.since', { number: generation, time: formatMoment(changedAt) })}
            </p>
            {waiting.length === 0 ? null : (
              <Notice title={t('settings.key.waiting', { people: waiting.map(({ name }) => name).join(', ') })}>
                {t('settings.key.waiting.hint')}
              </Notice>
            )}
            {manages ? (
              <div>
                <Button icon={<KeySquare aria-hidden="true" />} onPress={() => setChanging(true)} isDisabled={waiting.length > 0}>
                  {t('settings.key.change')}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </QueryView>
      {changing ? <ChangeKeyDialog person={null} onClose={() => setChanging(false)} /> : null}
    </Section>
  );
}
