import { Worker } from 'node:worker_threads';
import { CancelledError, type ErrorCode, ExpectedError } from '../../shared/ipc/errors.ts';
import type { DatabaseJob, JobResults } from './database-jobs.ts';

/** A thread that reads the records beside the calls. */
export interface DatabaseThread {
  /** Asks it to end: after the statement it is at it closes its files and zeroes its keys. The call that started it ends at once. */
  end(): void;
  /** Resolves when its files are closed. */
  readonly ended: Promise<void>;
}

/** What a thread is told when it starts. `stop[0]` is set when it is to end. */
export interface ThreadData {
  readonly job: DatabaseJob;
  readonly stop: Int32Array;
}

/** What a thread answers: its result, or the parts of an expected error. */
export type JobAnswer =
  | { readonly result: JobResults[DatabaseJob['does']] }
  | { readonly code: ErrorCode; readonly hint: string; readonly data: Readonly<Record<string, string | number>> };

export interface ThreadOptions {
  /** The bundled `database-worker.ts`, or its source where Node runs TypeScript. */
  readonly workerPath: string;
  readonly signal: AbortSignal;
}

/**
 * Does a job in a thread of its own, which is one of the session's `threads` meanwhile; the keys in it are handed over. Resolves when
 * the thread has ended and its files are closed.
 * Rejects at once with a `CancelledError` when the signal comes or the vault is closed; until its last statement has ended, the
 * thread is still among them.
 */
export function runDatabaseJob<Does extends DatabaseJob['does']>(
  threads: Set<DatabaseThread>,
  job: Extract<DatabaseJob, { does: Does }>,
  { workerPath, signal }: ThreadOptions,
): Promise<JobResults[Does]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new CancelledError());
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const data: ThreadData = { job, stop };
    const keys = 'targetKey' in job ? [job.key.buffer, job.targetKey.buffer] : [job.key.buffer];
    const worker = new Worker(workerPath, { workerData: data, transferList: keys });
    const end = () => {
      Atomics.store(stop, 0, 1);
      reject(new CancelledError());
    };
    let answer: JobAnswer | null = null;
    const ended = new Promise<void>((resolveEnded) => {
      worker.once('exit', () => {
        threads.delete(thread);
        signal.removeEventListener('abort', end);
        if (answer === null) reject(new Error('The thread of the records ended without an answer.'));
        else if ('result' in answer) resolve(answer.result as JobResults[Does]);
        else reject(new ExpectedError(answer.code, answer.hint, answer.data));
        resolveEnded();
      });
    });
    const thread: DatabaseThread = { end, ended };
    threads.add(thread);
    signal.addEventListener('abort', end, { once: true });
    worker.once('message', (message: JobAnswer) => {
      answer = message;
    });
    worker.once('error', reject);
  });
}

/** A key in memory of its own, to be handed over; the one it was made from is zeroed. */
export function handOver(key: Uint8Array): Uint8Array<ArrayBuffer> {
  const own = new Uint8Array(key);
  key.fill(0);
  return own;
}
