import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { CallContext } from './context.ts';
import { giveWay, yieldToOthers } from './give-way.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Pieces noted in one transaction, so that thousands keep no answer waiting. */
const pieceStep = 100;

/**
 * Notes in the ledger of each piece that it is handed out, and why; then does what hands it out. When that fails or is cancelled, the
 * ledgers say so, because nothing left the vault.
 */
export async function handOut(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  pieces: { readonly ids: readonly EvidenceId[]; readonly reason: string },
  work: () => Promise<void>,
): Promise<void> {
  const noted: EvidenceId[] = [];
  try {
    for (const ids of steps(pieces.ids)) {
      note(session, auditId, ids, { action: 'evidence.exported', detail: pieces.reason });
      noted.push(...ids);
      await giveWay(context);
    }
    await work();
  } catch (error) {
    await takeBack(session, auditId, noted);
    throw error;
  }
}

async function takeBack(session: Session, auditId: AuditId, noted: readonly EvidenceId[]): Promise<void> {
  try {
    for (const ids of steps(noted)) {
      note(session, auditId, ids, { action: 'evidence.not-exported', detail: '' });
      await yieldToOthers();
    }
  } catch {
    // The vault takes nothing any more, such as on a full disk; that is told by the error that led here.
  }
}

function note(session: Session, auditId: AuditId, ids: readonly EvidenceId[], entry: { readonly action: string; readonly detail: string }) {
  change(session, (tx) => {
    for (const id of ids) appendTrail(tx, { ...entry, subjectKind: 'evidence', subjectId: id, auditId });
  });
}

function* steps(ids: readonly EvidenceId[]) {
  for (let from = 0; from < ids.length; from += pieceStep) yield ids.slice(from, from + pieceStep);
}
