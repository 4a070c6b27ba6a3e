import { describe, expect, it } from 'vitest';
import type { EvidenceId, FindingId, TaskId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, terminations } from './fixture.ts';
import { tamper } from './helpers.ts';

const unknown = '00000000-0000-4000-8000-000000000000';

async function withOther() {
  const { vault, auditId } = await newAudit();
  const other = await vault.call('audits.create', {
    title: 'B',
    organisation: 'C',
    periodFrom: '',
    periodTo: '',
    packIds: ['hipaa-security'],
  });
  return { vault, auditId, otherId: other.id };
}

describe('findings', () => {
  it('start with a middle rating and open, and keep every part of audit practice', async () => {
    const { vault, auditId } = await newAudit();
    const plain = await vault.call('findings.create', { auditId, fields: { title: ' Leavers keep VPN ' }, controls: [], evidence: [] });
    expect(plain).toMatchObject({ title: 'Leavers keep VPN', number: 1, likelihood: 3, impact: 3, state: 'open', due: '', condition: '' });
    const parts = {
      condition: 'a',
      criteria: 'b',
      cause: 'c',
      effect: 'd',
      recommendation: 'e',
      response: 'f',
      owner: 'g',
      due: '2026-05-01',
    };
    const updated = await vault.call('findings.update', { findingId: plain.id, patch: { ...parts, likelihood: 5, title: undefined } });
    expect(updated).toMatchObject({ ...parts, likelihood: 5, impact: 3, title: 'Leavers keep VPN' });
    vault.close();
    expect(await (await reopen(vault.folder)).call('findings.list', { auditId })).toEqual([updated]);
  });

  it('are created with undefined fields as if those were left out', async () => {
    const { vault, auditId } = await newAudit();
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F', owner: undefined }, controls: [], evidence: [] });
    expect(finding.owner).toBe('');
    const task = await vault.call('plan.create', { auditId, fields: { title: 'T', findingId: undefined, due: undefined } });
    expect(task).toMatchObject({ findingId: null, due: '' });
  });

  it('link controls and evidence, and an update replaces exactly the given links', async () => {
    const { vault, auditId } = await newAudit();
    const first = (await attach(vault, auditId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    const second = (await attach(vault, auditId, 'b.txt', 'b')).evidence?.id as EvidenceId;
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [riskAnalysis], evidence: [first] });
    expect([finding.controls, finding.evidence]).toEqual([[riskAnalysis], [first]]);
    const moved = await vault.call('findings.update', { findingId: finding.id, patch: {}, controls: [terminations], evidence: [second] });
    expect([moved.controls, moved.evidence]).toEqual([[terminations], [second]]);
    const kept = await vault.call('findings.update', { findingId: finding.id, patch: { owner: 'x' } });
    expect([kept.controls, kept.evidence]).toEqual([[terminations], [second]]);
    const back = await vault.call('findings.update', { findingId: finding.id, patch: {}, controls: [riskAnalysis], evidence: [first] });
    expect([back.controls, back.evidence]).toEqual([[riskAnalysis], [first]]);
    expect((await vault.call('evidence.get', { evidenceId: first })).evidence.findings).toEqual([finding.id]);
    expect((await vault.call('evidence.list', { auditId })).map((item) => item.findings)).toEqual([[finding.id], []]);
    expect((await vault.call('answers.get', { auditId, ...riskAnalysis })).findings.map((item) => item.id)).toEqual([finding.id]);
    expect((await vault.call('answers.get', { auditId, ...terminations })).findings).toEqual([]);
  });

  it('refuse links to what is not in their audit, and change nothing then', async () => {
    const { vault, auditId, otherId } = await withOther();
    const foreign = (await attach(vault, otherId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    const create = (controls: unknown[], evidence: unknown[]) =>
      vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: controls as never, evidence: evidence as never });
    expect(await codeOf(create([{ packId: 'x', controlId: 'y' }], []))).toBe('control.unknown');
    expect(await codeOf(create([], [foreign]))).toBe('evidence.unknown');
    expect(await codeOf(create([], [unknown]))).toBe('evidence.unknown');
    expect(await vault.call('findings.list', { auditId })).toEqual([]);
  });

  it('taken out are not listed, counted or linked, and come back as they were', async () => {
    const { vault, auditId } = await newAudit();
    const evidence = (await attach(vault, auditId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    const finding = await vault.call('findings.create', {
      auditId,
      fields: { title: 'F' },
      controls: [riskAnalysis],
      evidence: [evidence],
    });
    await vault.call('findings.remove', { findingId: finding.id });
    expect(await vault.call('findings.list', { auditId })).toEqual([]);
    expect((await vault.call('answers.get', { auditId, ...riskAnalysis })).findings).toEqual([]);
    expect((await vault.call('evidence.list', { auditId }))[0]?.findings).toEqual([]);
    expect((await vault.call('audits.get', { auditId })).findings).toBe(0);
    expect(await codeOf(vault.call('findings.update', { findingId: finding.id, patch: {} }))).toBe('finding.unknown');
    expect(await codeOf(vault.call('findings.remove', { findingId: finding.id }))).toBe('finding.unknown');
    const next = await vault.call('findings.create', { auditId, fields: { title: 'G' }, controls: [], evidence: [] });
    expect(next.number).toBe(2);
    expect(await vault.call('findings.restore', { findingId: finding.id })).toEqual(finding);
    expect(await codeOf(vault.call('findings.restore', { findingId: finding.id }))).toBe('finding.unknown');
    expect((await vault.call('findings.list', { auditId })).map((item) => item.number)).toEqual([1, 2]);
  });

  it('cannot be changed in a frozen audit', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [] });
    const task = await vault.call('plan.create', { auditId, fields: { title: 'T' } });
    tamper(vault, `UPDATE audit SET state = 'archived'`);
    for (const work of [
      vault.call('findings.create', { auditId, fields: { title: 'G' }, controls: [], evidence: [] }),
      vault.call('findings.update', { findingId: id, patch: { title: 'G' } }),
      vault.call('findings.remove', { findingId: id }),
      vault.call('plan.create', { auditId, fields: { title: 'U' } }),
      vault.call('plan.update', { taskId: task.id, patch: { progress: 50 } }),
      vault.call('plan.remove', { taskId: task.id }),
    ])
      expect(await codeOf(work)).toBe('audit.frozen');
  });
});

