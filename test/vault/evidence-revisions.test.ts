import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../electron/vault/report-snapshot.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, riskAnalysis, shownText, type TestVault, terminations } from './fixture.ts';
import { errorOf, save, sessionOf, tamper } from './helpers.ts';

const reason = 'The policy was approved';

async function piece(...controls: (typeof riskAnalysis)[]) {
  const { vault, auditId } = await newAudit();
  const { evidence } = await attach(vault, auditId, 'policy v1.txt', 'first', controls);
  if (evidence === null) throw new Error('Nothing was attached');
  return { vault, auditId, first: evidence };
}

const replace = (vault: TestVault, evidenceId: EvidenceId, content: string, name = 'policy v2.txt') =>
  vault.call('evidence.replace', { evidenceId, token: vault.file(name, content), reason });

async function newest(vault: TestVault, evidenceId: EvidenceId, content: string) {
  const { evidence } = await replace(vault, evidenceId, content);
  if (evidence === null) throw new Error('Nothing was attached');
  return evidence;
}

const load = async (vault: TestVault, evidenceId: EvidenceId) => vault.call('evidence.get', { evidenceId });

describe('a newer revision', () => {
  it('is named in the report of the one it replaced', async () => {
    const { vault, auditId, first } = await piece(riskAnalysis);
    await newest(vault, first.id, 'second');
    const model = await takeSnapshot(sessionOf(vault), auditId, { paper: 'a4', final: false, redaction: 'originals' }, '');
    expect(model.evidence.map(({ label, supersededBy }) => [label, supersededBy])).toEqual([
      ['E-001', 'E-002'],
      ['E-002', undefined],
    ]);
  });

  it('takes over the links, the title and what else is said of the older one, which stays readable and says why', async () => {
    const { vault, auditId, first } = await piece(riskAnalysis, terminations);
    await vault.call('evidence.update', { evidenceId: first.id, patch: { title: 'Policy', source: 'Intranet', tags: ['policy'] } });
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'Old' }, controls: [], evidence: [first.id] });
    const second = await newest(vault, first.id, 'second');
    expect(second).toMatchObject({
      number: 2,
      title: 'Policy',
      source: 'Intranet',
      tags: ['policy'],
      originalName: 'policy v2.txt',
      supersedes: first.id,
      controls: [riskAnalysis, terminations],
      findings: [finding.id],
    });
    const older = await load(vault, first.id);
    expect(older.evidence).toMatchObject({ supersededBy: second.id, controls: [], findings: [] });
    expect(older.custody.map(({ action }) => action)).toContain('superseded');
    expect(older.custody.find(({ action }) => action === 'superseded')?.detail).toBe(`by E-002: ${reason}`);
    expect(shownText(await vault.call('evidence.preview', { evidenceId: first.id }))).toBe('first');
    expect((await vault.call('findings.list', { auditId }))[0]?.evidence).toEqual([second.id]);
  });

  it('is shown in the history of every revision, the newest first', async () => {
    const { vault, first } = await piece();
    expect(await vault.call('evidence.relations', { evidenceId: first.id })).toEqual({ revisions: [], origin: null, derived: [] });
    const second = await newest(vault, first.id, 'second');
    const third = await newest(vault, second.id, 'third');
    for (const { id } of [first, second, third]) {
      const { revisions } = await vault.call('evidence.relations', { evidenceId: id });
      expect(revisions.map(({ number }) => number)).toEqual([3, 2, 1]);
    }
  });

  it('does not open a check about the period of the older one', async () => {
    const { vault, auditId, first } = await piece(riskAnalysis);
    await vault.call('evidence.update', { evidenceId: first.id, patch: { effectiveFrom: '2019-01-01', effectiveTo: '2019-12-31' } });
    const outside = async () =>
      (await vault.call('audits.checks', { auditId })).filter(({ code }) => code === 'evidence-outside-period').length;
    expect(await outside()).toBe(1);
    await newest(vault, first.id, 'second');
    expect(await outside()).toBe(0);
  });

  it('is refused when the file is the same, here under another number, or the piece is not the newest one', async () => {
    const { vault, auditId, first } = await piece(riskAnalysis);
    await attach(vault, auditId, 'other.txt', 'other');
    expect(await errorOf(replace(vault, first.id, 'first'))).toMatchObject({ code: 'evidence.already-here', data: { label: 'E-001' } });
    expect(await errorOf(replace(vault, first.id, 'other'))).toMatchObject({ code: 'evidence.already-here', data: { label: 'E-002' } });
    expect(await codeOf(replace(vault, first.id, ''))).toBe('evidence.empty');
    expect((await load(vault, first.id)).evidence).toMatchObject({ supersededBy: '', controls: [riskAnalysis] });
    await newest(vault, first.id, 'second');
    expect(await errorOf(replace(vault, first.id, 'third'))).toMatchObject({ code: 'evidence.superseded', data: { label: 'E-003' } });
    const objects = sessionOf(vault).chunks.get({ text: 'SELECT count(*) AS total FROM object', values: [] });
    expect(objects).toEqual({ total: 3 });
  });

  it('is refused to the second of two people who replace the same piece at once', async () => {
    const { vault, first } = await piece(riskAnalysis);
    const both = await Promise.allSettled([replace(vault, first.id, 'second'), replace(vault, first.id, 'third')]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'evidence.superseded' } });
  });

  it('is refused in a frozen audit and without a reason', async () => {
    const { vault, first } = await piece();
    const token = vault.file('x.txt', 'x');
    expect(await codeOf(vault.call('evidence.replace', { evidenceId: first.id, token, reason: ' ' }))).toBe('payload.invalid');
    tamper(vault, "UPDATE audit SET state = 'signed'");
    expect(await codeOf(replace(vault, first.id, 'second'))).toBe('audit.frozen');
  });
});

