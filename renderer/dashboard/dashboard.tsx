import './dashboard.css';
import type { AuditSummary } from '../../shared/domain/audit.ts';
import type { Dashboard } from '../../shared/ipc/audits.ts';
import { actionWord } from '../action-word.ts';
import { AuditMenu } from '../audits/audit-menu.tsx';
import { formatDate, formatMoment, formatPeriod } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate, ScreenProps } from '../screens.ts';
import { Badge, Button, Link, Page, PageHeader, QueryView, Section } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { HeatMap } from './heat-map.tsx';
import { NextTasks } from './next-tasks.tsx';
import { OpenChecks } from './open-checks.tsx';
import { Readiness } from './readiness.tsx';
import { SectionBars } from './section-bars.tsx';

/** Where the audit stands. Every number leads to the list behind it. */
export function DashboardScreen({ auditId, navigate }: ScreenProps) {
  const dashboard = useQuery('audits.dashboard', { auditId }, ['audits', 'answers', 'evidence', 'findings', 'plan', 'reports']);
  return (
    <Page header={<Header audit={dashboard.data?.audit} navigate={navigate} />}>
      <QueryView query={dashboard}>{(data) => <Body data={data} navigate={navigate} />}</QueryView>
    </Page>
  );
}

function Header({ audit, navigate }: { readonly audit: AuditSummary | undefined; readonly navigate: Navigate }) {
  if (audit === undefined) return <PageHeader title={t('frame.screen.dashboard')} />;
  const facts = [
    audit.organisation,
    formatPeriod(audit.periodFrom, audit.periodTo),
    audit.sites.length === 0 ? '' : t('dashboard.meta.sites', { count: audit.sites.length }),
    audit.due === '' ? '' : t('dashboard.meta.due', { day: formatDate(audit.due) }),
  ];
  const begun = audit.counts['not-assessed'] < audit.controls;
  return (
    <PageHeader
      title={audit.title}
      badges={<Badge tone={audit.state === 'signed' ? 'compliant' : 'neutral'}>{t(`common.state.${audit.state}`)}</Badge>}
      meta={facts.filter(Boolean).join(' · ')}
      actions={
        <>
          <AuditMenu audit={audit} />
          <Button onPress={() => navigate('report')}>{t('dashboard.report')}</Button>
          <Button variant="primary" shortcut="g w" onPress={() => navigate('walkthrough')}>
            {t(begun ? 'dashboard.continue' : 'dashboard.begin')}
          </Button>
        </>
      }
    />
  );
}

function Body({ data, navigate }: { readonly data: Dashboard; readonly navigate: Navigate }) {
  return (
    <div className="dashboard">
      <Readiness score={data.score} trend={data.trend} navigate={navigate} />
      <SectionBars sections={data.sections} counts={data.audit.counts} controls={data.audit.controls} navigate={navigate} />
      <HeatMap heat={data.heat} navigate={navigate} />
      <NextTasks tasks={data.nextTasks} navigate={navigate} />
      <Activity activity={data.activity} navigate={navigate} />
      <OpenChecks checks={data.checks} navigate={navigate} />
    </div>
  );
}

function Activity({ activity, navigate }: Pick<Dashboard, 'activity'> & { readonly navigate: Navigate }) {
  return (
    <Section title={t('dashboard.activity')} className="activity-part">
      {activity.length === 0 ? <p className="muted">{t('dashboard.activity.none')}</p> : null}
      <ul className="dashboard__list">
        {activity.map((event) => (
          <li key={`${event.at} ${event.action} ${event.detail}`} className="activity">
            <Link onPress={() => navigate('trail', { query: event.action })}>
              {event.person} {actionWord(event.action)}
            </Link>
            <span className="activity__when">{formatMoment(event.at)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