describe('the action plan', () => {
  it('keeps tasks with their finding and what they wait for', async () => {
    const { vault, auditId } = await newAudit();
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [] });
    const first = await vault.call('plan.create', { auditId, fields: { title: 'First' } });
    expect(first).toMatchObject({ number: 1, priority: 'medium', progress: 0, dependsOn: [], findingId: null, phase: '' });
    const second = await vault.call('plan.create', {
      auditId,
      fields: { title: 'Second', findingId: finding.id, dependsOn: [first.id], phase: 'Fix', due: '2026-08-01', priority: 'critical' },
    });
    expect(second).toMatchObject({ number: 2, findingId: finding.id, dependsOn: [first.id], priority: 'critical' });
    const done = await vault.call('plan.update', { taskId: second.id, patch: { progress: 100, findingId: null } });
    expect(done).toMatchObject({ progress: 100, findingId: null, dependsOn: [first.id], phase: 'Fix' });
    vault.close();
    expect((await (await reopen(vault.folder)).call('plan.list', { auditId })).map((task) => task.title)).toEqual(['First', 'Second']);
  });

  it('refuses a task that waits for itself, for another audit’s task, or names another audit’s finding', async () => {
    const { vault, auditId, otherId } = await withOther();
    const foreignTask = await vault.call('plan.create', { auditId: otherId, fields: { title: 'T' } });
    const foreign = await vault.call('findings.create', { auditId: otherId, fields: { title: 'F' }, controls: [], evidence: [] });
    const { id } = await vault.call('plan.create', { auditId, fields: { title: 'Mine' } });
    const update = (patch: Parameters<typeof vault.call<'plan.update'>>[1]['patch']) =>
      codeOf(vault.call('plan.update', { taskId: id, patch }));
    expect(await update({ dependsOn: [id] })).toBe('task.unknown');
    expect(await update({ dependsOn: [foreignTask.id] })).toBe('task.unknown');
    expect(await update({ dependsOn: [unknown as TaskId] })).toBe('task.unknown');
    expect(await update({ findingId: foreign.id })).toBe('finding.unknown');
    expect(await update({ findingId: unknown as FindingId })).toBe('finding.unknown');
    expect(await update({ progress: 101 })).toBe('payload.invalid');
  });

  it('refuses tasks that wait for each other in a circle', async () => {
    const { vault, auditId } = await newAudit();
    const create = (title: string, dependsOn: TaskId[]) => vault.call('plan.create', { auditId, fields: { title, dependsOn } });
    const a = await create('A', []);
    const b = await create('B', [a.id]);
    const c = await create('C', [b.id]);
    expect(await codeOf(vault.call('plan.update', { taskId: a.id, patch: { dependsOn: [c.id] } }))).toBe('task.unknown');
    expect((await vault.call('plan.update', { taskId: c.id, patch: { dependsOn: [a.id, b.id] } })).dependsOn).toEqual([a.id, b.id]);
  });

  it('takes tasks out and back, also when others wait for them', async () => {
    const { vault, auditId } = await newAudit();
    const first = await vault.call('plan.create', { auditId, fields: { title: 'First' } });
    const second = await vault.call('plan.create', { auditId, fields: { title: 'Second', dependsOn: [first.id] } });
    await vault.call('plan.remove', { taskId: first.id });
    expect((await vault.call('plan.list', { auditId })).map((task) => task.title)).toEqual(['Second']);
    expect(await codeOf(vault.call('plan.update', { taskId: first.id, patch: {} }))).toBe('task.unknown');
    expect(await vault.call('plan.update', { taskId: second.id, patch: { progress: 10 } })).toMatchObject({ progress: 10 });
    expect(await vault.call('plan.restore', { taskId: first.id })).toMatchObject({ title: 'First', number: 1 });
    expect(await codeOf(vault.call('plan.restore', { taskId: first.id }))).toBe('task.unknown');
  });
});
