import { fork } from 'node:child_process';
import type { StartReader } from './queue.ts';

/** Megabytes of heap; buffers are bounded by the reader itself. */
export const readerHeap = 512;

/**
 * Starts the reader where the vault runs in plain Node: the command line and the tests.
 * @param path the bundled `entry.ts`, or its source where Node runs TypeScript
 */
export function nodeReader(path: string): StartReader {
  return ({ message, gone }) => {
    const child = fork(path, [], {
      // The library of the system may be found by it; nothing else of the environment is the reader's business.
      env: process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot },
      execArgv: [`--max-old-space-size=${readerHeap}`],
      serialization: 'advanced',
      // What parsers print may quote the file.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', message);
    child.once('error', gone);
    child.once('exit', gone);
    // A job that somebody awaits keeps this process alive by its timer; an idle reader does not.
    child.unref();
    child.channel?.unref();
    return {
      post: (posted) => {
        child.send(posted as object, (error) => {
          if (error !== null) gone();
        });
      },
      end: () => child.kill('SIGKILL'),
    };
  };
}
