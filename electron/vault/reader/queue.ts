import type { ReaderFailure, ReaderJob } from '../../../shared/domain/reader.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import { answerMessage } from './answers.ts';

/** The vault's end of the line to one reader process. */
export interface ReaderLine {
  post(message: unknown): void;
  /** Ends the process at once. */
  end(): void;
}

export interface ReaderLineEvents {
  message(message: unknown): void;
  gone(): void;
}

/** Starts a reader process. It may end at any moment; `gone` is called then, also when it never came up. */
export type StartReader = (events: ReaderLineEvents) => ReaderLine;

/** Does jobs one after the other in a reader process, which is started when there is work. */
export interface Reader {
  /**
   * The value of an answer, unchecked. Errors: `reader.ended` when the process died, took too long or answered nonsense,
   * `reader.unreadable` with the reason, a `CancelledError` when the signal fired.
   */
  run(job: ReaderJob, signal: AbortSignal): Promise<unknown>;
  /** Ends the process. A later job starts another one. */
  stop(): void;
}

export interface ReaderTimes {
  /** Milliseconds that one job may take. */
  readonly job: number;
  /** Milliseconds after the last job until the process is ended, and with it whatever it still remembers. */
  readonly idle: number;
}

const endedHint = 'Everything else goes on as before.';

const defaultTimes: ReaderTimes = { job: 20_000, idle: 30_000 };

interface Waiting {
  readonly id: number;
  readonly job: ReaderJob;
  readonly signal: AbortSignal;
  readonly settle: (outcome: () => void) => void;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
  /** Its process was started for it, so it is what the process died of. */
  isFirst: boolean;
}

/** Queues jobs for a reader process. A job that is cancelled or runs too long ends the process; the next job gets a fresh one. */
export function createReader(start: StartReader, times: ReaderTimes = defaultTimes): Reader {
  const queue: Waiting[] = [];
  let line: ReaderLine | null = null;
  let current: Waiting | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ids = 0;

  function connect(): ReaderLine {
    const made: ReaderLine = start({
      message: (message) => {
        if (line === made) receive(message);
      },
      gone: () => {
        if (line !== made) return;
        line = null;
        // A process that did other work before may have died of that, or of somebody's hand: once more, in a fresh one.
        if (current !== null && !current.isFirst) {
          queue.unshift(current);
          current = null;
          next();
        } else fail(new ExpectedError('reader.ended', endedHint));
      },
    });
    return made;
  }

  function next(): void {
    if (current !== null) return;
    clearTimeout(timer);
    current = queue.shift() ?? null;
    if (current === null) {
      timer = setTimeout(end, times.idle);
      timer.unref();
      return;
    }
    timer = setTimeout(() => {
      end();
      fail(new ExpectedError('reader.ended', endedHint));
    }, times.job);
    current.isFirst = line === null;
    line ??= connect();
    line.post({ id: current.id, job: current.job });
  }

  function receive(message: unknown): void {
    const parsed = answerMessage.safeParse(message);
    const done = current;
    if (!parsed.success || done === null || parsed.data.id !== done.id) {
      // Nobody asked for this: it is not to be believed any longer.
      end();
      fail(new ExpectedError('reader.ended', endedHint));
      return;
    }
    const answer = parsed.data;
    current = null;
    done.settle(() => (answer.ok ? done.resolve(answer.value) : done.reject(unreadable(answer.reason))));
    next();
  }

  function fail(error: Error): void {
    const done = current;
    current = null;
    done?.settle(() => done.reject(error));
    next();
  }

  function end(): void {
    const ended = line;
    line = null;
    ended?.end();
  }

  function cancel(waiting: Waiting): void {
    const place = queue.indexOf(waiting);
    if (place >= 0) queue.splice(place, 1);
    waiting.settle(() => waiting.reject(new CancelledError()));
    if (current !== waiting) return;
    end();
    current = null;
    next();
  }

  return {
    run: (job, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(new CancelledError());
          return;
        }
        ids += 1;
        const onAbort = () => cancel(waiting);
        const settle = (outcome: () => void) => {
          signal.removeEventListener('abort', onAbort);
          outcome();
        };
        const waiting: Waiting = { id: ids, job, signal, settle, resolve, reject, isFirst: true };
        signal.addEventListener('abort', onAbort, { once: true });
        queue.push(waiting);
        next();
      }),
    stop() {
      end();
      for (const waiting of queue.splice(0)) waiting.settle(() => waiting.reject(new CancelledError()));
      fail(new CancelledError());
      clearTimeout(timer);
    },
  };
}

/** Where nothing is parsed: every job ends as if its process had died. */
export const noReader: Reader = {
  run: () => Promise.reject(new ExpectedError('reader.ended', endedHint)),
  stop: () => {},
};

function unreadable(reason: ReaderFailure): ExpectedError {
  return new ExpectedError('reader.unreadable', 'Export the original and open it with its own program.', { reason });
}
