import './pdf-pages.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { MoveHorizontal, ZoomIn, ZoomOut } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';
import { Notice } from './notice.tsx';
import { Loading } from './page.tsx';
import { type OpenPdf, openPdf } from './pdf-document.ts';
import { type PageSize, PdfPage } from './pdf-page.tsx';

export interface PdfPagesProps {
  /** The PDF. It is copied; the caller's bytes stay. */
  readonly bytes: Uint8Array;
  /** The name of a page for screen readers and for the bar; "Page 3 of 12" without it. */
  readonly pageLabel?: (page: number, pages: number) => string;
}

const gap = 16;
const steps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3];
/** CSS pixels per point at 100 %. */
const pixelsPerPoint = 96 / 72;
const a4: PageSize = { width: 595, height: 842 };

/** The pages of a PDF below each other, only those in sight drawn, with zoom. Fills its parent. */
export function PdfPages({ bytes, pageLabel = defaultLabel }: PdfPagesProps) {
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [first, setFirst] = useState(a4);
  const [failed, setFailed] = useState(false);

  useEffect(() => {
    let stopped = false;
    let opened: OpenPdf | null = null;
    const open = async (): Promise<void> => {
      opened = await openPdf(bytes);
      if (stopped) return opened.close();
      const viewport = (await opened.document.getPage(1)).getViewport({ scale: 1 });
      if (stopped) return;
      setFirst({ width: viewport.width, height: viewport.height });
      setFailed(false);
      setPdf(opened);
    };
    open().catch(() => {
      if (!stopped) setFailed(true);
    });
    return () => {
      stopped = true;
      setPdf((shown) => (shown === opened ? null : shown));
      opened?.close();
    };
  }, [bytes]);

  if (failed) {
    return (
      <div className="pdf__message">
        <Notice tone="warning" title={t('report.pdf.unreadable')} />
      </div>
    );
  }
  return pdf === null ? <Loading /> : <Sheets key={pdf.document.fingerprints.join()} pdf={pdf} first={first} pageLabel={pageLabel} />;
}

interface SheetsProps {
  readonly pdf: OpenPdf;
  readonly first: PageSize;
  readonly pageLabel: (page: number, pages: number) => string;
}

function Sheets({ pdf, first, pageLabel }: SheetsProps) {
  const pages = pdf.document.numPages;
  const scroller = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  /** Null fits the width. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const fitting = width === 0 ? pixelsPerPoint : Math.min(2 * pixelsPerPoint, Math.max(0.2, (width - 2 * gap) / first.width));
  const scale = zoom === null ? fitting : zoom * pixelsPerPoint;
  const sizeOf = (index: number) => sizes.get(index + 1) ?? first;
  const virtual = useVirtualizer({
    count: pages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(index).height * scale + gap,
    overscan: 1,
    paddingEnd: gap,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page's height follows from these two
  useEffect(() => virtual.measure(), [scale, sizes]);

  const noteSize = useCallback(
    (page: number, size: PageSize) => {
      setSizes((known) => {
        const before = known.get(page) ?? first;
        const same = before.width === size.width && before.height === size.height;
        return same ? known : new Map(known).set(page, size);
      });
    },
    [first],
  );

  const shown = scale / pixelsPerPoint;
  const smaller = steps.filter((step) => step < shown - 0.01).at(-1);
  const larger = steps.find((step) => step > shown + 0.01);
  const middle = (scroller.current?.scrollTop ?? 0) + (scroller.current?.clientHeight ?? 0) / 2;
  const current = (virtual.getVirtualItems().find((item) => item.end >= middle)?.index ?? 0) + 1;

  return (
    <div className="pdf">
      <div className="pdf__bar">
        <span className="numeric">{pageLabel(current, pages)}</span>
        <span className="pdf__zoom">
          <IconButton
            label={t('report.pdf.smaller')}
            icon={<ZoomOut aria-hidden="true" />}
            size="small"
            isDisabled={smaller === undefined}
            onPress={() => setZoom(smaller ?? null)}
          />
          <span className="pdf__scale numeric">{formatPercent(shown)}</span>
          <IconButton
            label={t('report.pdf.larger')}
            icon={<ZoomIn aria-hidden="true" />}
            size="small"
            isDisabled={larger === undefined}
            onPress={() => setZoom(larger ?? null)}
          />
          <IconButton label={t('report.pdf.fit')} icon={<MoveHorizontal aria-hidden="true" />} size="small" onPress={() => setZoom(null)} />
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll with the keyboard */}
      <section ref={scroller} className="pdf__scroll" tabIndex={0} aria-label={t('report.pdf.pages')}>
        <div className="pdf__sheet" style={{ blockSize: `${virtual.getTotalSize()}px`, inlineSize: `${first.width * scale + 2 * gap}px` }}>
          {virtual.getVirtualItems().map((item) => (
            <div key={item.index} className="pdf__slot" style={{ transform: `translateY(${item.start}px)` }}>
              <PdfPage
                document={pdf.document}
                page={item.index + 1}
                size={sizeOf(item.index)}
                scale={scale}
                label={pageLabel(item.index + 1, pages)}
                onSize={noteSize}
              />
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

function defaultLabel(page: number, pages: number): string {
  return t('report.pdf.page', { page, pages });
}
