import { Maximize, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { IconButton, Notice } from '../ui/index.ts';

export interface ImagePreviewProps {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly title: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const steps = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8];
const padding = 32;

/** A picture, fitted first, with zoom and quarter turns. Its address in memory is given back when it leaves the screen. */
export function ImagePreview({ bytes, mediaType, title }: ImagePreviewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [address, setAddress] = useState<string | null>(null);
  const [natural, setNatural] = useState<Size | null>(null);
  const [space, setSpace] = useState<Size>({ width: 0, height: 0 });
  const [turns, setTurns] = useState(0);
  /** Null fits. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [broken, setBroken] = useState(false);

  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, mediaType]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setSpace({ width: element.clientWidth, height: element.clientHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const lying = turns % 2 === 1;
  const turned: Size | null = natural === null ? null : lying ? { width: natural.height, height: natural.width } : natural;
  const fitting = turned === null ? 1 : Math.min(1, (space.width - padding) / turned.width, (space.height - padding) / turned.height);
  const scale = zoom ?? Math.max(0.01, fitting);
  const smaller = steps.filter((step) => step < scale - 0.001).at(-1);
  const larger = steps.find((step) => step > scale + 0.001);

  return (
    <div className="preview">
      <div className="preview__bar">
        <span className="numeric preview__scale">{formatPercent(scale)}</span>
        <IconButton
          label={t('evidence.preview.zoomOut')}
          icon={<ZoomOut aria-hidden="true" />}
          size="small"
          isDisabled={smaller === undefined}
          onPress={() => setZoom(smaller ?? null)}
        />
        <IconButton
          label={t('evidence.preview.zoomIn')}
          icon={<ZoomIn aria-hidden="true" />}
          size="small"
          isDisabled={larger === undefined}
          onPress={() => setZoom(larger ?? null)}
        />
        <IconButton label={t('evidence.preview.fit')} icon={<Maximize aria-hidden="true" />} size="small" onPress={() => setZoom(null)} />
        <IconButton
          label={t('evidence.preview.actual')}
          icon={<span aria-hidden="true">1:1</span>}
          size="small"
          onPress={() => setZoom(1)}
        />
        <IconButton
          label={t('evidence.preview.rotate')}
          icon={<RotateCw aria-hidden="true" />}
          size="small"
          onPress={() => setTurns((turns + 1) % 4)}
        />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a large picture scrolls with the keyboard */}
      <section ref={scroller} className="preview__scroll preview__scroll--image" tabIndex={0} aria-label={t('evidence.preview')}>
        {broken ? (
          <Notice tone="warning" title={t('evidence.preview.broken')} />
        ) : address === null ? null : (
          <span
            className="preview__frame"
            style={turned === null ? {} : { inlineSize: `${turned.width * scale}px`, blockSize: `${turned.height * scale}px` }}
          >
            <img
              src={address}
              alt={t('evidence.preview.imageOf', { title })}
              className="preview__image"
              style={
                natural === null
                  ? { visibility: 'hidden' }
                  : {
                      inlineSize: `${natural.width * scale}px`,
                      blockSize: `${natural.height * scale}px`,
                      transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
                    }
              }
              onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
              onError={() => setBroken(true)}
            />
          </span>
        )}
      </section>
    </div>
  );
}
