import { Maximize, Pause, Play } from 'lucide-react';
import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { classNames, IconButton, Notice } from '../ui/index.ts';
import { useWheelZoom } from '../ui/use-wheel-zoom.ts';
import { largerStep, smallerStep, wheelZoom } from '../ui/zoom.ts';
import { ZoomButtons } from '../ui/zoom-buttons.tsx';
import { isAnimated, isWhole, StillPicture } from './preview/animation.tsx';
import { PreviewBar, usePreviewCommands } from './preview/frame.tsx';
import { useObjectUrl } from './preview/use-object-url.ts';

export interface ImagePreviewProps {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly title: string;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A place of the picture, as shares of its frame, that stays at a place of the window while the zoom changes. */
interface Anchor {
  readonly x: number;
  readonly y: number;
  readonly clientX: number;
  readonly clientY: number;
}

const padding = 32;

/** A picture, fitted first, with zoom, quarter turns and panning. An animation stands still for who wants less motion. */
export function ImagePreview({ bytes, mediaType, title }: ImagePreviewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  const anchor = useRef<Anchor | null>(null);
  const address = useObjectUrl(bytes, mediaType);
  const [natural, setNatural] = useState<Size | null>(null);
  const [space, setSpace] = useState<Size>({ width: 0, height: 0 });
  const [turns, setTurns] = useState(0);
  /** Null fits. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [broken, setBroken] = useState(false);
  const [partial, setPartial] = useState(false);
  /** Null where nothing moves. */
  const [playing, setPlaying] = useState<boolean | null>(null);

  useEffect(() => {
    let stopped = false;
    isAnimated(bytes, mediaType).then((animated) => {
      if (!stopped && animated) setPlaying(!window.matchMedia('(prefers-reduced-motion: reduce)').matches);
    });
    isWhole(bytes, mediaType).then((whole) => {
      if (!stopped) setPartial(!whole);
    });
    return () => {
      stopped = true;
    };
  }, [bytes, mediaType]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    // Without the scroll bars, or the fitted size would depend on whether there are any.
    const observer = new ResizeObserver(() => setSpace({ width: element.offsetWidth, height: element.offsetHeight }));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const lying = turns % 2 === 1;
  const turned: Size | null = natural === null ? null : lying ? { width: natural.height, height: natural.width } : natural;
  const fitting = turned === null ? 1 : Math.min(1, (space.width - padding) / turned.width, (space.height - padding) / turned.height);
  const scale = zoom ?? Math.max(0.01, fitting);

  const zoomTo = (next: number, clientX?: number, clientY?: number) => {
    const seen = scroller.current?.getBoundingClientRect();
    const held = frame.current?.getBoundingClientRect();
    if (seen !== undefined && held !== undefined && held.width > 0 && held.height > 0) {
      const x = clientX ?? seen.left + seen.width / 2;
      const y = clientY ?? seen.top + seen.height / 2;
      anchor.current = { x: (x - held.left) / held.width, y: (y - held.top) / held.height, clientX: x, clientY: y };
    }
    setZoom(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the zoom
  useLayoutEffect(() => {
    const kept = anchor.current;
    const held = frame.current?.getBoundingClientRect();
    anchor.current = null;
    if (kept === null || held === undefined) return;
    scroller.current?.scrollBy(held.left + kept.x * held.width - kept.clientX, held.top + kept.y * held.height - kept.clientY);
  }, [scale]);
  useWheelZoom(scroller, (event) => zoomTo(wheelZoom(scale, event.deltaY), event.clientX, event.clientY));

  const smaller = smallerStep(scale);
  const larger = largerStep(scale);
  const zoomOut = () => (smaller === null ? undefined : zoomTo(smaller));
  const zoomIn = () => (larger === null ? undefined : zoomTo(larger));
  const fit = () => setZoom(null);
  const rotate = (by: number) => setTurns((before) => (before + by + 4) % 4);
  usePreviewCommands([
    { id: 'preview.zoomIn', title: t('preview.zoomIn'), keys: ['+', '='], run: zoomIn },
    { id: 'preview.zoomOut', title: t('preview.zoomOut'), keys: '-', run: zoomOut },
    { id: 'preview.fit', title: t('preview.fit'), keys: '0', run: fit },
    { id: 'preview.actual', title: t('preview.actual'), keys: '1', run: () => zoomTo(1) },
    { id: 'preview.rotateRight', title: t('preview.rotateRight'), keys: 'r', run: () => rotate(1) },
    { id: 'preview.rotateLeft', title: t('preview.rotateLeft'), keys: 'R', run: () => rotate(-1) },
  ]);

  const stands = playing === false;
  const alternative = t('preview.image.of', { title });
  const drawnStyle =
    natural === null
      ? ({ visibility: 'hidden' } as const)
      : {
          inlineSize: `${natural.width * scale}px`,
          blockSize: `${natural.height * scale}px`,
          transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
        };
  return (
    <div className="preview">
      <PreviewBar facts={natural === null ? null : t('preview.image.pixels', { width: natural.width, height: natural.height })}>
        {playing === null ? null : (
          <IconButton
            label={playing ? t('preview.image.pause') : t('preview.image.play')}
            icon={playing ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            size="small"
            onPress={() => setPlaying(!playing)}
          />
        )}
        <ZoomButtons
          scale={scale}
          scaleClass="preview__scale"
          zoomOut={smaller === null ? null : zoomOut}
          zoomIn={larger === null ? null : zoomIn}
          onRotate={rotate}
        >
          <IconButton label={t('preview.fit')} shortcut="0" icon={<Maximize aria-hidden="true" />} size="small" onPress={fit} />
          <IconButton
            label={t('preview.actual')}
            shortcut="1"
            icon={<span aria-hidden="true">1:1</span>}
            size="small"
            onPress={() => zoomTo(1)}
          />
        </ZoomButtons>
      </PreviewBar>
      {partial && !broken ? <p className="preview__note">{t('preview.image.partial')}</p> : null}
      <section
        ref={scroller}
        className={classNames(
          'preview__scroll preview__scroll--image',
          turned !== null && overflows(turned, scale, space) && 'preview__scroll--pan',
        )}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a large picture scrolls with the keyboard
        tabIndex={0}
        data-content
        aria-label={t('evidence.preview')}
        onPointerDown={pan}
      >
        {broken ? (
          <Notice tone="warning" title={t('preview.image.broken')}>
            {t('preview.image.broken.text')}
          </Notice>
        ) : address === null ? null : (
          <span
            ref={frame}
            className="preview__frame"
            style={turned === null ? {} : { inlineSize: `${turned.width * scale}px`, blockSize: `${turned.height * scale}px` }}
          >
            {stands ? (
              <StillPicture
                bytes={bytes}
                mediaType={mediaType}
                label={alternative}
                style={drawnStyle}
                onSize={(width, height) => setNatural({ width, height })}
                onFail={() => setBroken(true)}
              />
            ) : (
              <img
                src={address}
                alt={alternative}
                className="preview__image"
                draggable={false}
                style={drawnStyle}
                onLoad={({ currentTarget }) => setNatural({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })}
                onError={() => setBroken(true)}
              />
            )}
          </span>
        )}
      </section>
    </div>
  );
}

function overflows(size: Size, scale: number, space: Size): boolean {
  return size.width * scale + padding > space.width + 1 || size.height * scale + padding > space.height + 1;
}

/** Moves what is seen with the pointer while its button is held. */
function pan(event: PointerEvent<HTMLElement>): void {
  const element = event.currentTarget;
  if (event.button !== 0 || event.pointerType === 'touch') return;
  // The scroll bars lie outside of what an element has for its content.
  const { left, top } = element.getBoundingClientRect();
  if (event.clientX - left >= element.clientWidth || event.clientY - top >= element.clientHeight) return;
  let last = { x: event.clientX, y: event.clientY };
  const move = ({ clientX, clientY }: globalThis.PointerEvent) => {
    element.scrollBy(last.x - clientX, last.y - clientY);
    last = { x: clientX, y: clientY };
  };
  const end = () => {
    element.removeEventListener('pointermove', move);
    element.removeEventListener('pointerup', end);
    element.removeEventListener('pointercancel', end);
  };
  element.setPointerCapture(event.pointerId);
  element.addEventListener('pointermove', move);
  element.addEventListener('pointerup', end);
  element.addEventListener('pointercancel', end);
}
