import { type CSSProperties, useEffect, useRef } from 'react';

/** Kinds of pictures that may move. */
const movingTypes = new Set(['image/gif', 'image/webp', 'image/png', 'image/avif']);

/** Whether a picture moves, as Chromium's own decoder says. False where it cannot be read. */
export async function isAnimated(bytes: Uint8Array, mediaType: string): Promise<boolean> {
  if (!movingTypes.has(mediaType)) return false;
  try {
    const decoder = new ImageDecoder({ data: bytes as Uint8Array<ArrayBuffer>, type: mediaType });
    await decoder.tracks.ready;
    const animated = decoder.tracks.selectedTrack?.animated ?? false;
    decoder.close();
    return animated;
  } catch {
    return false;
  }
}

/** Whether the picture is whole: an element draws what it can of a damaged one, down to nothing, and does not say so. */
export async function isWhole(bytes: Uint8Array, mediaType: string): Promise<boolean> {
  try {
    (await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }))).close();
    return true;
  } catch {
    return false;
  }
}

export interface StillPictureProps {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly label: string;
  readonly style: CSSProperties;
  readonly onSize: (width: number, height: number) => void;
  readonly onFail: () => void;
}

/** The first frame of a picture that moves. */
export function StillPicture({ bytes, mediaType, label, style, onSize, onFail }: StillPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const now = useRef({ onSize, onFail });
  now.current = { onSize, onFail };
  useEffect(() => {
    let stopped = false;
    const draw = async (): Promise<void> => {
      const picture = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
      const element = canvas.current;
      if (!stopped && element !== null) {
        element.width = picture.width;
        element.height = picture.height;
        element.getContext('2d')?.drawImage(picture, 0, 0);
        now.current.onSize(picture.width, picture.height);
      }
      picture.close();
    };
    draw().catch(() => stopped || now.current.onFail());
    return () => {
      stopped = true;
    };
  }, [bytes, mediaType]);
  return <canvas ref={canvas} className="preview__image" role="img" aria-label={label} style={style} />;
}
