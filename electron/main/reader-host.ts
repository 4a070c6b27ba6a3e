import { join } from 'node:path';
import type { UtilityProcess } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import { kill } from './kill.ts';

/** Megabytes of heap of a reader. */
const readerHeap = 512;

/** Readers of one vault process: they parse hostile files for it, and know nothing but the file they were sent. */
export interface ReaderHost {
  /** Forks a reader and gives it and the vault the two ends of one line. */
  start(number: number): void;
  end(number: number): void;
  /** Ends all of them, with the vault. */
  endAll(): void;
}

/**
 * @param assets the dist folder
 * @param vault the process that asks
 */
export function createReaderHost(assets: string, vault: UtilityProcess): ReaderHost {
  const readers = new Map<number, { readonly process: UtilityProcess; isGone: boolean }>();
  const end = (number: number) => {
    const reader = readers.get(number);
    readers.delete(number);
    if (reader !== undefined) kill(reader);
  };
  return {
    start(number) {
      const forked = utilityProcess.fork(join(assets, 'reader.cjs'), [], {
        serviceName: 'Sealbook reader',
        // On Windows libraries of the system are found by it; nothing else of the environment is its business.
        env: process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot },
        execArgv: [`--max-old-space-size=${readerHeap}`],
        // What parsers print may quote the file.
        stdio: 'ignore',
      });
      const reader = { process: forked, isGone: false };
      readers.set(number, reader);
      forked.once('exit', () => {
        reader.isGone = true;
        // One that was ended on purpose is no news.
        if (readers.delete(number)) vault.postMessage({ type: 'reader-gone', number });
      });
      const { port1, port2 } = new MessageChannelMain();
      forked.postMessage({ type: 'port' }, [port1]);
      vault.postMessage({ type: 'reader', number }, [port2]);
    },
    end,
    endAll() {
      for (const number of [...readers.keys()]) end(number);
    },
  };
}
