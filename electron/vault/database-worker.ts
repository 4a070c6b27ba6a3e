import { parentPort, workerData } from 'node:worker_threads';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { doDatabaseJob } from './database-jobs.ts';
import type { JobAnswer, ThreadData } from './database-thread.ts';

// A thread that checks or copies the records beside the calls. It ends by itself: it is never terminated, because the database's
// library ends the whole process when its thread is taken away under it.

const { job, stop } = workerData as ThreadData;

function goOn(): void {
  if (Atomics.load(stop, 0) !== 0) throw new CancelledError();
}

function answer(message: JobAnswer): void {
  parentPort?.postMessage(message);
}

doDatabaseJob(job, goOn).then(
  (result) => answer({ result }),
  (error) => {
    if (error instanceof ExpectedError) answer({ code: error.code, hint: error.hint, data: error.data });
    else if (!(error instanceof CancelledError)) throw error;
  },
);
