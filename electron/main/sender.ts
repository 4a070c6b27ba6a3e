import { randomUUID } from 'node:crypto';
import type { IpcMainInvokeEvent, WebFrameMain } from 'electron';
import { ipcMain } from 'electron';
import type { z } from 'zod';
import type { Outcome } from '../../shared/ipc/bridge.ts';
import { ExpectedError, errorCodes } from '../../shared/ipc/errors.ts';
import type { ShellName, ShellResults } from '../../shared/ipc/shell.ts';
import { shellPayloads } from '../../shared/ipc/shell.ts';
import { isAppUrl } from './address.ts';

type ShellParsed<Name extends ShellName> = z.output<(typeof shellPayloads)[Name]>;

/** Everything that main answers, by name. The caller is already checked and the payload parsed. */
export type ShellHandlers = {
  readonly [Name in ShellName]: (payload: ShellParsed<Name>) => ShellResults[Name] | Promise<ShellResults[Name]>;
};

/** Whether a message comes from the top frame of our own page. A frame that is gone has no right to an answer either. */
export function isOurPage(frame: WebFrameMain | null): boolean {
  return frame !== null && frame.parent === null && isAppUrl(frame.url);
}

/** The one door into main: registers every handler behind the sender check and the payload's schema. */
export function answerShell(handlers: ShellHandlers): void {
  for (const name of Object.keys(shellPayloads) as ShellName[]) {
    ipcMain.handle(`shell:${name}`, (event, payload: unknown) => answer(event, name, handlers, payload));
  }
}

async function answer<Name extends ShellName>(
  event: IpcMainInvokeEvent,
  name: Name,
  handlers: ShellHandlers,
  payload: unknown,
): Promise<Outcome<ShellResults[Name]>> {
  if (!isOurPage(event.senderFrame)) return invalid();
  const parsed = shellPayloads[name].safeParse(payload);
  if (!parsed.success) return invalid();
  try {
    return { ok: true, value: await handlers[name](parsed.data as ShellParsed<Name>) };
  } catch (error) {
    return { ok: false, error: wireError(name, error) };
  }
}

function invalid(): Outcome<never> {
  return { ok: false, error: { kind: 'expected', code: 'payload.invalid', message: errorCodes['payload.invalid'], hint: '', data: {} } };
}

function wireError(name: string, error: unknown): (Outcome<never> & { ok: false })['error'] {
  if (error instanceof ExpectedError) {
    return { kind: 'expected', code: error.code, message: error.message, hint: error.hint, data: error.data };
  }
  const reference = randomUUID().slice(0, 8);
  // The name of the error only: its message could hold a path.
  console.error(`Bug ${reference} in shell call ${name}: ${error instanceof Error ? error.name : typeof error}`);
  return { kind: 'bug', reference };
}
