import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload, Result } from '../../shared/ipc/contract.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { showError, showToast, showUndo } from '../ui/index.ts';

/** What is done to many pieces at once, each time with a way to take it back. */

type Changes = Payload<'evidence.updateMany'>['changes'];
type LinkGroups = Payload<'evidence.linkMany'>['links'];

/** Tells that pieces were described. Undo brings back what each of them said before. */
export function tellDescribed(auditId: AuditId, { changed, earlier }: Result<'evidence.updateMany'>): void {
  if (changed === 0) showToast({ title: t('register.unchanged') });
  else
    showUndo(t('register.changed', { count: changed }), () =>
      call('evidence.updateMany', { auditId, changes: earlier as unknown as Changes }),
    );
}

/** Links pieces to controls, or unlinks them. Tells what happened; errors are shown. */
export async function linkPieces(
  auditId: AuditId,
  evidenceIds: readonly EvidenceId[],
  controls: readonly ControlReference[],
  present: boolean,
): Promise<void> {
  if (evidenceIds.length === 0 || controls.length === 0) return;
  const wanted = controls.map(({ packId, controlId }) => ({ packId, controlId }));
  try {
    const { changed, links } = await call('evidence.linkMany', {
      auditId,
      links: [{ evidenceIds: [...evidenceIds], controls: wanted }],
      present,
    });
    if (changed === 0) return showToast({ title: t(present ? 'register.linkedAlready' : 'register.unlinkedAlready') });
    showUndo(t(present ? 'register.linked' : 'register.unlinked', { count: changed, controls: wanted.length }), () =>
      call('evidence.linkMany', { auditId, links: links as unknown as LinkGroups, present: !present }),
    );
  } catch (error) {
    showError(error);
  }
}

/** The ids of pieces, as a payload wants them. */
export function idsOf(items: readonly Evidence[]): EvidenceId[] {
  return items.map(({ id }) => id);
}
