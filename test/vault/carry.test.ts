import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../electron/vault/report-snapshot.ts';
import type { AuditId, ControlReference } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, type TestVault } from './fixture.ts';
import { ben, save, sessionOf } from './helpers.ts';

/** Two controls of the readiness checklist that ask the same as the risk analysis. */
const scanning: ControlReference = { packId: 'production-readiness', controlId: 'pr-4.2-security-scanning' };
const protection: ControlReference = { packId: 'production-readiness', controlId: 'pr-4.3-hipaa-data-protection' };
const both = ['hipaa-security', 'production-readiness'];

const get = (vault: TestVault, auditId: AuditId, control: ControlReference) => vault.call('answers.get', { auditId, ...control });
const carry = (vault: TestVault, auditId: AuditId, from: ControlReference, targets: ControlReference[]) =>
  vault.call('answers.carry', { auditId, ...from, targets });
const changeCarry = (vault: TestVault, auditId: AuditId, control: ControlReference, to: 'in-sync' | 'apart' | 'taken-back') =>
  vault.call('answers.changeCarry', { auditId, ...control, to });

async function carried() {
  const { vault, auditId } = await newAudit(both);
  const file = await attach(vault, auditId, 'scan.txt', 'scan', [riskAnalysis]);
  await save(vault, auditId, riskAnalysis, { verdict: 'compliant', rationale: 'Read the analysis.', methods: ['examine'] });
  await carry(vault, auditId, riskAnalysis, [scanning]);
  return { vault, auditId, evidenceId: file.evidence?.id ?? ('' as never) };
}

describe('carrying an answer', () => {
  it('takes verdict, rationale and evidence over and shows both ends where it comes from', async () => {
    const { vault, auditId } = await carried();
    const target = await get(vault, auditId, scanning);
    expect(target.answer).toMatchObject({ verdict: 'compliant', rationale: 'Read the analysis.', workStatus: 'in-progress', methods: [] });
    expect(target.evidence.map((item) => item.originalName)).toEqual(['scan.txt']);
    expect(target.carriedFrom).toMatchObject({ ...riskAnalysis, mode: 'in-sync', carriedByName: 'Ada Lindqvist' });
    expect((await get(vault, auditId, riskAnalysis)).carriedTo).toMatchObject([{ ...scanning, mode: 'in-sync' }]);
    const trail = await vault.call('trail.list', { before: null, limit: 20, query: '', auditId });
    expect(trail.events.map((event) => event.action)).toContain('answer.carried');
    vault.close();
    const reopened = await reopen(vault.folder);
    expect((await get(reopened, auditId, scanning)).carriedFrom?.mode).toBe('in-sync');
  });

  it('never happens by itself, and never to a control that does not ask the same', async () => {
    const { vault, auditId } = await newAudit(both);
    expect(await codeOf(carry(vault, auditId, riskAnalysis, [scanning]))).toBe('answer.nothing-to-carry');
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    expect((await get(vault, auditId, scanning)).answer.verdict).toBe('not-assessed');
    const stranger = { packId: 'production-readiness', controlId: 'pr-1.1-database-api-security' };
    expect(await codeOf(carry(vault, auditId, riskAnalysis, [scanning, stranger]))).toBe('control.unknown');
    expect((await get(vault, auditId, scanning)).carriedFrom).toBeNull();
    expect(await codeOf(changeCarry(vault, auditId, scanning, 'apart'))).toBe('control.unknown');
  });

  it('is a writer’s to do, and not in a frozen audit', async () => {
    const { vault, auditId } = await carried();
    await vault.call('people.add', { ...ben, role: 'observer' });
    await vault.call('audits.setState', { auditId, state: 'archived', reason: '' });
    expect(await codeOf(carry(vault, auditId, riskAnalysis, [protection]))).toBe('audit.frozen');
    expect(await codeOf(changeCarry(vault, auditId, scanning, 'apart'))).toBe('audit.frozen');
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(carry(observer, auditId, riskAnalysis, [protection]))).toBe('person.not-allowed');
    expect(await codeOf(changeCarry(observer, auditId, scanning, 'apart'))).toBe('person.not-allowed');
  });
});

