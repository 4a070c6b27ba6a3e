import { describe, expect, it, vi } from 'vitest';
import { isoToday } from '../../electron/vault/audit-repo.ts';
import type { AuditId, PersonId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, newVault, reopen, riskAnalysis, terminations } from './fixture.ts';
import { ben, save, sessionOf, tamper } from './helpers.ts';

const unknown = '00000000-0000-4000-8000-000000000000';
const fields = { title: 'Audit', organisation: 'Clinic', periodFrom: '', periodTo: '' };

describe('creating an audit', () => {
  it('freezes its checklists in the given order with one empty answer per control', async () => {
    const { vault, auditId } = await newAudit(['production-readiness', 'hipaa-security']);
    const shipped = (await vault.call('packs.list', undefined)).filter((pack) =>
      ['production-readiness', 'hipaa-security'].includes(pack.id),
    );
    const audit = await vault.call('audits.get', { auditId });
    expect(audit.packs.map((pack) => pack.id)).toEqual(['production-readiness', 'hipaa-security']);
    expect(audit.packs.map((pack) => pack.hash).sort()).toEqual(shipped.map((pack) => pack.hash).sort());
    expect(audit).toMatchObject({ state: 'fieldwork', revision: 1, scope: '', sites: [], due: '', team: [sessionOf(vault).me.id] });
    expect(audit.controls).toBe(shipped.reduce((sum, pack) => sum + pack.controls, 0));
    expect(audit.counts['not-assessed']).toBe(audit.controls);
    expect(audit.openChecks).toBe(audit.controls);
  });

  it('keeps asking what it asked when the shipped checklist changes', async () => {
    const { vault, auditId } = await newAudit();
    const before = await vault.call('audits.pack', { auditId, packId: 'hipaa-security' });
    vault.close();
    const changed = { ...vault.process.assets, checklists: '/nonexistent' };
    const again = await reopen(vault.folder);
    const closed = { ...again.process, assets: changed };
    expect(closed.assets.checklists).toBe('/nonexistent');
    expect(await again.call('audits.pack', { auditId, packId: 'hipaa-security' })).toEqual(before);
    expect(await codeOf(again.call('audits.pack', { auditId, packId: 'production-readiness' }))).toBe('pack.unknown');
  });

  it('takes a checklist named twice once', async () => {
    const vault = await newVault();
    const audit = await vault.call('audits.create', { ...fields, packIds: ['hipaa-security', 'hipaa-security'] });
    expect(audit.packs.length).toBe(1);
  });

  it('refuses an unknown checklist and an unknown member of the team, and leaves nothing', async () => {
    const vault = await newVault();
    expect(await codeOf(vault.call('audits.create', { ...fields, packIds: ['nothing'] }))).toBe('pack.unknown');
    expect(await codeOf(vault.call('audits.create', { ...fields, packIds: ['hipaa-security'], team: [unknown as PersonId] }))).toBe(
      'person.unknown',
    );
    expect(await vault.call('audits.list', undefined)).toEqual([]);
  });

  it('takes the given team, everybody once', async () => {
    const vault = await newVault();
    const { person } = await vault.call('people.add', { ...ben, role: 'auditor' });
    const me = sessionOf(vault).me.id;
    const audit = await vault.call('audits.create', { ...fields, packIds: ['hipaa-security'], team: [person.id, me, person.id] });
    expect([...audit.team].sort()).toEqual([me, person.id].sort());
  });

  it('lists several audits, newest first', async () => {
    const vault = await newVault();
    for (const title of ['First', 'Second']) {
      await vault.call('audits.create', { ...fields, title, packIds: ['production-readiness'] });
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect((await vault.call('audits.list', undefined)).map((audit) => audit.title)).toEqual(['Second', 'First']);
  });
});

describe('changing an audit', () => {
  it('changes only the given fields and notes their names in the trail', async () => {
    const { vault, auditId } = await newAudit();
    const audit = await vault.call('audits.update', { auditId, patch: { title: 'Renamed', sites: ['North', 'South'], due: undefined } });
    expect(audit).toMatchObject({ title: 'Renamed', organisation: 'Clinic', sites: ['North', 'South'], due: '' });
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
    expect(events[0]).toMatchObject({ action: 'audit.changed', detail: 'title, sites' });
  });

  it('moves between planning, fieldwork and review, and is frozen once archived', async () => {
    const { vault, auditId } = await newAudit();
    for (const state of ['planning', 'review', 'fieldwork', 'archived'] as const)
      expect((await vault.call('audits.setState', { auditId, state, reason: 'so' })).state).toBe(state);
    expect(await codeOf(vault.call('audits.setState', { auditId, state: 'fieldwork', reason: '' }))).toBe('audit.frozen');
    expect(await codeOf(vault.call('audits.update', { auditId, patch: { title: 'No' } }))).toBe('audit.frozen');
    await vault.call('reports.reopen', { auditId, reason: 'More to do' });
    expect(await vault.call('audits.get', { auditId })).toMatchObject({ state: 'fieldwork', revision: 2, title: 'Audit' });
  });

  it('may be put away when signed, and nothing else', async () => {
    const { vault, auditId } = await newAudit();
    tamper(vault, `UPDATE audit SET state = 'signed' WHERE id = '${auditId}'`);
    expect(await codeOf(vault.call('audits.setState', { auditId, state: 'fieldwork', reason: '' }))).toBe('audit.frozen');
    expect((await vault.call('audits.setState', { auditId, state: 'archived', reason: '' })).state).toBe('archived');
  });

  it('says that an audit is unknown', async () => {
    const vault = await newVault();
    const auditId = unknown as AuditId;
    for (const work of [
      vault.call('audits.get', { auditId }),
      vault.call('audits.dashboard', { auditId }),
      vault.call('audits.controls', { auditId }),
      vault.call('audits.checks', { auditId }),
      vault.call('audits.update', { auditId, patch: {} }),
      vault.call('audits.setState', { auditId, state: 'review', reason: '' }),
      vault.call('reports.reopen', { auditId, reason: 'because' }),
      vault.call('reports.preview', { auditId, options: { paper: 'a4', final: false } }),
    ])
      expect(await codeOf(work)).toBe('audit.unknown');
  });
});

describe('the dashboard', () => {
  it('counts verdicts, evidence, findings, tasks and checks', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'log.txt', 'a log', [riskAnalysis]);
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant', methods: ['examine'] });
    await save(vault, auditId, terminations, { verdict: 'non-compliant', rationale: 'None' });
    const rated = { likelihood: 4, impact: 5 };
    await vault.call('findings.create', { auditId, fields: { title: 'Open', ...rated }, controls: [terminations], evidence: [] });
    await vault.call('findings.create', { auditId, fields: { title: 'Closed', ...rated, state: 'closed' }, controls: [], evidence: [] });
    const removed = await vault.call('findings.create', { auditId, fields: { title: 'Gone', ...rated }, controls: [], evidence: [] });
    await vault.call('findings.remove', { findingId: removed.id });
    await vault.call('plan.create', { auditId, fields: { title: 'Late', due: '2020-01-01' } });
    await vault.call('plan.create', { auditId, fields: { title: 'Done', due: '2020-01-01', progress: 100 } });
    await vault.call('plan.create', { auditId, fields: { title: 'Soon', due: '2999-01-01' } });
    const board = await vault.call('audits.dashboard', { auditId });
    expect(board.audit).toMatchObject({ evidence: 1, findings: 2, overdueTasks: 1 });
    expect(board.audit.counts).toMatchObject({ compliant: 1, 'non-compliant': 1, 'not-assessed': board.audit.controls - 2 });
    expect(board.heat).toEqual([{ likelihood: 4, impact: 5, count: 1 }]);
    expect(board.nextTasks.map((task) => task.title)).toEqual(['Late', 'Soon']);
    expect(board.checks.filter((check) => check.code === 'task-overdue').map((check) => check.subject)).toEqual(['Late']);
    expect(board.checks.length).toBe(board.audit.openChecks);
    expect(board.activity[0]).toMatchObject({ action: 'task.created', person: 'Ada Lindqvist' });
    expect(board.sections.reduce((sum, section) => sum + section.counts['not-assessed'], 0)).toBe(board.audit.controls - 2);
    expect(board.score).toBeGreaterThan(0);
  });

  it('shows each control as a row with its counts and open checks', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'log.txt', 'a log', [riskAnalysis]);
    await save(vault, auditId, riskAnalysis, {
      verdict: 'partially-compliant',
      questions: { q1: { value: 'yes', note: '' }, q2: { value: null, note: 'later' } },
    });
    const { controls, sections } = await vault.call('audits.controls', { auditId });
    const row = controls.find((control) => control.controlId === riskAnalysis.controlId);
    expect(row).toMatchObject({
      evidence: 1,
      findings: 0,
      answeredQuestions: 1,
      checks: ['rationale-missing'],
      citation: '45 CFR 164.308(a)(1)(ii)(A)',
    });
    expect(sections[0]).toMatchObject({ packId: 'hipaa-security', packTitle: 'HIPAA Security Rule', id: 'general' });
    const checks = await vault.call('audits.checks', { auditId });
    expect(checks.filter((check) => check.control?.controlId === riskAnalysis.controlId).map((check) => check.code)).toEqual([
      'rationale-missing',
    ]);
  });

  it('draws the score at the end of each day on which a verdict changed', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const { controls } = await vault.call('audits.controls', { auditId });
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const days = ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z', '2026-03-04T09:00:00Z'];
      const verdicts = ['non-compliant', 'compliant', 'compliant'] as const;
      for (const [index, day] of days.entries()) {
        vi.setSystemTime(new Date(day));
        const control = controls[index];
        if (control === undefined) throw new Error('too few controls');
        await save(vault, auditId, { packId: control.packId, controlId: control.controlId }, { verdict: verdicts[index], rationale: day });
      }
    } finally {
      vi.useRealTimers();
    }
    const { trend, score } = await vault.call('audits.dashboard', { auditId });
    expect(trend.map((point) => point.day)).toEqual(['2026-03-01', '2026-03-04']);
    expect(trend[1]?.score).toBe(score);
    expect(trend[0]?.score).toBeLessThan(trend[1]?.score ?? 0);
  });

  it('has no score when nothing applies and no trend before the first verdict', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    expect((await vault.call('audits.dashboard', { auditId })).trend).toEqual([]);
    const { controls } = await vault.call('audits.controls', { auditId });
    for (const { packId, controlId } of controls) await save(vault, auditId, { packId, controlId }, { verdict: 'not-applicable' });
    const board = await vault.call('audits.dashboard', { auditId });
    expect(board.score).toBeNull();
    expect(board.trend.at(-1)?.score).toBe(0);
  });

  it('takes the day from the machine’s own calendar', () => {
    expect(isoToday(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  });
});

