import { describe, expect, it } from 'vitest';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { attach, codeOf, newAudit, newVault, reopen, type TestVault } from './fixture.ts';
import { ben, save } from './helpers.ts';

type Content = Payload<'packs.save'>['content'];

const question = (id: string, text: string) => ({ id, text, good: 'Yes.', evidence: 'Paper' });
const control = (
  id: string,
  objective = 'It is so.',
  questions = [question('q1', 'Is it so?'), question('q2', 'Since when is it so?')],
) => ({
  id,
  citations: ['Handbook 1'],
  group: 'All',
  title: id,
  requirement: 'required' as const,
  objective,
  questions,
  methods: [],
  expectedEvidence: [],
  commonFailures: [],
  guidance: { small: '', large: '' },
  weight: 3,
  weightReason: '',
  crosswalk: [],
});
const content = (version: string, controls: Content['sections'][number]['controls']): Content => ({
  id: 'house',
  version,
  title: 'House',
  summary: 'House rules.',
  sources: [{ title: 'H', citation: 'H', asOf: '2026-01-01' }],
  sections: [{ id: 'all', title: 'All', controls }],
});
const first = content('1.0.0', [control('same'), control('reworded'), control('gone'), control('untouched')]);
const second = content('1.1.0', [
  control('new'),
  { ...control('same'), guidance: { small: 'New guidance.', large: '' }, weight: 5 },
  control('reworded', 'It is so everywhere.', [question('q1', 'Is it so?'), question('q2', 'Where is it so?')]),
  control('untouched', 'Other words.'),
]);
const of = (controlId: string) => ({ packId: 'house', controlId });
const keep = (vault: TestVault, wanted: Content) => vault.call('packs.save', { content: wanted, origin: 'yaml' });
const audit = (vault: TestVault, fields: Partial<Payload<'audits.create'>> = {}) =>
  vault.call('audits.create', { title: 'A', organisation: 'B', periodFrom: '', periodTo: '', packIds: ['house'], ...fields });
const get = (vault: TestVault, auditId: AuditId, id: string) => vault.call('answers.get', { auditId, ...of(id) });

async function answered() {
  const vault = await newVault();
  await keep(vault, first);
  const { id } = await audit(vault);
  for (const name of ['same', 'reworded', 'gone'])
    await save(vault, id, of(name), {
      verdict: 'partially-compliant',
      rationale: `About ${name}`,
      workStatus: 'reviewed',
      questions: { q1: { value: 'yes', note: 'seen' }, q2: { value: 'no', note: '' } },
    });
  return { vault, auditId: id };
}

