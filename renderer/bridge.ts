import type { Bridge, CallOptions, Outcome } from '../shared/ipc/bridge.ts';
import type { MethodName, Payload, Result, Topic, VaultEvent } from '../shared/ipc/contract.ts';
import type { ShellEvent, ShellName, ShellPayload, ShellResults } from '../shared/ipc/shell.ts';
import { AppError } from './app-error.ts';

declare global {
  interface Window {
    /** Put here by the preload; the only way out of the window. */
    readonly sealbook: Bridge;
  }
}

/** Methods without a payload may be called with the name alone. */
type CallArguments<P> = undefined extends P ? [payload?: P, options?: CallOptions] : [payload: P, options?: CallOptions];

/** Asks the vault. Throws an `AppError` when it refuses, was cancelled or failed. */
export async function call<Name extends MethodName>(name: Name, ...args: CallArguments<Payload<Name>>): Promise<Result<Name>> {
  const method = window.sealbook.vault[name] as (payload: unknown, options?: CallOptions) => Promise<Outcome<Result<Name>>>;
  return unwrap(await method(args[0], args[1]));
}

/** Asks the shell: dialogs, lock, recent vaults. Throws an `AppError`. */
export async function shell<Name extends ShellName>(
  name: Name,
  ...args: undefined extends ShellPayload<Name> ? [payload?: ShellPayload<Name>] : [payload: ShellPayload<Name>]
): Promise<ShellResults[Name]> {
  const method = window.sealbook.shell[name] as (payload: unknown) => Promise<Outcome<ShellResults[Name]>>;
  return unwrap(await method(args[0]));
}

let lastCancelId = 0;

/** A number by which one call can be cancelled: pass it as `cancelId`, then `cancelCall(id)`. */
export function nextCancelId(): number {
  lastCancelId += 1;
  return lastCancelId;
}

export function cancelCall(cancelId: number): void {
  window.sealbook.cancel(cancelId);
}

/** Calls the listener whenever one of the topics changed in this audit (or in any, with null). Returns the way to stop. */
export function onChanged(topics: readonly Topic[], auditId: string | null, listener: (event: VaultEvent) => void): () => void {
  return window.sealbook.onVaultEvent((event) => {
    const elsewhere = auditId !== null && event.auditId !== null && event.auditId !== auditId;
    if (event.type === 'changed' && !elsewhere && event.topics.some((topic) => topics.includes(topic))) listener(event);
  });
}

/** Calls the listener for events of the shell: locked, menu. Returns the way to stop. */
export function onShell(listener: (event: ShellEvent) => void): () => void {
  return window.sealbook.onShellEvent(listener);
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new AppError(outcome.error);
  return 'json' in outcome ? (JSON.parse(outcome.json) as T) : outcome.value;
}
