import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { mostPixels, pagePixels, type Resolution } from '../../../shared/domain/redaction.ts';
import type { Progress } from '../../../shared/ipc/contract.ts';
import type { RedactedCopy, RedactionResult } from '../../../shared/ipc/redaction.ts';
import { AppError } from '../../app-error.ts';
import { call } from '../../bridge.ts';
import { t } from '../../i18n/translate.ts';
import type { Mark } from './editor.ts';

export interface CopyTask {
  readonly redactionId: string;
  readonly copy: RedactedCopy;
  readonly marks: readonly Mark[];
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Bytes of pixels handed over at a time: the contract's limit. */
const stripLimit = 4 * 1024 * 1024;

/** Masks a text in the vault. */
export function copyText({ redactionId, copy, marks }: CopyTask): Promise<RedactionResult> {
  const places = marks.map(({ x, width, reason }) => ({ start: x, end: x + width, reason }));
  return call('redaction.maskText', { redactionId, copy, places });
}

/** Draws the picture again, upright as it was seen, and hands its pixels over. Throws an `AppError`. */
export async function copyPicture(task: CopyTask, bytes: Uint8Array, mediaType: string): Promise<RedactionResult> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType });
  const picture = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(() => {
    // It is on the screen already, so its pixels are too many for a second time.
    throw tooLarge();
  });
  try {
    const { width, height } = picture;
    if (width * height > mostPixels) throw tooLarge();
    await start(task, 1);
    await startPage(task, { width, height, pageWidth: 1, pageHeight: 1 });
    const rows = Math.max(1, Math.floor(stripLimit / (width * 4)));
    const { canvas, context } = makeCanvas(width, Math.min(rows, height));
    for (let top = 0; top < height; top += rows) {
      context.fillStyle = 'white';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(picture, 0, -top);
      await sendRows(task, context, width, Math.min(rows, height - top));
      task.onProgress({ label: '', done: Math.min(height, top + rows), total: height, unit: 'items', elapsed: 0 });
    }
    return await finish(task);
  } finally {
    picture.close();
  }
}

/** Draws every page of a PDF, also those without marks, and hands the pixels over page by page. Throws an `AppError`. */
export async function copyPages(task: CopyTask, document: PDFDocumentProxy, resolution: Resolution): Promise<RedactionResult> {
  const started = performance.now();
  const pages = document.numPages;
  await start(task, pages);
  for (let number = 1; number <= pages; number += 1) {
    throwIfCancelled(task.signal);
    const { page, points, canvas, context } = await drawPage(document, number, resolution);
    const { width, height } = canvas;
    await startPage(task, { width, height, pageWidth: points.width, pageHeight: points.height });
    const rows = Math.max(1, Math.floor(stripLimit / (width * 4)));
    for (let top = 0; top < height; top += rows) await sendRows(task, context, width, Math.min(rows, height - top), top);
    page.cleanup();
    // The memory of a canvas is given back at once only when it is empty.
    canvas.width = 0;
    task.onProgress({ label: '', done: number, total: pages, unit: 'items', elapsed: performance.now() - started });
  }
  return finish(task);
}

/** One page on white paper. Throws `redaction.incomplete` with the page's number when it cannot be drawn. */
async function drawPage(document: PDFDocumentProxy, number: number, resolution: Resolution) {
  try {
    const page = await document.getPage(number);
    const points = page.getViewport({ scale: 1 });
    const { scale, width, height } = pagePixels(points, resolution);
    const { canvas, context } = makeCanvas(width, height);
    await page.render({ canvas, viewport: page.getViewport({ scale }), background: 'white' }).promise;
    return { page, points, canvas, context };
  } catch {
    const hint = t('redaction.broken.number', { page: number });
    throw new AppError({ kind: 'expected', code: 'redaction.incomplete', message: '', hint, data: {} });
  }
}

async function start({ redactionId, copy, marks, signal }: CopyTask, pages: number): Promise<void> {
  throwIfCancelled(signal);
  const places = marks.map(({ page, x, y, width, height, reason }) => ({ page, x, y, width, height, reason }));
  await call('redaction.startCopy', { redactionId, copy, pages, places });
}

async function startPage(
  { redactionId }: CopyTask,
  size: { readonly width: number; readonly height: number; readonly pageWidth: number; readonly pageHeight: number },
): Promise<void> {
  await call('redaction.startPage', { redactionId, ...size });
}

async function sendRows(task: CopyTask, context: CanvasRenderingContext2D, width: number, rows: number, top = 0): Promise<void> {
  throwIfCancelled(task.signal);
  const { data } = context.getImageData(0, top, width, rows);
  await call('redaction.pixels', { redactionId: task.redactionId, bytes: new Uint8Array(data.buffer) });
}

async function finish({ redactionId, signal }: CopyTask): Promise<RedactionResult> {
  throwIfCancelled(signal);
  return call('redaction.finish', { redactionId });
}

function makeCanvas(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = window.document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true, alpha: false });
  if (context === null) throw tooLarge();
  return { canvas, context };
}

function tooLarge(): AppError {
  return new AppError({ kind: 'expected', code: 'redaction.too-large', message: '', hint: '', data: {} });
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError({ kind: 'cancelled' });
}
