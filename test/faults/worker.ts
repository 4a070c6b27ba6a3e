import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { drive, secret, unlock } from './driver.ts';
import type { Line, Operation } from './kills.ts';

/**
 * Works on a vault until it is killed: saves answers all the time and does one operation over and over. Prints one JSON line when an
 * operation begins and one for each call that was acknowledged. Arguments: the project's folder, the vault, a folder to write files
 * in, the operation.
 */
const [root = '', folder = '', files = '', operation = ''] = process.argv.slice(2);
const mebibyte = 1024 * 1024;
const enoughEvidence = 6;

// Written with a system call of its own: a line that was printed cannot be lost in a buffer.
const say = (line: Line) => writeSync(1, `${JSON.stringify(line)}\n`);
const driver = drive(root);
const { call, hand } = driver;

async function attach(auditId: AuditId, size: number): Promise<EvidenceId> {
  const path = join(files, `${randomUUID()}.bin`);
  writeFileSync(path, randomBytes(size));
  say({ kind: 'begin', operation: 'ingest', id: '' });
  const [result] = await call('evidence.attachPicked', { auditId, tokens: [hand(path, 'read')], controls: [] });
  if (!result?.evidence) throw new Error(`Not attached: ${result?.error?.code}`);
  say({ kind: 'evidence', id: result.evidence.id, sha256: result.evidence.sha256 });
  return result.evidence.id;
}

async function destroy(evidenceId: EvidenceId): Promise<void> {
  say({ kind: 'begin', operation: 'delete', id: evidenceId });
  await call('evidence.destroy', { evidenceId, reason: 'test' });
  say({ kind: 'destroyed', id: evidenceId });
}

/** Keeps the vault small, so that a thousand rounds stay short. */
async function tidy(auditId: AuditId): Promise<void> {
  const list = await call('evidence.list', { auditId });
  for (const { id } of list.slice(0, Math.max(0, list.length - enoughEvidence))) await destroy(id);
}

const work: Record<Operation, (auditId: AuditId) => Promise<void>> = {
  ingest: async (auditId) => {
    // Some are large enough for the threads that seal side by side.
    await attach(auditId, randomInt(8) === 0 ? randomInt(16 * mebibyte, 18 * mebibyte) : randomInt(1, 4 * mebibyte));
  },
  delete: async (auditId) => destroy(await attach(auditId, randomInt(1, 4 * mebibyte))),
  compact: async (auditId) => {
    const gone = await attach(auditId, randomInt(mebibyte, 3 * mebibyte));
    // What was sealed after the hole is what has to move.
    await attach(auditId, randomInt(1, 2 * mebibyte));
    await destroy(gone);
    say({ kind: 'begin', operation: 'compact', id: '' });
    await call('vault.compact', undefined);
    say({ kind: 'compacted' });
  },
  rekey: async () => {
    say({ kind: 'begin', operation: 'rekey', id: '' });
    const { generation } = await call('vault.changeKey', { passphrase: secret, remove: [] });
    say({ kind: 'key', generation });
  },
};

async function saveAnswers(auditId: AuditId): Promise<never> {
  const { controls } = await call('audits.controls', { auditId });
  for (;;) {
    const control = controls[randomInt(controls.length)];
    if (control === undefined) throw new Error('No controls');
    const { packId, controlId } = control;
    const rationale = randomUUID();
    try {
      await call('answers.save', { auditId, packId, controlId, patch: { rationale } });
      say({ kind: 'answer', packId, controlId, rationale });
    } catch (error) {
      // Refused while the key is changed, and told so: that is not an acknowledgement.
      if (!(error instanceof Error && 'code' in error && error.code === 'vault.key-changing')) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, randomInt(1, 20)));
  }
}

async function repeat(auditId: AuditId): Promise<never> {
  await tidy(auditId);
  for (;;) await work[operation as Operation](auditId);
}

await unlock(driver, folder);
const [audit] = await call('audits.list', undefined);
if (audit === undefined) throw new Error('No audit');
await Promise.race([saveAnswers(audit.id), repeat(audit.id)]);
