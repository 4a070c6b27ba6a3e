import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import type { CallOptions } from '../../shared/ipc/bridge.ts';
import type { Progress } from '../../shared/ipc/contract.ts';
import type { ErrorCode } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import type { PickedFile } from '../../shared/ipc/shell.ts';
import type { FolderResult } from '../../shared/ipc/ways-in.ts';
import { AppError, isCancelled } from '../app-error.ts';
import { type AttachOutcome, outcomeOf } from './outcome-words.ts';
import type { DroppedFolder, Transferred } from './transfer.ts';
import type { UploadCalls, UploadDetails } from './upload.ts';
import { upload } from './upload.ts';

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
  pickedFolder(payload: { auditId: AuditId; token: string; controls: ControlReference[] }, options: CallOptions): Promise<FolderResult>;
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
  transferred(target: AttachTarget, transferred: Transferred, details?: UploadDetails): Promise<void>;
  /** Queues files picked in the system's dialog. */
  picked(target: AttachTarget, files: readonly PickedFile[]): Promise<void>;
  /** Queues every file of a folder that was picked in the system's dialog. */
  pickedFolder(target: AttachTarget, folder: PickedFile): Promise<void>;
  /** Stops what runs and what waits. Files already attached stay. */
  cancel(): void;
  /** Takes one line off the screen, or all of them. */
  dismiss(id?: number): void;
  /** The auditor went on: what went well is not worth showing any longer. A batch that still runs keeps its lines. */
  settle(): void;
  /** Forgets everything, file names included; for the lock. */
  reset(): void;
}

/** The contract's `mostFolderFiles`, which the tests hold it to. */
export const mostDropped = 20_000;

interface ToSend {
  readonly file: File;
  readonly details: UploadDetails;
}

const idle: AttachState = { progress: null, lines: [] };

/** A file that was not taken although it should have been. Its line stays until it is dismissed. */
export function isProblem({ kind }: AttachOutcome): boolean {
  return kind === 'failed';
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

  async function sendAll(target: AttachTarget, files: readonly ToSend[], signal: AbortSignal): Promise<void> {
    const started = now();
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    let before = 0;
    for (const { file, details } of files) {
      const name = details.relativePath ?? file.name;
      const onBytes = (done: number) =>
        advance(signal, { label: name, done: before + done, total, unit: 'bytes', elapsed: now() - started });
      onBytes(0);
      const known = Object.keys(details).length === 0 ? {} : { details };
      const line = await upload(calls, { ...target, ...known, file, signal, onBytes }).then(
        (result) => arrivedLines(target, [details.relativePath === undefined ? result : { ...result, name }])[0] ?? cancelledLine(file),
        (error) => failedLine(name, error),
      );
      before += file.size;
      report(signal, [line]);
    }
  }

  /** The files of a dropped folder. What cannot be opened is told at once. */
  async function lookInto({ name, walk }: DroppedFolder, signal: AbortSignal): Promise<ToSend[]> {
    const { files, unreadable } = await walk(mostDropped, signal);
    if (files.length > mostDropped) {
      report(signal, [failedLine(name, expected('evidence.too-many', { most: mostDropped }))]);
      return [];
    }
    report(signal, [
      { name, kind: 'folder', count: files.length },
      ...unreadable.map((path) => failedLine(path, expected('evidence.unreadable'))),
    ]);
    return files.map(({ file, relativePath }) => ({ file, details: { relativePath } }));
  }

  return {
    read: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    transferred(target, { files, folders }, details = {}) {
      if (files.length + folders.length === 0) return Promise.resolve();
      return enqueue(async (signal) => {
        const all: ToSend[] = files.map((file) => ({ file, details }));
        for (const folder of folders) all.push(...(await lookInto(folder, signal)));
        return sendAll(target, all, signal);
      });
    },
    pickedFolder(target, folder) {
      return enqueue(async (signal) => {
        if (signal.aborted) return report(signal, [cancelledLine(folder)]);
        const cancelId = calls.newCancelId();
        const stopCall = () => calls.cancelCall(cancelId);
        signal.addEventListener('abort', stopCall, { once: true });
        advance(signal, { label: folder.name, done: 0, total: null, unit: 'bytes', elapsed: 0 });
        const payload = { auditId: target.auditId, token: folder.token, controls: [...target.controls] };
        const onProgress = (progress: Progress) => advance(signal, progress);
        const lines = await calls.pickedFolder(payload, { onProgress, cancelId }).then(
          (result) => folderLines(target, result),
          (error) => [failedLine(folder.name, error)],
        );
        signal.removeEventListener('abort', stopCall);
        report(signal, lines);
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
  return results.map(outcomeOf);
}

function folderLines(target: AttachTarget, { folder, results, notReached }: FolderResult): AttachOutcome[] {
  if (results.length === 0 && notReached === 0) return [{ name: folder, kind: 'folder', count: 0 }];
  return [
    ...arrivedLines(target, results),
    ...(notReached === 0 ? [] : [{ name: folder, kind: 'not-reached' as const, count: notReached }]),
  ];
}

function expected(code: ErrorCode, data: Readonly<Record<string, number>> = {}): AppError {
  return new AppError({ kind: 'expected', code, message: '', hint: '', data });
}
