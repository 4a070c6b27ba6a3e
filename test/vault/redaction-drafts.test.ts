import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { codeOf, newAudit, reopen, type TestVault } from './fixture.ts';
import { sessionOf } from './helpers.ts';
import { attachOne, redactText } from './redaction-fixture.ts';

const mark = { page: 1, x: 4, y: 0, width: 3, height: 0, reason: 'phi' } as const;

const open = (vault: TestVault, evidenceId: EvidenceId) => vault.call('redaction.open', { evidenceId });
const drafts = (vault: TestVault) => sessionOf(vault).records.raw.prepare('SELECT * FROM redaction_draft').all();

async function marked() {
  const { vault, auditId } = await newAudit(['production-readiness']);
  const { id } = await attachOne(vault, auditId, 'a.txt', 'one two three');
  const { redactionId, marks } = await open(vault, id);
  expect(marks).toEqual([]);
  await vault.call('redaction.keepMarks', { redactionId, marks: [mark] });
  return { vault, auditId, id, redactionId };
}

describe('the marks of a redaction', () => {
  it('are there again after the vault was locked and no event tells of them', async () => {
    const { vault, id } = await marked();
    const events = (await vault.call('evidence.get', { evidenceId: id })).custody.length;
    vault.close();
    const later = await reopen(vault.folder);
    expect((await open(later, id)).marks).toEqual([mark]);
    expect((await later.call('evidence.get', { evidenceId: id })).custody.length).toBe(events + 1);
  });

  it('are replaced by later ones, and forgotten when they are discarded', async () => {
    const { vault, id, redactionId } = await marked();
    await vault.call('redaction.keepMarks', { redactionId, marks: [mark, { ...mark, x: 0 }] });
    expect((await open(vault, id)).marks).toHaveLength(2);
    const { redactionId: again } = await open(vault, id);
    await vault.call('redaction.keepMarks', { redactionId: again, marks: [] });
    expect(drafts(vault)).toEqual([]);
  });

  it('are forgotten when the copy is made, and with a destroyed original; a copy that fails keeps them', async () => {
    const { vault, auditId, id } = await marked();
    expect(await codeOf(redactText(vault, id, [{ start: 90, end: 95, reason: 'phi' }]))).toBe('redaction.nothing');
    expect(drafts(vault)).toHaveLength(1);
    await redactText(vault, id, [{ start: 4, end: 7, reason: 'phi' }]);
    expect(drafts(vault)).toEqual([]);
    const other = await attachOne(vault, auditId, 'b.txt', 'four five');
    const { redactionId } = await open(vault, other.id);
    await vault.call('redaction.keepMarks', { redactionId, marks: [mark] });
    await vault.call('evidence.destroy', { evidenceId: other.id, reason: 'mistake' });
    expect(drafts(vault)).toEqual([]);
    expect(await codeOf(vault.call('redaction.keepMarks', { redactionId, marks: [mark] }))).toBe('evidence.unknown');
  });

  it('of another redaction than the open one, or out of all bounds, are refused', async () => {
    const { vault, id, redactionId } = await marked();
    await open(vault, id);
    const keep = (marks: (typeof mark)[]) => vault.call('redaction.keepMarks', { redactionId, marks });
    expect(await codeOf(keep([mark]))).not.toBe('no error');
    expect(await codeOf(keep([{ ...mark, x: -1 as never }]))).toBe('payload.invalid');
    expect(await codeOf(keep(Array.from({ length: 5001 }, () => mark)))).toBe('payload.invalid');
  });
});