describe('a newer version of a checklist', () => {
  it('is offered with what it changes, and is never taken by itself', async () => {
    const { vault, auditId } = await answered();
    expect(await vault.call('audits.packUpdates', { auditId })).toEqual([]);
    await keep(vault, second);
    expect(await vault.call('audits.packUpdates', { auditId })).toEqual([
      { packId: 'house', title: 'House', from: '1.0.0', to: '1.1.0', unchanged: 1, changed: 2, added: 1, removed: 1 },
    ]);
    expect((await vault.call('audits.controls', { auditId })).controls.map((row) => row.controlId)).toEqual([
      'same',
      'reworded',
      'gone',
      'untouched',
    ]);
  });

  it('keeps answers to unchanged texts, lets the others wait beside the old text, and adds and leaves out controls', async () => {
    const { vault, auditId } = await answered();
    await keep(vault, second);
    await vault.call('audits.updatePack', { auditId, packId: 'house' });
    const { controls } = await vault.call('audits.controls', { auditId });
    expect(controls.map((row) => [row.controlId, row.verdict, row.checks.includes('earlier-answer-waiting')])).toEqual([
      ['new', 'not-assessed', false],
      ['same', 'partially-compliant', false],
      ['reworded', 'not-assessed', true],
      ['untouched', 'not-assessed', false],
    ]);
    expect((await get(vault, auditId, 'same')).answer.workStatus).toBe('reviewed');
    const { earlier } = await get(vault, auditId, 'reworded');
    expect(earlier).toMatchObject({
      version: '1.0.0',
      control: { objective: 'It is so.' },
      answer: { verdict: 'partially-compliant', rationale: 'About reworded' },
    });
    expect((await vault.call('audits.get', { auditId })).packs).toMatchObject([{ version: '1.1.0' }]);
    expect(await codeOf(vault.call('audits.updatePack', { auditId, packId: 'house' }))).toBe('pack.unknown');
    expect(await codeOf(vault.call('audits.updatePack', { auditId, packId: 'hipaa-security' }))).toBe('pack.unknown');
  });

  it('what waits is kept for the new text, with answers only to questions that are the same, or let go', async () => {
    const { vault, auditId } = await answered();
    await keep(vault, second);
    await vault.call('audits.updatePack', { auditId, packId: 'house' });
    await vault.call('answers.decideEarlier', { auditId, ...of('reworded'), keep: true });
    const kept = await get(vault, auditId, 'reworded');
    expect(kept.answer).toMatchObject({ verdict: 'partially-compliant', rationale: 'About reworded', workStatus: 'in-progress' });
    expect(kept.answer.questions.q1).toEqual({ value: 'yes', note: 'seen' });
    expect(kept.earlier).toBeNull();
    expect(await codeOf(vault.call('answers.decideEarlier', { auditId, ...of('reworded'), keep: false }))).toBe('control.unknown');
    const other = await answered();
    await keep(other.vault, second);
    await other.vault.call('audits.updatePack', { auditId: other.auditId, packId: 'house' });
    await other.vault.call('answers.decideEarlier', { auditId: other.auditId, ...of('reworded'), keep: false });
    expect((await get(other.vault, other.auditId, 'reworded')).answer.verdict).toBe('not-assessed');
    expect((await get(other.vault, other.auditId, 'reworded')).earlier).toBeNull();
  });

  it('leaves answers that were carried from a changed control to another checklist as they are', async () => {
    const vault = await newVault();
    const linked = { ...control('other'), crosswalk: [{ framework: 'house', id: 'reworded', source: 'own judgement' }] };
    await keep(vault, first);
    await keep(vault, { ...content('1.0.0', [linked]), id: 'second-house' });
    const { id: auditId } = await audit(vault, { packIds: ['house', 'second-house'] });
    const other = { packId: 'second-house', controlId: 'other' };
    await save(vault, auditId, of('reworded'), { verdict: 'compliant', rationale: 'Seen.' });
    await vault.call('answers.carry', { auditId, ...of('reworded'), targets: [other] });
    await keep(vault, second);
    await vault.call('audits.updatePack', { auditId, packId: 'house' });
    expect((await get(vault, auditId, 'reworded')).answer.verdict).toBe('not-assessed');
    const follower = await vault.call('answers.get', { auditId, ...other });
    expect(follower.answer).toMatchObject({ verdict: 'compliant', rationale: 'Seen.' });
    expect(follower.carriedFrom?.mode).toBe('apart');
  });

  it('waits again when a third version changes the text once more', async () => {
    const { vault, auditId } = await answered();
    await keep(vault, second);
    await vault.call('audits.updatePack', { auditId, packId: 'house' });
    await vault.call('answers.decideEarlier', { auditId, ...of('reworded'), keep: true });
    await keep(vault, content('1.2.0', [control('same'), control('reworded', 'Third words.')]));
    await vault.call('audits.updatePack', { auditId, packId: 'house' });
    expect((await get(vault, auditId, 'reworded')).earlier).toMatchObject({
      version: '1.1.0',
      control: { objective: 'It is so everywhere.' },
    });
  });

  it('is not for observers, nor for a frozen audit', async () => {
    const { vault, auditId } = await answered();
    await keep(vault, second);
    await vault.call('people.add', { ...ben, role: 'observer' });
    await vault.call('audits.setState', { auditId, state: 'archived', reason: '' });
    expect(await codeOf(vault.call('audits.updatePack', { auditId, packId: 'house' }))).toBe('audit.frozen');
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(observer.call('audits.updatePack', { auditId, packId: 'house' }))).toBe('person.not-allowed');
    expect(await codeOf(observer.call('answers.decideEarlier', { auditId, ...of('same'), keep: true }))).toBe('person.not-allowed');
  });
});

