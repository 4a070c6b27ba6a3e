import { closeSync, fsyncSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, riskAnalysis, type TestVault, terminations } from './fixture.ts';
import { save, sessionOf, tamper } from './helpers.ts';

async function filled() {
  const { vault, auditId } = await newAudit(['hipaa-security', 'production-readiness']);
  const evidenceId = (await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis])).evidence?.id as EvidenceId;
  await attach(vault, auditId, 'b.bin', Buffer.alloc(3 * 1024 * 1024, 'b'));
  const finding = await vault.call('findings.create', {
    auditId,
    fields: { title: 'F' },
    controls: [terminations],
    evidence: [evidenceId],
  });
  await vault.call('plan.create', { auditId, fields: { title: 'T', findingId: finding.id } });
  await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
  return { vault, auditId };
}

/** Flips a bit of a file on disk behind the open database's back. */
function flipOnDisk(path: string, offset: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, offset);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(file, byte, 0, 1, offset);
  fsyncSync(file);
  closeSync(file);
}

const problemsOf = async (vault: TestVault) =>
  (await vault.call('vault.check', undefined)).problems.map((problem) => [problem.code, problem.message, problem.where]);

describe('the check of a vault', () => {
  it('finds nothing in a whole one and counts what it looked at', async () => {
    const { vault } = await filled();
    const { ok, problems, counts } = await vault.call('vault.check', undefined);
    expect([ok, problems]).toEqual([true, []]);
    const controls = (await vault.call('audits.list', undefined))[0]?.controls ?? 0;
    const { sequence } = await vault.call('trail.head', undefined);
    expect(counts).toMatchObject({ objects: 2, chunks: 4, trail: sequence, records: controls + 5 });
    expect(counts.pages).toBeGreaterThan(10);
    expect(vault.progress.at(-1)).toEqual({ label: 'evidence', done: 3 * 1024 * 1024 + 1, total: 3 * 1024 * 1024 + 1, unit: 'bytes' });
  });

  it.each<[string, string, string, RegExp]>([
    ['evidence without its object', 'DELETE FROM evidence_object WHERE size = 1', 'reference.dangling', /evidence without object/],
    [
      'evidence that is gone',
      "DELETE FROM evidence WHERE original_name = 'a.txt'",
      'reference.dangling',
      /link (from|to) evidence that is gone/,
    ],
    ['a finding that is gone', 'DELETE FROM finding', 'reference.dangling', /link from a finding that is gone|missing/],
    [
      'a control that is gone',
      `DELETE FROM answer WHERE control_id = '${terminations.controlId}'`,
      'reference.dangling',
      /control that is not in its audit/,
    ],
    ['a person that is gone', 'DELETE FROM person', 'reference.dangling', /refers to one that is missing/],
    ['an altered trail', "UPDATE trail SET detail = 'x' WHERE sequence = 2", 'trail.broken', /does not fit/],
    ['an altered wrapped key', "UPDATE evidence_object SET wrapped_key = x'00' WHERE size = 1", 'evidence.damaged', /Chunk 0/],
    ['an altered hash', `UPDATE evidence_object SET sha256 = '${'0'.repeat(64)}' WHERE size = 1`, 'evidence.damaged', /SHA-256/],
  ])('finds %s', async (_name, statements, code, message) => {
    const { vault } = await filled();
    tamper(vault, statements);
    const problems = await problemsOf(vault);
    expect(problems.map((problem) => problem[0])).toContain(code);
    expect(problems.some((problem) => message.test(String(problem[1])))).toBe(true);
  });

  it('finds a report without its object, and a trail that was cut after a report was signed', async () => {
    const { vault, auditId } = await filled();
    await vault.call('reports.sign', { auditId, options: { paper: 'a4', final: false } });
    const { sequence } = await vault.call('trail.head', undefined);
    tamper(vault, `DELETE FROM trail WHERE sequence >= ${sequence - 2}`);
    expect(await problemsOf(vault)).toEqual([['trail.broken', expect.stringMatching(/report SB-\d{4}-0001/), `event ${sequence - 1}`]]);
    tamper(vault, 'DELETE FROM evidence_object WHERE id IN (SELECT object_id FROM report)');
    expect((await problemsOf(vault)).map((problem) => problem[1])).toContain('report without object');
  });

  it('finds flipped pages of vault.db', async () => {
    const { vault } = await filled();
    sessionOf(vault).records.raw.pragma('wal_checkpoint(TRUNCATE)');
    const path = join(vault.folder, 'vault.db');
    flipOnDisk(path, statSync(path).size - 2000);
    const problems = await problemsOf(vault);
    expect(problems[0]).toEqual(['vault.damaged', expect.stringContaining('page'), 'vault.db']);
  });

  it('finds a broken structure of evidence.db', async () => {
    const { vault } = await filled();
    const { raw } = sessionOf(vault).chunks;
    raw.pragma('writable_schema = ON');
    raw.exec("UPDATE sqlite_schema SET sql = replace(sql, 'STRICT', '') WHERE name = 'chunk'");
    raw.exec("DELETE FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_chunk%'");
    raw.pragma('writable_schema = RESET');
    expect((await problemsOf(vault)).map((problem) => [problem[0], problem[2]])).toContainEqual(['vault.evidence-damaged', 'evidence.db']);
  });

  it('goes on when tables cannot be read, and names each part', async () => {
    const { vault } = await filled();
    tamper(vault, 'ALTER TABLE trail RENAME TO gone; ALTER TABLE evidence RENAME TO gone2; ALTER TABLE evidence_object RENAME TO gone3;');
    expect((await problemsOf(vault)).map((problem) => problem[1])).toEqual([
      'The records cannot all be read.',
      'The trail cannot be read.',
      'The list of sealed objects cannot be read.',
    ]);
  });

  it('can be cancelled', async () => {
    const { vault } = await filled();
    const controller = new AbortController();
    controller.abort();
    await expect(vault.call('vault.check', undefined, controller.signal)).rejects.toMatchObject({ name: 'CancelledError' });
  });

  it('reports its progress over a long trail', async () => {
    const { vault } = await filled();
    const { change } = await import('../../electron/vault/session.ts');
    const { appendTrail } = await import('../../electron/vault/trail.ts');
    change(sessionOf(vault), (tx) => {
      for (let count = 0; count < 5000; count += 1) appendTrail(tx, { action: 'test.event', subjectKind: 'test', subjectId: 'x' });
    });
    expect((await vault.call('vault.check', undefined)).ok).toBe(true);
    expect(vault.progress).toContainEqual({ label: 'trail', done: 5000, total: null, unit: 'items' });
  });
});
