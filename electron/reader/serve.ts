import type { ReaderJob } from '../../shared/domain/reader.ts';
import { reasonOf } from './failure.ts';
import { runJob } from './jobs.ts';

/** The reader's end of its one line. */
export interface Line {
  post(message: unknown): void;
  listen(listener: (message: unknown) => void): void;
}

interface JobMessage {
  readonly id: number;
  readonly job: ReaderJob;
}

/** Answers jobs one after the other: each with its value, or with why there is none. */
export function serveJobs(line: Line): void {
  let last: Promise<void> = Promise.resolve();
  line.listen((message) => {
    const { id, job } = message as JobMessage;
    last = last.then(async () => {
      try {
        line.post({ id, ok: true, value: await runJob(job) });
      } catch (error) {
        line.post({ id, ok: false, reason: reasonOf(error) });
      }
    });
  });
}
