import './pdf-pages.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { FindBar } from './find-bar.tsx';
import { Notice } from './notice.tsx';
import { Loading } from './page.tsx';
import { pageInView, viewOf } from './page-in-view.ts';
import { PdfBar } from './pdf-bar.tsx';
import { type OpenPdf, openPdf, type PdfFailure, pdfFailure } from './pdf-document.ts';
import { type PageSize, PdfPage } from './pdf-page.tsx';
import { PdfPassword } from './pdf-password.tsx';
import { findInPdf, type PageText, type PdfPlace, pageTexts } from './pdf-text.ts';
import { useFind } from './use-find.ts';
import { useWheelZoom } from './use-wheel-zoom.ts';
import { largerStep, smallerStep, wheelZoom } from './zoom.ts';

export interface PdfPagesProps {
  /** The PDF. It is copied; the caller's bytes stay. */
  readonly bytes: Uint8Array;
  /** The name of a page for screen readers; "Page 3 of 12" without it. */
  readonly pageLabel?: (page: number, pages: number) => string;
  /** Further buttons at the end of the bar. */
  readonly tools?: ReactNode;
  /** Its keys also work while a dialog is open, because it is shown in one. */
  readonly inDialog?: boolean;
  /** Finds a place that is to be shown; another function is another wish. */
  readonly locate?: Locate | null;
}

export type Locate = (textOf: (page: number) => Promise<PageText>, pages: number) => Promise<PdfPlace | null>;

const gap = 16;
const steps = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
/** CSS pixels per point at 100 %. */
const pixelsPerPoint = 96 / 72;
const a4: PageSize = { width: 595, height: 842 };
const noPlaces: readonly PdfPlace[] = [];

/** The pages of a PDF below each other, only those in sight drawn, with zoom, turns and search. Fills its parent. */
export function PdfPages({ bytes, pageLabel = defaultLabel, tools = null, inDialog = false, locate = null }: PdfPagesProps) {
  const [pdf, setPdf] = useState<OpenPdf | null>(null);
  const [first, setFirst] = useState(a4);
  const [failure, setFailure] = useState<PdfFailure | null>(null);
  const [password, setPassword] = useState('');
  const [trying, setTrying] = useState(false);

  useEffect(() => {
    let stopped = false;
    let opened: OpenPdf | null = null;
    const open = async (): Promise<void> => {
      opened = await openPdf(bytes, password);
      if (stopped) return opened.close();
      const viewport = (await opened.document.getPage(1)).getViewport({ scale: 1 });
      if (stopped) return;
      setFirst({ width: viewport.width, height: viewport.height });
      setFailure(null);
      setTrying(false);
      setPdf(opened);
    };
    open().catch((error: unknown) => {
      if (stopped) return;
      setTrying(false);
      setFailure(pdfFailure(error));
    });
    return () => {
      stopped = true;
      setPdf((shown) => (shown === opened ? null : shown));
      opened?.close();
    };
  }, [bytes, password]);

  if (failure === 'encrypted' || failure === 'wrong-password') {
    const tryPassword = (typed: string) => {
      // The same once more is as wrong as before.
      setTrying(typed !== password);
      setPassword(typed);
    };
    return <PdfPassword isWrong={failure === 'wrong-password'} isTrying={trying} onPassword={tryPassword} />;
  }
  if (failure !== null) {
    return (
      <div className="pdf__message">
        <Notice tone="warning" title={t('preview.pdf.damaged')} />
      </div>
    );
  }
  if (pdf === null) return <Loading />;
  return (
    <Sheets
      key={pdf.document.fingerprints.join()}
      pdf={pdf}
      first={first}
      pageLabel={pageLabel}
      tools={tools}
      inDialog={inDialog}
      locate={locate}
    />
  );
}

interface SheetsProps {
  readonly pdf: OpenPdf;
  readonly first: PageSize;
  readonly pageLabel: (page: number, pages: number) => string;
  readonly tools: ReactNode;
  readonly inDialog: boolean;
  readonly locate: Locate | null;
}

