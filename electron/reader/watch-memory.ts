import { Worker } from 'node:worker_threads';

/** Bytes that the process may take in all. The heap has a limit of its own; buffers lie outside of it. */
const mostMemory = 1.5 * 1024 ** 3;
const pause = 200;

/** Ends this process when it takes too much memory, from a thread that goes on while a parser is busy. */
export function watchMemory(most = mostMemory): void {
  const script = `setInterval(() => { if (process.memoryUsage.rss() > ${most}) process.kill(process.pid, 'SIGKILL'); }, ${pause})`;
  new Worker(script, { eval: true }).unref();
}
