import type { IdentifierCount } from '../../shared/domain/identifiers.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { CallOptions } from '../../shared/ipc/bridge.ts';
import type { Progress } from '../../shared/ipc/contract.ts';
import type { ErrorCode } from '../../shared/ipc/errors.ts';
import type { AttachResult, EvidencePlace } from '../../shared/ipc/evidence.ts';
import type { PickedFile } from '../../shared/ipc/shell.ts';
import { AppError, isCancelled } from '../app-error.ts';
import type { Transferred } from './transfer.ts';
import type { UploadCalls } from './upload.ts';
import { upload } from './upload.ts';

/** What became of one file. `folder` and `cancelled` attached nothing. */
export type AttachOutcome =
  | {
      readonly name: string;
      readonly kind: 'attached' | 'duplicate';
      readonly number: number | null;
      readonly mediaType: string;
      readonly identifiers?: readonly IdentifierCount[];
      /** Where the same content was already, when it was. */
      readonly places?: readonly EvidencePlace[];
    }
  | { readonly name: string; readonly kind: 'failed'; readonly error: unknown }
  | { readonly name: string; readonly kind: 'folder' | 'cancelled' };

/** One file of the list. */
export type AttachLine = AttachOutcome & {
  /** Counts up over all lines of the window. */
  readonly id: number;
  /** Counts the batches from 1: the files that were picked, dropped or pasted together. */
  readonly batch: number;
};

export interface AttachState {
  readonly progress: Progress | null;
  /** The results of the last batch, below the files of earlier batches that were not taken and not dismissed. */
  readonly lines: readonly AttachLine[];
}

export interface AttachCalls extends UploadCalls {
  picked(payload: { auditId: AuditId; tokens: string[]; controls: ControlReference[] }, options: CallOptions): Promise<AttachResult[]>;
  cancelCall(cancelId: number): void;
  newCancelId(): number;
}

export interface AttachTarget {
  readonly auditId: AuditId;
  /** Controls the new evidence is linked to at once. */
  readonly controls: readonly ControlReference[];
  /** Told of what was attached or was there already, also when the screen that asked for it is gone. */
  readonly onArrived?: (evidence: readonly EvidenceId[]) => void;
}

export interface AttachStore {
  read(): AttachState;
  subscribe(listener: () => void): () => void;
  /** Queues dropped or pasted files behind what is already running. */
  transferred(target: AttachTarget, transferred: Transferred): Promise<void>;
  /** Queues files picked in the system's dialog. */
  picked(target: AttachTarget, files: readonly PickedFile[]): Promise<void>;
  /** Stops what runs and what waits. Files already attached stay. */
  cancel(): void;
  /** Takes one line off the screen, or all of them. */
  dismiss(id?: number): void;
  /** The auditor went on: what went well is not worth showing any longer. A batch that still runs keeps its lines. */
  settle(): void;
  /** Forgets everything, file names included; for the lock. */
  reset(): void;
}

const idle: AttachState = { progress: null, lines: [] };

/** A file that was not taken although it should have been. Its line stays until it is dismissed. */
export function isProblem({ kind }: AttachOutcome): boolean {
  return kind === 'failed' || kind === 'folder';
}

