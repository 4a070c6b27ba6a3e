import { setImmediate as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ReportEvidence, ReportModel } from '../../../../shared/domain/report-model.ts';
import { CancelledError } from '../../../../shared/ipc/errors.ts';
import type { RenderedReport } from './render.ts';

export interface RenderJob {
  /** Without its evidence, which follows in parts. */
  readonly model: ReportModel;
  readonly fontsDirectory: string;
}

/** Some of the evidence, in order; none when it was all. */
export type RenderMessage = readonly ReportEvidence[];

/** Pieces sent at a time: copying 200,000 in one go would hold up the calls for more than a second. */
const evidenceStep = 2000;

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
    const job: RenderJob = { model: { ...model, evidence: [] }, fontsDirectory };
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
    void sendEvidence(worker, model.evidence);
  });
}

async function sendEvidence(worker: Worker, evidence: readonly ReportEvidence[]): Promise<void> {
  for (let from = 0; from < evidence.length; from += evidenceStep) {
    worker.postMessage(evidence.slice(from, from + evidenceStep) satisfies RenderMessage);
    await pause();
  }
  worker.postMessage([] satisfies RenderMessage);
}
