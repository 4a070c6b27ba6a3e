import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../electron/vault/dispatch.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, newVault, reopen, riskAnalysis, type TestVault, terminations } from './fixture.ts';
import { errorOf, save, sessionOf, tamper } from './helpers.ts';

const get = (vault: TestVault, auditId: AuditId) => vault.call('answers.get', { auditId, ...riskAnalysis });

describe('saving an answer', () => {
  it('changes only the fields of the patch, says when, and survives the end of the program', async () => {
    const { vault, auditId } = await newAudit();
    const saved = await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    expect(saved.answer).toMatchObject({ verdict: 'compliant', workStatus: 'to-do', rationale: '', updatedBy: sessionOf(vault).me.id });
    expect(saved.answer.updatedAt).toBe(saved.savedAt);
    await save(vault, auditId, riskAnalysis, { rationale: 'Read it.', methods: ['examine', 'test'], interviewed: ['K. Lund'] });
    vault.close();
    const { answer, updatedByName } = await get(await reopen(vault.folder), auditId);
    expect(answer).toMatchObject({ verdict: 'compliant', rationale: 'Read it.', methods: ['examine', 'test'], interviewed: ['K. Lund'] });
    expect(updatedByName).toBe('Ada Lindqvist');
  });

  it('keeps any text exactly as typed', async () => {
    const { vault, auditId } = await newAudit();
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(texts, async (rationale) => {
        await save(vault, auditId, riskAnalysis, { rationale });
        expect((await get(vault, auditId)).answer.rationale).toBe(rationale);
      }),
      { numRuns: 40, examples: [['a\0b'], ["'; DROP TABLE answer; --"], ['  spaces  \n'], ['\u202e right to left']] },
    );
  });

  it('gives an undo patch that restores exactly what was there', async () => {
    const { vault, auditId } = await newAudit();
    const first = await save(vault, auditId, riskAnalysis, {
      verdict: 'partially-compliant',
      rationale: 'Half.',
      sample: { population: 61, size: 25, deviations: 3, seed: '4417', description: 'Leavers' },
      addressableDecision: 'implemented',
      questions: { q1: { value: 'yes', note: 'seen' } },
    });
    const second = await save(vault, auditId, riskAnalysis, {
      verdict: 'non-compliant',
      rationale: 'Half.',
      addressableDecision: null,
      questions: { q1: { value: 'no', note: '' }, q2: { value: 'partial', note: 'some' } },
    });
    expect(Object.keys(second.undo).sort()).toEqual(['addressableDecision', 'questions', 'verdict']);
    const undone = await save(vault, auditId, riskAnalysis, second.undo as never);
    expect(undone.answer).toMatchObject({
      verdict: 'partially-compliant',
      addressableDecision: 'implemented',
      sample: first.answer.sample,
      questions: { q1: { value: 'yes', note: 'seen' }, q2: { value: null, note: '' } },
    });
    const redone = await save(vault, auditId, riskAnalysis, undone.undo as never);
    expect(redone.answer).toMatchObject({ verdict: 'non-compliant', questions: { q2: { value: 'partial', note: 'some' } } });
  });

  it('does nothing for a patch that changes nothing', async () => {
    const { vault, auditId } = await newAudit();
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant', questions: { q1: { value: 'yes', note: '' } } });
    const head = await vault.call('trail.head', undefined);
    const before = (await get(vault, auditId)).answer;
    for (const patch of [
      {},
      { verdict: 'compliant' as const },
      { questions: { q1: { value: 'yes' as const, note: '' } } },
      { rationale: undefined },
    ]) {
      const saved = await save(vault, auditId, riskAnalysis, patch);
      expect(saved.undo).toEqual({});
      expect(saved.answer).toEqual(before);
    }
    expect(await vault.call('trail.head', undefined)).toEqual(head);
  });

  it('keeps both of two patches to different fields and questions that arrive together', async () => {
    const { vault, auditId } = await newAudit();
    await Promise.all([
      save(vault, auditId, riskAnalysis, { rationale: 'Mine.' }),
      save(vault, auditId, riskAnalysis, { verdict: 'compliant' }),
      save(vault, auditId, riskAnalysis, { questions: { q1: { value: 'yes', note: '' } } }),
      save(vault, auditId, riskAnalysis, { questions: { q2: { value: 'no', note: 'why' } } }),
    ]);
    expect((await get(vault, auditId)).answer).toMatchObject({
      rationale: 'Mine.',
      verdict: 'compliant',
      questions: { q1: { value: 'yes', note: '' }, q2: { value: 'no', note: 'why' } },
    });
  });

  it('refuses a question that the control does not ask, whatever its name', async () => {
    const { vault, auditId } = await newAudit();
    for (const id of ['q99', 'constructor', 'toString', 'hasOwnProperty']) {
      const error = await errorOf(save(vault, auditId, riskAnalysis, { questions: { [id]: { value: 'yes', note: '' } } }));
      expect([error.code, error.data.field]).toEqual(['payload.invalid', 'patch.questions']);
    }
    const sneaky = JSON.parse('{"__proto__": {"value": "yes", "note": "x"}}');
    await codeOf(save(vault, auditId, riskAnalysis, { questions: sneaky }));
    expect((await get(vault, auditId)).answer.questions).toEqual({});
    expect(({} as Record<string, unknown>).note).toBeUndefined();
  });

  it('refuses unknown fields, a frozen audit and an unknown control', async () => {
    const { vault, auditId } = await newAudit();
    expect(await codeOf(save(vault, auditId, riskAnalysis, { updatedBy: 'me' } as never))).toBe('payload.invalid');
    const nowhere = { packId: 'hipaa-security', controlId: 'nothing' };
    expect(await codeOf(save(vault, auditId, nowhere, { verdict: 'compliant' }))).toBe('control.unknown');
    expect(await codeOf(vault.call('answers.get', { auditId, ...nowhere }))).toBe('control.unknown');
    expect(await codeOf(vault.call('answers.history', { auditId, ...nowhere }))).toBe('control.unknown');
    const other = '00000000-0000-4000-8000-000000000000' as AuditId;
    expect(await codeOf(vault.call('answers.get', { auditId: other, ...riskAnalysis }))).toBe('audit.unknown');
    tamper(vault, `UPDATE audit SET state = 'signed'`);
    expect(await codeOf(save(vault, auditId, riskAnalysis, { verdict: 'compliant' }))).toBe('audit.frozen');
    expect((await get(vault, auditId)).answer.verdict).toBe('not-assessed');
  });

  it('tells the window which audit changed', async () => {
    const { vault, auditId } = await newAudit();
    vault.events.length = 0;
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    expect(vault.events).toEqual([{ type: 'changed', topics: ['answers', 'trail'], auditId }]);
  });
});

