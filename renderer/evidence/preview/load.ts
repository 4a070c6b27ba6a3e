import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { Preview, TextLanguage } from '../../../shared/domain/preview.ts';
import { call } from '../../bridge.ts';

/** The content of a piece of evidence, as far as it can be drawn; null where nothing of it can. Looking is recorded as viewed. */
export async function loadPreview({ id }: Evidence): Promise<Preview | null> {
  const { bytes, mediaType, kind, truncated, text } = await call('evidence.preview', { evidenceId: id });
  const limits = truncated ? (['cut'] as const) : [];
  if (text !== null) return { content: { kind: 'text', text, language: languageOf(mediaType), encoding: 'utf-8' }, limits };
  // Half an image or PDF draws as garbage or not at all.
  if (truncated || kind === 'none') return bytes.length === 0 ? null : { content: { kind: 'hex', bytes }, limits };
  if (kind === 'pdf') return { content: { kind: 'pdf', bytes }, limits };
  return { content: { kind: 'image', mediaType, bytes, width: 0, height: 0 }, limits };
}

function languageOf(mediaType: string): TextLanguage {
  return (['json', 'xml', 'html', 'yaml', 'markdown'] as const).find((language) => mediaType.includes(language)) ?? 'plain';
}