describe('roles', () => {
  it('lets an observer read and change nothing', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'log.txt', 'a log');
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [] });
    await vault.call('people.add', { ...ben, role: 'observer' });
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect((await observer.call('audits.list', undefined)).length).toBe(1);
    if (evidence === null) throw new Error('not attached');
    const refused = [
      observer.call('audits.create', { ...fields, packIds: ['hipaa-security'] }),
      observer.call('audits.update', { auditId, patch: { title: 'X' } }),
      observer.call('audits.setState', { auditId, state: 'review', reason: '' }),
      save(observer, auditId, riskAnalysis, { verdict: 'compliant' }),
      observer.call('evidence.attachPicked', { auditId, tokens: [observer.file('x', 'x')], controls: [] }),
      observer.call('evidence.beginUpload', { auditId, name: 'x', size: 1, controls: [] }),
      observer.call('evidence.link', { evidenceId: evidence.id, controls: [riskAnalysis] }),
      observer.call('evidence.update', { evidenceId: evidence.id, patch: { title: 'X' } }),
      observer.call('evidence.destroy', { evidenceId: evidence.id, reason: 'X' }),
      observer.call('findings.update', { findingId: finding.id, patch: { title: 'X' } }),
      observer.call('plan.create', { auditId, fields: { title: 'X' } }),
      observer.call('reports.sign', { auditId, options: { paper: 'a4', final: false } }),
      observer.call('reports.reopen', { auditId, reason: 'because' }),
    ];
    for (const work of refused) expect(await codeOf(work)).toBe('person.not-allowed');
  });
});
