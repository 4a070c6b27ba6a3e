import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { paint } from './highlights.ts';
import { loadPdfjs } from './pdf-document.ts';
import { itemsOf, joinItems, type PageText, type PdfPlace } from './pdf-text.ts';

/** Points at 100 %. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** Counts from 1. */
  readonly page: number;
  /** As it lies, so with width and height changed for a quarter turn. */
  readonly size: PageSize;
  /** CSS pixels per point. */
  readonly scale: number;
  /** Quarter turns to the right. */
  readonly turns: number;
  readonly label: string;
  /** What was found on this page, and which of it is shown now. */
  readonly places: readonly PdfPlace[];
  readonly current: PdfPlace | null;
  /** Gets the size before any turn. */
  readonly onSize: (page: number, size: PageSize) => void;
}

/** Larger canvases are drawn coarser: browsers refuse them, and nobody sees the difference. */
const largestCanvas = 16_000_000;

interface Layer {
  readonly text: PageText;
  readonly elements: readonly HTMLElement[];
}

/** One page as a canvas, with its words over it: they can be selected, searched and read out. */
export function PdfPage({ document, page, size, scale, turns, label, places, current, onSize }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useRef<HTMLDivElement>(null);
  const [layer, setLayer] = useState<Layer | null>(null);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let stopped = false;
    let stop = () => {};
    const draw = async (): Promise<void> => {
      const shown = await document.getPage(page);
      const natural = shown.getViewport({ scale: 1 });
      if (stopped || canvas.current === null) return;
      onSize(page, { width: natural.width, height: natural.height });
      const area = natural.width * natural.height * scale * scale;
      const density = Math.min(window.devicePixelRatio || 1, Math.sqrt(largestCanvas / area));
      const rotation = (shown.rotate + turns * 90) % 360;
      const viewport = shown.getViewport({ scale: scale * density, rotation });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      const task = shown.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
      if (stopped || words.current === null) return;
      const made = await layWords(shown, words.current, scale, rotation);
      if (!stopped) setLayer(made);
    };
    draw().catch(() => {
      if (!stopped) setFailed(true);
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [document, page, scale, turns, onSize]);

  useEffect(() => {
    if (layer === null) return undefined;
    const ranges = places.filter((place) => place !== current).flatMap((place) => rangesOf(layer, place));
    const [first, ...rest] = current === null ? [] : rangesOf(layer, current);
    return paint([...ranges, ...rest], first ?? null);
  }, [layer, places, current]);

  useEffect(() => {
    if (layer === null || current === null) return;
    rangesOf(layer, current)[0]?.startContainer.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }, [layer, current]);

  return (
    <div
      className="pdf__page"
      style={{ inlineSize: `${size.width * scale}px`, blockSize: `${size.height * scale}px`, ['--total-scale-factor' as string]: scale }}
      data-failed={failed || undefined}
    >
      <canvas ref={canvas} className="pdf__canvas" role="img" aria-label={label} />
      <div ref={words} className="pdf__words" />
      {failed ? <p className="pdf__failed">{t('preview.pdf.pageFailed')}</p> : null}
    </div>
  );
}

/** Lays the words of a page over its picture, in the way of pdf.js. */
async function layWords(page: PDFPageProxy, container: HTMLElement, scale: number, rotation: number): Promise<Layer> {
  const { TextLayer } = await loadPdfjs();
  const content = await page.getTextContent();
  container.replaceChildren();
  const layer = new TextLayer({ textContentSource: content, container, viewport: page.getViewport({ scale, rotation }) });
  await layer.render();
  return { text: joinItems(content.items), elements: layer.textDivs };
}

function rangesOf({ text, elements }: Layer, { start, length }: PdfPlace): Range[] {
  return itemsOf(text, start, length).flatMap(({ item, from, to }) => {
    const node = elements[item]?.firstChild;
    if (node?.nodeType !== Node.TEXT_NODE) return [];
    const most = node.textContent?.length ?? 0;
    const range = document.createRange();
    range.setStart(node, Math.min(from, most));
    range.setEnd(node, Math.min(to, most));
    return [range];
  });
}
