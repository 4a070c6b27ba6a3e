import { UserMinus, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { mayManagePeople, type Person } from '../../shared/domain/person.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Badge, Button, IconButton, QueryView, Section } from '../ui/index.ts';
import { initials } from '../ui/initials.ts';
import { useQuery } from '../use-query.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { ChangeKeyDialog } from './change-key-dialog.tsx';

/** Who has access, in which role. */
export function People({ vault }: { readonly vault: OpenVault }) {
  const people = useQuery('people.list', {}, ['people']);
  const [adding, setAdding] = useState(false);
  const [leaving, setLeaving] = useState<Person | null>(null);
  const manages = mayManagePeople(vault.me.role);
  return (
    <Section
      title={t('settings.people')}
      aside={
        manages ? (
          <Button size="small" icon={<UserPlus aria-hidden="true" />} onPress={() => setAdding(true)}>
            {t('settings.people.add')}
          </Button>
        ) : (
          t('settings.people.lead-only')
        )
      }
    >
      <p className="muted">{t('settings.people.text')}</p>
      <QueryView query={people}>
        {(list) => (
          <div className="settings__scroll">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('settings.people.name')}</th>
                  <th scope="col">{t('settings.people.email')}</th>
                  <th scope="col">{t('settings.people.role')}</th>
                  <th scope="col">{t('settings.people.since')}</th>
                  {manages ? <th scope="col">{t('settings.people.access')}</th> : null}
                </tr>
              </thead>
              <tbody>
                {list.map((person) => (
                  <tr key={person.id}>
                    <td>
                      <span className="settings__person">
                        <span className="avatar" aria-hidden="true">
                          {initials(person.name)}
                        </span>
                        {person.name}
                        {person.id === vault.me.id ? <Badge>{t('settings.people.you')}</Badge> : null}
                        {person.removedAt === '' ? null : (
                          <Badge>{t('settings.people.until', { day: formatDate(person.removedAt) })}</Badge>
                        )}
                      </span>
                    </td>
                    <td>{person.email}</td>
                    <td>{t(`common.role.${person.role}`)}</td>
                    <td className="numeric">{formatDate(person.createdAt)}</td>
                    {manages ? (
                      <td>
                        {person.id === vault.me.id || person.removedAt !== '' ? null : (
                          <IconButton
                            size="small"
                            label={t('settings.people.remove', { name: person.name })}
                            icon={<UserMinus aria-hidden="true" />}
                            onPress={() => setLeaving(person)}
                          />
                        )}
                      </td>
                    ) : null}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </QueryView>
      {adding ? <AddPersonDialog vault={vault} onClose={() => setAdding(false)} /> : null}
      {leaving === null ? null : <ChangeKeyDialog person={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}
