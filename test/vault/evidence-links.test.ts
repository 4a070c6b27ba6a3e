import { describe, expect, it } from 'vitest';
import type { EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import { attachPath, evidenceOf, stored } from './evidence-fixture.ts';
import { attach, codeOf, newAudit, riskAnalysis, shownText, terminations } from './fixture.ts';
import { errorOf, tamper } from './helpers.ts';

describe('describing and linking evidence', () => {
  it('changes the description and never the content', async () => {
    const { vault, auditId } = await newAudit();
    const before = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const after = await vault.call('evidence.update', {
      evidenceId: before.id,
      patch: { title: 'Log', sensitivity: 'phi', effectiveFrom: '2026-02-01' },
    });
    expect(after).toEqual({ ...before, title: 'Log', sensitivity: 'phi', effectiveFrom: '2026-02-01' });
    expect(await codeOf(vault.call('evidence.update', { evidenceId: before.id, patch: { title: ' ' } }))).toBe('payload.invalid');
    expect(await codeOf(vault.call('evidence.update', { evidenceId: before.id, patch: { effectiveTo: '2026-02-30' } }))).toBe(
      'payload.invalid',
    );
  });

  it('links and unlinks, each noted once', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const controls = [riskAnalysis, terminations];
    expect((await vault.call('evidence.link', { evidenceId: id, controls })).controls).toEqual(controls);
    await vault.call('evidence.link', { evidenceId: id, controls });
    expect((await vault.call('evidence.unlink', { evidenceId: id, controls: [riskAnalysis] })).controls).toEqual([terminations]);
    await vault.call('evidence.unlink', { evidenceId: id, controls: [riskAnalysis] });
    expect((await vault.call('evidence.link', { evidenceId: id, controls: [riskAnalysis] })).controls.length).toBe(2);
    const { custody } = await vault.call('evidence.get', { evidenceId: id });
    expect(custody.map((event) => event.action)).toEqual(['collected', 'linked', 'linked', 'unlinked', 'linked']);
    expect(await codeOf(vault.call('evidence.link', { evidenceId: id, controls: [{ packId: 'x', controlId: 'y' }] }))).toBe(
      'control.unknown',
    );
    expect(await codeOf(vault.call('evidence.unlink', { evidenceId: id, controls: [{ packId: 'x', controlId: 'y' }] }))).toBe(
      'control.unknown',
    );
  });

  it('is refused in a frozen audit, and looking is not', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    tamper(vault, `UPDATE audit SET state = 'signed'`);
    const refused = [
      vault.call('evidence.update', { evidenceId: id, patch: { title: 'x' } }),
      vault.call('evidence.link', { evidenceId: id, controls: [riskAnalysis] }),
      vault.call('evidence.destroy', { evidenceId: id, reason: 'x' }),
      vault.call('evidence.beginUpload', { auditId, name: 'x', size: 1, controls: [] }),
      attachPath(vault, auditId, '/etc/hostname'),
    ];
    for (const work of refused) expect(await codeOf(work)).toBe('audit.frozen');
    expect(shownText(await vault.call('evidence.preview', { evidenceId: id }))).toBe('a');
    expect(await vault.call('evidence.verify', { evidenceId: id })).toMatchObject({ ok: true });
  });

  it('says that evidence is unknown', async () => {
    const { vault } = await newAudit();
    const evidenceId = '00000000-0000-4000-8000-000000000000' as EvidenceId;
    for (const work of [
      vault.call('evidence.get', { evidenceId }),
      vault.call('evidence.preview', { evidenceId }),
      vault.call('evidence.verify', { evidenceId }),
      vault.call('evidence.destroy', { evidenceId, reason: 'x' }),
      vault.call('evidence.exportOriginal', { evidenceId, token: vault.hand('/tmp/x', 'write'), reason: '' }),
    ])
      expect(await codeOf(work)).toBe('evidence.unknown');
  });
});

describe('destroying evidence', () => {
  it('is refused while a control or a finding needs it', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]);
    const evidenceId = evidence?.id as EvidenceId;
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [evidenceId] });
    expect((await errorOf(vault.call('evidence.destroy', { evidenceId, reason: 'x' }))).data).toEqual({ controls: 1, findings: 1 });
    await vault.call('evidence.unlink', { evidenceId, controls: [riskAnalysis] });
    expect(await codeOf(vault.call('evidence.destroy', { evidenceId, reason: 'x' }))).toBe('evidence.in-use');
    await vault.call('findings.update', { findingId: finding.id, patch: {}, evidence: [] });
    await vault.call('evidence.destroy', { evidenceId, reason: 'Client asked' });
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
    expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
  });

  it('never gives its number again', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'x' });
    expect((await evidenceOf(vault, auditId, 'b.txt', 'b')).number).toBe(2);
    expect((await evidenceOf(vault, auditId, 'a.txt', 'a')).number).toBe(3);
  });

  it('leaves no link behind for a finding that is restored later', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [id] });
    await vault.call('findings.remove', { findingId: finding.id as FindingId });
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'x' });
    expect((await vault.call('findings.restore', { findingId: finding.id })).evidence).toEqual([]);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });
});