describe('in sync', () => {
  it('a change at the origin is made at every follower, also along a chain', async () => {
    const { vault, auditId } = await carried();
    const contracts = { packId: 'hipaa-security', controlId: 'hipaa-164.308-b-1' };
    await carry(vault, auditId, riskAnalysis, [protection]);
    await carry(vault, auditId, protection, [contracts]);
    await save(vault, auditId, riskAnalysis, { verdict: 'non-compliant', rationale: 'It is three years old.' });
    expect((await get(vault, auditId, scanning)).answer).toMatchObject({ verdict: 'non-compliant', rationale: 'It is three years old.' });
    expect((await get(vault, auditId, contracts)).answer.verdict).toBe('non-compliant');
    const undo = await save(vault, auditId, riskAnalysis, { rationale: 'Four years.' });
    await save(vault, auditId, riskAnalysis, undo.undo as never);
    expect((await get(vault, auditId, scanning)).answer.rationale).toBe('It is three years old.');
  });

  it('new evidence of the origin comes along and leaves again; the follower’s own stays', async () => {
    const { vault, auditId, evidenceId } = await carried();
    const own = await attach(vault, auditId, 'own.txt', 'own', [scanning]);
    const late = await attach(vault, auditId, 'late.txt', 'late', [riskAnalysis]);
    const names = async () => (await get(vault, auditId, scanning)).evidence.map((item) => item.originalName);
    expect(await names()).toEqual(['scan.txt', 'own.txt', 'late.txt']);
    await vault.call('evidence.unlink', { evidenceId, controls: [riskAnalysis] });
    await vault.call('evidence.unlink', { evidenceId: late.evidence?.id ?? ('' as never), controls: [riskAnalysis] });
    expect(await names()).toEqual(['own.txt']);
    // Evidence that the follower had of its own is not taken from it.
    await vault.call('evidence.link', { evidenceId: own.evidence?.id ?? ('' as never), controls: [riskAnalysis] });
    await vault.call('evidence.unlink', { evidenceId: own.evidence?.id ?? ('' as never), controls: [riskAnalysis] });
    expect(await names()).toEqual(['own.txt']);
  });
});

describe('apart', () => {
  it('a follower changed on its own is apart, keeps what it says, and is in sync again when it says the same', async () => {
    const { vault, auditId } = await carried();
    const saved = await save(vault, auditId, scanning, { rationale: 'Only the scanner was looked at.' });
    expect((await get(vault, auditId, scanning)).carriedFrom?.mode).toBe('apart');
    await save(vault, auditId, riskAnalysis, { verdict: 'non-compliant' });
    expect((await get(vault, auditId, scanning)).answer.verdict).toBe('compliant');
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    await save(vault, auditId, scanning, saved.undo as never);
    expect((await get(vault, auditId, scanning)).carriedFrom?.mode).toBe('in-sync');
  });

  it('answers to its questions leave it in sync; letting go of evidence that came along does not', async () => {
    const { vault, auditId, evidenceId } = await carried();
    await save(vault, auditId, scanning, { questions: { q1: { value: 'yes', note: '' } } });
    expect((await get(vault, auditId, scanning)).carriedFrom?.mode).toBe('in-sync');
    await vault.call('evidence.unlink', { evidenceId, controls: [scanning] });
    expect((await get(vault, auditId, scanning)).carriedFrom?.mode).toBe('apart');
    expect((await get(vault, auditId, riskAnalysis)).evidence).toHaveLength(1);
  });

  it('follows again on request, with what the origin says by then', async () => {
    const { vault, auditId } = await carried();
    await changeCarry(vault, auditId, scanning, 'apart');
    await save(vault, auditId, riskAnalysis, { verdict: 'partially-compliant', rationale: 'Two sites are missing.' });
    const late = await attach(vault, auditId, 'late.txt', 'late', [riskAnalysis]);
    expect((await get(vault, auditId, scanning)).answer.verdict).toBe('compliant');
    await changeCarry(vault, auditId, scanning, 'in-sync');
    const { answer, evidence } = await get(vault, auditId, scanning);
    expect(answer).toMatchObject({ verdict: 'partially-compliant', rationale: 'Two sites are missing.' });
    expect(evidence.map((item) => item.id)).toContain(late.evidence?.id);
  });
});

