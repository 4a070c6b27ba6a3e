import { parentPort, workerData } from 'node:worker_threads';
import type { CustodyDocument } from '../../../../shared/domain/custody.ts';
import { layOutCustody } from './custody-form.ts';
import type { CustodyJob } from './custody-printer.ts';
import { openFonts } from './fonts.ts';
import type { RenderJob } from './in-worker.ts';
import { paint } from './paint.ts';
import { renderReport } from './render.ts';

/** Entry of the rendering thread. It is given what to print and returns a PDF; it holds no key and no database. */

const job = workerData as RenderJob | CustodyJob;
if ('custody' in job) printCustody(job);
else printReport(job);

function printReport({ model, fontsDirectory }: RenderJob): void {
  renderReport(model, { fontsDirectory }).then(
    ({ bytes, pages, signatureBox }) => {
      const own = new Uint8Array(bytes);
      parentPort?.postMessage({ bytes: own, pages, signatureBox }, [own.buffer]);
    },
    // Rethrown outside the promise, so that it reaches the parent as the worker's error.
    (error: unknown) => setImmediate(() => Promise.reject(error)),
  );
}

/** Prints one document for each message, until the thread is ended. */
function printCustody({ fontsDirectory }: CustodyJob): void {
  const fonts = openFonts(fontsDirectory);
  parentPort?.on('message', (document: CustodyDocument) => {
    const own = new Uint8Array(paint(layOutCustody(document, fonts), fonts));
    parentPort?.postMessage(own, [own.buffer]);
  });
}
