import { type CheckedRecords, checkRecords } from './check-records.ts';
import { openUnchecked, translateSqliteError, writeEncryptedCopy } from './db/open.ts';

/** What a thread does with the records. The memory of its keys is its own: it was handed over, and is zeroed at the end. */
export type DatabaseJob =
  | {
      readonly does: 'check';
      readonly path: string;
      readonly key: Uint8Array<ArrayBuffer>;
      /** Whether this process is the one that writes. */
      readonly writer: boolean;
    }
  | {
      readonly does: 'copy';
      readonly path: string;
      readonly key: Uint8Array<ArrayBuffer>;
      /** The file that is written, and the raw key it gets. */
      readonly target: string;
      readonly targetKey: Uint8Array<ArrayBuffer>;
    };

export interface JobResults {
  readonly check: CheckedRecords;
  readonly copy: null;
}

/**
 * Does a job with a connection of its own, which is closed when this returns. `goOn` is asked between two statements and throws when
 * the job is to end: a statement that has begun cannot be interrupted.
 */
export async function doDatabaseJob(job: DatabaseJob, goOn: () => void): Promise<JobResults[DatabaseJob['does']]> {
  const keys = job.does === 'copy' ? [job.key, job.targetKey] : [job.key];
  try {
    const records = openUnchecked(job.path, job.key);
    try {
      goOn();
      if (job.does === 'check') {
        // What is still in the log goes into the file first, where every page is proven; whoever writes meanwhile is not kept.
        if (job.writer) records.raw.pragma('wal_checkpoint(PASSIVE)');
        return await checkRecords(records, goOn);
      }
      writeEncryptedCopy(records, job.target, job.targetKey);
      return null;
    } finally {
      records.close();
    }
  } catch (error) {
    throw translateSqliteError(error);
  } finally {
    for (const key of keys) key.fill(0);
  }
}
