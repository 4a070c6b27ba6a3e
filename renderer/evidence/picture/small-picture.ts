import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PreviewContent } from '../../../shared/domain/preview.ts';
import { openPdf } from '../../ui/pdf-document.ts';
import { attempts, mostBytes } from './picture-bounds.ts';

/** Milliseconds after which a page that is still being drawn gets no picture. */
const longest = 10_000;

/** A small WebP of a picture or of the first page of a PDF. Null where nothing else is drawn, or it does not become small. Throws what cannot be drawn. */
export async function makeSmallPicture(content: PreviewContent): Promise<Uint8Array | null> {
  if (content.kind === 'image') return ofImage(content.bytes, content.mediaType);
  if (content.kind === 'pdf') return ofPdf(content.bytes);
  return null;
}

async function ofImage(bytes: Uint8Array, mediaType: string): Promise<Uint8Array | null> {
  const image = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: mediaType }));
  try {
    return await encode(image, image);
  } finally {
    image.close();
  }
}

async function ofPdf(bytes: Uint8Array): Promise<Uint8Array | null> {
  const { document, close } = await openPdf(bytes);
  const timer = setTimeout(close, longest);
  try {
    const canvas = await drawPage(await document.getPage(1));
    return await encode(canvas, canvas);
  } finally {
    clearTimeout(timer);
    close();
  }
}

async function drawPage(page: PDFPageProxy): Promise<HTMLCanvasElement> {
  const natural = page.getViewport({ scale: 1 });
  // Drawn larger than it is kept, so that thin lines do not get lost.
  const viewport = page.getViewport({ scale: (2 * attempts[0].pixels) / Math.max(natural.width, natural.height) });
  const { canvas } = whiteCanvas(viewport.width, viewport.height);
  await page.render({ canvas, viewport }).promise;
  return canvas;
}

async function encode(source: CanvasImageSource, size: { readonly width: number; readonly height: number }): Promise<Uint8Array | null> {
  for (const { pixels, quality } of attempts) {
    const scale = Math.min(1, pixels / Math.max(size.width, size.height));
    const { canvas, context } = whiteCanvas(size.width * scale, size.height * scale);
    context.imageSmoothingQuality = 'high';
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/webp', quality));
    if (blob !== null && blob.size <= mostBytes) return new Uint8Array(await blob.arrayBuffer());
  }
  return null;
}

function whiteCanvas(width: number, height: number): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D } {
  const canvas = window.document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width));
  canvas.height = Math.max(1, Math.round(height));
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('No canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  return { canvas, context };
}
