import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readdirSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { backupVault } from '../../electron/vault/backup.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, lead, newAudit, passphrase, reopen, riskAnalysis, temporaryFolder, vaultProcess } from '../vault/fixture.ts';
import { save, sessionOf } from '../vault/helpers.ts';

const mounts: string[] = [];

/** A small disk of its own, or null where it cannot be mounted. */
function smallDisk(mebibytes: number): string | null {
  const folder = temporaryFolder();
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', folder]).status !== 0) return null;
  mounts.push(folder);
  return folder;
}

/** Fills a disk to the last byte; removing the file gives the space back. */
function fill(folder: string): string {
  const path = join(folder, 'filler');
  const file = openSync(path, 'w');
  for (let size = 65536; size >= 1; size /= 16) {
    const block = Buffer.alloc(size);
    try {
      for (;;) if (writeSync(file, block) < size) break;
    } catch {
      // Full for this size; smaller pieces may still fit.
    }
  }
  closeSync(file);
  return path;
}

afterEach(() => {
  for (const folder of mounts.splice(0)) spawnSync('umount', ['-l', folder]);
});

const canMount =
  process.getuid?.() === 0 &&
  spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d" && umount "$d" && rmdir "$d"']).status === 0;
if (!canMount) console.info('Full-disk tests are skipped: mounting a small disk needs root and the right to mount.');

async function vaultOn(disk: string) {
  const vault = vaultProcess(join(disk, 'V.sealbook'));
  await vault.call('vault.create', { token: vault.hand(vault.folder, 'new-vault'), name: 'V', person: lead, passphrase });
  const { id } = await vault.call('audits.create', {
    title: 'A',
    organisation: 'O',
    periodFrom: '',
    periodTo: '',
    packIds: ['hipaa-security'],
  });
  return { vault, auditId: id };
}

