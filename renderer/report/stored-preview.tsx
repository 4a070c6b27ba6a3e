import { X } from 'lucide-react';
import type { StoredReport } from '../../shared/ipc/reports.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { QueryView } from '../ui/page.tsx';
import { PdfPages } from '../ui/pdf-pages.tsx';
import { useQuery } from '../use-query.ts';
import { reportName } from './report-actions.ts';

/** The pages of a signed report. Without `onBack` there is nothing to go back to. */
export function StoredPreview({ report, onBack }: { readonly report: StoredReport; readonly onBack?: () => void }) {
  // A stored report never changes, so nothing makes it be read again.
  const stored = useQuery('reports.read', { reportId: report.id }, []);
  return (
    <div className="live-preview">
      <div className="live-preview__bar">
        <span>{t('report.preview.stored', { name: reportName(report) })}</span>
        {onBack === undefined ? null : (
          <Button size="small" icon={<X aria-hidden="true" />} onPress={onBack}>
            {t('report.preview.back')}
          </Button>
        )}
      </div>
      <QueryView query={stored}>{({ bytes }) => <PdfPages bytes={bytes} />}</QueryView>
    </div>
  );
}