function Sheets({ pdf, first, pageLabel, tools, inDialog, locate }: SheetsProps) {
  const pages = pdf.document.numPages;
  const scroller = useRef<HTMLDivElement>(null);
  const pageField = useRef<HTMLInputElement>(null);
  const [width, setWidth] = useState(0);
  /** Null fits the width. */
  const [zoom, setZoom] = useState<number | null>(null);
  const [turns, setTurns] = useState(0);
  const [sizes, setSizes] = useState<ReadonlyMap<number, PageSize>>(new Map());

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const lying = turns % 2 === 1;
  const sizeOf = (page: number) => turned(sizes.get(page) ?? first, lying);
  const widest = turned(first, lying).width;
  const fitting = width === 0 ? pixelsPerPoint : Math.min(2 * pixelsPerPoint, Math.max(0.2, (width - 2 * gap) / widest));
  const scale = zoom === null ? fitting : zoom * pixelsPerPoint;
  const heightOf = (page: number) => sizeOf(page).height * scale + gap;
  const virtual = useVirtualizer({
    count: pages,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(index + 1),
    overscan: 1,
    paddingEnd: gap,
  });
  const current = pageInView(pages, heightOf, viewOf(scroller.current));
  const currentNow = useRef(current);
  const laidOut = useRef({ scale, turns });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a page's height follows from these three
  useEffect(() => {
    virtual.measure();
    // Another zoom or turn, the same page.
    if (laidOut.current.scale !== scale || laidOut.current.turns !== turns) goTo(currentNow.current);
    laidOut.current = { scale, turns };
  }, [scale, turns, sizes]);
  currentNow.current = current;

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

  const goTo = (page: number) => virtual.scrollToIndex(page - 1, { align: 'start' });
  const textOf = useMemo(() => pageTexts(pdf.document), [pdf]);
  const search = useCallback((query: string) => findInPdf(textOf, pages, query), [textOf, pages]);
  const find = useFind(search, ({ page }) => {
    if (!virtual.getVirtualItems().some(({ index }) => index === page - 1)) goTo(page);
  });
  const [located, setLocated] = useState<PdfPlace | null>(null);
  const show = useRef(goTo);
  show.current = goTo;
  useEffect(() => {
    if (locate === null) return undefined;
    let stopped = false;
    locate(textOf, pages).then(
      (place) => {
        if (stopped || place === null) return;
        setLocated(place);
        show.current(place.page);
      },
      // The page says itself that it cannot be drawn.
      () => undefined,
    );
    return () => {
      stopped = true;
    };
  }, [locate, textOf, pages]);
  // What is searched for is the later wish.
  const shownPlace = find.places[find.current] ?? located;
  const byPage = useMemo(() => groupByPage(find.places), [find.places]);

  const shown = scale / pixelsPerPoint;
  const smaller = smallerStep(shown, steps);
  const larger = largerStep(shown, steps);
  const zoomOut = smaller === null ? null : () => setZoom(smaller);
  const zoomIn = larger === null ? null : () => setZoom(larger);
  const fit = () => setZoom(null);
  const rotate = (by: number) => setTurns((before) => (before + by + 4) % 4);
  useWheelZoom(scroller, ({ deltaY }) => setZoom(wheelZoom(shown, deltaY, steps)));
  const group = t('preview.group');
  useCommands(
    [
      { id: 'preview.find', title: t('preview.find'), keys: 'Mod+F', run: find.open },
      { id: 'preview.find.next', title: t('preview.find.next'), keys: 'F3', run: () => find.step(1) },
      { id: 'preview.find.previous', title: t('preview.find.previous'), keys: 'Shift+F3', run: () => find.step(-1) },
      { id: 'preview.pdf.go', title: t('preview.pdf.go'), keys: 'Mod+G', run: () => pageField.current?.focus() },
      { id: 'preview.zoomIn', title: t('preview.zoomIn'), keys: ['+', '='], run: () => zoomIn?.() },
      { id: 'preview.zoomOut', title: t('preview.zoomOut'), keys: '-', run: () => zoomOut?.() },
      { id: 'preview.fit', title: t('report.pdf.fit'), keys: '0', run: fit },
      { id: 'preview.rotateRight', title: t('preview.rotateRight'), keys: 'r', run: () => rotate(1) },
      { id: 'preview.rotateLeft', title: t('preview.rotateLeft'), keys: 'R', run: () => rotate(-1) },
    ].map((command) => ({ ...command, group, always: inDialog })),
  );

  return (
    <div className="pdf">
      <PdfBar
        page={current}
        pages={pages}
        pageField={pageField}
        onPage={(page) => {
          goTo(page);
          scroller.current?.focus();
        }}
        zoom={shown}
        zoomOut={zoomOut}
        zoomIn={zoomIn}
        onFit={fit}
        onRotate={rotate}
        onFind={find.open}
        tools={tools}
      />
      <FindBar find={find} onClose={() => scroller.current?.focus()} />
      <section
        ref={scroller}
        className="pdf__scroll"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the pages scroll with the keyboard
        tabIndex={0}
        data-content
        aria-label={t('report.pdf.pages')}
      >
        <div className="pdf__sheet" style={{ blockSize: `${virtual.getTotalSize()}px`, inlineSize: `${widest * scale + 2 * gap}px` }}>
          {virtual.getVirtualItems().map((item) => (
            <div key={item.index} className="pdf__slot" style={{ transform: `translateY(${item.start}px)` }}>
              <PdfPage
                document={pdf.document}
                page={item.index + 1}
                size={sizeOf(item.index + 1)}
                scale={scale}
                turns={turns}
                label={pageLabel(item.index + 1, pages)}
                places={byPage.get(item.index + 1) ?? noPlaces}
                current={shownPlace?.page === item.index + 1 ? shownPlace : null}
                onSize={noteSize}
              />
            </div>
          ))}
        </div>
      </section>
    </div>
  );
}

function turned({ width, height }: PageSize, lying: boolean): PageSize {
  return lying ? { width: height, height: width } : { width, height };
}

function groupByPage(places: readonly PdfPlace[]): ReadonlyMap<number, readonly PdfPlace[]> {
  const pages = new Map<number, PdfPlace[]>();
  for (const place of places) {
    const held = pages.get(place.page);
    if (held === undefined) pages.set(place.page, [place]);
    else held.push(place);
  }
  return pages;
}

function defaultLabel(page: number, pages: number): string {
  return t('report.pdf.page', { page, pages });
}
