import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { CallOptions } from '../../shared/ipc/bridge.ts';
import type { Progress } from '../../shared/ipc/contract.ts';
import type { ErrorCode } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import type { PickedFile } from '../../shared/ipc/shell.ts';
import { AppError, isCancelled } from '../app-error.ts';
import type { Transferred } from './transfer.ts';
import type { UploadCalls } from './upload.ts';
import { upload } from './upload.ts';

/** What became of one file. `folder` and `cancelled` attached nothing. */
export type AttachLine =
  | { readonly name: string; readonly kind: 'attached' | 'duplicate'; readonly number: number | null; readonly mediaType: string }
  | { readonly name: string; readonly kind: 'failed'; readonly error: unknown }
  | { readonly name: string; readonly kind: 'folder' | 'cancelled' };

export interface AttachState {
  readonly progress: Progress | null;
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
  /** Takes the finished list off the screen. */
  dismiss(): void;
  /** Forgets everything, file names included; for the lock. */
  reset(): void;
}

const idle: AttachState = { progress: null, lines: [] };

/** One queue of attachments for the window: it outlives the screen it was started from. */
export function createAttachStore(calls: AttachCalls, now: () => number = Date.now): AttachStore {
  const listeners = new Set<() => void>();
  let state = idle;
  let stop = new AbortController();
  let queue: Promise<void> = Promise.resolve();

  function show(change: Partial<AttachState>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  function enqueue(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = stop;
    queue = queue.then(async () => {
      await job(signal);
      if (!signal.aborted || state.progress !== null) show({ progress: null });
    });
    return queue;
  }

  const report = (signal: AbortSignal, lines: readonly AttachLine[]) => {
    if (signal.reason !== 'reset') show({ lines: [...state.lines, ...lines] });
  };

  async function sendAll(target: AttachTarget, files: readonly File[], signal: AbortSignal): Promise<void> {
    const started = now();
    const total = files.reduce((sum, file) => sum + file.size, 0);
    let before = 0;
    for (const file of files) {
      const onBytes = (done: number) =>
        show({ progress: { label: file.name, done: before + done, total, unit: 'bytes', elapsed: now() - started } });
      if (!signal.aborted) onBytes(0);
      const line = await upload(calls, { ...target, file, signal, onBytes }).then(attachLine, (error) => failedLine(file.name, error));
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
      if (folders.length > 0) show({ lines: [...state.lines, ...folders.map((name) => ({ name, kind: 'folder' as const }))] });
      return files.length === 0 ? Promise.resolve() : enqueue((signal) => sendAll(target, files, signal));
    },
    picked(target, files) {
      if (files.length === 0) return Promise.resolve();
      return enqueue(async (signal) => {
        if (signal.aborted) return report(signal, files.map(cancelledLine));
        const cancelId = calls.newCancelId();
        const stopCall = () => calls.cancelCall(cancelId);
        signal.addEventListener('abort', stopCall, { once: true });
        const onProgress = (progress: Progress) => show({ progress });
        const tokens = files.map((file) => file.token);
        show({ progress: { label: files[0]?.name ?? '', done: 0, total: null, unit: 'bytes', elapsed: 0 } });
        const payload = { auditId: target.auditId, tokens, controls: [...target.controls] };
        const lines = await calls.picked(payload, { onProgress, cancelId }).then(
          (results) => [...results.map(attachLine), ...files.slice(results.length).map(cancelledLine)],
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
    dismiss: () => show({ lines: [] }),
    reset() {
      stop.abort('reset');
      stop = new AbortController();
      show(idle);
    },
  };
}

const cancelledLine = ({ name }: { readonly name: string }): AttachLine => ({ name, kind: 'cancelled' });

function failedLine(name: string, error: unknown): AttachLine {
  return isCancelled(error) ? { name, kind: 'cancelled' } : { name, kind: 'failed', error };
}

/** The vault's answer about one file as a line of the list. */
function attachLine({ name, evidence, duplicateOf, error }: AttachResult): AttachLine {
  if (error !== null) {
    const { message, hint } = error;
    return { name, kind: 'failed', error: new AppError({ kind: 'expected', code: error.code as ErrorCode, message, hint, data: {} }) };
  }
  const kind = duplicateOf === null ? 'attached' : 'duplicate';
  return { name, kind, number: evidence?.number ?? null, mediaType: evidence?.mediaType ?? '' };
}
