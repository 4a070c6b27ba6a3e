import { join } from 'node:path';
import { expect, it } from 'vitest';
import { operations, prepareGround } from './kills.ts';

const root = join(import.meta.dirname, '..', '..');

it('a vault whose process is killed while it works has everything that was acknowledged, nothing half, and opens clean', async () => {
  const ground = await prepareGround(root);
  try {
    const { tally } = ground;
    const started = Date.now();
    // On a busy machine a worker takes seconds to start; `npm run soak` is the long run.
    for (let round = 0; round < 5 && (round < 2 || Date.now() - started < 30_000); round += 1)
      for (const operation of operations) await ground.killOnce(operation);
    expect([tally.lost, tally.orphans, tally.problems]).toEqual([[], [], []]);
    for (const operation of operations) expect(tally.kills[operation].total).toBeGreaterThanOrEqual(2);
    const { answers, files } = tally.acknowledged;
    expect([answers > 0, files > 0]).toEqual([true, true]);
    console.info(`killed: ${JSON.stringify(tally.kills)}; acknowledged and there: ${JSON.stringify(tally.acknowledged)}`);
  } finally {
    ground.remove();
  }
}, 180_000);
