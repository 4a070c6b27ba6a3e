import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { Session } from './session.ts';

/** What was attached since the vault was opened, by whoever has it open: they had the file in hand. */
const attachedNow = new WeakMap<Session, Set<EvidenceId>>();

export function noteAttached(session: Session, evidenceId: EvidenceId): void {
  attachedNow.set(session, (attachedNow.get(session) ?? new Set()).add(evidenceId));
}

/** Whether it was attached since; true only once for each piece. */
export function takeAttached(session: Session, evidenceId: EvidenceId): boolean {
  return attachedNow.get(session)?.delete(evidenceId) === true;
}
