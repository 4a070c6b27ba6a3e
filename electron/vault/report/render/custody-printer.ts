import { Worker } from 'node:worker_threads';
import type { CustodyDocument } from '../../../../shared/domain/custody.ts';
import { CancelledError } from '../../../../shared/ipc/errors.ts';
import type { WorkerOptions } from './in-worker.ts';

export interface CustodyJob {
  readonly custody: true;
  readonly fontsDirectory: string;
}

/** Prints custody forms one document after the other in one thread, which keeps its fonts open between them. */
export interface CustodyPrinter {
  /** The PDF. May be called again before it is there. Throws a `CancelledError` when the signal fired. */
  readonly print: (document: CustodyDocument) => Promise<Uint8Array>;
  /** A PDF for each item, in order. The thread prints the next ones while the caller is busy with one. */
  readonly printEach: <Item>(items: Iterable<Item>, documentOf: (item: Item) => CustodyDocument) => AsyncGenerator<[Item, Uint8Array]>;
  /** Ends the thread; what is being printed fails. */
  readonly close: () => void;
}

/** Forms that are printed before the caller asks for them: enough for the thread never to wait, and little to hold. */
const mostAhead = 2;

/** Starts the renderer's thread. Close it when done. */
export function openCustodyPrinter({ workerPath, fontsDirectory, signal }: WorkerOptions): CustodyPrinter {
  const job: CustodyJob = { custody: true, fontsDirectory };
  const worker = new Worker(workerPath, { workerData: job });
  let failure: unknown = null;
  /** Those who wait for a form, in the order in which the thread answers. */
  const waiting: { readonly resolve: (form: Uint8Array) => void; readonly reject: (reason: unknown) => void }[] = [];
  const fail = (reason: unknown) => {
    failure ??= reason;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  worker.on('message', (form: Uint8Array) => waiting.shift()?.resolve(form));
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`The custody printer ended with code ${code}.`)));
  const cancel = () => {
    fail(new CancelledError());
    void worker.terminate();
  };
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });

  function print(document: CustodyDocument): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (failure !== null) {
        reject(failure);
        return;
      }
      waiting.push({ resolve, reject });
      worker.postMessage(document);
    });
  }

  async function* printEach<Item>(items: Iterable<Item>, documentOf: (item: Item) => CustodyDocument): AsyncGenerator<[Item, Uint8Array]> {
    const ahead: [Item, Promise<Uint8Array>][] = [];
    for (const item of items) {
      const form = print(documentOf(item));
      // Whoever waits for the form hears of a failure; until somebody does, it must not count as unhandled.
      form.catch(() => undefined);
      ahead.push([item, form]);
      if (ahead.length <= mostAhead) continue;
      const [first, ready] = ahead.shift() as [Item, Promise<Uint8Array>];
      yield [first, await ready];
    }
    for (const [item, form] of ahead) yield [item, await form];
  }

  return {
    print,
    printEach,
    close() {
      signal?.removeEventListener('abort', cancel);
      fail(new Error('The custody printer was closed.'));
      void worker.terminate();
    },
  };
}
