import type { LongWork } from '../../electron/vault/context.ts';
import type { Session } from '../../electron/vault/session.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { newAudit, type TestVault, testAssets } from './fixture.ts';

/** What several of the vault's tests need beside the fixture. */

/** The open vault behind a test vault. */
export function sessionOf(vault: TestVault): Session {
  const { session } = vault.process;
  if (session === null) throw new Error('No vault is open');
  return session;
}

/** Long work over the records that nobody watches or stops, unless told. */
export function longWork(parts: Partial<LongWork> = {}): LongWork {
  return { workerPath: testAssets.databaseWorker, signal: new AbortController().signal, report: () => {}, ...parts };
}

/** The expected error that a call ends with; fails the test when there is none. */
export async function errorOf(work: Promise<unknown>): Promise<ExpectedError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ExpectedError) return error;
    throw error;
  }
  throw new Error('No error');
}

/** Saves a patch of one answer. */
export function save(vault: TestVault, auditId: AuditId, control: ControlReference, patch: Payload<'answers.save'>['patch']) {
  return vault.call('answers.save', { auditId, ...control, patch });
}

export const ben = { name: 'Ben Ortiz', email: 'ben@example.org', passphrase: 'velvet quartz ribbon anchor' };

/** Runs SQL on the records without any of the vault's own rules: triggers dropped, references not enforced. */
export function tamper(vault: TestVault, statements: string): void {
  const { raw } = sessionOf(vault).records;
  raw.pragma('foreign_keys = OFF');
  for (const trigger of [
    'trail_is_append_only_update',
    'trail_is_append_only_delete',
    'change_is_append_only_update',
    'change_is_append_only_delete',
  ])
    raw.exec(`DROP TRIGGER IF EXISTS ${trigger}`);
  raw.exec(statements);
}

/** An audit in which no check is open: everything that is not answered otherwise does not apply. */
export async function finishedAudit() {
  const { vault, auditId } = await newAudit(['production-readiness']);
  const { controls } = await vault.call('audits.controls', { auditId });
  for (const { packId, controlId } of controls)
    await save(vault, auditId, { packId, controlId }, { verdict: 'not-applicable', rationale: 'Out of scope.' });
  return { vault, auditId, controls };
}
