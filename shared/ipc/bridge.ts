import type { MethodName, Payload, Progress, Result, VaultEvent } from './contract.ts';
import type { WireError } from './errors.ts';
import type { ShellEvent, ShellName, ShellPayload, ShellResults } from './shell.ts';

/** Either the value (long lists as JSON) or the error as data: errors lose their fields when they cross the context bridge. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: true; readonly json: string }
  | { readonly ok: false; readonly error: WireError };

/** Options of a call: progress of long tasks, and a number of the caller's own by which it can be cancelled. */
export interface CallOptions {
  readonly onProgress?: (progress: Progress) => void;
  readonly cancelId?: number;
}

/** What the preload puts on `window.sealbook`: frozen, named functions and nothing else. */
export interface Bridge {
  readonly vault: { readonly [Name in MethodName]: (payload: Payload<Name>, options?: CallOptions) => Promise<Outcome<Result<Name>>> };
  readonly shell: { readonly [Name in ShellName]: (payload: ShellPayload<Name>) => Promise<Outcome<ShellResults[Name]>> };
  readonly cancel: (cancelId: number) => void;
  /** Both return a function that stops listening. */
  readonly onVaultEvent: (listener: (event: VaultEvent) => void) => () => void;
  readonly onShellEvent: (listener: (event: ShellEvent) => void) => () => void;
}
