import { describe, expect, it } from 'vitest';
import { runCommand } from '../../electron/cli/commands.ts';
import { verifyAllEvidence } from '../../electron/vault/evidence-verification.ts';
import { changeVaultKey } from '../../electron/vault/key-change.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, passphrase, riskAnalysis, type TestVault, testAssets } from './fixture.ts';
import { longWork, save, sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;

async function filled() {
  const { vault, auditId } = await newAudit();
  const ids: EvidenceId[] = [];
  for (const [name, size] of [
    ['a', 2 * mebibyte + 5],
    ['b', 10],
    ['c', mebibyte],
  ] as const)
    ids.push((await attach(vault, auditId, `${name}.bin`, Buffer.alloc(size, name))).evidence?.id as EvidenceId);
  const [first, second, third] = ids as [EvidenceId, EvidenceId, EvidenceId];
  return { vault, auditId, first, second, third };
}

const objectOf = (vault: TestVault, id: EvidenceId) =>
  String(sessionOf(vault).records.get({ text: `SELECT object_id AS id FROM evidence WHERE id = '${id}'`, values: [] })?.id);

/** Cuts the last byte of an object's first chunk. */
function damage(vault: TestVault, id: EvidenceId): string {
  const object = objectOf(vault, id);
  sessionOf(vault).chunks.raw.exec(
    `UPDATE chunk SET data = substr(data, 1, length(data) - 1) WHERE position = 0 AND object = (SELECT number FROM object WHERE id = '${object}')`,
  );
  return object;
}

describe('verifying all evidence', () => {
  it('finds everything whole, tells how far it is, and remembers when', async () => {
    const { vault } = await filled();
    expect(await vault.call('vault.verificationState', undefined)).toEqual({ objects: 3, never: 3, oldest: '', latest: '', damaged: [] });
    vault.progress.length = 0;
    const result = await vault.call('vault.verifyEvidence', undefined);
    const bytes = 3 * mebibyte + 15;
    expect(result).toEqual({ at: expect.any(String), finished: true, objects: 3, bytes, damaged: [] });
    expect(vault.progress[0]).toEqual({ label: '', done: 0, total: bytes, unit: 'bytes' });
    expect(vault.progress.at(-1)).toEqual({ label: '', done: bytes, total: bytes, unit: 'bytes' });
    const { at } = result;
    expect(await vault.call('vault.verificationState', undefined)).toEqual({ objects: 3, never: 0, oldest: at, latest: at, damaged: [] });
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId: null });
    expect(events[0]).toMatchObject({ action: 'vault.evidence-verified', detail: '3 whole, 0 damaged' });
  });

  it('names the damaged pieces by audit and the reports, in their ledgers too, and reads the rest', async () => {
    const { vault, auditId, first, second } = await filled();
    const other = await vault.call('audits.create', {
      title: 'Second audit',
      organisation: 'O',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const shared = (await attach(vault, other.id, 'same.bin', Buffer.alloc(10, 'b'))).evidence?.id as EvidenceId;
    const report = await vault.call('reports.sign', { auditId, options: { paper: 'a4', final: false } });
    const object = damage(vault, second);
    const reportObject = String(sessionOf(vault).records.get({ text: 'SELECT object_id AS id FROM report', values: [] })?.id);
    sessionOf(vault).chunks.raw.exec(`DELETE FROM object WHERE id = '${reportObject}'`);
    const { damaged, objects, finished } = await vault.call('vault.verifyEvidence', undefined);
    expect([objects, finished]).toEqual([4, true]);
    expect([...damaged].sort((a, b) => a.reports.length - b.reports.length)).toEqual([
      {
        object,
        audits: [
          { auditId, title: 'Audit', pieces: [{ id: second, number: 2 }] },
          { auditId: other.id, title: 'Second audit', pieces: [{ id: shared, number: 1 }] },
        ],
        reports: [],
      },
      { object: reportObject, audits: [], reports: [report.number] },
    ]);
    expect((await vault.call('vault.verificationState', undefined)).damaged).toHaveLength(2);
    for (const evidenceId of [second, shared])
      expect((await vault.call('evidence.get', { evidenceId })).custody.at(-1)).toMatchObject({
        action: 'verified',
        detail: 'damaged, found while all evidence was verified',
      });
    expect(await vault.call('evidence.verify', { evidenceId: first })).toMatchObject({ ok: true });
    // The check names them too, in the window and on the command line.
    const check = await vault.call('vault.check', undefined);
    expect(check.problems.map(({ where, affected }) => [where, affected?.reports.length])).toEqual(
      expect.arrayContaining([
        [object, 0],
        [reportObject, 1],
      ]),
    );
    vault.close();
    let stdout = '';
    const io = {
      stdout: (text: string) => {
        stdout += text;
      },
      stderr: () => {},
      stdin: async () => `${passphrase}\n`,
    };
    expect(await runCommand(['vault', 'check', vault.folder, '--passphrase-stdin'], io, testAssets)).toBe(1);
    expect(stdout).toContain(`${object}  E-002 in Audit; E-001 in Second audit`);
    expect(stdout).toContain(`${reportObject}  report ${report.number}`);
  });

  it('content that is whole but not what the record says is damaged too, until it is attached again', async () => {
    const { vault, auditId, second } = await filled();
    damage(vault, second);
    expect((await vault.call('vault.verifyEvidence', undefined)).damaged).toHaveLength(1);
    await attach(vault, auditId, 'again.bin', Buffer.alloc(10, 'b'));
    expect((await vault.call('vault.verifyEvidence', undefined)).damaged).toEqual([]);
    sessionOf(vault).records.raw.exec(`UPDATE evidence_object SET sha256 = '${'0'.repeat(64)}' WHERE id = '${objectOf(vault, second)}'`);
    expect((await vault.call('vault.verifyEvidence', undefined)).damaged.map(({ object }) => object)).toEqual([objectOf(vault, second)]);
  });

  it('stopped, it keeps what it found, and the next run begins with what waited longest', async () => {
    const { vault, auditId, first } = await filled();
    const session = sessionOf(vault);
    const controller = new AbortController();
    const firstRun = await verifyAllEvidence(session, controller.signal, ({ done }) => {
      if (done > 2 * mebibyte + 5) controller.abort();
    });
    expect([firstRun.finished, firstRun.objects < 3, firstRun.objects > 0]).toEqual([false, true, true]);
    const state = await vault.call('vault.verificationState', undefined);
    expect(state.never).toBe(3 - firstRun.objects);
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId: null });
    expect(events[0]?.detail).toContain('stopped before the end');
    // Destroyed while the next run is reading others: nothing to remember, nothing damaged.
    const secondRun = vault.call('vault.verifyEvidence', undefined);
    await vault.call('evidence.destroy', { evidenceId: first, reason: 'test' });
    expect(await secondRun).toMatchObject({ finished: true, damaged: [] });
    expect(await vault.call('vault.verificationState', undefined)).toMatchObject({ objects: 2, never: 0, damaged: [] });
    expect((await vault.call('evidence.list', { auditId })).length).toBe(2);
  });

  it('lets answers be saved and the key be changed meanwhile', async () => {
    const { vault, auditId } = await filled();
    const session = sessionOf(vault);
    const run = vault.call('vault.verifyEvidence', undefined);
    await save(vault, auditId, riskAnalysis, { rationale: 'meanwhile' });
    await changeVaultKey(session, [], longWork());
    expect(await run).toMatchObject({ damaged: [] });
    expect(await vault.call('vault.verifyEvidence', undefined)).toMatchObject({ finished: true, objects: 3, damaged: [] });
  });

  it('has nothing to look at in a vault without evidence', async () => {
    const { vault } = await newAudit(['production-readiness']);
    expect(await vault.call('vault.verifyEvidence', undefined)).toMatchObject({ finished: true, objects: 0, bytes: 0, damaged: [] });
    expect(await vault.call('vault.verificationState', undefined)).toMatchObject({ objects: 0, never: 0, oldest: '', damaged: [] });
  });
});
