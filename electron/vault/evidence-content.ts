import type { Evidence } from '../../shared/domain/evidence.ts';
import { type ReaderFile, readerBounds } from '../../shared/domain/reader.ts';
import { CancelledError } from '../../shared/ipc/errors.ts';
import { previewLimit } from '../../shared/ipc/evidence.ts';
import { previewKind } from './evidence/media-type.ts';
import { walkObject } from './evidence/store.ts';
import { loadObject } from './evidence-repo.ts';
import { yieldToOthers } from './give-way.ts';
import type { Session } from './session.ts';

/** Chunks that are opened before waiting calls get their turn. */
const chunksPerTurn = 4;

/** A piece of evidence as the reader is given it: up to its beginning where it is large. Texts are cut earlier than what is drawn whole. */
export async function openForReader(
  session: Session,
  evidence: Pick<Evidence, 'id' | 'originalName' | 'mediaType' | 'size'>,
  signal: AbortSignal,
): Promise<ReaderFile> {
  const limit = previewKind(evidence.mediaType) === 'text' ? previewLimit : readerBounds.jobBytes;
  const whole = new Uint8Array(Math.min(limit, evidence.size));
  let length = 0;
  let turn = 0;
  for (const chunk of walkObject(session.chunks, loadObject(session.records, evidence.id), session.keys.evidence)) {
    if (signal.aborted) throw new CancelledError();
    const wanted = chunk.subarray(0, whole.length - length);
    whole.set(wanted, length);
    length += wanted.length;
    if (length === whole.length) break;
    turn += 1;
    if (turn % chunksPerTurn === 0) await yieldToOthers();
  }
  return { bytes: whole, name: evidence.originalName, mediaType: evidence.mediaType, size: evidence.size };
}
