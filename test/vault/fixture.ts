import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveJobs } from '../../electron/reader/serve.ts';
import type { Assets, FilePurpose, VaultProcess } from '../../electron/vault/context.ts';
import type { KdfParameters } from '../../electron/vault/crypto/kdf.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { createReader, type Reader } from '../../electron/vault/reader/queue.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import type { Preview } from '../../shared/domain/preview.ts';
import type { MethodName, Payload, Progress, Result, VaultEvent } from '../../shared/ipc/contract.ts';
import { afterThisTest } from './cleanups.ts';

/** A real vault in a temporary folder, driven through the same dispatcher as the window's calls. */

const root = join(import.meta.dirname, '..', '..');

export const testAssets: Assets = {
  checklists: join(root, 'shared', 'checklists'),
  fonts: join(root, 'node_modules'),
  reportWorker: join(root, 'electron', 'vault', 'report', 'render', 'worker.ts'),
  reader: join(root, 'electron', 'reader', 'entry.ts'),
  evidenceWorker: join(root, 'electron', 'vault', 'evidence', 'block-worker.ts'),
  databaseWorker: join(root, 'electron', 'vault', 'database-worker.ts'),
};

/** The reader's own functions without a process around them; the process is tested on its own. */
export const readerInside: Reader = createReader(({ message }) => {
  const listeners: ((job: unknown) => void)[] = [];
  serveJobs({ post: (answer) => message(structuredClone(answer)), listen: (listener) => listeners.push(listener) });
  return {
    post: (job) => {
      for (const listener of listeners) listener(structuredClone(job));
    },
    end: () => {},
  };
});

/** Fast on purpose; the strength of the default is tested on its own. */
export const lightKdf: KdfParameters = { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 };

export const passphrase = 'copper lantern orchard tide';
export const lead = { name: 'Ada Lindqvist', email: 'ada@example.org' };

/** A temporary folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sealbook-test-'));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface TestVault {
  readonly folder: string;
  readonly process: VaultProcess;
  readonly events: VaultEvent[];
  readonly progress: Omit<Progress, 'elapsed'>[];
  call<Name extends MethodName>(name: Name, payload: Payload<Name>, signal?: AbortSignal): Promise<Result<Name>>;
  /** A token for a path, as main would hand it over. */
  hand(path: string, purpose: FilePurpose): string;
  /** Writes a file and gives its token. */
  file(name: string, content: string | Uint8Array): string;
  close(): void;
}

/** A process without a vault. */
export function vaultProcess(folder = join(temporaryFolder(), 'Test.sealbook')): TestVault {
  const events: VaultEvent[] = [];
  const progress: Omit<Progress, 'elapsed'>[] = [];
  const process: VaultProcess = {
    session: null,
    assets: testAssets,
    kdf: lightKdf,
    files: new Map(),
    uploads: new Map(),
    reader: readerInside,
    emit: (event) => events.push(event),
  };
  const hand = (path: string, purpose: FilePurpose) => {
    const token = randomUUID();
    process.files.set(token, { path, purpose });
    return token;
  };
  const vault: TestVault = {
    folder,
    process,
    events,
    progress,
    call: (name, payload, signal = new AbortController().signal) =>
      dispatch({ process, signal, progress: (step) => progress.push(step) }, name, payload) as never,
    hand,
    file: (name, content) => {
      const path = join(temporaryFolder(), name);
      writeFileSync(path, content);
      return hand(path, 'read');
    },
    close: () => {
      if (process.session !== null) closeVault(process.session);
      process.session = null;
    },
  };
  afterThisTest(() => vault.close());
  return vault;
}

/** A new open vault with one lead. */
export async function newVault(): Promise<TestVault & { readonly recoveryCode: string }> {
  const vault = vaultProcess();
  const { recoveryCode } = await vault.call('vault.create', {
    token: vault.hand(vault.folder, 'new-vault'),
    name: 'Test',
    person: lead,
    passphrase,
  });
  return { ...vault, recoveryCode };
}

/** Opens the vault of a folder in a fresh process for the first person, or the named one. */
export async function reopen(folder: string, name: string = lead.name, secret: string = passphrase): Promise<TestVault> {
  const vault = vaultProcess(folder);
  const token = vault.hand(folder, 'vault');
  const { people } = await vault.call('vault.inspect', { token });
  const person = people.find((candidate) => candidate.name === name);
  if (person === undefined) throw new Error('No such person');
  await vault.call('vault.unlock', { token, personId: person.id, passphrase: secret });
  return vault;
}

/** A new vault with an audit over the HIPAA Security Rule. */
export async function newAudit(packIds: string[] = ['hipaa-security']) {
  const vault = await newVault();
  const audit = await vault.call('audits.create', {
    title: 'Audit',
    organisation: 'Clinic',
    periodFrom: '2026-01-01',
    periodTo: '2026-12-31',
    packIds,
  });
  return { vault, auditId: audit.id };
}

export const riskAnalysis: ControlReference = { packId: 'hipaa-security', controlId: 'hipaa-164.308-a-1-ii-A' };
export const terminations: ControlReference = { packId: 'hipaa-security', controlId: 'hipaa-164.308-a-3-ii-C' };

/** Attaches one file's content and gives the result. */
export async function attach(
  vault: TestVault,
  auditId: AuditId,
  name: string,
  content: string | Uint8Array,
  controls: ControlReference[] = [],
) {
  const [result] = await vault.call('evidence.attachPicked', { auditId, tokens: [vault.file(name, content)], controls });
  if (result === undefined) throw new Error('No result');
  return result;
}

/** What a preview shows as text, or null where it is something else. */
export function shownText({ content }: Preview): string | null {
  return content.kind === 'text' ? content.text : null;
}

/** The code of the expected error that a call ends with; fails the test when it does not. */
export async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : `unexpected ${String(error)}`;
  }
  return 'no error';
}
