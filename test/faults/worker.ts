import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultProcess } from '../../electron/vault/context.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { noReader } from '../../electron/vault/reader/queue.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { MethodName, Payload, Result } from '../../shared/ipc/contract.ts';

/**
 * Works on a vault until it is killed: saves answers and attaches files, and prints one JSON line for each call that
 * was acknowledged. Arguments: the vault folder, a folder to write files in, the assets as JSON, the passphrase.
 */
const [folder = '', files = '', assets = '{}', passphrase = ''] = process.argv.slice(2);

const vault: VaultProcess = {
  session: null,
  assets: JSON.parse(assets),
  kdf: { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 },
  files: new Map(),
  uploads: new Map(),
  reader: noReader,
  emit: () => {},
};
const call = <Name extends MethodName>(name: Name, payload: Payload<Name>) =>
  dispatch({ process: vault, signal: new AbortController().signal, progress: () => {} }, name, payload) as Promise<Result<Name>>;
// Written with a system call of its own: a line that was printed cannot be lost in a buffer.
const acknowledge = (line: object) => writeSync(1, `${JSON.stringify(line)}\n`);
const hand = (path: string, purpose: 'vault' | 'read') => {
  const token = randomUUID();
  vault.files.set(token, { path, purpose });
  return token;
};

const token = hand(folder, 'vault');
const [person] = (await call('vault.inspect', { token })).people;
if (person === undefined) throw new Error('Nobody can open the vault');
await call('vault.unlock', { token, personId: person.id, passphrase });
const [audit] = await call('audits.list', undefined);
if (audit === undefined) throw new Error('No audit');
const { controls } = await call('audits.controls', { auditId: audit.id });
acknowledge({ kind: 'ready' });

async function saveAnswers(auditId: AuditId): Promise<never> {
  for (let count = 0; ; count += 1) {
    const control = controls[count % controls.length];
    if (control === undefined) throw new Error('No controls');
    const { packId, controlId } = control;
    const rationale = randomUUID();
    await call('answers.save', { auditId, packId, controlId, patch: { rationale } });
    acknowledge({ kind: 'answer', packId, controlId, rationale });
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function attachFiles(auditId: AuditId): Promise<never> {
  for (let count = 0; ; count += 1) {
    const path = join(files, `${randomUUID()}.bin`);
    if (!existsSync(path)) writeFileSync(path, Buffer.alloc((count % 4) * 700_000 + 1, randomUUID()));
    const [result] = await call('evidence.attachPicked', { auditId, tokens: [hand(path, 'read')], controls: [] });
    if (!result?.evidence) throw new Error('Not attached');
    acknowledge({ kind: 'evidence', id: result.evidence.id, sha256: result.evidence.sha256 });
  }
}

await Promise.race([saveAnswers(audit.id), attachFiles(audit.id)]);
