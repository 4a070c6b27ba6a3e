import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { matchesIn } from './matches.ts';

/** The words of a page: its items one after the other, a space where a line ends. */
export interface PageText {
  readonly text: string;
  /** Where each item begins in the text; item for item those of the text layer. */
  readonly starts: readonly number[];
  /** Where the lines end, but for the last one. */
  readonly lineEnds: readonly number[];
}

/** A place in a document: the page, from 1, and where on it in the page's text. */
export interface PdfPlace {
  readonly page: number;
  readonly start: number;
  readonly length: number;
}

/** Joins the items of a page. Those that hold no words, such as marks of the structure, are left out. */
export function joinItems(items: readonly (object | { readonly str: string; readonly hasEOL: boolean })[]): PageText {
  const starts: number[] = [];
  const lineEnds: number[] = [];
  let text = '';
  for (const item of items) {
    if (!('str' in item)) continue;
    starts.push(text.length);
    text += item.str;
    if (!item.hasEOL) continue;
    lineEnds.push(text.length);
    text += ' ';
  }
  return { text, starts, lineEnds };
}

/** The parts of items that a place covers: the item's index and from where to before where in its words. */
export function itemsOf(
  { starts, text }: Pick<PageText, 'starts' | 'text'>,
  start: number,
  length: number,
): { item: number; from: number; to: number }[] {
  const parts: { item: number; from: number; to: number }[] = [];
  for (const [item, begin] of starts.entries()) {
    const end = starts[item + 1] ?? text.length;
    if (end <= start) continue;
    if (begin >= start + length) break;
    parts.push({ item, from: Math.max(0, start - begin), to: Math.min(end, start + length) - begin });
  }
  return parts;
}

/** Reads the text of pages, each once. */
export function pageTexts(document: PDFDocumentProxy): (page: number) => Promise<PageText> {
  const known = new Map<number, Promise<PageText>>();
  return (page) => {
    const reading = known.get(page) ?? readPage(document, page);
    known.set(page, reading);
    return reading;
  };
}

async function readPage(document: PDFDocumentProxy, page: number): Promise<PageText> {
  const content = await (await document.getPage(page)).getTextContent();
  return joinItems(content.items);
}

/** Looks through a document page by page. A page that cannot be read is passed over. */
export async function* findInPdf(
  textOf: (page: number) => Promise<PageText>,
  pages: number,
  query: string,
): AsyncGenerator<readonly PdfPlace[]> {
  for (let page = 1; page <= pages; page += 1) {
    const { text } = await textOf(page).catch(() => ({ text: '' }));
    for (const starts of matchesIn(text, query)) yield starts.map((start) => ({ page, start, length: query.length }));
  }
}
