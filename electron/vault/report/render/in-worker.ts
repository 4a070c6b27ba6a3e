import { Worker } from 'node:worker_threads';
import type { ReportModel } from '../../../../shared/domain/report-model.ts';
import { CancelledError } from '../../../../shared/ipc/errors.ts';
import type { RenderedReport } from './render.ts';

export interface RenderJob {
  readonly model: ReportModel;
  readonly fontsDirectory: string;
}

export interface WorkerOptions {
  /** The bundled `worker.ts`, or its source where Node runs TypeScript. */
  readonly workerPath: string;
  readonly fontsDirectory: string;
  readonly signal?: AbortSignal;
}

/**
 * Renders beside the calls, in a thread of its own, so that answers still save while a long report is made.
 * Throws a `CancelledError` when the signal fires; the thread is ended at once.
 */
export function renderInWorker(model: ReportModel, options: WorkerOptions): Promise<RenderedReport> {
  const { workerPath, fontsDirectory, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(new CancelledError());
      return;
    }
    const job: RenderJob = { model, fontsDirectory };
    const worker = new Worker(workerPath, { workerData: job });
    const settle = (outcome: () => void) => {
      signal?.removeEventListener('abort', cancel);
      outcome();
    };
    const cancel = () => {
      settle(() => reject(new CancelledError()));
      void worker.terminate();
    };
    signal?.addEventListener('abort', cancel, { once: true });
    worker.once('message', (rendered: RenderedReport) => settle(() => resolve(rendered)));
    worker.once('error', (error) => settle(() => reject(error)));
    worker.once('exit', (code) => settle(() => reject(new Error(`The report renderer ended with code ${code}.`))));
  });
}
