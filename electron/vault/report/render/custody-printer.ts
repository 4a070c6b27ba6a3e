import { Worker } from 'node:worker_threads';
import type { CustodyDocument } from '../../../../shared/domain/custody.ts';
import { CancelledError } from '../../../../shared/ipc/errors.ts';
import type { WorkerOptions } from './in-worker.ts';

export interface CustodyJob {
  readonly custody: true;
  readonly fontsDirectory: string;
}

/** Prints custody forms one document after the other in one thread, which keeps its fonts open between them. */
export interface CustodyPrinter {
  /** The PDF. Throws a `CancelledError` when the signal fired. */
  readonly print: (document: CustodyDocument) => Promise<Uint8Array>;
  /** Ends the thread; what is being printed fails. */
  readonly close: () => void;
}

/** Starts the renderer's thread. Close it when done. */
export function openCustodyPrinter({ workerPath, fontsDirectory, signal }: WorkerOptions): CustodyPrinter {
  const job: CustodyJob = { custody: true, fontsDirectory };
  const worker = new Worker(workerPath, { workerData: job });
  let failure: unknown = null;
  let reject: (reason: unknown) => void = () => undefined;
  const fail = (reason: unknown) => {
    failure ??= reason;
    reject(failure);
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The custody printer ended with code ${code}.`)));
  const cancel = () => {
    fail(new CancelledError());
    void worker.terminate();
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    print: (document) =>
      new Promise((resolve, rejectPrint) => {
        if (failure !== null) {
          rejectPrint(failure);
          return;
        }
        reject = rejectPrint;
        worker.once('message', resolve);
        worker.postMessage(document);
      }),
    close() {
      signal?.removeEventListener('abort', cancel);
      failure ??= new Error('The custody printer was closed.');
      void worker.terminate();
    },
  };
}
