import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'react';

/** Points at 100 %. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export interface PdfPageProps {
  readonly document: PDFDocumentProxy;
  /** Counts from 1. */
  readonly page: number;
  readonly size: PageSize;
  /** CSS pixels per point. */
  readonly scale: number;
  readonly label: string;
  readonly onSize: (page: number, size: PageSize) => void;
}

/** Larger canvases are drawn coarser: browsers refuse them, and nobody sees the difference. */
const largestCanvas = 16_000_000;

/** One page as a canvas, with its words beside it for screen readers. */
export function PdfPage({ document, page, size, scale, label, onSize }: PdfPageProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [words, setWords] = useState('');
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
      const viewport = shown.getViewport({ scale: scale * density });
      canvas.current.width = Math.floor(viewport.width);
      canvas.current.height = Math.floor(viewport.height);
      const task = shown.render({ canvas: canvas.current, viewport });
      stop = () => task.cancel();
      await task.promise;
      const text = await shown.getTextContent();
      if (!stopped) setWords(text.items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
    };
    draw().catch(() => {
      if (!stopped) setFailed(true);
    });
    return () => {
      stopped = true;
      stop();
    };
  }, [document, page, scale, onSize]);

  return (
    <div
      className="pdf__page"
      style={{ inlineSize: `${size.width * scale}px`, blockSize: `${size.height * scale}px` }}
      data-failed={failed || undefined}
    >
      <canvas ref={canvas} className="pdf__canvas" role="img" aria-label={label} />
      <p className="visually-hidden pdf__words">{words}</p>
    </div>
  );
}
