import { Component, lazy, type ReactNode, Suspense } from 'react';
import { AuditsScreen } from '../audits/audits.tsx';
import { DashboardScreen } from '../dashboard/dashboard.tsx';
import { t } from '../i18n/translate.ts';
import { ReviewScreen } from '../review/review.tsx';
import { navigate, type Place } from '../router.ts';
import type { ScreenName } from '../screens.ts';
import { SettingsScreen } from '../settings/settings.tsx';
import { Button, EmptyState, ErrorNotice, Loading, Page, PageHeader } from '../ui/index.ts';
import { screenIcons } from './screen-icons.tsx';

const WalkthroughScreen = lazy(async () => ({ default: (await import('../walkthrough/walkthrough.tsx')).WalkthroughScreen }));
const RequestsScreen = lazy(async () => ({ default: (await import('../requests/requests.tsx')).RequestsScreen }));
const EvidenceScreen = lazy(async () => ({ default: (await import('../evidence/evidence.tsx')).EvidenceScreen }));
const FindingsScreen = lazy(async () => ({ default: (await import('../findings/findings.tsx')).FindingsScreen }));
const PlanScreen = lazy(async () => ({ default: (await import('../plan/plan.tsx')).PlanScreen }));
const ReportScreen = lazy(async () => ({ default: (await import('../report/report.tsx')).ReportScreen }));
const ChecklistsScreen = lazy(async () => ({ default: (await import('../checklists/checklists.tsx')).ChecklistsScreen }));
const TrailScreen = lazy(async () => ({ default: (await import('../trail/trail.tsx')).TrailScreen }));
const VerifyScreen = lazy(async () => ({ default: (await import('../verify/verify.tsx')).VerifyScreen }));

const auditScreens = {
  dashboard: DashboardScreen,
  walkthrough: WalkthroughScreen,
  requests: RequestsScreen,
  evidence: EvidenceScreen,
  findings: FindingsScreen,
  plan: PlanScreen,
  review: ReviewScreen,
  report: ReportScreen,
} as const;

const openScreens = {
  audits: AuditsScreen,
  checklists: ChecklistsScreen,
  trail: TrailScreen,
  settings: SettingsScreen,
  verify: VerifyScreen,
} as const;

/** Whether a screen needs an audit. */
export function needsAudit(screen: ScreenName): screen is keyof typeof auditScreens {
  return screen in auditScreens;
}

/** The screen at a place. A screen that breaks shows its error and leaves the frame alive. */
export function ScreenView({ place }: { readonly place: Place }) {
  return (
    <Boundary key={`${place.screen} ${place.auditId ?? ''}`}>
      <Suspense fallback={<Loading />}>
        <ScreenAt place={place} />
      </Suspense>
    </Boundary>
  );
}

function ScreenAt({ place: { screen, auditId, target } }: { readonly place: Place }) {
  if (!needsAudit(screen)) {
    const OpenScreen = openScreens[screen];
    return <OpenScreen auditId={auditId} target={target} navigate={navigate} />;
  }
  if (auditId === null) {
    const Icon = screenIcons[screen];
    return (
      <Page header={<PageHeader title={t(`frame.screen.${screen}`)} />}>
        <EmptyState
          icon={<Icon />}
          title={t('frame.no-audit')}
          text={t('frame.no-audit.text')}
          action={<Button onPress={() => navigate('audits')}>{t('frame.screen.audits')}</Button>}
        />
      </Page>
    );
  }
  const AuditScreen = auditScreens[screen];
  return <AuditScreen auditId={auditId} target={target} navigate={navigate} />;
}

/** React asks for a class here. */
class Boundary extends Component<{ readonly children: ReactNode }, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <div className="page__notice">
        <ErrorNotice error={this.state.error} onRetry={() => this.setState({ error: null })} />
      </div>
    );
  }
}
