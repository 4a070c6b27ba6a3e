import { CancelledError } from '../../shared/ipc/errors.ts';

/** Lets waiting calls run; long work awaits this between pieces. */
export function yieldToOthers(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** The same, and throws when the call was cancelled. */
export async function giveWay({ signal }: { readonly signal: AbortSignal }): Promise<void> {
  if (signal.aborted) throw new CancelledError();
  await yieldToOthers();
}
