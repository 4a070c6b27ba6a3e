import { randomUUID } from 'node:crypto';
import { wellFormed } from '../../shared/domain/well-formed.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { CancelledError, ExpectedError, type WireError } from '../../shared/ipc/errors.ts';
import type { Feature, Method } from '../../shared/ipc/method.ts';
import { answersHandlers } from './answers.ts';
import { auditsHandlers } from './audits.ts';
import type { CallContext, Handlers } from './context.ts';
import { coverageHandlers } from './coverage.ts';
import { custodyHandlers } from './custody-handlers.ts';
import { translateSqliteError } from './db/open.ts';
import { evidenceHandlers } from './evidence.ts';
import { evidenceBulkHandlers } from './evidence-bulk.ts';
import { wakeIndexing } from './evidence-index.ts';
import { evidencePicturesHandlers } from './evidence-pictures.ts';
import { searchHandlers } from './evidence-search.ts';
import { waysInHandlers } from './evidence-ways-in.ts';
import { findingsHandlers } from './findings.ts';
import { notesHandlers } from './notes.ts';
import { packsHandlers } from './packs/handlers.ts';
import { peopleHandlers } from './people.ts';
import { redactionHandlers } from './redaction.ts';
import { reportsHandlers } from './reports.ts';
import { requestsHandlers } from './requests/handlers.ts';
import { upkeepHandlers } from './upkeep.ts';
import { vaultHandlers } from './vault.ts';

/** Every handler, summed from the features. The type says that none is missing. */
const handlers: Handlers<typeof contract> = {
  ...vaultHandlers,
  ...upkeepHandlers,
  ...peopleHandlers,
  ...packsHandlers,
  ...auditsHandlers,
  ...answersHandlers,
  ...evidenceHandlers,
  ...custodyHandlers,
  ...evidencePicturesHandlers,
  ...searchHandlers,
  ...redactionHandlers,
  ...evidenceBulkHandlers,
  ...coverageHandlers,
  ...waysInHandlers,
  ...notesHandlers,
  ...findingsHandlers,
  ...requestsHandlers,
  ...reportsHandlers,
};

type AnyHandler = (context: CallContext, payload: unknown) => unknown;

/** By name, in a Map: a name such as `__proto__` is just a name that is not there. */
const routes = new Map<string, { readonly method: Method; readonly handle: AnyHandler }>(
  Object.entries(contract satisfies Feature).map(([name, method]) => [
    name,
    { method, handle: handlers[name as keyof typeof handlers] as AnyHandler },
  ]),
);

/** Finds the method, parses the payload, runs the handler. Errors: `method.unknown`, `payload.invalid`, the handler's. */
export async function dispatch(context: CallContext, name: string, payload: unknown): Promise<unknown> {
  const route = routes.get(name);
  if (route === undefined) throw new ExpectedError('method.unknown', 'Restart Sealbook.');
  const parsed = route.method.payload.safeParse(payload);
  if (!parsed.success) {
    // Only where and what kind: the value itself may be record text.
    const [issue] = parsed.error.issues;
    throw new ExpectedError('payload.invalid', 'Check the fields and try again.', {
      field: String(issue?.path.map(String).join('.')),
      problem: String(issue?.code),
    });
  }
  try {
    const value = await route.handle(context, cleaned(parsed.data));
    // A vault may just have been opened, or evidence attached in any of its ways.
    wakeIndexing(context.process);
    return value;
  } catch (error) {
    throw translateSqliteError(error);
  }
}

/**
 * What a handler gets. A member that is there but undefined means the same as one that is left out: do not touch this field. Texts are
 * whole characters, so that what the trail hashes is what the database gives back.
 */
function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return wellFormed(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, cleaned(member)]),
  );
}

/** Turns an error into what travels. A bug gets a reference under which it is logged without record text. */
export function toWireError(error: unknown, log: (line: string) => void): WireError {
  if (error instanceof CancelledError) return { kind: 'cancelled' };
  if (error instanceof ExpectedError)
    return { kind: 'expected', code: error.code, message: error.message, hint: error.hint, data: error.data };
  const reference = randomUUID().slice(0, 8);
  log(`bug ${reference} ${describeBug(error)}`);
  return { kind: 'bug', reference };
}

/** Name and stack frames only: the message of an unexpected error may quote record text. */
export function describeBug(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 8).map((frame) => frame.trim())].join(' | ');
}
