import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FilePurpose, VaultProcess } from '../../electron/vault/context.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { noReader } from '../../electron/vault/reader/queue.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import type { MethodName, Payload, Result } from '../../shared/ipc/contract.ts';

/** A vault process without a window and without the test runner, for the worker that is killed and for what looks after it. */
export interface Driver {
  readonly process: VaultProcess;
  call<Name extends MethodName>(name: Name, payload: Payload<Name>): Promise<Result<Name>>;
  hand(path: string, purpose: FilePurpose): string;
  close(): void;
}

export const secret = 'copper lantern orchard tide';

/** Starts one. `root` is the project's folder. */
export function drive(root: string): Driver {
  const process: VaultProcess = {
    session: null,
    assets: {
      checklists: join(root, 'shared', 'checklists'),
      fonts: join(root, 'node_modules'),
      reportWorker: join(root, 'electron', 'vault', 'report', 'render', 'worker.ts'),
      evidenceWorker: join(root, 'electron', 'vault', 'evidence', 'block-worker.ts'),
      databaseWorker: join(root, 'electron', 'vault', 'database-worker.ts'),
      reader: '',
    },
    // Light on purpose: a thousand passphrases are stretched here.
    kdf: { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 },
    files: new Map(),
    uploads: new Map(),
    reader: noReader,
    emit: () => {},
  };
  return {
    process,
    call: (name, payload) =>
      dispatch({ process, signal: new AbortController().signal, progress: () => {} }, name, payload) as Promise<Result<typeof name>>,
    hand: (path, purpose) => {
      const token = randomUUID();
      process.files.set(token, { path, purpose });
      return token;
    },
    close: () => {
      if (process.session !== null) closeVault(process.session);
      process.session = null;
    },
  };
}

/** Unlocks the vault of a folder for its first person. */
export async function unlock(driver: Driver, folder: string): Promise<void> {
  const token = driver.hand(folder, 'vault');
  const [person] = (await driver.call('vault.inspect', { token })).people;
  if (person === undefined) throw new Error('Nobody can open the vault');
  await driver.call('vault.unlock', { token, personId: person.id, passphrase: secret });
}
