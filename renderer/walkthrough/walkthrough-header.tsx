import { CircleX, PanelBottom, Search } from 'lucide-react';
import type { AuditId } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';
import { Badge, Button, PageHeader } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

export interface WalkthroughHeaderProps {
  readonly auditId: AuditId;
  readonly packTitle: string;
  readonly ready: boolean;
  readonly readOnly: boolean;
  /** Whether the evidence tray is open. */
  readonly tray: boolean;
  readonly onTray: () => void;
  readonly onChecks: () => void;
  readonly onSearch: () => void;
  readonly onReady: () => void;
}

export function WalkthroughHeader({
  auditId,
  packTitle,
  ready,
  readOnly,
  tray,
  onTray,
  onChecks,
  onSearch,
  onReady,
}: WalkthroughHeaderProps) {
  const audit = useQuery('audits.get', { auditId }, ['audits', 'answers', 'evidence', 'findings', 'plan']).data;
  return (
    <PageHeader
      {...(audit === undefined ? {} : { crumb: audit.title, badges: <Badge>{t(`common.state.${audit.state}`)}</Badge> })}
      title={packTitle}
      actions={
        <>
          {audit === undefined || audit.openChecks === 0 ? null : (
            <Button size="small" className="open-checks" icon={<CircleX aria-hidden="true" />} onPress={onChecks}>
              {t('walkthrough.openChecks', { count: audit.openChecks })}
            </Button>
          )}
          <Button icon={<PanelBottom aria-hidden="true" />} shortcut="t" aria-pressed={tray} onPress={onTray}>
            {t('register.tray')}
          </Button>
          <Button icon={<Search aria-hidden="true" />} shortcut="/" onPress={onSearch}>
            {t('common.search')}
          </Button>
          <Button variant="primary" shortcut="m" isDisabled={readOnly} onPress={onReady}>
            {t(ready ? 'walkthrough.markNotReady' : 'walkthrough.markReady')}
          </Button>
        </>
      }
    />
  );
}
