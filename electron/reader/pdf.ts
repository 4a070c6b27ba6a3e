import './pdf-runtime.ts';
import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import { fact } from './fact.ts';
import { UnreadableFile } from './failure.ts';
import { CharacterTables } from './pdf-data.ts';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let library: Promise<Pdfjs> | null = null;

/** pdf.js in this very process: the reader is the worker. What it would draw with is not there, and nothing is drawn. */
function loadPdfjs(): Promise<Pdfjs> {
  library ??= (async () => {
    const scope = globalThis as { DOMMatrix?: unknown; Path2D?: unknown };
    scope.DOMMatrix ??= class {};
    scope.Path2D ??= class {};
    await import('./pdf-worker.ts');
    return import('pdfjs-dist/legacy/build/pdf.mjs');
  })();
  return library;
}

/** Opens a PDF, works on it and closes it. Throws `encrypted` where it needs a password, `unreadable` where it is none. */
export async function withPdf<T>(bytes: Uint8Array, work: (document: PDFDocumentProxy) => Promise<T>): Promise<T> {
  const pdfjs = await loadPdfjs();
  const task = pdfjs.getDocument({
    // The library takes the bytes away.
    data: new Uint8Array(bytes),
    verbosity: 0,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    BinaryDataFactory: CharacterTables,
    stopAtErrors: false,
  });
  try {
    return await work(await task.promise);
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile(error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'unreadable');
  } finally {
    await task.destroy();
  }
}

/** Milliseconds for the words of one PDF: less than a job may take, so that of a very long one the beginning is kept. */
const mostTime = 12_000;

/** The words of the pages in their order, a form feed's place taken by an empty line, until there are enough or it took too long. */
export async function pdfText(
  document: PDFDocumentProxy,
  mostCharacters: number,
  milliseconds = mostTime,
): Promise<{ text: string; cut: boolean }> {
  const end = performance.now() + milliseconds;
  const pages: string[] = [];
  let length = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    if (length > mostCharacters || performance.now() > end) return { text: pages.join('\n\n'), cut: true };
    // A damaged page is no reason to lose the others.
    const text = await pageText(document, number).catch(() => '');
    pages.push(text);
    length += text.length + 2;
  }
  return { text: pages.join('\n\n'), cut: false };
}

async function pageText(document: PDFDocumentProxy, number: number): Promise<string> {
  const page = await document.getPage(number);
  const { items } = await page.getTextContent();
  page.cleanup();
  return items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('');
}

/** What the document information says. Days are written as in ISO 8601 where they can be read. */
export async function pdfFacts(document: PDFDocumentProxy): Promise<EvidenceFact[]> {
  const information: Readonly<Record<string, unknown>> = await document.getMetadata().then(
    ({ info }) => info as Readonly<Record<string, unknown>>,
    () => ({}),
  );
  const day = (value: unknown) => {
    const parts = /^D:(\d{4})(\d{2})(\d{2})(\d{2})?(\d{2})?/.exec(String(value ?? ''));
    if (parts === null) return value;
    const [, year, month, date, hour, minute] = parts;
    return `${year}-${month}-${date}${hour === undefined || minute === undefined ? '' : ` ${hour}:${minute}`}`;
  };
  return [
    ...fact('title', information.Title),
    ...fact('subject', information.Subject),
    ...fact('author', information.Author),
    ...fact('software', information.Creator),
    ...fact('producer', information.Producer),
    ...fact('created-at', day(information.CreationDate)),
    ...fact('modified-at', day(information.ModDate)),
    ...fact('pages', document.numPages),
  ];
}
