import { ListChecks } from 'lucide-react';
import { t } from '../i18n/translate.ts';
import type { ScreenProps } from '../screens.ts';
import { EmptyState, Page, PageHeader, QueryView } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { Workbench } from './workbench.tsx';

/** Where the audit is done: section by section, control by control. */
export function WalkthroughScreen(props: ScreenProps) {
  const { auditId } = props;
  const lists = useQuery('audits.controls', { auditId }, ['answers', 'evidence', 'findings', 'audits']);
  const ready = lists.data !== undefined && lists.data.controls.length > 0;
  if (ready) return <Workbench key={auditId} {...props} sections={lists.data.sections} controls={lists.data.controls} />;
  return (
    <Page header={<PageHeader title={t('walkthrough.title')} />}>
      <QueryView query={lists}>
        {() => <EmptyState icon={<ListChecks />} title={t('walkthrough.empty.title')} text={t('walkthrough.empty.text')} />}
      </QueryView>
    </Page>
  );
}