describe('next year’s audit', () => {
  it('takes answers to unchanged texts over, unreviewed and without evidence; the rest waits', async () => {
    const { vault, auditId } = await answered();
    await attach(vault, auditId, 'old.txt', 'old', [of('same')]);
    await keep(vault, second);
    const next = await audit(vault, { fromAuditId: auditId });
    const same = await get(vault, next.id, 'same');
    expect(same.answer).toMatchObject({ verdict: 'partially-compliant', rationale: 'About same', workStatus: 'in-progress' });
    expect(same.evidence).toEqual([]);
    expect((await get(vault, next.id, 'reworded')).earlier?.version).toBe('1.0.0');
    expect((await get(vault, next.id, 'untouched')).earlier).toBeNull();
    expect((await get(vault, next.id, 'new')).answer.updatedAt).toBeNull();
    const { events } = await vault.call('trail.list', { before: null, limit: 500, query: 'carried-forward', auditId: next.id });
    expect(events[0]?.detail).toBe('1 answers kept, 1 wait for review');
    expect((await get(vault, auditId, 'same')).answer.workStatus).toBe('reviewed');
  });

  it('of an audit with other checklists takes nothing, and of none is refused whole', async () => {
    const { vault, auditId } = await answered();
    const other = await audit(vault, { packIds: ['production-readiness'], fromAuditId: auditId });
    const { counts, controls } = await vault.call('audits.get', { auditId: other.id });
    expect(counts['not-assessed']).toBe(controls);
    const before = (await vault.call('audits.list', {})).length;
    expect(await codeOf(audit(vault, { fromAuditId: '00000000-0000-4000-8000-000000000000' as AuditId }))).toBe('audit.unknown');
    expect(await vault.call('audits.list', {})).toHaveLength(before);
  });
});

describe('the profile of an audit', () => {
  const profile = { entity: 'provider', staff: null, facts: { fundraising: false } } as const;

  it('answers what it makes inapplicable, with the reason, except what was overruled', async () => {
    const vault = await newVault();
    const proposals = await vault.call('audits.propose', { packIds: ['hipaa-security'], profile });
    expect(proposals.map((proposal) => proposal.controlId)).toContain('hipaa-164.308-a-4-ii-A');
    const [overruled, ...others] = proposals;
    if (overruled === undefined) throw new Error('Nothing proposed');
    const made = await audit(vault, {
      packIds: ['hipaa-security'],
      profile,
      overruled: [{ packId: overruled.packId, controlId: overruled.controlId }],
    });
    const applicability = await vault.call('audits.applicability', { auditId: made.id });
    expect(applicability?.profile).toEqual(profile);
    expect(applicability?.proposals.map((entry) => [entry.controlId, entry.overruled, entry.verdict])).toEqual([
      [overruled.controlId, true, 'not-assessed'],
      ...others.map((entry) => [entry.controlId, false, 'not-applicable']),
    ]);
    for (const entry of others) {
      const { answer } = await vault.call('answers.get', { auditId: made.id, packId: entry.packId, controlId: entry.controlId });
      expect(answer.rationale).toBe(entry.reason);
    }
  });

  it('can be overruled later, and let stand again; what was answered otherwise stays', async () => {
    const vault = await newVault();
    const made = await audit(vault, { packIds: ['hipaa-security'], profile });
    const target = { auditId: made.id, packId: 'hipaa-security', controlId: 'hipaa-164.308-a-4-ii-A' };
    const verdict = async () => (await vault.call('answers.get', target)).answer.verdict;
    await vault.call('audits.overrule', { ...target, overruled: true });
    expect(await verdict()).toBe('not-assessed');
    await vault.call('audits.overrule', { ...target, overruled: false });
    expect(await verdict()).toBe('not-applicable');
    await vault.call('answers.save', { ...target, patch: { verdict: 'compliant' } });
    await vault.call('audits.overrule', { ...target, overruled: true });
    await vault.call('audits.overrule', { ...target, overruled: false });
    expect(await verdict()).toBe('compliant');
    expect(await codeOf(vault.call('audits.overrule', { ...target, controlId: 'hipaa-164.308-a-1-i', overruled: true }))).toBe(
      'control.unknown',
    );
  });

  it('forgets proposals for controls that leave with a newer checklist', async () => {
    const vault = await newVault();
    const wireless = { ...control('wireless'), citations: ['NIST SP 800-53 Rev. 5 AC-18'] };
    await keep(vault, content('1.0.0', [wireless, control('same')]));
    const made = await audit(vault, { profile: { entity: null, staff: null, facts: { wireless: false } } });
    expect((await vault.call('audits.applicability', { auditId: made.id }))?.proposals).toHaveLength(1);
    await keep(vault, content('1.1.0', [control('same')]));
    await vault.call('audits.updatePack', { auditId: made.id, packId: 'house' });
    expect((await vault.call('audits.applicability', { auditId: made.id }))?.proposals).toEqual([]);
  });

  it('is null for an audit made without one', async () => {
    const { vault, auditId } = await newAudit();
    expect(await vault.call('audits.applicability', { auditId })).toBeNull();
  });
});
