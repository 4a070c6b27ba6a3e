import type { CallOptions, Outcome } from '../../shared/ipc/bridge.ts';
import type { Progress, Request, Response, VaultEvent } from '../../shared/ipc/contract.ts';
import type { WireError } from '../../shared/ipc/errors.ts';
import type { Listeners } from './listeners.ts';
import { createListeners } from './listeners.ts';

/** The line to the vault process: calls that are answered by number, progress, cancelling, events. */
export interface VaultLine {
  /** Connects to a vault process. Whatever the one before still owed is answered with `vault.locked`. */
  readonly attach: (port: MessagePort) => void;
  readonly call: (method: string, payload: unknown, options: unknown) => Promise<Outcome<unknown>>;
  /** Cancels the running call that was started with this number, if there is one. */
  readonly cancel: (cancelId: number) => void;
  readonly events: Listeners<VaultEvent>;
}

interface Pending {
  readonly finish: (outcome: Outcome<unknown>) => void;
  readonly progress: ((progress: Progress) => void) | undefined;
  readonly cancelId: number | undefined;
}

const locked: WireError = { kind: 'expected', code: 'vault.locked', message: 'The vault is locked.', hint: '', data: {} };
const unclonable: WireError = {
  kind: 'expected',
  code: 'payload.invalid',
  message: 'The request was not understood.',
  hint: '',
  data: {},
};

export function createVaultLine(): VaultLine {
  const pending = new Map<number, Pending>();
  const events = createListeners<VaultEvent>();
  let port: MessagePort | null = null;
  /** Requests from before the first port arrived. */
  let queue: Request[] = [];
  let lastId = 0;

  function send(request: Request): void {
    if (port === null) queue.push(request);
    else port.postMessage(request);
  }

  function settle(id: number, outcome: Outcome<unknown>): void {
    pending.get(id)?.finish(outcome);
    pending.delete(id);
  }

  function receive(response: Response): void {
    if (response.type === 'event') events.emit(response.event);
    else if (response.type === 'progress') pending.get(response.id)?.progress?.(response.progress);
    else if (response.type === 'text') settle(response.id, { ok: true, json: response.json });
    else if (response.type === 'result') settle(response.id, { ok: true, value: response.value });
    else settle(response.id, { ok: false, error: response.error });
  }

  return {
    events,
    attach(next) {
      const isFirst = port === null;
      port?.close();
      port = next;
      next.onmessage = (event: MessageEvent<Response>) => receive(event.data);
      if (isFirst) for (const request of queue) next.postMessage(request);
      else for (const id of [...pending.keys()]) settle(id, { ok: false, error: locked });
      queue = [];
    },
    call(method, payload, options) {
      const { onProgress, cancelId } = readOptions(options);
      lastId += 1;
      const id = lastId;
      return new Promise((finish) => {
        pending.set(id, { finish, progress: onProgress, cancelId });
        try {
          send({ type: 'call', id, method, payload });
        } catch {
          settle(id, { ok: false, error: unclonable });
        }
      });
    },
    cancel(cancelId) {
      for (const [id, call] of pending) if (call.cancelId === cancelId) send({ type: 'cancel', id });
    },
  };
}

/** The page may pass anything; only a function and a number are taken. */
function readOptions(options: unknown): { onProgress: CallOptions['onProgress']; cancelId: number | undefined } {
  const given: CallOptions = typeof options === 'object' && options !== null ? options : {};
  return {
    onProgress: typeof given.onProgress === 'function' ? given.onProgress : undefined,
    cancelId: typeof given.cancelId === 'number' ? given.cancelId : undefined,
  };
}
