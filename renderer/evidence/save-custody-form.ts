import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { showError, showToast } from '../ui/index.ts';

/** Asks for a place and writes the custody form of one piece there. */
export async function saveCustodyForm(auditId: AuditId, piece: { readonly id: EvidenceId; readonly label: string }): Promise<void> {
  try {
    const suggestedName = `${t('custody.form.name', { label: piece.label })}.pdf`;
    const picked = await shell('pickSave', { kind: 'custody-pdf', suggestedName });
    if (picked === null) return;
    const { name } = await call('custody.export', { auditId, evidenceId: piece.id, token: picked.token });
    showToast({ title: t('custody.form.saved', { name }), tone: 'success' });
  } catch (error) {
    showError(error);
  }
}
