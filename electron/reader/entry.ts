import { type Line, serveJobs } from './serve.ts';
import { watchMemory } from './watch-memory.ts';

/** Entry of the reader process: forked by main as a utility process, or by the vault where it runs in plain Node. */

interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

process.umask(0o077);
watchMemory();
const { parentPort } = process as unknown as { parentPort?: Port };
if (parentPort === undefined) {
  serveJobs({ post: (message) => process.send?.(message), listen: (listener) => process.on('message', listener) });
  // Whoever asked is gone.
  process.on('disconnect', () => process.exit());
} else {
  parentPort.on('message', ({ ports: [port] }) => {
    if (port === undefined) return;
    const line: Line = {
      post: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', ({ data }) => listener(data)),
    };
    serveJobs(line);
    port.on('close', () => process.exit());
    port.start();
  });
}
