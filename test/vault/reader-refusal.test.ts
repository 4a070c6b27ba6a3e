import { describe, expect, it, vi } from 'vitest';
import type { Reader } from '../../electron/vault/reader/queue.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { attach, newAudit, readerInside } from './fixture.ts';
import { sessionOf } from './helpers.ts';

async function auditWith(run: Reader['run']) {
  const { vault, auditId } = await newAudit(['production-readiness']);
  Object.assign(vault.process, { reader: { run, stop: () => {} } });
  const states = () =>
    sessionOf(vault)
      .records.raw.prepare('SELECT state FROM evidence_index ORDER BY row')
      .all()
      .map(({ state }) => state);
  return { vault, auditId, states };
}

/** An office document, of which nothing is known before the reader has read it. */
const document = Buffer.from('PK\u0003\u0004 no real document, and only the reader may say so', 'latin1');

describe('a reader that does not answer', () => {
  it.each([new ExpectedError('reader.ended'), new ExpectedError('reader.unreadable'), new CancelledError()])(
    'keeps nobody from attaching: %s',
    async (error) => {
      const { vault, auditId, states } = await auditWith(async () => {
        throw error;
      });
      expect(await attach(vault, auditId, 'a.zip', document)).toMatchObject({ error: null, identifiers: [], duplicateOf: null });
      if (error instanceof ExpectedError) await vi.waitFor(() => expect(states()).toEqual(['failed']));
      else expect(states()).toEqual(['waiting']);
    },
  );

  it('keeps nothing hidden that is a fault of our own', async () => {
    const { vault, auditId } = await auditWith(async () => {
      throw new TypeError('a bug');
    });
    await expect(attach(vault, auditId, 'a.zip', document)).rejects.toThrow('a bug');
  });

  it('writes nothing of a piece that was destroyed while it was read, and goes on with the next one', async () => {
    const answers: (() => void)[] = [];
    const { vault, auditId, states } = await auditWith(async (job, signal) => {
      if (answers.length === 0) await new Promise<void>((resolve) => answers.push(resolve));
      return readerInside.run(job, signal);
    });
    // Whoever attaches does not wait until so long a text is read.
    const rest = ' and more'.repeat(500_000);
    const { evidence } = await attach(vault, auditId, 'a.txt', `The first${rest}`);
    await attach(vault, auditId, 'b.txt', `The second${rest}`);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    await vault.call('evidence.destroy', { evidenceId: evidence?.id as EvidenceId, reason: 'Client asked' });
    answers[0]?.();
    await vi.waitFor(() => expect(states()).toEqual(['done']));
    const { raw } = sessionOf(vault).records;
    expect(raw.prepare('SELECT substr(content, 1, 10) AS beginning FROM evidence_content').all()).toEqual([{ beginning: 'The second' }]);
  });
});
