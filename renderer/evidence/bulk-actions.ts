import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { showError, showToast, showUndo } from '../ui/index.ts';

/** What is done to many pieces at once, each time with a way to take it back. */

type Changes = Payload<'evidence.updateMany'>['changes'];
type LinkGroups = Payload<'evidence.linkMany'>['links'];

/** Describes pieces alike. Undo brings back what each of them said before. Errors are thrown for the dialog. */
export async function updatePieces(auditId: AuditId, changes: Changes): Promise<void> {
  const { changed, earlier } = await call('evidence.updateMany', { auditId, changes });
  if (changed === 0) return showToast({ title: t('register.unchanged') });
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
