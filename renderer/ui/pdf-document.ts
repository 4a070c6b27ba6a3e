import './pdf-runtime.ts';
import type { PDFDocumentProxy, PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { workerAddress } from '../trusted-types.ts';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

interface Reader {
  readonly pdfjs: Pdfjs;
  /** One worker for every document of the window. */
  readonly worker: PDFWorker;
}

let reader: Promise<Reader> | null = null;

function loadReader(): Promise<Reader> {
  reader ??= import('pdfjs-dist/legacy/build/pdf.mjs').then((pdfjs) => {
    const port = new Worker(workerAddress('/pdf.worker.mjs'), { type: 'module' });
    return { pdfjs, worker: pdfjs.PDFWorker.create({ port }) };
  });
  return reader;
}

/** The library itself, loaded with the first document. */
export async function loadPdfjs(): Promise<Pdfjs> {
  return (await loadReader()).pdfjs;
}

/** Why a PDF cannot be shown: its content is protected by a password, by another one, or it is not a PDF that can be read. */
export type PdfFailure = 'encrypted' | 'wrong-password' | 'damaged';

export function pdfFailure(error: unknown): PdfFailure {
  if (!(error instanceof Error) || error.name !== 'PasswordException') return 'damaged';
  // The library's PasswordResponses.INCORRECT_PASSWORD.
  return 'code' in error && error.code === 2 ? 'wrong-password' : 'encrypted';
}

/** An opened PDF and the way to let go of it. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  readonly close: () => void;
}

/** Opens a PDF from its bytes; scripts, forms and links of the file do nothing. Throws when it is not a readable PDF, or the password is not its own. */
export async function openPdf(bytes: Uint8Array, password = ''): Promise<OpenPdf> {
  const { pdfjs, worker } = await loadReader();
  const task = pdfjs.getDocument({
    // The worker takes the memory away, so it gets a copy.
    data: bytes.slice(),
    ...(password === '' ? {} : { password }),
    worker,
    cMapUrl: new URL('/pdf/cmaps/', window.location.href).href,
    standardFontDataUrl: new URL('/pdf/standard_fonts/', window.location.href).href,
    useSystemFonts: false,
    useWasm: false,
    verbosity: 0,
  });
  const document = await task.promise;
  return { document, close: () => void task.destroy() };
}
