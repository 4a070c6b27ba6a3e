import type { StoredReport } from '../../shared/ipc/reports.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { showToast } from '../ui/toast.tsx';
import type { Checked } from '../verify/verdict.ts';

export function reportName({ number, revision }: StoredReport): string {
  return t('report.signed.name', { number, revision });
}

/** Asks where to put the PDF and writes it there, byte for byte. */
export async function saveReport(report: StoredReport): Promise<void> {
  const { id, number, revision, draft } = report;
  const suggestedName = `${number}-r${revision}${draft ? '-draft' : ''}.pdf`;
  const place = await shell('pickSave', { kind: 'pdf', suggestedName });
  if (place === null) return;
  const { name } = await call('reports.export', { reportId: id, token: place.token });
  showToast({ title: t('report.signed.saved', { name }), tone: 'success' });
}

/** Verifies the stored PDF the way a recipient would. */
export async function verifyReport(report: StoredReport): Promise<Checked> {
  const name = reportName(report);
  const { bytes } = await call('reports.read', { reportId: report.id });
  try {
    const { verification } = await call('verify.bytes', { name, bytes: new Uint8Array(bytes) });
    return { name, verification, error: null };
  } catch (error) {
    return { name, verification: null, error };
  }
}
