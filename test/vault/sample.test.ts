import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifyReport } from '../../electron/vault/report/verify/verify.ts';
import { buildSample, samplePassphrase } from '../../electron/vault/sample.ts';
import { lightKdf, reopen, temporaryFolder, testAssets } from './fixture.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the sample vault', () => {
  it('finished: everything answered, no check open, signed as final, and genuine', async () => {
    const folder = temporaryFolder();
    const temporary = temporaryFolder();
    vi.stubEnv('TMPDIR', temporary);
    const report = join(folder, 'report.pdf');
    const vault = join(folder, 'S.sealbook');
    const result = await buildSample({ assets: testAssets, folder: vault, stage: 'finished', reportPath: report, kdf: lightKdf });
    expect(result.counts.answers).toBe(result.counts.controls);
    expect(result.counts.controls).toBeGreaterThan(100);
    expect(result.counts.evidence).toBeGreaterThan(5);
    expect(result.counts.findings).toBeGreaterThan(2);
    expect(result.people.map((person) => person.role).sort()).toEqual(['lead', 'reviewer']);
    const verification = await verifyReport(readFileSync(report));
    expect(verification.genuine).toBe(true);
    expect(verification.problems.map((problem) => problem.code)).toEqual(['unknown-signer']);
    for (const person of result.people) {
      const opened = await reopen(vault, person.name, samplePassphrase);
      expect((await opened.call('vault.current', undefined))?.me).toMatchObject({ email: person.email, role: person.role });
      opened.close();
    }
    const opened = await reopen(vault, result.people[0]?.name, samplePassphrase);
    const audit = await opened.call('audits.get', { auditId: result.auditId });
    expect(audit).toMatchObject({ state: 'signed', revision: 1, openChecks: expect.any(Number) });
    expect((await opened.call('audits.checks', { auditId: result.auditId })).filter((check) => check.severity === 'blocking')).toEqual([]);
    expect((await opened.call('reports.list', { auditId: result.auditId })).map(({ id, draft }) => [id, draft])).toEqual([
      [result.reportId, false],
    ]);
    expect((await opened.call('vault.check', undefined)).problems).toEqual([]);
    const evidence = await opened.call('evidence.list', { auditId: result.auditId });
    expect(new Set(evidence.map((item) => item.mediaType)).size).toBeGreaterThanOrEqual(4);
    expect(evidence.every((item) => item.controls.length + item.findings.length > 0)).toBe(true);
    const requests = await opened.call('requests.list', { auditId: result.auditId });
    expect(requests.map(({ state }) => state)).toEqual(['received', 'received', 'received', 'received', 'withdrawn']);
    expect(requests.every(({ controls }) => controls.length > 0)).toBe(true);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it('in fieldwork: work left to do, and a draft', async () => {
    const vault = join(temporaryFolder(), 'S.sealbook');
    const result = await buildSample({ assets: testAssets, folder: vault, stage: 'fieldwork', reportPath: null, kdf: lightKdf });
    expect(result.counts.answers).toBeLessThan(result.counts.controls);
    const opened = await reopen(vault, result.people[0]?.name, samplePassphrase);
    const board = await opened.call('audits.dashboard', { auditId: result.auditId });
    expect(board.audit).toMatchObject({ state: 'fieldwork', openRequests: 3, lateRequests: 1 });
    expect(board.checks.some((check) => check.severity === 'blocking')).toBe(true);
    expect((await opened.call('reports.list', { auditId: result.auditId }))[0]?.draft).toBe(true);
  });
});
