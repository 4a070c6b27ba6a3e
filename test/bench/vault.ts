import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { assetsIn } from '../../electron/cli/commands.ts';
import type { FilePurpose, VaultProcess } from '../../electron/vault/context.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { noReader } from '../../electron/vault/reader/queue.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { MethodName, Payload, Result } from '../../shared/ipc/contract.ts';

/** A fresh vault with one audit, driven through the same dispatcher as the window's calls, with the bundled threads. */
export interface BenchVault {
  readonly auditId: AuditId;
  readonly process: VaultProcess;
  call<Name extends MethodName>(name: Name, payload: Payload<Name>): Promise<Result<Name>>;
  /** Attaches files and fails unless all of them are attached. Gives the first one's id. */
  attach(paths: readonly string[]): Promise<EvidenceId>;
  exportTo(evidenceId: EvidenceId, path: string): Promise<void>;
  close(): void;
}

/** Creates the vault in a folder that does not exist yet. */
export async function benchVault(folder: string): Promise<BenchVault> {
  const dist = join(import.meta.dirname, '..', '..', 'dist');
  const vault: VaultProcess = {
    session: null,
    assets: assetsIn(dist),
    // The key derivation is no part of what is measured here.
    kdf: { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 },
    files: new Map(),
    uploads: new Map(),
    reader: noReader,
    emit: () => {},
  };
  const hand = (path: string, purpose: FilePurpose) => {
    const token = randomUUID();
    vault.files.set(token, { path, purpose });
    return token;
  };
  const call = <Name extends MethodName>(name: Name, payload: Payload<Name>) =>
    dispatch({ process: vault, signal: new AbortController().signal, progress: () => {} }, name, payload) as Promise<Result<Name>>;
  await call('vault.create', {
    token: hand(folder, 'new-vault'),
    name: 'Bench',
    person: { name: 'Ada Lindqvist', email: 'ada@example.org' },
    passphrase: 'copper lantern orchard tide',
  });
  const packIds = ['production-readiness'];
  const { id: auditId } = await call('audits.create', { title: 'Bench', organisation: 'Bench', periodFrom: '', periodTo: '', packIds });
  return {
    auditId,
    process: vault,
    call,
    async attach(paths) {
      const tokens = paths.map((path) => hand(path, 'read'));
      const results = await call('evidence.attachPicked', { auditId, tokens, controls: [] });
      const attached = results.flatMap(({ evidence, duplicateOf }) => (evidence === null || duplicateOf !== null ? [] : [evidence.id]));
      const [first] = attached;
      if (first === undefined || attached.length !== paths.length) throw new Error('Not every file was attached');
      return first;
    },
    async exportTo(evidenceId, path) {
      await call('evidence.exportOriginal', { evidenceId, token: hand(path, 'write'), reason: '' });
    },
    close() {
      if (vault.session !== null) closeVault(vault.session);
      vault.session = null;
    },
  };
}
