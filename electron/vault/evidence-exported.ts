import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { type CallContext, giveWay } from './context.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Pieces noted in one transaction, so that thousands keep no answer waiting. */
const pieceStep = 100;

/** Notes in the ledger of each piece that it was handed out, and why. */
export async function noteExported(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  ids: readonly EvidenceId[],
  reason: string,
): Promise<void> {
  for (let from = 0; from < ids.length; from += pieceStep) {
    change(session, (tx) => {
      for (const id of ids.slice(from, from + pieceStep))
        appendTrail(tx, { action: 'evidence.exported', subjectKind: 'evidence', subjectId: id, auditId, detail: reason });
    });
    await giveWay(context);
  }
}
