import { Worker } from 'node:worker_threads';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import type { BlockJob, BlockMessage, BlockReply, BlockRequest, BlockResult, SealedChunks } from './blocks.ts';

/** A thread that works through blocks in the order it gets them. */
export interface BlockThread {
  /** Resolves when the block is done. Rejects when the thread died. The chunks to open are handed over. */
  run(request: BlockRequest, sealed?: SealedChunks): Promise<BlockResult>;
  /** SHA-256 of every block so far, hex. */
  digest(): Promise<string>;
  /** Ends the thread at once, and its key with it. */
  end(): void;
}

interface Waiting {
  resolve(reply: BlockReply): void;
  reject(error: unknown): void;
}

/** Threads that wait for their first job, with neither key nor content: one for the hash and one that seals or opens. */
const mostSpares = 2;
const spares: { readonly workerPath: string; readonly worker: Worker }[] = [];

/**
 * Starts another thread for the next object: to start takes as long as to hash 40 MiB. It keeps no process from ending. One that
 * dies is not missed: the next job starts its own.
 */
function startSpare(workerPath: string): void {
  if (spares.length >= mostSpares) return;
  const worker = new Worker(workerPath);
  const spare = { workerPath, worker };
  spares.push(spare);
  const drop = () => void (spares.includes(spare) && spares.splice(spares.indexOf(spare), 1));
  worker.on('error', drop);
  worker.once('exit', drop);
  worker.unref();
}

function takeSpare(workerPath: string): Worker | null {
  const at = spares.findIndex((spare) => spare.workerPath === workerPath);
  const [spare] = at < 0 ? [] : spares.splice(at, 1);
  spare?.worker.ref();
  return spare?.worker ?? null;
}

/** Gives a thread its job. `workerPath` is the bundled `block-worker.ts`, or its source where Node runs TypeScript. */
export function startBlockThread(workerPath: string, job: BlockJob): BlockThread {
  const worker = takeSpare(workerPath) ?? new Worker(workerPath);
  const waiting: Waiting[] = [];
  let died = false;
  const die = () => {
    died = true;
    for (const { reject } of waiting.splice(0)) reject(unfinished());
  };
  worker.on('message', (reply: BlockReply) => waiting.shift()?.resolve(reply));
  worker.once('error', die);
  worker.once('exit', die);
  worker.postMessage(job);
  const ask = (message: BlockMessage) =>
    new Promise<BlockReply>((resolve, reject) => {
      if (died) return reject(unfinished());
      waiting.push({ resolve, reject });
      worker.postMessage(message, message === 'digest' ? [] : message.sealed.map(({ buffer }) => buffer));
    });
  return {
    run: async (request, sealed = []) => {
      const reply = await ask({ ...request, sealed });
      return 'damaged' in reply ? reply : { damaged: null };
    },
    digest: async () => {
      const reply = await ask('digest');
      return 'digest' in reply ? reply.digest : '';
    },
    end: () => {
      void worker.terminate();
      if (!died) startSpare(workerPath);
    },
  };
}

/** A thread ends by itself only when the system takes it away, mostly for want of memory. */
function unfinished(): ExpectedError {
  return new ExpectedError('evidence.unfinished', 'Close other programs to free memory, then try again.');
}

/** Numbers of blocks that nobody uses. */
export interface BlockPool {
  /** Waits until there is one. Throws what made the work fail. */
  take(): Promise<number>;
  put(block: number): void;
  /** Waits until so many are there. */
  allBack(count: number): Promise<void>;
  /** Ends all waiting, now and later, with this error. */
  fail(error: unknown): void;
}

/** A pool that begins with the first `count` blocks. */
export function createPool(count: number): BlockPool {
  const free = Array.from({ length: count }, (_, block) => block);
  let failure: { readonly error: unknown } | null = null;
  let wake = () => {};
  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  const enough = async (wanted: number) => {
    while (failure === null && free.length < wanted) await changed();
    if (failure !== null) throw failure.error;
  };
  return {
    async take() {
      await enough(1);
      return free.shift() ?? 0;
    },
    put(block) {
      free.push(block);
      wake();
    },
    allBack: enough,
    fail(error) {
      failure ??= { error };
      wake();
    },
  };
}
