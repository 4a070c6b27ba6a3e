import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { PreviewContent } from '../../../shared/domain/preview.ts';
import { call } from '../../bridge.ts';
import { createStore } from '../../store.ts';
import { evidenceType } from '../types.ts';
import { createPictureQueue } from './picture-queue.ts';
import { makeSmallPicture } from './small-picture.ts';

/** The piece whose small picture was kept last, so that its card draws it at once. */
export const lastKept = createStore<EvidenceId | null>(null);

/**
 * Makes the small picture of a piece whose content is here anyway, unless there is one or it may have none. A picture that cannot be made is
 * no fault to tell of: the card shows the sign of the type, and the preview says what is wrong with the file.
 */
export async function keepPictureOf(evidenceId: EvidenceId, content: PreviewContent): Promise<void> {
  try {
    if ((await call('evidence.picture', { evidenceId })).state === 'missing') await make(evidenceId, content);
  } catch {
    // See above.
  }
}

async function make(evidenceId: EvidenceId, content: PreviewContent): Promise<void> {
  const bytes = await makeSmallPicture(content);
  if (bytes === null) return;
  await call('evidence.keepPicture', { evidenceId, bytes: bytes as Uint8Array<ArrayBuffer> });
  lastKept.set(evidenceId);
}

const queue = createPictureQueue(async (evidenceId) => {
  const content = await call('evidence.pictureSource', { evidenceId });
  if (content !== null) await make(evidenceId, content);
});

/** Makes the small pictures of what was just attached, one after the other, while nothing else is to be done. */
export function pictureAttached(pieces: readonly (Evidence | null)[]): void {
  queue.add(pieces.flatMap((piece) => (piece !== null && isPictured(piece) ? [piece.id] : [])));
}

/** Forgets what waits; for the lock. */
export const forgetPictures = queue.reset;

function isPictured({ mediaType, sensitivity }: Evidence): boolean {
  return sensitivity === 'normal' && ['image', 'pdf'].includes(evidenceType(mediaType));
}
