import './settings.css';
import { t } from '../i18n/translate.ts';
import type { OpenScreenProps } from '../screens.ts';
import { useOpenVault } from '../session.ts';
import { Page, PageHeader } from '../ui/index.ts';
import { About } from './about.tsx';
import { Access } from './access.tsx';
import { Appearance } from './appearance.tsx';
import { EvidenceVerificationPart } from './evidence-verification.tsx';
import { IdentityPart } from './identity.tsx';
import { People } from './people.tsx';
import { Space } from './space.tsx';
import { VaultCheckPart } from './vault-check.tsx';
import { VaultKey } from './vault-key.tsx';

/** People, keys, the vault itself, appearance, about. */
export function SettingsScreen({ navigate }: OpenScreenProps) {
  const vault = useOpenVault();
  return (
    <Page header={<PageHeader title={t('frame.screen.settings')} meta={vault?.name ?? ''} />}>
      {vault === null ? null : (
        <div className="settings">
          <People vault={vault} />
          <Access vault={vault} />
          <IdentityPart vault={vault} />
          <VaultKey vault={vault} />
          <EvidenceVerificationPart navigate={navigate} />
          <VaultCheckPart navigate={navigate} />
          <Space vault={vault} />
          <Appearance />
          <About />
        </div>
      )}
    </Page>
  );
}
