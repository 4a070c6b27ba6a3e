import type { Pack } from '../../shared/domain/control.ts';
import type { Progress, Topic, VaultEvent } from '../../shared/ipc/contract.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { Feature, ParsedOf, ResultOf } from '../../shared/ipc/method.ts';
import type { KdfParameters } from './crypto/kdf.ts';
import type { ThreadOptions } from './database-thread.ts';
import type { ObjectStore } from './evidence/store.ts';
import type { Upload } from './evidence-uploads.ts';
import { loadShippedPacks } from './packs/shipped.ts';
import type { Reader } from './reader/queue.ts';
import type { Session } from './session.ts';

/** Where the built files lie that the vault reads. */
export interface Assets {
  readonly checklists: string;
  readonly fonts: string;
  readonly reportWorker: string;
  /** Entry of the reader process. In the app main starts it, from beside itself. */
  readonly reader: string;
  /** The program of the threads that hash, seal and open large objects. */
  readonly evidenceWorker: string;
  /** The program of the threads that check and copy the records. */
  readonly databaseWorker: string;
}

export type FilePurpose = 'read' | 'read-folder' | 'read-list' | 'write' | 'vault' | 'new-vault';

/** The state of one vault process: at most one open vault, the files that main handed over, the running uploads. */
export interface VaultProcess {
  session: Session | null;
  readonly assets: Assets;
  readonly kdf: KdfParameters;
  readonly files: Map<string, { readonly path: string; readonly purpose: FilePurpose }>;
  readonly uploads: Map<string, Upload>;
  readonly reader: Reader;
  emit(event: VaultEvent): void;
}

/** One call in progress. */
export interface CallContext {
  readonly process: VaultProcess;
  readonly signal: AbortSignal;
  progress(progress: Omit<Progress, 'elapsed'>): void;
}

/** A feature's handlers, one for each of its methods. */
export type Handlers<F extends Feature> = {
  readonly [Name in keyof F]: (context: CallContext, payload: ParsedOf<F[Name]>) => ResultOf<F[Name]> | Promise<ResultOf<F[Name]>>;
};

/** The open vault or `vault.locked`. */
export function openSession(context: CallContext): Session {
  const { session } = context.process;
  if (session === null) throw new ExpectedError('vault.locked', 'Unlock the vault first.');
  return session;
}

/** Where the open vault keeps its objects. */
export function objectStore(context: CallContext): ObjectStore {
  const { chunks, keys } = openSession(context);
  return { chunks, evidenceKey: keys.evidence, workerPath: context.process.assets.evidenceWorker };
}

/** Long work that partly runs in threads of its own: their program, when to stop, and whom to tell how far it is. */
export interface LongWork extends ThreadOptions {
  report(progress: Omit<Progress, 'elapsed'>): void;
}

/** Long work over the records, for a call. */
export function longWork({ process, signal, progress }: CallContext): LongWork {
  return { workerPath: process.assets.databaseWorker, signal, report: progress };
}

/** The path behind a one-use token; a vault's token stays valid so that a wrong passphrase can be corrected. */
export function takeFile(context: CallContext, token: string, purpose: FilePurpose): string {
  const file = context.process.files.get(token);
  if (file === undefined || file.purpose !== purpose) throw new ExpectedError('token.unknown');
  if (purpose !== 'vault' && purpose !== 'new-vault') context.process.files.delete(token);
  return file.path;
}

/** The path behind a token that is still to be taken. */
export function lookAtFile(context: CallContext, token: string, purpose: FilePurpose): string {
  const file = context.process.files.get(token);
  if (file === undefined || file.purpose !== purpose) throw new ExpectedError('token.unknown');
  return file.path;
}

/** Tells the window which screens show something that changed. */
export function announce(context: CallContext, topics: readonly Topic[], auditId: string | null = null): void {
  context.process.emit({ type: 'changed', topics: [...topics, 'trail'], auditId });
}

export function shippedPacks(context: CallContext): readonly Pack[] {
  return loadShippedPacks(context.process.assets.checklists);
}
