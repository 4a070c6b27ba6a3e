import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Preview } from '../../../shared/domain/preview.ts';
import { call } from '../../bridge.ts';

/** The content of a piece of evidence as it is drawn. Looking is recorded as viewed. */
export async function loadPreview({ id }: Evidence): Promise<Preview> {
  const { content, limits } = await call('evidence.preview', { evidenceId: id });
  return { content, limits };
}