describe('a control that follows another one in sync', () => {
  it('goes on following when the evidence that came along is replaced, and when that is taken back', async () => {
    const { vault, auditId } = await newAudit(['hipaa-security', 'production-readiness']);
    const target = { packId: 'production-readiness', controlId: 'pr-4.2-security-scanning' };
    const origin = riskAnalysis;
    await save(vault, auditId, origin, { verdict: 'compliant', rationale: 'Done.' });
    const { evidence: first } = await attach(vault, auditId, 'a.txt', 'first', [origin]);
    if (first === null) throw new Error('Nothing was attached');
    await vault.call('answers.carry', { auditId, ...origin, targets: [target] });
    const modes = async () => (await vault.call('answers.get', { auditId, ...origin })).carriedTo.map(({ mode }) => mode);
    const second = await newest(vault, first.id, 'second');
    expect([second.controls.length, await modes()]).toEqual([2, ['in-sync']]);
    await vault.call('evidence.destroy', { evidenceId: second.id, reason });
    expect([(await load(vault, first.id)).evidence.controls.length, await modes()]).toEqual([2, ['in-sync']]);
  });
});

describe('taking a revision back', () => {
  it('by destroying it gives its links back to the one it replaced', async () => {
    const { vault, auditId, first } = await piece(riskAnalysis);
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'Old' }, controls: [], evidence: [first.id] });
    const second = await newest(vault, first.id, 'second');
    await vault.call('evidence.link', { evidenceId: second.id, controls: [terminations] });
    await vault.call('evidence.destroy', { evidenceId: second.id, reason });
    expect((await load(vault, first.id)).evidence).toMatchObject({
      supersededBy: '',
      controls: [riskAnalysis, terminations],
      findings: [finding.id],
    });
    expect(await codeOf(load(vault, second.id))).toBe('evidence.unknown');
    expect((await newest(vault, first.id, 'third')).number).toBe(3);
  });

  it('out of the middle joins the ones around it; the oldest may go by itself', async () => {
    const { vault, first } = await piece(riskAnalysis);
    const second = await newest(vault, first.id, 'second');
    const third = await newest(vault, second.id, 'third');
    await vault.call('evidence.destroy', { evidenceId: second.id, reason });
    expect((await load(vault, third.id)).evidence).toMatchObject({ supersedes: first.id, controls: [riskAnalysis] });
    await vault.call('evidence.destroy', { evidenceId: first.id, reason });
    expect((await load(vault, third.id)).evidence).toMatchObject({ supersedes: '', controls: [riskAnalysis] });
    expect(await codeOf(vault.call('evidence.destroy', { evidenceId: third.id, reason }))).toBe('evidence.in-use');
  });
});
