import { parentPort, workerData } from 'node:worker_threads';
import type { CustodyDocument } from '../../../../shared/domain/custody.ts';
import type { ReportEvidence, ReportModel } from '../../../../shared/domain/report-model.ts';
import { layOutCustody } from './custody-form.ts';
import type { CustodyJob } from './custody-printer.ts';
import { openFonts } from './fonts.ts';
import type { RenderJob, RenderMessage } from './in-worker.ts';
import { paint } from './paint.ts';
import { renderReport } from './render.ts';

/** Entry of the rendering thread. It is given what to print and returns a PDF; it holds no key and no database. */

const job = workerData as RenderJob | CustodyJob;
if ('custody' in job) printCustody(job);
else collectReport(job);

/** Takes the evidence part by part, and prints when it has all of it. */
function collectReport({ model, fontsDirectory }: RenderJob): void {
  const evidence: ReportEvidence[] = [];
  const take = (part: RenderMessage) => {
    evidence.push(...part);
    if (part.length > 0) return;
    // A thread that listens does not end by itself.
    parentPort?.off('message', take);
    printReport({ ...model, evidence }, fontsDirectory);
  };
  parentPort?.on('message', take);
}

function printReport(model: ReportModel, fontsDirectory: string): void {
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
