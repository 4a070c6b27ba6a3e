import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload, Progress, Result } from '../../shared/ipc/contract.ts';
import { call, cancelCall, nextCancelId } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { describeProgress, showError, showRunning, showToast, showUndo } from '../ui/index.ts';

/** What is done to many pieces at once, each time with a way to take it back. */

type Changes = Payload<'evidence.updateMany'>['changes'];
type BulkCall = 'evidence.linkMany' | 'evidence.updateMany';
type LinkGroups = Payload<'evidence.linkMany'>['links'];

/** Tells that pieces were described. Undo brings back what each of them said before. */
export function tellDescribed(auditId: AuditId, { changed, earlier }: Result<'evidence.updateMany'>): void {
  if (changed === 0) showToast({ title: t('register.unchanged') });
  else
    showUndo(t('register.changed', { count: changed }), () =>
      takeBack('evidence.updateMany', { auditId, changes: earlier as unknown as Changes, isUndo: true }),
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
    const { changed, links } = await run(
      'evidence.linkMany',
      { auditId, links: [{ evidenceIds: [...evidenceIds], controls: wanted }], present },
      t(present ? 'register.linking' : 'register.unlinking'),
    );
    if (changed === 0) return showToast({ title: t(present ? 'register.linkedAlready' : 'register.unlinkedAlready') });
    showUndo(t(present ? 'register.linked' : 'register.unlinked', { count: changed, controls: wanted.length }), () =>
      takeBack('evidence.linkMany', { auditId, links: links as unknown as LinkGroups, present: !present, isUndo: true }),
    );
  } catch (error) {
    showError(error);
  }
}

/** Takes a change back as far as what it changed is still there, and says what could not be reached. */
async function takeBack<Name extends BulkCall>(name: Name, payload: Payload<Name>): Promise<void> {
  const { changed, unreached } = await run(name, payload, t('register.undoing'));
  const { pieces, controls } = unreached;
  if (pieces + controls === 0) return;
  const missed = [
    pieces === 0 ? '' : t('register.undone.pieces', { count: pieces }),
    controls === 0 ? '' : t('register.undone.controls', { count: controls }),
  ];
  showToast({
    title: t('register.undone.part', { count: changed }),
    text: missed.filter(Boolean).join(' '),
    tone: 'warning',
    timeout: null,
  });
}

/** Milliseconds after which it is said how far a call is. */
const moment = 600;

/** Makes a call on many pieces. When it takes longer than a moment, a message says how far it is; what is done when it is cancelled stays. */
async function run<Name extends BulkCall>(name: Name, payload: Payload<Name>, title: string): Promise<Result<Name>> {
  const cancelId = nextCancelId();
  const running = showRunning(title, () => cancelCall(cancelId));
  const onProgress = (progress: Progress) => {
    if (progress.elapsed >= moment && progress.done !== progress.total) running.tell(describeProgress(progress));
  };
  try {
    const ask = call as (name: Name, payload: unknown, options: object) => Promise<Result<Name>>;
    return await ask(name, payload, { cancelId, onProgress });
  } finally {
    running.end();
  }
}

/** The ids of pieces, as a payload wants them. */
export function idsOf(items: readonly Evidence[]): EvidenceId[] {
  return items.map(({ id }) => id);
}
