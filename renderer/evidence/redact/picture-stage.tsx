import { useEffect, useRef, useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { Notice } from '../../ui/index.ts';
import { BoxLayer } from './box-layer.tsx';
import type { StageProps } from './stage.ts';

const padding = 32;

/** A picture at the size of the zoom, turned as its camera held it, with its boxes. */
export function PictureStage({
  bytes,
  mediaType,
  title,
  zoom,
  onScale,
  onBroken,
  ...boxes
}: StageProps & { readonly mediaType: string; readonly title: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  // Its keys work from the start, and those that scroll.
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  const [address, setAddress] = useState<string | null>(null);
  const [natural, setNatural] = useState({ width: 0, height: 0 });
  const [space, setSpace] = useState({ width: 0, height: 0 });
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

  const fitting = natural.width === 0 ? 1 : Math.min(1, (space.width - padding) / natural.width, (space.height - padding) / natural.height);
  const scale = zoom ?? Math.max(0.01, fitting);
  useEffect(() => onScale(scale), [scale, onScale]);

  return (
    <section
      ref={scroller}
      className="redact-stage redact-stage--picture"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a large picture scrolls with the keyboard
      tabIndex={0}
      aria-label={t('redaction.stage')}
    >
      {broken ? <Notice tone="warning" title={t('redaction.broken.image')} /> : null}
      {address === null || broken ? null : (
        <div className="redact-page" style={{ inlineSize: `${natural.width * scale}px`, blockSize: `${natural.height * scale}px` }}>
          <img
            src={address}
            alt={t('redaction.imageOf', { title })}
            className="redact-page__picture"
            draggable={false}
            onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
            onError={() => {
              setBroken(true);
              onBroken();
            }}
          />
          {natural.width === 0 ? null : <BoxLayer page={1} {...boxes} />}
        </div>
      )}
    </section>
  );
}
