import './signed-reports.css';
import { Download, Eye, FilePen, FileText, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { ReportId } from '../../shared/domain/ids.ts';
import type { StoredReport } from '../../shared/ipc/reports.ts';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { showError } from '../ui/toast.tsx';
import { type Checked, shortFingerprint } from '../verify/verdict.ts';
import { VerifyResult } from '../verify/verify-result.tsx';
import { reportName, saveReport, verifyReport } from './report-actions.ts';

export interface SignedReportsProps {
  readonly reports: readonly StoredReport[];
  /** The one that is shown instead of the preview. */
  readonly shown: ReportId | null;
  readonly onShow: (id: ReportId) => void;
}

/** The reports that were signed, newest first: show, save, verify, compare. */
export function SignedReports({ reports, shown, onShow }: SignedReportsProps) {
  const [busy, setBusy] = useState<ReportId | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const during = async (id: ReportId, work: () => Promise<void>) => {
    setBusy(id);
    try {
      await work();
    } catch (error) {
      showError(error);
    } finally {
      setBusy(null);
    }
  };
  if (reports.length === 0) return <p className="muted">{t('report.signed.none')}</p>;
  return (
    <>
      <ul className="signed-reports">
        {reports.map((report) => {
          const { id, draft, signer, createdAt, fingerprint, sha256, size } = report;
          return (
            <li key={id} className="signed-reports__item" aria-current={shown === id ? 'true' : undefined}>
              <div className="signed-reports__head">
                <h3 className="signed-reports__name">{reportName(report)}</h3>
                <Badge
                  tone={draft ? 'neutral' : 'compliant'}
                  icon={draft ? <FilePen aria-hidden="true" /> : <FileText aria-hidden="true" />}
                >
                  {t(draft ? 'report.signed.draft' : 'report.signed.final')}
                </Badge>
              </div>
              <p className="muted">
                {t('report.signed.by', { signer, time: formatMoment(createdAt) })} · {formatBytes(size)}
              </p>
              <dl className="signed-reports__prints">
                <dt>{t('report.signed.fingerprint')}</dt>
                <dd>
                  <span className="mono">{shortFingerprint(fingerprint)}</span>
                  <CopyButton text={fingerprint} label={t('report.signed.copy-fingerprint')} />
                </dd>
                <dt>SHA-256</dt>
                <dd>
                  <span className="mono">
                    {sha256.slice(0, 8)} {sha256.slice(8, 16)}
                  </span>
                  <CopyButton text={sha256} label={t('report.signed.copy-sha256')} />
                </dd>
              </dl>
              <div className="row">
                <Button size="small" icon={<Eye aria-hidden="true" />} isDisabled={shown === id} onPress={() => onShow(id)}>
                  {t('report.signed.show')}
                </Button>
                <Button
                  size="small"
                  icon={<Download aria-hidden="true" />}
                  isDisabled={busy === id}
                  onPress={() => void during(id, () => saveReport(report))}
                >
                  {t('report.signed.save')}
                </Button>
                <Button
                  size="small"
                  icon={<ShieldCheck aria-hidden="true" />}
                  isDisabled={busy === id}
                  onPress={() => void during(id, async () => setChecked(await verifyReport(report)))}
                >
                  {t('report.signed.verify')}
                </Button>
              </div>
            </li>
          );
        })}
      </ul>
      <Dialog
        isOpen={checked !== null}
        onClose={() => setChecked(null)}
        title={t('report.signed.verified', { name: checked?.name ?? '' })}
        size="large"
        dismissable
      >
        {checked === null ? null : <VerifyResult checked={checked} />}
      </Dialog>
    </>
  );
}
