import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { UtilityProcess, WebContents } from 'electron';
import { MessageChannelMain, utilityProcess } from 'electron';
import { z } from 'zod';
import type { ErrorCode } from '../../shared/ipc/errors.ts';
import { ExpectedError, errorCodes } from '../../shared/ipc/errors.ts';
import { kill } from './kill.ts';
import { createReaderHost, type ReaderHost } from './reader-host.ts';

/** What the vault may do with a handed path: read a file, a folder or a list of files, write a file, open a vault folder, or make one. */
export type FilePurpose = 'read' | 'read-folder' | 'read-list' | 'write' | 'vault' | 'new-vault';

/** A path on its way to the vault, under the token that the window knows it by. */
export interface HandedFile {
  readonly token: string;
  readonly path: string;
  readonly purpose: FilePurpose;
}

/** The vault's answers to main. Everything else travels over the window's port, which main does not read. */
const answerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('sample-ready'), id: z.string(), passphrase: z.string() }),
  z.object({ type: z.literal('sample-failed'), id: z.string(), code: z.string(), message: z.string() }),
  z.object({ type: z.literal('smoke-done'), id: z.string(), report: z.unknown() }),
  z.object({ type: z.literal('smoke-failed'), id: z.string(), message: z.string() }),
  z.object({ type: z.literal('pong'), id: z.string() }),
]);

/** The vault's wishes about readers. */
const readerWishSchema = z.object({ type: z.enum(['reader-start', 'reader-end']), number: z.number().int().positive() });
type Answer = z.infer<typeof answerSchema>;

interface Waiting {
  readonly asked: Child;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export interface Broker {
  /** Gives a page a fresh line to the vault process. */
  readonly connect: (page: WebContents) => void;
  /** Tells the vault process which path a token stands for. */
  readonly handFile: (file: HandedFile) => void;
  /** Resolves when the vault process has every path that was handed to it: the page's calls come over another line and could be faster. */
  readonly delivered: () => Promise<void>;
  /** Ends the vault process, and with it every key, and resolves when a fresh one runs and the page is connected to it. */
  readonly restart: () => Promise<void>;
  /** Builds the sample vault at a path, or finds it there; resolves to its passphrase. */
  readonly buildSample: (path: string) => Promise<string>;
  /** Builds a sample and writes its signed report to a folder; resolves to what the vault says about it. */
  readonly smoke: (directory: string) => Promise<unknown>;
  /** Ends the vault process for good. */
  readonly stop: () => void;
}

/** A process that lived shorter than this died at its start, and the next one waits longer, up to the second figure. */
const shortLife = 5_000;
const longestPause = 30_000;

/** A vault process and its end. */
interface Child {
  readonly process: UtilityProcess;
  readonly readers: ReaderHost;
  readonly gone: Promise<void>;
  isGone: boolean;
}

/**
 * Runs the vault process and connects pages to it.
 * @param assets the dist folder
 * @param onCrash called when the process died unasked and the page is connected to a fresh one
 */
export function createBroker(assets: string, onCrash: () => void): Broker {
  const waiting = new Map<string, Waiting>();
  /** Vaults that were picked in this run: a fresh process is told again, so that the same vault can be unlocked again. */
  const vaults = new Map<string, HandedFile>();
  let page: WebContents | null = null;
  let restarting: Promise<void> | null = null;
  let failures = 0;
  let stopped = false;
  let child = fork();

  function fork(): Child {
    const started = Date.now();
    const forked = utilityProcess.fork(join(assets, 'vault.cjs'), [], {
      serviceName: 'Sealbook vault',
      env: { ...process.env, SEALBOOK_ASSETS: assets },
      stdio: 'inherit',
    });
    const readers = createReaderHost(assets, forked);
    forked.on('message', (message: unknown) => {
      const wish = readerWishSchema.safeParse(message);
      if (!wish.success) receive(message);
      // One that was told to end gets nothing more.
      else if (made !== child) return;
      else if (wish.data.type === 'reader-start') readers.start(wish.data.number);
      else readers.end(wish.data.number);
    });
    const gone = new Promise<void>((resolve) => {
      forked.once('exit', () => resolve());
    });
    const made: Child = { process: forked, readers, gone, isGone: false };
    forked.once('exit', () => {
      made.isGone = true;
      readers.endAll();
      for (const [id, { asked, reject }] of waiting) {
        if (asked !== made) continue;
        waiting.delete(id);
        reject(new ExpectedError('vault.locked'));
      }
      // A process that was replaced on purpose is no crash.
      if (made !== child || stopped) return;
      failures = Date.now() - started < shortLife ? failures + 1 : 0;
      const pause = failures <= 1 ? 0 : Math.min(longestPause, 2 ** failures * 250);
      setTimeout(() => replaceCrashed(made), pause);
    });
    for (const vault of vaults.values()) forked.postMessage({ type: 'file', ...vault });
    return made;
  }

  function replaceCrashed(dead: Child): void {
    if (stopped || child !== dead) return;
    child = fork();
    reconnect();
    onCrash();
  }

  function receive(message: unknown): void {
    const parsed = answerSchema.safeParse(message);
    if (!parsed.success) return;
    waiting.get(parsed.data.id)?.resolve(parsed.data);
    waiting.delete(parsed.data.id);
  }

  function connect(contents: WebContents): void {
    page = contents;
    const { port1, port2 } = new MessageChannelMain();
    child.process.postMessage({ type: 'port' }, [port2]);
    contents.postMessage('sealbook:port', null, [port1]);
  }

  function reconnect(): void {
    if (page !== null && !page.isDestroyed()) connect(page);
  }

  function ask(message: { readonly type: string; readonly [field: string]: string }): Promise<Answer> {
    // One that died and is not replaced yet would never answer.
    if (child.isGone) replaceCrashed(child);
    const id = randomUUID();
    return new Promise((resolve, reject) => {
      waiting.set(id, { asked: child, resolve, reject });
      child.process.postMessage({ ...message, id });
    });
  }

  async function replace(): Promise<void> {
    const old = child;
    child = fork();
    old.readers.endAll();
    kill(old);
    await old.gone;
    reconnect();
  }

  return {
    connect,
    handFile(file) {
      if (file.purpose === 'vault') vaults.set(file.token, file);
      child.process.postMessage({ type: 'file', ...file });
    },
    restart() {
      // The one that has just begun to run holds no key: two wishes at once, such as of a screen lock and a suspend, are one.
      restarting ??= replace().finally(() => {
        restarting = null;
      });
      return restarting;
    },
    async delivered() {
      // A process that ended meanwhile has forgotten them, and the call that names one says so.
      await ask({ type: 'ping' }).catch(() => null);
    },
    async buildSample(path) {
      const answer = await ask({ type: 'sample', path });
      if (answer.type === 'sample-ready') return answer.passphrase;
      if (answer.type === 'sample-failed' && Object.hasOwn(errorCodes, answer.code)) throw new ExpectedError(answer.code as ErrorCode);
      throw new Error('The sample vault could not be built');
    },
    async smoke(directory) {
      const answer = await ask({ type: 'smoke', directory });
      if (answer.type === 'smoke-done') return answer.report;
      throw new Error(answer.type === 'smoke-failed' ? answer.message : 'The smoke test got no answer');
    },
    stop() {
      stopped = true;
      child.readers.endAll();
      kill(child);
    },
  };
}
