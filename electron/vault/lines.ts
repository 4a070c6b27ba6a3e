import { join } from 'node:path';
import type { MethodName, Request, Response, VaultEvent } from '../../shared/ipc/contract.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { FilePurpose, VaultProcess } from './context.ts';
import { defaultKdf } from './crypto/kdf.ts';
import { dispatch, toWireError } from './dispatch.ts';
import { appReaders, type ReaderPort } from './reader/app-process.ts';
import { createReader } from './reader/queue.ts';
import { buildSampleVault, runSmokeTest } from './sample.ts';
import { closeVault } from './vault-file.ts';

/** The vault's end of a page's line. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
  close(): void;
}

/** The vault's end of the line to main. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown; ports: Port[] }) => void): void;
}

type MainMessage =
  | { readonly type: 'file'; readonly token: string; readonly path: string; readonly purpose: FilePurpose }
  | { readonly type: 'port' }
  | { readonly type: 'ping'; readonly id: string }
  | { readonly type: 'reader' | 'reader-gone'; readonly number: number }
  | { readonly type: 'sample'; readonly path: string; readonly id: string }
  | { readonly type: 'smoke'; readonly directory: string; readonly id: string };

/** Methods whose results grow with the audit. They travel as JSON; none of them holds bytes. */
const longLists: ReadonlySet<string> = new Set<MethodName>([
  'audits.controls',
  'audits.checks',
  'audits.pack',
  'evidence.list',
  'evidence.changed',
  'evidence.attachFolder',
  'evidence.importList',
  'findings.list',
  'plan.list',
  'trail.list',
]);

/**
 * Serves main and the page: main hands over picked files and one port per page load, and everything else comes over that port.
 * No state survives the process, so locking is killing it.
 * @param assetsFolder the dist folder
 */
export function serveVault(parentPort: ParentPort, assetsFolder: string): void {
  let port: Port | null = null;
  const readers = appReaders((wish) => parentPort.postMessage(wish));

  const vault: VaultProcess = {
    session: null,
    assets: {
      checklists: join(assetsFolder, 'checklists'),
      fonts: join(assetsFolder, 'fonts'),
      reportWorker: join(assetsFolder, 'report-worker.cjs'),
      reader: join(assetsFolder, 'reader.cjs'),
      evidenceWorker: join(assetsFolder, 'evidence-worker.cjs'),
      databaseWorker: join(assetsFolder, 'database-worker.cjs'),
    },
    kdf: defaultKdf,
    files: new Map(),
    uploads: new Map(),
    reader: createReader(readers.start),
    emit: (event: VaultEvent) => send({ type: 'event', event }),
  };

  // An orderly end closes the files. A lock does not come by here: it kills.
  process.once('exit', () => {
    if (vault.session !== null) closeVault(vault.session);
  });

  const running = new Map<number, AbortController>();

  parentPort.on('message', ({ data, ports }) => {
    const message = data as MainMessage;
    if (message.type === 'file') vault.files.set(message.token, { path: message.path, purpose: message.purpose });
    else if (message.type === 'port' && ports[0] !== undefined) adoptPort(ports[0]);
    else if (message.type === 'reader' && ports[0] !== undefined) readers.arrived(message.number, ports[0] as ReaderPort);
    else if (message.type === 'reader-gone') readers.gone(message.number);
    // Messages of one line keep their order: whoever has the answer knows that everything before it has arrived.
    else if (message.type === 'ping') parentPort.postMessage({ type: 'pong', id: message.id });
    else if (message.type === 'sample')
      answerMain('sample', message.id, async () => ({ passphrase: await buildSampleVault(vault.assets, message.path) }));
    else if (message.type === 'smoke')
      answerMain('smoke', message.id, async () => ({ report: await runSmokeTest(vault.assets, message.directory) }));
  });

  /** A fresh page load brings a fresh port; calls of the old page are cancelled. */
  function adoptPort(next: Port): void {
    port?.close();
    for (const controller of running.values()) controller.abort();
    running.clear();
    port = next;
    next.on('message', ({ data }) => {
      const request = data as Request;
      if (request.type === 'cancel') running.get(request.id)?.abort();
      else if (request.type === 'call' && typeof request.id === 'number') void answer(next, request);
    });
    next.start();
  }

  async function answer(from: Port, request: Extract<Request, { type: 'call' }>): Promise<void> {
    const controller = new AbortController();
    running.set(request.id, controller);
    const started = Date.now();
    let reported = 0;
    const context = {
      process: vault,
      signal: controller.signal,
      progress: (progress: Parameters<Parameters<typeof dispatch>[0]['progress']>[0]) => {
        const elapsed = Date.now() - started;
        // Ten a second are enough for the eye; the last one always goes out.
        if (elapsed - reported < 100 && progress.done !== progress.total) return;
        reported = elapsed;
        from.postMessage({ type: 'progress', id: request.id, progress: { ...progress, elapsed } } satisfies Response);
      },
    };
    try {
      const value = await dispatch(context, String(request.method), request.payload);
      const { id, method } = request;
      from.postMessage(
        (longLists.has(method) ? { type: 'text', id, json: JSON.stringify(value) } : { type: 'result', id, value }) satisfies Response,
      );
    } catch (error) {
      from.postMessage({ type: 'error', id: request.id, error: toWireError(error, console.error) } satisfies Response);
    } finally {
      // The next page counts from one again: the number may be its by now.
      if (running.get(request.id) === controller) running.delete(request.id);
    }
  }

  function send(response: Response): void {
    port?.postMessage(response);
  }

  function answerMain(kind: 'sample' | 'smoke', id: string, work: () => Promise<object>): void {
    work().then(
      (result) => parentPort.postMessage({ type: kind === 'sample' ? 'sample-ready' : 'smoke-done', id, ...result }),
      (error: unknown) => {
        toWireError(error, console.error);
        const expected =
          error instanceof ExpectedError
            ? { code: error.code, message: error.message }
            : { code: 'bug', message: 'Something went wrong; nothing was changed.' };
        parentPort.postMessage({ type: `${kind}-failed`, id, ...expected });
      },
    );
  }
}
