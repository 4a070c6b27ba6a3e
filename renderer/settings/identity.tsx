import { BadgePlus, Download, FileInput } from 'lucide-react';
import { useState } from 'react';
import type { Identity } from '../../shared/ipc/people.ts';
import type { PickedFile } from '../../shared/ipc/shell.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { call, shell } from '../bridge.ts';
import { formatPeriod } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, ConfirmDialog, DefinitionList, Notice, QueryView, Section, showError, showToast, TextField } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

/** The certificate that signs reports: shown, renewed, imported, exported. */
export function IdentityPart({ vault }: { readonly vault: OpenVault }) {
  const identity = useQuery('identity.get', {}, ['people', 'vault']);
  const [issuing, setIssuing] = useState(false);
  const [file, setFile] = useState<PickedFile | null>(null);
  const [password, setPassword] = useState('');
  const done = (title: string) => {
    identity.reload();
    showToast({ title, tone: 'success' });
  };
  const pick = async () => {
    setPassword('');
    setFile(await shell('pickPkcs12'));
  };
  const exportCertificate = async () => {
    const place = await shell('pickSave', {
      kind: 'pem',
      suggestedName: t('settings.identity.fileName', { name: vault.me.name.toLocaleLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-') }),
    });
    if (place === null) return;
    const { name } = await call('identity.exportCertificate', { token: place.token });
    showToast({ title: t('settings.identity.exported', { name }), tone: 'success' });
  };
  return (
    <Section title={t('settings.identity')}>
      <p className="muted">{t('settings.identity.text')}</p>
      <QueryView query={identity}>
        {(data) => (data === null ? <Notice title={t('settings.identity.none')} /> : <IdentityFacts identity={data} />)}
      </QueryView>
      <div className="row">
        <Button icon={<BadgePlus aria-hidden="true" />} onPress={() => setIssuing(true)}>
          {t('settings.identity.issue')}
        </Button>
        <Button icon={<FileInput aria-hidden="true" />} onPress={() => void pick().catch(showError)}>
          {t('settings.identity.import')}
        </Button>
        {identity.data ? (
          <Button icon={<Download aria-hidden="true" />} onPress={() => void exportCertificate().catch(showError)}>
            {t('settings.identity.export')}
          </Button>
        ) : null}
      </div>
      <ConfirmDialog
        isOpen={issuing}
        onClose={() => setIssuing(false)}
        title={t('settings.identity.issue.title')}
        action={t('settings.identity.issue')}
        onConfirm={async () => {
          await call('identity.issue');
          done(t('settings.identity.issued'));
        }}
      >
        <p>{t('settings.identity.issue.text')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={file !== null}
        onClose={() => setFile(null)}
        title={t('settings.identity.import.title', { name: file?.name ?? '' })}
        action={t('settings.identity.import.run')}
        onConfirm={async () => {
          if (file === null) return;
          await call('identity.import', { token: file.token, password });
          done(t('settings.identity.imported'));
        }}
      >
        <p>{t('settings.identity.issue.text')}</p>
        <TextField label={t('settings.identity.import.password')} type="password" value={password} onChange={setPassword} autoFocus />
      </ConfirmDialog>
    </Section>
  );
}

function IdentityFacts({ identity }: { readonly identity: Identity }) {
  const expired = Date.parse(identity.notAfter) < Date.now();
  return (
    <>
      {expired ? (
        <Notice tone="warning" title={t('settings.identity.expired')}>
          {t('settings.identity.expired.hint')}
        </Notice>
      ) : null}
      <DefinitionList
        entries={[
          { name: t('settings.identity.kind'), value: t(`settings.identity.kind.${identity.kind}`) },
          { name: t('settings.identity.subject'), value: identity.subject },
          { name: t('settings.identity.issuer'), value: identity.issuer === identity.subject ? '' : identity.issuer },
          { name: t('settings.identity.algorithm'), value: identity.algorithm },
          { name: t('settings.identity.valid'), value: formatPeriod(identity.notBefore, identity.notAfter) },
          { name: t('settings.identity.fingerprint'), value: <span className="mono settings__fingerprint">{identity.fingerprint}</span> },
        ]}
      />
    </>
  );
}
