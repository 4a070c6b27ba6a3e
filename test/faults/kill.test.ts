import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { newAudit, passphrase, reopen, temporaryFolder, testAssets } from '../vault/fixture.ts';
import { sessionOf } from '../vault/helpers.ts';

type Acknowledged =
  | { kind: 'ready' }
  | { kind: 'answer'; packId: string; controlId: string; rationale: string }
  | { kind: 'evidence'; id: string; sha256: string };

const node = join(import.meta.dirname, '..', '..', 'node_modules', '.bin', 'node');

/** Runs the worker, kills it so many milliseconds after it began to work, and gives what it acknowledged. */
async function workUntilKilled(folder: string, milliseconds: number): Promise<Acknowledged[]> {
  const worker = join(import.meta.dirname, 'worker.ts');
  const child = spawn(node, [worker, folder, temporaryFolder(), JSON.stringify(testAssets), passphrase], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const acknowledged: Acknowledged[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const entry = JSON.parse(line) as Acknowledged;
    if (entry.kind === 'ready') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    acknowledged.push(entry);
  });
  const closed = once(lines, 'close');
  const [, signal] = await ended;
  await closed;
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

describe('a vault whose process is killed while it works', () => {
  it('has everything that was acknowledged, nothing half, and opens clean', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    vault.close();
    const answers = new Map<string, string[]>();
    const evidence = new Map<string, string>();
    let orphans = 0;
    for (const milliseconds of [5, 40, 90, 170, 330, 610]) {
      for (const entry of await workUntilKilled(vault.folder, milliseconds)) {
        if (entry.kind === 'answer') answers.set(entry.controlId, [...(answers.get(entry.controlId) ?? []), entry.rationale]);
        if (entry.kind === 'evidence') evidence.set(entry.id, entry.sha256);
      }
      const again = await reopen(vault.folder);
      orphans += sessionOf(again).recovered.orphanChunks;
      for (const [controlId, saved] of answers) {
        const target = { auditId, packId: 'production-readiness', controlId };
        const written = (await again.call('answers.history', target)).map((change) => change.after);
        expect(written).toEqual(expect.arrayContaining(saved));
        // One more may have been durable when the kill came before its acknowledgement.
        const { rationale } = (await again.call('answers.get', target)).answer;
        expect(rationale).toBe(written[0]);
      }
      const listed = new Map((await again.call('evidence.list', { auditId })).map((item) => [item.id as string, item.sha256]));
      for (const [id, sha256] of evidence) expect(listed.get(id)).toBe(sha256);
      const check = await again.call('vault.check', undefined);
      expect(check.problems).toEqual([]);
      const known = sessionOf(again).chunks.get<{ total: number }>({ text: 'SELECT count(*) AS total FROM object', values: [] })?.total;
      expect(known).toBe(check.counts.objects);
      again.close();
    }
    expect(answers.size).toBeGreaterThan(0);
    expect(evidence.size).toBeGreaterThan(0);
    console.info(
      `killed 6 times: ${[...answers.values()].flat().length} answers and ${evidence.size} files acknowledged, all there; ${orphans} unfinished files collected`,
    );
  });
});
