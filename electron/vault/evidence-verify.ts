import { counted } from '../../shared/domain/count.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { type CallContext, objectStore } from './context.ts';
import { openContent } from './evidence/content.ts';
import { loadObject } from './evidence-repo.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

export interface Verification {
  readonly ok: boolean;
  readonly sha256: string;
  readonly at: string;
}

/**
 * Reads the sealed content again, compares its SHA-256 and notes it in the custody ledger, damage included. Throws `evidence.damaged`
 * where a chunk does not open.
 */
export async function verifyPiece(
  context: CallContext,
  session: Session,
  evidence: Evidence,
  onBytes: (bytes: number) => void,
): Promise<Verification> {
  const content = openContent(objectStore(context), loadObject(session.records, evidence.id));
  let done = 0;
  try {
    for await (const piece of content.pieces) {
      if (context.signal.aborted) throw new CancelledError();
      done += piece.length;
      onBytes(piece.length);
    }
  } catch (error) {
    // The ledger tells when the damage was first seen.
    if (error instanceof ExpectedError) noteVerified(session, evidence, `damaged after ${counted(done, 'byte')}`);
    throw error;
  }
  const sha256 = content.sha256();
  const ok = sha256 === evidence.sha256 && done === evidence.size;
  return { ok, sha256, at: noteVerified(session, evidence, ok ? `SHA-256 ${sha256}` : `does not match: ${sha256}`) };
}

function noteVerified(session: Session, { id, auditId }: Evidence, detail: string): string {
  return change(session, (tx) => {
    appendTrail(tx, { action: 'evidence.verified', subjectKind: 'evidence', subjectId: id, auditId, detail });
    return tx.at;
  });
}
