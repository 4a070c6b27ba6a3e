import { describe, expect, it } from 'vitest';
import { defaultRetention } from '../../shared/domain/evidence.ts';
import { attach, newAudit, reopen } from './fixture.ts';

describe('retention and tags', () => {
  it('six years from the day it was received, to be changed; tags to find it by', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'a.txt', 'a');
    if (evidence === null) throw new Error('Not attached');
    expect(evidence).toMatchObject({ retainUntil: defaultRetention(evidence.receivedAt), tags: [] });
    expect(Number(evidence.retainUntil.slice(0, 4)) - Number(evidence.receivedAt.slice(0, 4))).toBe(6);
    const changed = await vault.call('evidence.update', {
      evidenceId: evidence.id,
      patch: { retainUntil: '2040-01-31', tags: ['backup', 'site 2'] },
    });
    expect(changed).toMatchObject({ retainUntil: '2040-01-31', tags: ['backup', 'site 2'] });
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('evidence.list', { auditId }))[0]).toMatchObject({ retainUntil: '2040-01-31', tags: ['backup', 'site 2'] });
  });

  it('a piece destroyed before its day is noted as such', async () => {
    const { vault, auditId } = await newAudit();
    const detail = async (retainUntil: string) => {
      const { evidence } = await attach(vault, auditId, 'a.txt', `kept until ${retainUntil}`);
      const evidenceId = evidence?.id ?? ('' as never);
      await vault.call('evidence.update', { evidenceId, patch: { retainUntil } });
      await vault.call('evidence.destroy', { evidenceId, reason: 'Wrong file' });
      const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
      return events[0]?.detail ?? '';
    };
    expect(await detail('2999-12-31')).toMatch(/^SHA-256 [0-9a-f]{64}, before its retention ended on 2999-12-31$/);
    expect(await detail('2001-01-01')).toMatch(/^SHA-256 [0-9a-f]{64}$/);
    expect(await detail('')).toMatch(/^SHA-256 [0-9a-f]{64}$/);
  });

  it('a leap day ends on the first of March', () => {
    expect([defaultRetention('2024-02-29T12:00:00Z'), defaultRetention('2026-11-25T00:00:00Z')]).toEqual(['2030-03-01', '2032-11-25']);
  });
});
