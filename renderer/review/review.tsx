import './review.css';
import { type WorkStatus, workStatuses } from '../../shared/domain/answer.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import type { ScreenProps } from '../screens.ts';
import { Badge, Page, PageHeader, QueryView, Section, WorkStatusLabel } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { CheckList } from './check-list.tsx';
import { ReadyList } from './ready-list.tsx';

/** What is not done yet, and what waits for a second pair of eyes. */
export function ReviewScreen({ auditId, navigate }: ScreenProps) {
  const audit = useQuery('audits.get', { auditId }, ['audits']);
  const controls = useQuery('audits.controls', { auditId }, ['answers', 'audits', 'evidence', 'findings']);
  const checks = useQuery('audits.checks', { auditId }, ['answers', 'audits', 'evidence', 'findings', 'plan']);
  const state = audit.data?.state;
  return (
    <Page
      header={
        <PageHeader
          {...(audit.data === undefined ? {} : { crumb: audit.data.title })}
          title={t('frame.screen.review')}
          badges={state === undefined ? null : <Badge>{t(`common.state.${state}`)}</Badge>}
        />
      }
    >
      <div className="review">
        <div className="stack review__left">
          <QueryView query={controls}>
            {({ controls: rows }) => (
              <>
                <WorkCounts rows={rows} />
                <ReadyList
                  auditId={auditId}
                  rows={rows.filter((row) => row.workStatus === 'ready-for-review')}
                  frozen={state === 'signed' || state === 'archived'}
                  navigate={navigate}
                />
              </>
            )}
          </QueryView>
        </div>
        <QueryView query={checks}>{(list) => <CheckList checks={list} navigate={navigate} />}</QueryView>
      </div>
    </Page>
  );
}

function WorkCounts({ rows }: { readonly rows: readonly ControlRow[] }) {
  const count = (status: WorkStatus) => rows.filter((row) => row.workStatus === status).length;
  return (
    <Section title={t('review.work')}>
      <ul className="review__work">
        {workStatuses.map((status) => (
          <li key={status} className="review__status">
            <span className="review__number">{count(status)}</span>
            <WorkStatusLabel status={status} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
