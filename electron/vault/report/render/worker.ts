import { parentPort, workerData } from 'node:worker_threads';
import type { RenderJob } from './in-worker.ts';
import { renderReport } from './render.ts';

/** Entry of the rendering thread. It is given a report model and returns a PDF; it holds no key and no database. */

const { model, fontsDirectory } = workerData as RenderJob;
renderReport(model, { fontsDirectory }).then(
  ({ bytes, pages, signatureBox }) => {
    const own = new Uint8Array(bytes);
    parentPort?.postMessage({ bytes: own, pages, signatureBox }, [own.buffer]);
  },
  // Rethrown outside the promise, so that it reaches the parent as the worker's error.
  (error: unknown) => setImmediate(() => Promise.reject(error)),
);