/** One queue of attachments for the window: it outlives the screen it was started from. */
export function createAttachStore(calls: AttachCalls, now: () => number = Date.now): AttachStore {
  const listeners = new Set<() => void>();
  let state = idle;
  let stop = new AbortController();
  let queue: Promise<void> = Promise.resolve();
  let waiting = 0;
  let batch = 0;
  let lastId = 0;

  function show(change: Partial<AttachState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  function begin(): void {
    batch += 1;
    show({ lines: state.lines.filter(isProblem) });
  }

  /** Runs the job after those before it, whatever became of them. */
  function enqueue(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = stop;
    waiting += 1;
    const run = queue
      .then(() => {
        // A batch that was cancelled before it began is told below the one that ran.
        if (!signal.aborted) begin();
        return job(signal);
      })
      .finally(() => {
        if (signal.reason === 'reset') return;
        waiting -= 1;
        if (state.progress !== null) show({ progress: null });
      });
    queue = run.catch(() => undefined);
    return run;
  }

  function add(outcomes: readonly AttachOutcome[]): void {
    const lines = outcomes.map((outcome): AttachLine => {
      lastId += 1;
      return { ...outcome, id: lastId, batch };
    });
    show({ lines: [...state.lines, ...lines] });
  }

  const report = (signal: AbortSignal, outcomes: readonly AttachOutcome[]) => {
    if (signal.reason !== 'reset') add(outcomes);
  };
  const advance = (signal: AbortSignal, progress: Progress) => {
    if (!signal.aborted) show({ progress });
  };

  async function sendAll(target: AttachTarget, files: readonly File[], signal: AbortSignal): Promise<void> {
    const started = now();
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    for (const file of files) {
      const onBytes = (done: number) =>
        advance(signal, { label: file.name, done: before + done, total, unit: 'bytes', elapsed: now() - started });
      onBytes(0);
      const line = await upload(calls, { ...target, file, signal, onBytes }).then(
        (result) => arrivedLines(target, [result])[0] ?? cancelledLine(file),
        (error) => failedLine(file.name, error),
      );
      before += file.size;
      report(signal, [line]);
    }
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    transferred(target, { files, folders }) {
      if (files.length + folders.length === 0) return Promise.resolve();
      return enqueue((signal) => {
        report(
          signal,
          folders.map((name) => ({ name, kind: 'folder' })),
        );
        return sendAll(target, files, signal);
      });
    },
    picked(target, files) {
      if (files.length === 0) return Promise.resolve();
      return enqueue(async (signal) => {
        if (signal.aborted) return report(signal, files.map(cancelledLine));
        const cancelId = calls.newCancelId();
        const stopCall = () => calls.cancelCall(cancelId);
        signal.addEventListener('abort', stopCall, { once: true });
        const onProgress = (progress: Progress) => advance(signal, progress);
        const tokens = files.map((file) => file.token);
        advance(signal, { label: files[0]?.name ?? '', done: 0, total: null, unit: 'bytes', elapsed: 0 });
        const payload = { auditId: target.auditId, tokens, controls: [...target.controls] };
        const lines = await calls.picked(payload, { onProgress, cancelId }).then(
          (results) => [...arrivedLines(target, results), ...files.slice(results.length).map(cancelledLine)],
          (error) => files.map((file) => failedLine(file.name, error)),
        );
        signal.removeEventListener('abort', stopCall);
        report(signal, lines);
      });
    },
    cancel() {
      stop.abort('cancelled');
      stop = new AbortController();
    },
    dismiss: (id) => show({ lines: id === undefined ? [] : state.lines.filter((line) => line.id !== id) }),
    settle() {
      if (waiting === 0 && !state.lines.every(isProblem)) show({ lines: state.lines.filter(isProblem) });
    },
    reset() {
      stop.abort('reset');
      stop = new AbortController();
      // What hangs with a vault that is gone must not hold up the next one.
      queue = Promise.resolve();
      waiting = 0;
      show(idle);
    },
  };
}

const cancelledLine = ({ name }: { readonly name: string }): AttachOutcome => ({ name, kind: 'cancelled' });

function failedLine(name: string, error: unknown): AttachOutcome {
  return isCancelled(error) ? { name, kind: 'cancelled' } : { name, kind: 'failed', error };
}

/** Tells whoever waits for the files, and gives a line for each. */
function arrivedLines({ onArrived }: AttachTarget, results: readonly AttachResult[]): AttachOutcome[] {
  const arrived = results.flatMap(({ evidence }) => evidence?.id ?? []);
  if (arrived.length > 0) onArrived?.(arrived);
  return results.map(attachLine);
}

/** The vault's answer about one file as a line of the list. */
function attachLine({ name, evidence, duplicateOf, places, error, identifiers }: AttachResult): AttachOutcome {
  if (error !== null) {
    const { message, hint } = error;
    return { name, kind: 'failed', error: new AppError({ kind: 'expected', code: error.code as ErrorCode, message, hint, data: {} }) };
  }
  const kind = duplicateOf === null ? 'attached' : 'duplicate';
  const found = identifiers.length === 0 ? {} : { identifiers };
  const before = places.length === 0 ? {} : { places };
  return { name, kind, number: evidence?.number ?? null, mediaType: evidence?.mediaType ?? '', ...found, ...before };
}
