import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, expect, it } from 'vitest';
import { changeVaultKey } from '../../electron/vault/key-change.ts';
import { checkVault } from '../../electron/vault/vault-check.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, passphrase, riskAnalysis, type TestVault, temporaryFolder } from './fixture.ts';
import { longWork, save, sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;

/** Saves one answer after the other until `work` is done; gives how long the longest took, in milliseconds, and how many there were. */
async function saveDuring(vault: TestVault, auditId: AuditId, work: Promise<unknown>) {
  let running = true;
  let [longest, saves] = [0, 0];
  const ended = work.finally(() => {
    running = false;
  });
  while (running) {
    const started = performance.now();
    await save(vault, auditId, riskAnalysis, { rationale: `saved ${saves}` });
    longest = Math.max(longest, performance.now() - started);
    saves += 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await ended;
  return { longest, saves };
}

/** How long the event loop stood still at most while `work` ran, in milliseconds. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  let last = performance.now();
  let longest = 0;
  const look = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
  };
  const timer = setInterval(look, 2);
  await work();
  look();
  clearInterval(timer);
  return longest;
}

/** Makes the records larger by so many rows of 4 KiB. */
function fill(vault: TestVault, rows: number): void {
  sessionOf(vault).records.raw.exec(
    `CREATE TABLE filler (number INTEGER PRIMARY KEY, data BLOB);
     INSERT INTO filler (data) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows}) SELECT randomblob(4096) FROM n`,
  );
}

/** How long SQLite's own checks take when they are run here, in milliseconds. */
function inOneGo(vault: TestVault): number {
  const { raw } = sessionOf(vault).records;
  raw.pragma('wal_checkpoint(TRUNCATE)');
  const started = performance.now();
  for (const pragma of ['cipher_integrity_check', 'integrity_check', 'foreign_key_check']) raw.pragma(pragma);
  return performance.now() - started;
}

describe('a vault that is checked', () => {
  it('takes a large file and saves answers meanwhile, and both end well', async () => {
    const { vault, auditId } = await newAudit();
    // Large enough that its structure is looked at in steps.
    await attach(vault, auditId, 'before.bin', randomBytes(24 * mebibyte));
    const path = join(temporaryFolder(), 'large.bin');
    writeFileSync(path, randomBytes(24 * mebibyte));
    const token = vault.hand(path, 'read');
    const check = vault.call('vault.check', undefined);
    const attached = vault.call('evidence.attachPicked', { auditId, tokens: [token], controls: [] });
    const { longest, saves } = await saveDuring(vault, auditId, Promise.all([check, attached]));
    expect((await check).problems).toEqual([]);
    const [result] = await attached;
    expect(result?.error ?? null).toBeNull();
    expect(saves).toBeGreaterThan(5);
    // The bound of the program is 200 ms; the machine of a test may be busy with others.
    expect(longest).toBeLessThan(1000);
    const evidenceId = result?.evidence?.id as EvidenceId;
    expect(await vault.call('evidence.verify', { evidenceId })).toMatchObject({ ok: true });
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });

  it('says nothing of evidence that is destroyed, or whose key changes, meanwhile', async () => {
    const { vault, auditId } = await newAudit();
    const ids: EvidenceId[] = [];
    for (const name of ['a', 'b', 'c', 'd'])
      ids.push((await attach(vault, auditId, `${name}.bin`, randomBytes(2 * mebibyte))).evidence?.id as EvidenceId);
    let [destroyed, changed]: (Promise<unknown> | null)[] = [null, null];
    const report = ({ label, done }: { label: string; done: number }) => {
      if (label !== 'evidence') return;
      if (done <= mebibyte) destroyed ??= vault.call('evidence.destroy', { evidenceId: ids[3] as EvidenceId, reason: 'test' });
      else changed ??= vault.call('vault.changeKey', { passphrase, remove: [] });
    };
    expect((await checkVault(sessionOf(vault), longWork({ report }))).problems).toEqual([]);
    await Promise.all([destroyed, changed]);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });

  it('is not given another key before the thread has read its records', async () => {
    const { vault } = await newAudit();
    const session = sessionOf(vault);
    let check: Promise<unknown> | null = null;
    const report = ({ label }: { label: string }) => {
      if (label === 'commit') check = vault.call('vault.check', undefined);
    };
    expect((await changeVaultKey(session, [], longWork({ report }))).generation).toBe(2);
    expect(await check).toMatchObject({ problems: [] });
  });

  it('stands still no longer than a part of what SQLite takes to read it, however many records there are', async () => {
    const { vault } = await newAudit();
    fill(vault, 12_000);
    const whole = inOneGo(vault);
    expect(await longestBlock(() => vault.call('vault.check', undefined))).toBeLessThan(whole / 2);
    expect(await longestBlock(() => vault.call('vault.changeKey', { passphrase, remove: [] }))).toBeLessThan(whole);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });
});
