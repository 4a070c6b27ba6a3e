import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, newVault, reopen, riskAnalysis, temporaryFolder, terminations } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';
import { copyOf, save as keepPack } from './pack-fixture.ts';

/** An audit with a linked piece and an unlinked one. */
async function prepared() {
  const { vault, auditId } = await newAudit();
  const made = [
    await attach(vault, auditId, 'register.csv', 'risk,owner\n', [riskAnalysis]),
    await attach(vault, auditId, 'minutes.txt', 'Minutes of the meeting'),
  ];
  const [linked, loose] = made.map(({ evidence }) => evidence?.id as EvidenceId) as [EvidenceId, EvidenceId];
  const get = (control: ControlReference = riskAnalysis) => vault.call('coverage.get', { auditId, ...control });
  const texts = (await get()).entries.map(({ text }) => text) as [string, string];
  const tick = (text: string, evidenceIds: EvidenceId[], present = true, control: ControlReference = riskAnalysis) =>
    vault.call('coverage.tick', { auditId, ...control, text, evidenceIds, present });
  return { vault, auditId, linked, loose, get, texts, tick };
}

describe('coverage', () => {
  it('lists every control with what it expects and what is linked', async () => {
    const { vault, auditId, linked, get } = await prepared();
    const all = await vault.call('coverage.list', { auditId });
    const { controls } = await vault.call('audits.controls', { auditId });
    expect(all.map(({ controlId }) => controlId)).toEqual(controls.map(({ controlId }) => controlId));
    const one = all.find(({ controlId }) => controlId === riskAnalysis.controlId);
    expect(one).toEqual(await get());
    expect(one).toMatchObject({ evidence: [linked], earlier: [], verdict: 'not-assessed' });
    expect(one?.entries.length).toBeGreaterThan(1);
    expect(one?.entries.every(({ pieces }) => pieces.length === 0)).toBe(true);
  });

  it('is ticked and unticked, each with an event that the custody ledger does not show', async () => {
    const { vault, linked, get, texts, tick } = await prepared();
    expect(await tick(texts[0], [linked])).toEqual({ linked: [] });
    await tick(texts[0], [linked]);
    expect((await get()).entries[0]?.pieces).toEqual([linked]);
    await tick(texts[0], [linked], false);
    await tick(texts[0], [linked], false);
    expect((await get()).entries[0]?.pieces).toEqual([]);
    await tick(texts[0], [linked]);
    expect((await get()).entries[0]?.pieces).toEqual([linked]);
    const { custody } = await vault.call('evidence.get', { evidenceId: linked });
    expect(custody.map(({ action }) => action)).toEqual(['collected', 'linked']);
    expect(
      sessionOf(vault)
        .records.raw.prepare("SELECT action FROM trail WHERE subject_kind = 'expectation' ORDER BY sequence")
        .all()
        .map(({ action }) => action),
    ).toEqual(['coverage.ticked', 'coverage.unticked', 'coverage.ticked']);
    expect((await vault.call('trail.verify', undefined)).ok).toBe(true);
  });

  it('links a piece that is ticked and was not linked yet', async () => {
    const { vault, linked, loose, get, texts, tick } = await prepared();
    expect(await tick(texts[1], [loose, linked, loose])).toEqual({ linked: [loose] });
    const { evidence, entries } = await get();
    expect(evidence).toEqual([linked, loose]);
    expect(entries.slice(0, 2).map(({ pieces }) => pieces)).toEqual([[], [linked, loose]]);
    await vault.call('evidence.unlink', { evidenceId: loose, controls: [riskAnalysis] });
    await vault.call('evidence.destroy', { evidenceId: loose, reason: 'Twice' });
    await tick(texts[1], [loose, linked], false);
    expect((await get()).entries[1]?.pieces).toEqual([]);
  });

  it('forgets a tick while its piece is not linked, and knows it again when it is', async () => {
    const { vault, linked, get, texts, tick } = await prepared();
    await tick(texts[0], [linked]);
    await vault.call('evidence.unlink', { evidenceId: linked, controls: [riskAnalysis] });
    expect((await get()).entries[0]?.pieces).toEqual([]);
    await vault.call('evidence.link', { evidenceId: linked, controls: [riskAnalysis] });
    expect((await get()).entries[0]?.pieces).toEqual([linked]);
  });

  it('keeps ticks of texts that the checklist no longer has, which can be taken back but not made', async () => {
    const { vault, linked, get, texts, tick } = await prepared();
    await tick(texts[0], [linked]);
    tamper(vault, `UPDATE expectation SET text = 'An old text'`);
    expect(await get()).toMatchObject({ earlier: [{ text: 'An old text', pieces: [linked] }] });
    expect(await codeOf(tick('An old text', [linked]))).toBe('expectation.unknown');
    await tick('An old text', [linked], false);
    expect((await get()).earlier).toEqual([]);
  });

  it('refuses unknown texts, controls and pieces, a frozen audit, and a person who may only read', async () => {
    const { vault, auditId, linked, texts, tick, get } = await prepared();
    const unknown = '00000000-0000-4000-8000-000000000000' as EvidenceId;
    const other = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const foreign = (await attach(vault, other.id, 'foreign.txt', 'foreign')).evidence?.id as EvidenceId;
    expect(await codeOf(tick('Not expected', [linked]))).toBe('expectation.unknown');
    expect(await codeOf(tick(texts[0], [linked, unknown]))).toBe('evidence.unknown');
    expect(await codeOf(tick(texts[0], [linked, foreign]))).toBe('evidence.unknown');
    expect(await codeOf(tick(texts[0], [linked], true, { packId: 'hipaa-security', controlId: 'none' }))).toBe('control.unknown');
    expect(await codeOf(tick(texts[0], [linked], true, terminations))).toBe('expectation.unknown');
    expect((await get()).entries[0]?.pieces).toEqual([]);
    await vault.call('people.add', { ...ben, role: 'observer' });
    await vault.call('audits.setState', { auditId, state: 'archived', reason: 'done' });
    expect(await codeOf(tick(texts[0], [linked]))).toBe('audit.frozen');
    vault.close();
    const asBen = await reopen(vault.folder, ben.name, ben.passphrase);
    const payload = { auditId, ...riskAnalysis, text: texts[0], evidenceIds: [linked], present: true };
    expect(await codeOf(asBen.call('coverage.tick', payload))).toBe('person.not-allowed');
    expect(await codeOf(asBen.call('coverage.list', { auditId: unknown as never }))).toBe('audit.unknown');
  });

  it('has a row as CSV for a control that expects nothing, too', async () => {
    const vault = await newVault();
    const bare = copyOf((copy) => {
      for (const section of copy.sections) for (const control of section.controls) control.expectedEvidence = [];
    });
    await keepPack(vault, { content: bare });
    const { id: auditId } = await vault.call('audits.create', {
      title: 'Audit',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: [bare.id],
    });
    const other = { packId: bare.id, controlId: 'a-1' };
    await attach(vault, auditId, 'list.txt', 'list', [other]);
    const path = join(temporaryFolder(), 'coverage.csv');
    await vault.call('coverage.export', { auditId, token: vault.hand(path, 'write') });
    const rows = readFileSync(path, 'utf8').trim().split('\r\n').slice(1);
    expect(rows.map((row) => row.split(',').slice(2, 5).join(','))).toEqual(['Handbook 4.2,a-1,Leavers', 'Handbook 4.2,a-2,Joiners']);
    expect(rows[0]).toMatch(/,,,E-001 list$/);
    expect(rows[1]).toMatch(/,,,$/);
  });

  it('is written as CSV: a row for every expected entry, with what shows it', async () => {
    const { vault, auditId, linked, loose, texts, tick } = await prepared();
    await tick(texts[0], [linked]);
    await vault.call('evidence.link', { evidenceId: loose, controls: [riskAnalysis] });
    await tick(texts[1], [linked]);
    tamper(vault, `UPDATE expectation SET text = 'An old text' WHERE text = '${texts[1].replaceAll("'", "''")}'`);
    const path = join(temporaryFolder(), 'coverage.csv');
    expect(await vault.call('coverage.export', { auditId, token: vault.hand(path, 'write') })).toEqual({ name: 'coverage.csv' });
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith('\ufeffchecklist,section,citation,control,')).toBe(true);
    expect(text).toContain('E-001 register');
    expect(text).toContain('E-002 minutes');
    expect(text).toContain('(earlier version) An old text');
    expect(text).toContain(riskAnalysis.controlId);
    expect(sessionOf(vault).records.raw.prepare("SELECT detail FROM trail WHERE action = 'audit.coverage-exported'").all()).toHaveLength(1);
  });
});
