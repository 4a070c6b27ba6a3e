import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, riskAnalysis, terminations } from './fixture.ts';

async function threePieces() {
  const { vault, auditId } = await newAudit();
  const ids: EvidenceId[] = [];
  for (const name of ['one', 'two', 'three']) {
    const { evidence } = await attach(vault, auditId, `${name}.txt`, name, [riskAnalysis]);
    if (evidence === null) throw new Error('Nothing was attached');
    ids.push(evidence.id);
  }
  const [one, two, three] = ids as [EvidenceId, EvidenceId, EvidenceId];
  return { vault, auditId, one, two, three };
}

describe('what changed in the evidence', () => {
  it('leads from the list before to the list after, whatever was done', async () => {
    const { vault, auditId, one, two, three } = await threePieces();
    const { id: findingId } = await vault.call('findings.create', { auditId, fields: { title: 'Gap' }, controls: [], evidence: [] });
    let newer = one;
    const steps: Record<string, () => Promise<unknown>> = {
      described: () => vault.call('evidence.update', { evidenceId: one, patch: { title: 'First', tags: ['x'] } }),
      linked: () => vault.call('evidence.link', { evidenceId: two, controls: [terminations] }),
      unlinked: () => vault.call('evidence.unlink', { evidenceId: two, controls: [riskAnalysis, terminations] }),
      'named by a finding': () => vault.call('findings.update', { findingId, patch: {}, evidence: [two] }),
      'its finding removed': () => vault.call('findings.remove', { findingId }),
      'its finding restored': () => vault.call('findings.restore', { findingId }),
      'named no more': () => vault.call('findings.update', { findingId, patch: {}, evidence: [] }),
      attached: () => attach(vault, auditId, 'four.txt', 'four'),
      replaced: async () => {
        const { evidence } = await vault.call('evidence.replace', { evidenceId: one, token: vault.file('new.txt', 'new'), reason: 'r' });
        newer = evidence?.id ?? one;
      },
      'the newer one destroyed': () => vault.call('evidence.destroy', { evidenceId: newer, reason: 'r' }),
      destroyed: () => vault.call('evidence.destroy', { evidenceId: two, reason: 'r' }),
      'many described': () =>
        vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: [one, three], patch: { source: 'Site' } }] }),
    };
    for (const [name, step] of Object.entries(steps)) {
      const { revision } = await vault.call('evidence.changed', { auditId, since: null });
      const before = await vault.call('evidence.list', { auditId });
      await step();
      const { pieces, gone, more } = await vault.call('evidence.changed', { auditId, since: revision });
      const after = new Map(before.map((piece) => [piece.id, piece]));
      for (const piece of pieces) after.set(piece.id, piece);
      for (const id of gone) after.delete(id);
      expect(
        [...after.values()].sort((a, b) => a.number - b.number),
        name,
      ).toEqual(await vault.call('evidence.list', { auditId }));
      expect(more).toBe(false);
      expect(pieces.length + gone.length, name).toBeGreaterThan(0);
      expect(pieces.length, name).toBeLessThan(before.length);
    }
  });

  it('is nothing when an answer was given, and only of the audit that was asked for', async () => {
    const { vault, auditId } = await threePieces();
    const elsewhere = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'Other',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const { revision } = await vault.call('evidence.changed', { auditId, since: null });
    await vault.call('answers.save', { auditId, ...riskAnalysis, patch: { rationale: 'Seen' } });
    await attach(vault, elsewhere.id, 'one.txt', 'elsewhere');
    expect(await vault.call('evidence.changed', { auditId, since: revision })).toMatchObject({ pieces: [], gone: [], more: false });
    expect((await vault.call('evidence.changed', { auditId: elsewhere.id, since: revision })).pieces).toHaveLength(1);
  });

  it('comes in parts when much changed', async () => {
    const { vault, auditId, one } = await threePieces();
    const { revision } = await vault.call('evidence.changed', { auditId, since: null });
    for (let round = 0; round < 2001; round += 1)
      await vault.call('evidence.update', { evidenceId: one, patch: { title: `Title ${round}` } });
    const first = await vault.call('evidence.changed', { auditId, since: revision });
    expect([first.more, first.pieces.length]).toEqual([true, 1]);
    const second = await vault.call('evidence.changed', { auditId, since: first.revision });
    expect([second.more, second.pieces.length]).toEqual([false, 1]);
    expect((await vault.call('evidence.changed', { auditId, since: second.revision })).pieces).toEqual([]);
  });
});

describe('a page of the evidence', () => {
  it('begins above a number and ends at its length', async () => {
    const { vault, auditId } = await threePieces();
    const numbers = async (after: number, limit: number) =>
      (await vault.call('evidence.list', { auditId, after, limit })).map(({ number }) => number);
    expect(await numbers(0, 2)).toEqual([1, 2]);
    expect(await numbers(2, 2)).toEqual([3]);
    expect(await numbers(3, 2)).toEqual([]);
    const whole = await vault.call('evidence.list', { auditId });
    expect(await vault.call('evidence.list', { auditId, after: 1, limit: 1 })).toEqual(whole.slice(1, 2));
  });
});
