import { useVirtualizer } from '@tanstack/react-virtual';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import { t } from '../../i18n/translate.ts';
import { pageInView, viewOf } from '../../ui/page-in-view.ts';
import { BoxLayer } from './box-layer.tsx';
import type { StageProps } from './stage.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

const gap = 16;
/** CSS pixels per point at 100 %. */
const pixelsPerPoint = 96 / 72;
const a4: Size = { width: 595, height: 842 };
/** Larger canvases are drawn coarser; the copy is drawn on its own. */
const largestCanvas = 16_000_000;

/** Asked when a box is added: what the last drawing showed may be scrolled away by then. */
export interface PagesShown {
  /** The page that is mostly in view now, counted from 1. */
  readonly inView: () => number;
}

export interface PdfStageProps extends Omit<StageProps, 'bytes' | 'onBroken'> {
  readonly document: PDFDocumentProxy;
  readonly pages: Ref<PagesShown>;
}

/** The pages of a PDF below each other with their boxes; only those in sight are drawn. */
export function PdfStage({ document, zoom, onScale, pages, marks, ...boxes }: PdfStageProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // Its keys work from the start, and those that scroll.
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);
  const [width, setWidth] = useState(0);
  const [sizes, setSizes] = useState<ReadonlyMap<number, Size>>(new Map());
  const first = sizes.get(1) ?? a4;
  const widest = Math.max(...[first, ...sizes.values()].map((size) => size.width));

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const fitting = width === 0 ? pixelsPerPoint : Math.min(2 * pixelsPerPoint, Math.max(0.2, (width - 2 * gap) / widest));
  const scale = zoom === null ? fitting : zoom * pixelsPerPoint;
  useEffect(() => onScale(scale / pixelsPerPoint), [scale, onScale]);
  const sizeOf = (page: number) => sizes.get(page) ?? first;
  const heightOf = (page: number) => sizeOf(page).height * scale + gap;
  const virtual = useVirtualizer({
    count: document.numPages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(index + 1),
    overscan: 1,
    paddingEnd: gap,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page's height follows from these two
  useEffect(() => virtual.measure(), [scale, sizes]);

  useImperativeHandle(pages, () => ({ inView: () => pageInView(document.numPages, heightOf, viewOf(scroller.current)) }));

  const wantedPage = marks.find(({ id }) => id === boxes.wanted)?.page ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another wish scrolls
  useEffect(() => {
    const drawn = virtual.getVirtualItems().some(({ index }) => index + 1 === wantedPage);
    if (wantedPage !== null && !drawn) virtual.scrollToIndex(wantedPage - 1, { align: 'start' });
  }, [wantedPage]);

  const noteSize = (page: number, size: Size) => {
    const known = sizes.get(page);
    if (known?.width !== size.width || known.height !== size.height) setSizes((before) => new Map(before).set(page, size));
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll with the keyboard
    <section ref={scroller} className="redact-stage" tabIndex={0} aria-label={t('redaction.stage')}>
      <div className="redact-sheet" style={{ blockSize: `${virtual.getTotalSize()}px`, inlineSize: `${widest * scale + 2 * gap}px` }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const size = sizeOf(index + 1);
          return (
            <div key={index} className="redact-slot" style={{ transform: `translateY(${start}px)` }}>
              <div className="redact-page" style={{ inlineSize: `${size.width * scale}px`, blockSize: `${size.height * scale}px` }}>
                <PageCanvas document={document} page={index + 1} scale={scale} onSize={noteSize} />
                <BoxLayer page={index + 1} marks={marks.filter(({ page }) => page === index + 1)} {...boxes} />
              </div>
            </div>
          );
        })}
      </div>
    </section>
  );
}

interface PageCanvasProps {
  readonly document: PDFDocumentProxy;
  readonly page: number;
  readonly scale: number;
  readonly onSize: (page: number, size: Size) => void;
}

/** One page, turned as it is shown everywhere. */
function PageCanvas({ document, page, scale, onSize }: PageCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const noteSize = useRef(onSize);
  noteSize.current = onSize;
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let stopped = false;
    let stop = () => {};
    const draw = async (): Promise<void> => {
      const shown = await document.getPage(page);
      const { width, height } = shown.getViewport({ scale: 1 });
      if (stopped || canvas.current === null) return;
      noteSize.current(page, { width, height });
      const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(largestCanvas / (width * height * scale * scale)));
      const viewport = shown.getViewport({ scale: scale * density });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      const task = shown.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
    };
    draw().catch(() => stopped || setFailed(true));
    return () => {
      stopped = true;
      stop();
    };
  }, [document, page, scale]);
  return (
    <>
      <canvas
        ref={canvas}
        className="redact-page__picture"
        role="img"
        aria-label={t('report.pdf.page', { page, pages: document.numPages })}
      />
      {failed ? <p className="redact-page__failed">{t('redaction.broken.page')}</p> : null}
    </>
  );
}
