import { describe, expect, it } from 'vitest';
import { readEvidenceAhead } from '../../electron/vault/evidence-reading.ts';
import { listEvidence } from '../../electron/vault/evidence-repo.ts';
import { CancelledError } from '../../shared/ipc/errors.ts';
import { attach, newAudit, riskAnalysis } from './fixture.ts';
import { sessionOf } from './helpers.ts';

/** More than are read before other calls get their turn. */
const pieces = 1005;

async function manyPieces() {
  const { vault, auditId } = await newAudit();
  const tokens = Array.from({ length: pieces }, (_, index) => vault.file(`${index}.txt`, `content ${index}`));
  await vault.call('evidence.attachPicked', { auditId, tokens, controls: [] });
  return { vault, auditId, records: sessionOf(vault).records, ids: (await vault.call('evidence.list', { auditId })).map(({ id }) => id) };
}

describe('evidence that is read ahead', () => {
  it('is that of the moment it is asked for, whatever was written between its pages and after them', async () => {
    const { vault, auditId, records, ids } = await manyPieces();
    const [first, second, third] = ids;
    const last = ids.at(-1);
    if (first === undefined || second === undefined || third === undefined || last === undefined) throw new Error('Nothing was attached');
    const steps = [
      async () => {
        await vault.call('evidence.destroy', { evidenceId: first, reason: 'Twice' });
        await vault.call('evidence.update', { evidenceId: second, patch: { title: 'After the first page' } });
        await vault.call('evidence.update', { evidenceId: last, patch: { title: 'Before the last page' } });
        await attach(vault, auditId, 'later.txt', 'attached meanwhile', [riskAnalysis]);
      },
      () => vault.call('evidence.link', { evidenceId: third, controls: [riskAnalysis] }),
    ];
    const read = await readEvidenceAhead(records, auditId, async () => void (await steps.shift()?.()));
    expect(steps).toEqual([]);
    await vault.call('evidence.update', { evidenceId: third, patch: { title: 'After the last page' } });
    const evidence = records.snapshot(read);
    expect(evidence).toEqual(listEvidence(records, auditId));
    expect(evidence.slice(0, 2).map(({ title }) => title)).toEqual(['After the first page', 'After the last page']);
    expect(evidence.slice(-2).map(({ title }) => title)).toEqual(['Before the last page', 'later']);
    expect(evidence).toHaveLength(pieces);
  });

  it('follows a change of more pieces than one answer of the log holds', async () => {
    const { vault, auditId, records, ids } = await manyPieces();
    const read = await readEvidenceAhead(records, auditId, async () => undefined);
    for (const source of ['One', 'Two', 'Three'])
      await vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: ids, patch: { source } }] });
    expect(new Set(records.snapshot(read).map(({ source }) => source))).toEqual(new Set(['Three']));
  });

  it('is no longer read once the call is cancelled', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a');
    const options = { paper: 'a4', final: false, redaction: 'originals' } as const;
    await expect(vault.call('reports.preview', { auditId, options }, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});
