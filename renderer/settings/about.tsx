import { useEffect, useState } from 'react';
import type { ShellInformation } from '../../shared/ipc/shell.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { DefinitionList, ErrorNotice, Loading, Notice, Section } from '../ui/index.ts';

/** Versions, and the licences of everything inside. */
export function About() {
  const [information, setInformation] = useState<ShellInformation | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    shell('about').then(setInformation, setError);
  }, []);
  return (
    <Section title={t('settings.about')}>
      {error === null ? null : <ErrorNotice error={error} />}
      {information === null && error === null ? <Loading /> : null}
      {information === null ? null : <Facts information={information} />}
    </Section>
  );
}

function Facts({ information }: { readonly information: ShellInformation }) {
  return (
    <>
      {information.developmentRuntime ? <Notice title={t('settings.about.development')} /> : null}
      <DefinitionList
        entries={[
          { name: t('settings.about.version'), value: information.version },
          { name: t('settings.about.electron'), value: information.electron },
          { name: t('settings.about.platform'), value: information.platform },
          { name: t('settings.about.licence'), value: t('settings.about.licence.value') },
          { name: t('settings.about.offline'), value: t('settings.about.offline.value') },
        ]}
      />
      <details>
        <summary>{t('settings.about.licences')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
        <section className="settings__licences" tabIndex={0} aria-label={t('settings.about.licences')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('settings.about.part')}</th>
                <th scope="col">{t('settings.about.version')}</th>
                <th scope="col">{t('settings.about.licence')}</th>
              </tr>
            </thead>
            <tbody>
              {information.licences.map(({ name, version, licence }) => (
                <tr key={`${name} ${version}`}>
                  <td>{name}</td>
                  <td className="mono">{version}</td>
                  <td>{licence}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </>
  );
}