describe('reading a control', () => {
  it('has the control, its section, evidence, findings and open checks', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'log.txt', 'a log', [riskAnalysis]);
    await attach(vault, auditId, 'other.txt', 'other', [terminations]);
    await vault.call('findings.create', { auditId, fields: { title: 'Gap' }, controls: [riskAnalysis], evidence: [] });
    const detail = await get(vault, auditId);
    expect(detail).toMatchObject({ sectionTitle: 'Administrative safeguards', updatedByName: '', checks: ['unanswered-required'] });
    expect(detail.control.id).toBe(riskAnalysis.controlId);
    expect(detail.evidence.map((item) => item.originalName)).toEqual(['log.txt']);
    expect(detail.findings.map((finding) => finding.title)).toEqual(['Gap']);
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    expect((await get(vault, auditId)).checks).toEqual([]);
  });

  it('names the controls of the other checklists of the audit that ask the same, and none of itself', async () => {
    const { vault, auditId } = await newAudit(['hipaa-security', 'production-readiness']);
    const { related } = await get(vault, auditId);
    expect(related).toContainEqual({
      packId: 'production-readiness',
      controlId: 'pr-4.2-security-scanning',
      requirement: 'hipaa-security hipaa-164.308-a-1-ii-A',
      source: 'own judgement',
      direct: true,
    });
    expect(related.map((relative) => relative.packId)).not.toContain('hipaa-security');
    const alone = await newAudit(['hipaa-security']);
    expect((await get(alone.vault, alone.auditId)).related).toEqual([]);
  });

  it('has a history of every field, newest first, in words', async () => {
    const { vault, auditId } = await newAudit();
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant', methods: ['examine', 'test'], addressableDecision: 'implemented' });
    await save(vault, auditId, riskAnalysis, { questions: { q1: { value: 'yes', note: 'seen' } }, addressableDecision: null });
    await save(vault, auditId, riskAnalysis, { sample: { population: 10, size: null, deviations: 0, seed: '', description: 'All' } });
    const history = await vault.call('answers.history', { auditId, ...riskAnalysis });
    expect(history.map(({ field, before, after }) => [field, before, after])).toEqual([
      ['sample', '', 'population 10, deviations 0, description All'],
      ['questions.q1', '', 'yes: seen'],
      ['addressableDecision', 'implemented', ''],
      ['methods', '', 'examine, test'],
      ['addressableDecision', '', 'implemented'],
      ['verdict', 'not-assessed', 'compliant'],
    ]);
    expect(history.every((entry) => entry.person === 'Ada Lindqvist' && !Number.isNaN(Date.parse(entry.at)))).toBe(true);
  });

  it('shows a number in the history as it is', async () => {
    const { vault, auditId } = await newAudit();
    const answer = sessionOf(vault).records.get<{ id: string }>({
      text: `SELECT id FROM answer WHERE control_id = '${riskAnalysis.controlId}'`,
      values: [],
    });
    tamper(
      vault,
      `INSERT INTO change (clock, copy_id, person_id, at, entity, entity_id, field, before, after) VALUES ('', '', 'nobody', '', 'answer', '${answer?.id}', 'position', '1', '2')`,
    );
    expect(await vault.call('answers.history', { auditId, ...riskAnalysis })).toMatchObject([
      { person: '', field: 'position', before: '1', after: '2' },
    ]);
  });
});

describe('names that are properties of every object', () => {
  it('are not methods', async () => {
    const vault = await newVault();
    const context = { process: vault.process, signal: new AbortController().signal, progress: () => {} };
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ''])
      expect(await codeOf(dispatch(context, name, undefined))).toBe('method.unknown');
  });
});
