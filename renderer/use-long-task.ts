import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MethodName, Payload, Progress, Result } from '../shared/ipc/contract.ts';
import { isCancelled } from './app-error.ts';
import { call, cancelCall, nextCancelId } from './bridge.ts';

/** A long call that shows its progress and can be cancelled. Draw it with `ProgressPanel`. */
export interface LongTask {
  readonly running: boolean;
  readonly progress: Progress | null;
  /** The error of the last run, until the next one starts. */
  readonly error: unknown;
  /** Starts the call. Resolves with null when it was cancelled or failed; the failure is in `error`. */
  readonly run: <Name extends MethodName>(name: Name, payload: Payload<Name>) => Promise<Result<Name> | null>;
  readonly cancel: () => void;
}

/** State for one long call at a time. It is cancelled when the screen goes away, unless `keepRunning` is set. */
export function useLongTask(options: { readonly keepRunning?: boolean } = {}): LongTask {
  const [running, setRunning] = useState(false);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const cancelId = useRef<number | null>(null);
  const keepRunning = options.keepRunning === true;

  const run = useCallback(async <Name extends MethodName>(name: Name, payload: Payload<Name>): Promise<Result<Name> | null> => {
    const id = nextCancelId();
    cancelId.current = id;
    setRunning(true);
    setProgress(null);
    setError(null);
    try {
      const ask = call as (name: Name, payload: unknown, options: object) => Promise<Result<Name>>;
      return await ask(name, payload, {
        cancelId: id,
        onProgress: (next: Progress) => {
          if (cancelId.current === id) setProgress(next);
        },
      });
    } catch (thrown) {
      if (!isCancelled(thrown) && cancelId.current === id) setError(thrown);
      return null;
    } finally {
      if (cancelId.current === id) {
        cancelId.current = null;
        setRunning(false);
      }
    }
  }, []);

  const cancel = useCallback(() => {
    if (cancelId.current !== null) cancelCall(cancelId.current);
  }, []);

  useEffect(() => (keepRunning ? undefined : cancel), [cancel, keepRunning]);

  return useMemo(() => ({ running, progress, error, run, cancel }), [running, progress, error, run, cancel]);
}
