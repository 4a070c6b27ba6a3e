import './report.css';
import { LockOpen, PenLine } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReportId } from '../../shared/domain/ids.ts';
import type { RedactionProfile } from '../../shared/domain/redaction-profile.ts';
import type { ReportOptions, StoredReport } from '../../shared/ipc/reports.ts';
import { checkKey, goToCheck } from '../check-target.ts';
import { type Command, useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { flushPending } from '../pending.ts';
import type { ScreenProps } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/choice.tsx';
import { Link } from '../ui/link.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { Page, PageHeader, QueryView, Section } from '../ui/page.tsx';
import { ProgressPanel } from '../ui/progress-panel.tsx';
import { showError, showToast } from '../ui/toast.tsx';
import { useLongTask } from '../use-long-task.ts';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { FoldedList } from './folded-list.tsx';
import { IdentityCard } from './identity-card.tsx';
import { LivePreview } from './live-preview.tsx';
import { isBlocking, OpenChecks } from './open-checks.tsx';
import { RedactionChoice } from './redaction-choice.tsx';
import { ReopenDialog } from './reopen-dialog.tsx';
import { saveReport } from './report-actions.ts';
import { SignDialog } from './sign-dialog.tsx';
import { SignedReports } from './signed-reports.tsx';
import { StoredPreview } from './stored-preview.tsx';

/** Options, open checks, signing and the signed reports, with the pages beside them. */
export function ReportScreen({ auditId, target, navigate }: ScreenProps) {
  const { audit, frozen, maySign, mayReopen } = usePermission(auditId);
  const checks = useQuery('audits.checks', { auditId }, ['audits', 'answers', 'evidence', 'findings', 'plan']);
  const reports = useQuery('reports.list', { auditId }, ['reports']);
  const identity = useQuery('identity.get', undefined, ['people', 'vault']);
  const signing = useLongTask();
  const [paper, setPaper] = useState<ReportOptions['paper']>('a4');
  const [final, setFinal] = useState(false);
  const [redaction, setRedaction] = useState<RedactionProfile>('originals');
  const withheldQuery = useQuery('redaction.checks', redaction === 'redacted' ? { auditId } : null, ['evidence']);
  const [shown, setShown] = useState<ReportId | null>(target.reportId ?? null);
  const [asking, setAsking] = useState<'sign' | 'reopen' | null>(null);

  useEffect(() => setShown(target.reportId ?? null), [target]);

  const stored = reports.data ?? [];
  // A frozen audit has nothing to preview: its newest final report is what it says.
  const fallback = frozen ? (stored.find(({ draft }) => !draft) ?? null) : null;
  const report = stored.find(({ id }) => id === shown) ?? fallback;
  const blocking = (checks.data ?? []).filter(isBlocking).length;
  const ready =
    maySign && !frozen && !signing.running && identity.data !== undefined && (!final || (checks.data !== undefined && blocking === 0));
  const kind = final ? 'final' : 'draft';
  const options: ReportOptions = { paper, final, redaction };
  const withheld = withheldQuery.data ?? [];

  async function sign(): Promise<void> {
    await flushPending();
    const signed: StoredReport | null = await signing.run('reports.sign', { auditId, options });
    if (signed === null) return;
    setShown(signed.id);
    showToast({
      title: t('report.sign.done', { number: signed.number, revision: signed.revision }),
      tone: 'success',
      timeout: 12_000,
      action: { label: t('report.sign.save'), run: () => void saveReport(signed).catch(showError) },
    });
  }

  const commands: Command[] = [];
  const group = t('report.title');
  if (ready) commands.push({ id: 'report.sign', title: t(`report.sign.${kind}`), group, run: () => setAsking('sign') });
  if (mayReopen) commands.push({ id: 'report.reopen', title: t('report.reopen'), group, run: () => setAsking('reopen') });
  useCommands(commands);

  return (
    <Page flush header={<PageHeader crumb={audit?.title ?? ''} title={t('report.title')} />}>
      <div className="report">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the keyboard */}
        <section className="report__side" aria-label={t('report.options')} tabIndex={0}>
          {frozen ? (
            <Notice
              title={t('report.frozen')}
              {...(mayReopen
                ? {
                    action: (
                      <Button size="small" icon={<LockOpen aria-hidden="true" />} onPress={() => setAsking('reopen')}>
                        {t('report.reopen')}
                      </Button>
                    ),
                  }
                : {})}
            >
              {t('report.frozen.text')}
            </Notice>
          ) : (
            <>
              <Section title={t('report.options')}>
                <div className="report__options">
                  <Segmented
                    label={t('report.paper')}
                    showLabel
                    value={paper}
                    onChange={setPaper}
                    options={[
                      { value: 'a4', label: t('report.paper.a4') },
                      { value: 'letter', label: t('report.paper.letter') },
                    ]}
                  />
                  <Segmented
                    label={t('report.kind')}
                    showLabel
                    value={kind}
                    onChange={(next) => setFinal(next === 'final')}
                    options={[
                      { value: 'draft', label: t('report.kind.draft') },
                      { value: 'final', label: t('report.kind.final') },
                    ]}
                  />
                  <RedactionChoice value={redaction} onChange={setRedaction} />
                </div>
                <p className="muted">{t(`report.kind.${kind}.text`)}</p>
                <p className="muted">{t(`redaction.profile.${redaction}.text`)}</p>
                {withheld.length === 0 ? null : (
                  <Notice tone="warning" title={t('redaction.sign.withheld', { count: withheld.length })}>
                    <FoldedList items={withheld}>
                      {(check) => (
                        <li key={checkKey(check)}>
                          <Link onPress={() => goToCheck(check, navigate)}>{check.subject}</Link>
                        </li>
                      )}
                    </FoldedList>
                  </Notice>
                )}
              </Section>
              <Section title={t('report.checks')} {...(blocking > 0 ? { aside: t('report.checks.aside') } : {})}>
                <QueryView query={checks}>{(list) => <OpenChecks checks={list} navigate={navigate} />}</QueryView>
              </Section>
              <Section title={t('report.identity')}>
                <QueryView query={identity}>{(mine) => <IdentityCard identity={mine} navigate={navigate} />}</QueryView>
              </Section>
              <div className="report__sign">
                {audit !== undefined && !maySign ? (
                  <Notice title={t('report.sign.not-allowed')}>{t('report.sign.not-allowed.text')}</Notice>
                ) : null}
                {final && blocking > 0 ? <p className="report__held">{t('report.checks.count', { count: blocking })}</p> : null}
                {signing.running ? (
                  <ProgressPanel
                    label={t('report.sign.running')}
                    progress={signing.progress === null ? null : { ...signing.progress, label: '' }}
                    onCancel={signing.cancel}
                  />
                ) : (
                  <Button variant="primary" icon={<PenLine aria-hidden="true" />} isDisabled={!ready} onPress={() => setAsking('sign')}>
                    {t(`report.sign.${kind}`)}
                  </Button>
                )}
                {signing.error === null ? null : <ErrorNotice error={signing.error} />}
              </div>
            </>
          )}
          <Section title={t('report.signed')}>
            <QueryView query={reports}>{(list) => <SignedReports reports={list} shown={report?.id ?? null} onShow={setShown} />}</QueryView>
          </Section>
        </section>
        <section className="report__pages" aria-label={t('report.preview')}>
          {report !== null ? (
            <StoredPreview
              key={report.id}
              report={report}
              {...(fallback === null || shown !== null ? { onBack: () => setShown(null) } : {})}
            />
          ) : (
            <LivePreview auditId={auditId} options={options} />
          )}
        </section>
      </div>
      <SignDialog
        isOpen={asking === 'sign'}
        final={final}
        withheld={withheld.length}
        auditTitle={audit?.title ?? ''}
        fingerprint={identity.data?.fingerprint ?? ''}
        onClose={() => setAsking(null)}
        onSign={() => void sign()}
      />
      {audit === undefined ? null : <ReopenDialog isOpen={asking === 'reopen'} audit={audit} onClose={() => setAsking(null)} />}
    </Page>
  );
}
