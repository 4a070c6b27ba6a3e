import PDFDocument from 'pdfkit';
import { manifestInfoKey, manifestName } from '../manifest.ts';
import type { FontSet } from './fonts.ts';
import type { Bookmark, Item, Node, Page } from './page.ts';
import type { LaidOutReport } from './report.ts';
import { colours, margins, paperSizes, styles } from './theme.ts';

/**
 * Writes laid-out pages as PDF: PDF/A-3b with tagged structure, outline, document information and the manifest as an
 * attachment. All dates and the file identifier come from the model, so the same model gives the same bytes.
 */
export async function paint(report: LaidOutReport, fonts: FontSet): Promise<Uint8Array> {
  const { context, pages } = report;
  const document = openDocument(report);
  const bytes = collect(document);
  for (const [name, font] of fonts.opened()) document.registerFont(name, font as unknown as string);

  const elements = new Map<Node, PDFKit.PDFStructureElement>();
  buildStructure(document, report.root, elements);
  const rootElement = elements.get(report.root);
  if (rootElement) document.addStructure(rootElement);

  const places = new Map<Page, number>();
  for (const [index, page] of pages.entries()) {
    document.addPage();
    places.set(page, index);
    if (context.model.draft) watermark(document, context.messages.draft);
    paintItems(document, page.items, elements);
    const right = index === 0 ? context.messages.checkIt : context.messages.pageOf(index + 1, pages.length);
    paintFooter(document, fonts, page.footer, right);
  }
  addOutline(document.outline as unknown as OutlineNode, report.bookmarks, places);
  attachManifest(document, report);
  document.end();
  return bytes;
}

type Document = InstanceType<typeof PDFDocument>;

/** PDFKit copies the document information into its XML metadata without escaping it. */
class ReportDocument extends PDFDocument {
  override endMetadata(): void {
    const plain = { ...this.info };
    for (const [key, value] of Object.entries(plain)) {
      if (typeof value === 'string') (this.info as Record<string, unknown>)[key] = escapeXml(value);
    }
    (PDFDocument.prototype as unknown as { endMetadata: () => void }).endMetadata.call(this);
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A line of document information: no control characters, which XML cannot hold. */
function infoLine(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]+/g, ' ').trim();
}

function openDocument({ context }: LaidOutReport): Document {
  const { model, messages, manifest } = context;
  const paper = paperSizes[model.paper];
  const created = new Date(model.createdAt);
  const date = Number.isNaN(created.getTime()) ? new Date(0) : created;
  const title = infoLine(
    [messages.documentTitle, model.audit.organisation, `${model.number} r${model.revision}`].filter(Boolean).join(' · '),
  );
  return new ReportDocument({
    size: [paper.width, paper.height],
    margin: 0,
    font: '',
    autoFirstPage: false,
    pdfVersion: '1.7',
    subset: 'PDF/A-3b',
    tagged: true,
    displayTitle: true,
    lang: model.language,
    info: {
      Title: title,
      Author: infoLine(model.signer.name),
      Subject: infoLine(model.audit.title),
      Creator: messages.creator,
      Producer: messages.creator,
      CreationDate: date,
      ModDate: date,
      [manifestInfoKey]: manifest.sha256,
    },
  } as PDFKit.PDFDocumentOptions);
}

function collect(document: Document): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}

function buildStructure(document: Document, source: Node, elements: Map<Node, PDFKit.PDFStructureElement>): PDFKit.PDFStructureElement {
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
function paintItems(document: Document, items: readonly Item[], elements: ReadonlyMap<Node, PDFKit.PDFStructureElement>): void {
  let current: Node | null | undefined;
  for (const item of items) {
    if (item.node !== current) {
      if (current !== undefined) document.endMarkedContent();
      current = item.node;
      const element = current ? elements.get(current) : undefined;
      if (current && element) element.add(document.markStructureContent(current.tag));
      else document.markContent('Artifact', { type: 'Layout' });
    }
    paintItem(document, item);
  }
  if (current !== undefined) document.endMarkedContent();
}

function paintItem(document: Document, item: Item): void {
  switch (item.kind) {
    case 'text':
      document
        .font(item.font, item.style.size)
        .fillColor(item.style.colour)
        .text(item.text, item.x, item.baseline, { lineBreak: false, baseline: 'alphabetic' });
      break;
    case 'rectangle':
      document.rect(item.x, item.y, item.width, item.height).fill(item.colour);
      break;
    case 'shape':
      if (item.fill) document.path(item.path).fill(item.fill);
      else
        document
          .lineWidth(item.lineWidth ?? 1)
          .path(item.path)
          .stroke(item.stroke ?? colours.ink);
  }
}

function paintFooter(document: Document, fonts: FontSet, left: string, right: string): void {
  const { width, height } = document.page;
  const y = height - margins.bottom + 26;
  document.markContent('Artifact', { type: 'Pagination' });
  document.rect(margins.left, y, width - margins.left - margins.right, 0.6).fill(colours.line);
  const rightWidth = textWidth(fonts, right);
  const room = width - margins.left - margins.right - rightWidth - 20;
  footerText(document, fonts, shorten(fonts, left, room), margins.left, y + 14);
  footerText(document, fonts, right, width - margins.right - rightWidth, y + 14);
  document.endMarkedContent();
}

function textWidth(fonts: FontSet, text: string): number {
  return fonts.split(text, styles.footer.family).reduce((sum, run) => sum + fonts.measure(run), 0) * styles.footer.size;
}

/** The organisation's name may be longer than the footer; the cover and the scope chapter have all of it. */
function shorten(fonts: FontSet, text: string, room: number): string {
  let kept = text;
  while (kept !== '' && textWidth(fonts, kept) > room) kept = `${kept.slice(0, Math.floor((kept.length - 2) * 0.9))} …`;
  return kept;
}

function footerText(document: Document, fonts: FontSet, text: string, x: number, baseline: number): void {
  let at = x;
  for (const run of fonts.split(text, styles.footer.family)) {
    document
      .font(run.font, styles.footer.size)
      .fillColor(styles.footer.colour)
      .text(run.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' });
    at += fonts.measure(run) * styles.footer.size;
  }
}

/** Large pale letters from the lower left to the upper right, under everything else. */
function watermark(document: Document, word: string): void {
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
function attachManifest(document: Document, { context }: LaidOutReport): void {
  const date = new Date(document.info.CreationDate ?? 0);
  const compressing = document.compress;
  document.compress = false;
  document.file(
    context.manifest.bytes as Buffer,
    {
      name: manifestName,
      type: 'application/json',
      description: context.messages.documentTitle,
      relationship: 'Data',
      creationDate: date,
      modifiedDate: date,
    } as PDFKit.Mixins.PDFAttachmentOptions,
  );
  document.compress = compressing;
}