describe.runIf(canMount)('on a full disk', () => {
  it('attaching says so, keeps nothing half, and the vault goes on and opens again', async () => {
    const disk = smallDisk(8) ?? '';
    const { vault, auditId } = await vaultOn(disk);
    const kept = (await attach(vault, auditId, 'kept.txt', 'kept')).evidence?.id as EvidenceId;
    const filler = fill(disk);
    const result = await attach(vault, auditId, 'big.bin', Buffer.alloc(3 * 1024 * 1024, 'b'));
    expect(result).toMatchObject({ evidence: null, error: { code: 'disk.full' } });
    expect((await vault.call('evidence.list', { auditId })).map((item) => item.id)).toEqual([kept]);
    rmSync(filler);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
    expect((await save(vault, auditId, riskAnalysis, { rationale: 'goes on' })).answer.rationale).toBe('goes on');
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('vault.check', undefined)).problems).toEqual([]);
    expect(sessionOf(again).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 1 });
    expect((await again.call('answers.get', { auditId, ...riskAnalysis })).answer.rationale).toBe('goes on');
    again.close();
  });

  it('a save that does not fit says so and changes nothing', async () => {
    const disk = smallDisk(8) ?? '';
    const { vault, auditId } = await vaultOn(disk);
    await save(vault, auditId, riskAnalysis, { rationale: 'before' });
    const filler = fill(disk);
    let code = 'no error';
    // The write-ahead log may still have room for a few pages that it wrote before.
    for (let count = 0; count < 50 && code === 'no error'; count += 1)
      code = await codeOf(save(vault, auditId, riskAnalysis, { rationale: `${count} ${'x'.repeat(90_000)}` }));
    expect(code).toBe('disk.full');
    const { rationale } = (await vault.call('answers.get', { auditId, ...riskAnalysis })).answer;
    rmSync(filler);
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('answers.get', { auditId, ...riskAnalysis })).answer.rationale).toBe(rationale);
    expect((await again.call('vault.check', undefined)).problems).toEqual([]);
    again.close();
  });

  it('giving room back needs a few pages only; without even those it says so, and goes on when there is room', async () => {
    const disk = smallDisk(16) ?? '';
    const { vault, auditId } = await vaultOn(disk);
    const gone = (await attach(vault, auditId, 'gone.bin', Buffer.alloc(3 * 1024 * 1024, 'g'))).evidence?.id as EvidenceId;
    const kept = (await attach(vault, auditId, 'kept.bin', Buffer.alloc(2 * 1024 * 1024, 'k'))).evidence?.id as EvidenceId;
    await vault.call('evidence.destroy', { evidenceId: gone, reason: 'test' });
    const filler = fill(disk);
    expect(await codeOf(vault.call('vault.compact', undefined))).toBe('disk.full');
    rmSync(filler);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
    expect(await vault.call('vault.compact', undefined)).toMatchObject({ finished: true });
    expect(await vault.call('evidence.verify', { evidenceId: kept })).toMatchObject({ ok: true });
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('vault.check', undefined)).problems).toEqual([]);
    again.close();
  });

  it('changing the vault key says so, leaves nothing beside the vault, and the old key goes on', async () => {
    const disk = smallDisk(16) ?? '';
    const { vault, auditId } = await vaultOn(disk);
    const kept = (await attach(vault, auditId, 'kept.txt', 'kept')).evidence?.id as EvidenceId;
    const filler = fill(disk);
    expect(await codeOf(vault.call('vault.changeKey', { passphrase, remove: [] }))).toBe('disk.full');
    rmSync(filler);
    expect(readdirSync(vault.folder).filter((file) => file.includes('next'))).toEqual([]);
    expect((await vault.call('vault.keyState', undefined)).generation).toBe(1);
    expect(await vault.call('evidence.verify', { evidenceId: kept })).toMatchObject({ ok: true });
    expect((await vault.call('vault.changeKey', { passphrase, remove: [] })).generation).toBe(2);
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('vault.check', undefined)).problems).toEqual([]);
    again.close();
  });

  it('exporting and backing up say so and leave nothing', async () => {
    const { vault, auditId } = await newAudit();
    const id = (await attach(vault, auditId, 'big.bin', Buffer.alloc(3 * 1024 * 1024, 'b'))).evidence?.id as EvidenceId;
    const disk = smallDisk(2) ?? '';
    const token = vault.hand(join(disk, 'out.bin'), 'write');
    expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: id, token, reason: '' }))).toBe('disk.full');
    expect(await codeOf(backupVault(sessionOf(vault), join(disk, 'b.backup')))).toBe('disk.full');
    expect(readdirSync(disk)).toEqual([]);
    expect(await vault.call('evidence.verify', { evidenceId: id })).toMatchObject({ ok: true });
  });

  it('creating a vault says so and leaves no folder', async () => {
    const disk = smallDisk(1) ?? '';
    const filler = fill(disk);
    const vault = vaultProcess(join(disk, 'V.sealbook'));
    const work = vault.call('vault.create', { token: vault.hand(vault.folder, 'new-vault'), name: 'V', person: lead, passphrase });
    expect(await codeOf(work)).toBe('disk.full');
    expect(readdirSync(disk)).toEqual(['filler']);
    rmSync(filler);
  });
});

describe.skipIf(process.getuid?.() === 0)('in a folder that cannot be written', () => {
  it('opening, creating and exporting say so', async () => {
    const { vault, auditId } = await newAudit();
    const id = (await attach(vault, auditId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    const folder = join(temporaryFolder(), 'closed');
    mkdirSync(folder);
    writeFileSync(join(folder, 'x'), 'x');
    chmodSync(folder, 0o500);
    const token = vault.hand(join(folder, 'out'), 'write');
    expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: id, token, reason: '' }))).toBe('file.not-written');
    vault.close();
    chmodSync(vault.folder, 0o500);
    expect(await codeOf(reopen(vault.folder))).toBe('vault.read-only');
    chmodSync(vault.folder, 0o700);
    chmodSync(folder, 0o700);
  });
});
