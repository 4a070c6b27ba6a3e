import { ReportDocument } from './document.ts';
import type { FontSet } from './fonts.ts';
import { breakLines, type Line } from './lines.ts';
import type { Bookmark, Item, Node, Page } from './page.ts';
import { openPen, type Pen } from './pen.ts';
import { colours, margins, paperSizes, styles } from './theme.ts';

/** A document that is laid out, and what stands around its pages. */
export interface Printed {
  readonly pages: readonly Page[];
  readonly root: Node;
  readonly bookmarks: readonly Bookmark[];
  readonly paper: keyof typeof paperSizes;
  readonly language: string;
  readonly title: string;
  readonly author: string;
  readonly subject: string;
  readonly creator: string;
  /** ISO moment. */
  readonly createdAt: string;
  /** Further document information, by key. */
  readonly properties: Readonly<Record<string, string>>;
  /** A word across every page, or null. */
  readonly watermark: string | null;
  /** The words at the right of a page's foot; pages count from 1. */
  readonly footRight: (page: number, of: number) => string;
  readonly attachment: { readonly bytes: Uint8Array; readonly name: string; readonly type: string; readonly description: string } | null;
}

/**
 * Writes laid-out pages as PDF: PDF/A-3b with tagged structure, outline, document information and an attachment. All dates and the
 * file identifier come from what is given, so the same gives the same bytes.
 */
export function paint(printed: Printed, fonts: FontSet): Uint8Array {
  const { pages } = printed;
  const document = openDocument(printed);
  // Laid out before the fonts are registered: a foot may need one that nothing else does.
  const feet = pages.map((page, index) => footerItems(printed.paper, fonts, page.footer, printed.footRight(index + 1, pages.length)));
  for (const [name, font] of fonts.opened()) document.registerFont(name, font as unknown as string);

  const elements = new Map<Node, PDFKit.PDFStructureElement>();
  buildStructure(document, printed.root, elements);
  const rootElement = elements.get(printed.root);
  if (rootElement) document.addStructure(rootElement);

  const places = new Map<Page, number>();
  const pen = openPen(document);
  for (const [index, page] of pages.entries()) {
    document.addPage();
    places.set(page, index);
    if (printed.watermark !== null) watermark(document, printed.watermark);
    paintItems(document, [...page.items, ...(feet[index] ?? [])], elements, pen);
    document.finishPage();
  }
  addOutline(document.outline as unknown as OutlineNode, printed.bookmarks, places);
  if (printed.attachment !== null) attach(document, printed.attachment);
  return document.finish();
}

/** A line of document information: no control characters, which XML cannot hold. */
function infoLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g, ' ').trim();
}

function openDocument(printed: Printed): ReportDocument {
  const paper = paperSizes[printed.paper];
  const created = new Date(printed.createdAt);
  const date = Number.isNaN(created.getTime()) ? new Date(0) : created;
  return new ReportDocument({
    size: [paper.width, paper.height],
    margin: 0,
    font: '',
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    displayTitle: true,
    lang: printed.language,
    info: {
      Title: infoLine(printed.title),
      Author: infoLine(printed.author),
      Subject: infoLine(printed.subject),
      Creator: printed.creator,
      Producer: printed.creator,
      CreationDate: date,
      ModDate: date,
      ...printed.properties,
    },
  } as PDFKit.PDFDocumentOptions);
}

function buildStructure(
  document: ReportDocument,
  source: Node,
  elements: Map<Node, PDFKit.PDFStructureElement>,
): PDFKit.PDFStructureElement {
  const element = document.struct(source.tag, {
    ...(source.title === undefined ? {} : { title: infoLine(source.title) }),
    ...(source.alternative === undefined ? {} : { alt: infoLine(source.alternative) }),
    ...(source.scope === undefined ? {} : { scope: source.scope }),
  } as PDFKit.Mixins.StructureElementOptions);
  elements.set(source, element);
  for (const child of source.children) element.add(buildStructure(document, child, elements));
  return element;
}

/** Draws items in order; neighbours that belong to one node share one marked content sequence. */
function paintItems(
  document: ReportDocument,
  items: readonly Item[],
  elements: ReadonlyMap<Node, PDFKit.PDFStructureElement>,
  pen: Pen,
): void {
  let current: Node | null | undefined;
  pen.startPage();
  for (const item of items) {
    if (item.node !== current) {
      if (current !== undefined) document.endMarkedContent();
      current = item.node;
      const element = current ? elements.get(current) : undefined;
      if (current && element) element.add(document.markStructureContent(current.tag));
      else document.markContent('Artifact', { type: 'Layout' });
    }
    pen.draw(item);
  }
  if (current !== undefined) document.endMarkedContent();
}

/** The rule at the foot of the page and the words below it. */
function footerItems(paper: Printed['paper'], fonts: FontSet, left: string, right: string): Item[] {
  const { width, height } = paperSizes[paper];
  const y = height - margins.bottom + 26;
  const room = width - margins.left - margins.right;
  const [rightLine] = breakLines(fonts, [{ text: right, style: styles.footer }], room);
  const leftLines = breakLines(fonts, [{ text: left, style: styles.footer }], room - rightLine.width - 30);
  // A longer name is cut with an ellipsis here; the cover and the scope chapter have all of it.
  const leftText = leftLines.length > 1 ? `${leftLines[0].text} …` : left;
  const [leftLine] = breakLines(fonts, [{ text: leftText, style: styles.footer }], room);
  const pieces = (line: Line, x: number): Item[] =>
    line.pieces.map((piece) => ({ kind: 'text', ...piece, x: x + piece.x, baseline: y + 14, node: null }));
  return [
    { kind: 'rectangle', x: margins.left, y, width: room, height: 0.6, colour: colours.line, node: null },
    ...pieces(leftLine, margins.left),
    ...pieces(rightLine, width - margins.right - rightLine.width),
  ];
}

/** Large pale letters from the lower left to the upper right, under everything else. */
function watermark(document: ReportDocument, word: string): void {
  const { width, height } = document.page;
  document.markContent('Artifact', { type: 'Layout' });
  document.save();
  document.rotate(-52, { origin: [width / 2, height / 2] });
  document.font('bold latin', 168).fillColor(colours.watermark);
  const textWidthHere = document.widthOfString(word);
  document.text(word, width / 2 - textWidthHere / 2, height / 2 + 58, { lineBreak: false, baseline: 'alphabetic' });
  document.restore();
  document.endMarkedContent();
}

interface OutlineNode {
  addItem(title: string, options: { pageNumber: number; fit: boolean; top: number; expanded: boolean }): OutlineNode;
}

function addOutline(parent: OutlineNode, bookmarks: readonly Bookmark[], places: ReadonlyMap<Page, number>): void {
  for (const bookmark of bookmarks) {
    const options = { pageNumber: places.get(bookmark.page) ?? 0, fit: false, top: Math.max(0, bookmark.y - 12), expanded: false };
    addOutline(parent.addItem(infoLine(bookmark.title), options), bookmark.children, places);
  }
}

/** Attached without compression, so that a verifier needs no inflater to read it. */
function attach(document: ReportDocument, attachment: NonNullable<Printed['attachment']>): void {
  const date = new Date(document.info.CreationDate ?? 0);
  const compressing = document.compress;
  document.compress = false;
  document.file(
    attachment.bytes as Buffer,
    {
      name: attachment.name,
      type: attachment.type,
      description: attachment.description,
      relationship: 'Data',
      creationDate: date,
      modifiedDate: date,
    } as PDFKit.Mixins.PDFAttachmentOptions,
  );
  document.compress = compressing;
}
