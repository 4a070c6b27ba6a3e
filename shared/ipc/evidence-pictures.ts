import { z } from 'zod';
import type { PreviewContent } from '../domain/preview.ts';
import { method } from './method.ts';
import { evidenceId } from './schemas.ts';

/** Bytes of one small picture, and pixels of its longer side. */
export const pictureLimit = { bytes: 20 * 1024, pixels: 320 } as const;

/** The small picture of a piece, or why there is none: not made yet, or not to be shown. */
export type SmallPicture =
  | { readonly state: 'kept'; readonly bytes: Uint8Array }
  | { readonly state: 'missing' }
  /** It is sensitive, likely so by what was found in it, or stands redacted elsewhere. */
  | { readonly state: 'withheld' };

const webp = z
  .instanceof(Uint8Array)
  .refine(({ length }) => length <= pictureLimit.bytes)
  .refine((bytes) => word(bytes, 0) === 'RIFF' && word(bytes, 8) === 'WEBP');

export const evidencePicturesFeature = {
  /** Passing by is not looking, so this is not recorded. */
  'evidence.picture': method<SmallPicture>()(z.object({ evidenceId })),
  /**
   * The content to make the small picture of, once, for whoever attached the piece and has not locked since: they had the file in hand.
   * Null for everybody else and for what is not drawn; they get it by looking, which is recorded.
   */
  'evidence.pictureSource': method<PreviewContent | null>()(z.object({ evidenceId })),
  /** Seals a WebP that was made by the window; nothing here decodes it. Nothing is kept of what is withheld. */
  'evidence.keepPicture': method<null>()(z.object({ evidenceId, bytes: webp })),
} as const;

function word(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}