describe('taking back', () => {
  it('brings back what was there before, also after several carries, and takes only carried evidence away', async () => {
    const { vault, auditId } = await newAudit(both);
    await attach(vault, auditId, 'scan.txt', 'scan', [riskAnalysis]);
    await attach(vault, auditId, 'own.txt', 'own', [scanning]);
    await save(vault, auditId, scanning, { verdict: 'non-compliant', rationale: 'No scanner.', workStatus: 'ready-for-review' });
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant', rationale: 'Fine.' });
    await carry(vault, auditId, riskAnalysis, [scanning]);
    await carry(vault, auditId, riskAnalysis, [scanning]);
    expect((await get(vault, auditId, scanning)).answer).toMatchObject({ verdict: 'compliant', workStatus: 'ready-for-review' });
    await changeCarry(vault, auditId, scanning, 'taken-back');
    const { answer, carriedFrom, evidence } = await get(vault, auditId, scanning);
    expect(answer).toMatchObject({ verdict: 'non-compliant', rationale: 'No scanner.', workStatus: 'ready-for-review' });
    expect(carriedFrom).toBeNull();
    expect(evidence.map((item) => item.originalName)).toEqual(['own.txt']);
    await save(vault, auditId, riskAnalysis, { verdict: 'partially-compliant' });
    expect((await get(vault, auditId, scanning)).answer.verdict).toBe('non-compliant');
    // Carried once more it starts anew.
    await carry(vault, auditId, riskAnalysis, [scanning]);
    expect((await get(vault, auditId, scanning)).carriedFrom?.mode).toBe('in-sync');
  });

  it('two answers never follow each other: the one that is carried from leads', async () => {
    const { vault, auditId } = await carried();
    await save(vault, auditId, scanning, { verdict: 'non-compliant', rationale: 'Looked again.' });
    await carry(vault, auditId, scanning, [riskAnalysis]);
    expect((await get(vault, auditId, scanning)).carriedFrom).toBeNull();
    expect((await get(vault, auditId, riskAnalysis)).carriedFrom).toMatchObject({ ...scanning, mode: 'in-sync' });
    await save(vault, auditId, scanning, { rationale: 'And again.' });
    expect((await get(vault, auditId, riskAnalysis)).answer).toMatchObject({ verdict: 'non-compliant', rationale: 'And again.' });
  });
});

it('the report says from where an answer was carried, and whether it was judged on its own since', async () => {
  const { vault, auditId } = await carried();
  const origin = async () => {
    const model = await takeSnapshot(sessionOf(vault), auditId, { paper: 'a4', final: false, redaction: 'originals' }, '');
    return model.sections.flatMap((section) => section.controls).find((control) => control.id === scanning.controlId)?.carriedFrom;
  };
  expect(await origin()).toEqual({ citation: '45 CFR 164.308(a)(1)(ii)(A)', inSync: true });
  await save(vault, auditId, scanning, { rationale: 'Looked at the scanner.' });
  expect(await origin()).toEqual({ citation: '45 CFR 164.308(a)(1)(ii)(A)', inSync: false });
  await changeCarry(vault, auditId, scanning, 'taken-back');
  expect(await origin()).toBeUndefined();
});
