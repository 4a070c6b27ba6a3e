import { useState } from 'react';
import { formatBytes } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/index.ts';
import { PreviewBar } from './frame.tsx';
import { useObjectUrl } from './use-object-url.ts';

export interface MediaPreviewProps {
  readonly kind: 'audio' | 'video';
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly title: string;
}

/** A recording with Chromium's own controls. It never begins by itself. */
export function MediaPreview({ kind, bytes, mediaType, title }: MediaPreviewProps) {
  const address = useObjectUrl(bytes, mediaType);
  const [broken, setBroken] = useState(false);
  const shared = {
    className: `preview__${kind}`,
    controls: true,
    // A download would write it to the disk in the clear; the shell refuses it, so it is not offered.
    controlsList: 'nodownload noremoteplayback',
    preload: 'metadata',
    'data-content': true,
    onError: () => setBroken(true),
  } as const;
  return (
    <div className="preview">
      <PreviewBar facts={formatBytes(bytes.length)} />
      <div className="preview__stage">
        {broken ? (
          <Notice tone="warning" title={t('preview.media.broken')}>
            {t('preview.media.broken.text')}
          </Notice>
        ) : address === null ? null : kind === 'audio' ? (
          <audio {...shared} src={address} aria-label={t('preview.media.audio', { title })} />
        ) : (
          <video {...shared} src={address} disablePictureInPicture aria-label={t('preview.media.video', { title })} />
        )}
      </div>
    </div>
  );
}
