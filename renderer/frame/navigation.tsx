import './navigation.css';
import { ChevronsUpDown, Lock, Search, Settings } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { AuditSummary } from '../../shared/domain/audit.ts';
import type { OpenVault } from '../../shared/ipc/vault.ts';
import { formatNumber } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { navigate, type Place } from '../router.ts';
import type { ScreenName } from '../screens.ts';
import { lockNow } from '../session.ts';
import { IconButton, Menu, showError } from '../ui/index.ts';
import { initials } from '../ui/initials.ts';
import { useQuery } from '../use-query.ts';
import { screenIcons } from './screen-icons.tsx';

const auditScreens = ['dashboard', 'walkthrough', 'requests', 'evidence', 'findings', 'plan', 'review', 'report', 'trail'] as const;

export interface NavigationProps {
  readonly vault: OpenVault;
  readonly place: Place;
  readonly openPalette: () => void;
}

/** The left column: screens with their numbers, and who is working. */
export function Navigation({ vault, place, openPalette }: NavigationProps) {
  const { auditId } = place;
  const audit = useQuery('audits.get', auditId === null ? null : { auditId }, [
    'audits',
    'answers',
    'evidence',
    'findings',
    'requests',
    'plan',
  ]);
  const { name, role } = vault.me;
  return (
    <header className="navigation">
      <div className="navigation__head">
        <span className="navigation__brand">{t('frame.brand')}</span>
        <IconButton
          label={t('frame.palette.open')}
          shortcut="Mod+K"
          icon={<Search aria-hidden="true" />}
          size="small"
          onPress={openPalette}
        />
      </div>
      <nav className="navigation__screens" aria-label={t('frame.navigation')}>
        <ul>
          {(auditId === null ? (['audits', 'checklists', 'trail'] as const) : auditScreens).map((screen) => (
            <Item key={screen} screen={screen} current={place.screen} count={countOf(screen, audit.data)} />
          ))}
        </ul>
        <ul className="navigation__lower">
          {auditId === null ? null : (
            <>
              <Item screen="audits" current={place.screen} />
              <Item screen="checklists" current={place.screen} />
            </>
          )}
          <Item screen="verify" current={place.screen} />
          <Item screen="settings" current={place.screen} />
        </ul>
      </nav>
      <Menu
        label={t('frame.person', { name, role: t(`common.role.${role}`) })}
        entries={[
          {
            id: 'settings',
            label: t('frame.screen.settings'),
            icon: <Settings aria-hidden="true" />,
            shortcut: 'g s',
            run: () => navigate('settings'),
          },
          {
            id: 'lock',
            label: t('frame.lock'),
            icon: <Lock aria-hidden="true" />,
            shortcut: 'Mod+L',
            run: () => void lockNow().catch(showError),
          },
        ]}
      >
        <AriaButton className="navigation__person">
          <span className="avatar" aria-hidden="true">
            {initials(name)}
          </span>
          <span className="navigation__who">
            <span className="truncate">{name}</span>
            <span className="navigation__role">{t(`common.role.${role}`)}</span>
          </span>
          <ChevronsUpDown aria-hidden="true" />
        </AriaButton>
      </Menu>
    </header>
  );
}

interface ItemProps {
  readonly screen: ScreenName;
  readonly current: ScreenName;
  readonly count?: string;
}

function Item({ screen, current, count = '' }: ItemProps) {
  const Icon = screenIcons[screen];
  return (
    <li>
      <AriaButton
        className="navigation__item"
        onPress={() => navigate(screen)}
        {...(screen === current ? { 'aria-current': 'page' as const } : {})}
      >
        <Icon aria-hidden="true" />
        <span className="navigation__name">{t(`frame.screen.${screen}`)}</span>
        {count === '' ? null : <span className="navigation__count">{count}</span>}
      </AriaButton>
    </li>
  );
}

function countOf(screen: ScreenName, audit: AuditSummary | undefined): string {
  if (audit === undefined) return '';
  const done = audit.controls - audit.counts['not-assessed'];
  if (screen === 'walkthrough') return t('frame.assessed', { done, total: audit.controls });
  if (screen === 'plan') return audit.overdueTasks === 0 ? '' : t('frame.late', { count: audit.overdueTasks });
  if (screen === 'requests' && audit.lateRequests > 0) return t('frame.late', { count: audit.lateRequests });
  const counts: Partial<Record<ScreenName, number>> = {
    requests: audit.openRequests,
    evidence: audit.evidence,
    findings: audit.findings,
    review: audit.openChecks,
  };
  const count = counts[screen] ?? 0;
  return count === 0 ? '' : formatNumber(count);
}
