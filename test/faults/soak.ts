import { join } from 'node:path';
import { removeAtEnd } from '../remove-at-end.ts';
import { type Ground, operations, prepareGround } from './kills.ts';

/** Kills a working vault many times and prints figures: `soak.ts COUNT`. Exit 1 when anything was lost, left behind or damaged. */
const count = Number(process.argv[2] ?? '1000');
const started = Date.now();

function print({ tally }: Ground, done: number): void {
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`\n${done} of ${count} kills in ${seconds} s`);
  for (const operation of operations) {
    const { total, inside } = tally.kills[operation];
    console.log(`  ${operation.padEnd(8)} ${total} kills, ${inside} before its acknowledgement`);
  }
  const { answers, files, destroyed, compactions, keyChanges } = tally.acknowledged;
  console.log(
    `  acknowledged: ${answers} answers, ${files} files, ${destroyed} destroyed, ${compactions} compactions, ${keyChanges} changes of the key`,
  );
  console.log(
    `  found and removed at the next open: ${tally.collected} unfinished files, ${tally.unfinishedKeys} unfinished changes of the key`,
  );
  console.log(
    `  lost ${tally.lost.length}, left after the next open ${tally.orphans.length}, problems of the check ${tally.problems.length}`,
  );
  for (const line of [...tally.lost, ...tally.orphans, ...tally.problems].slice(0, 20)) console.log(`  ! ${line}`);
}

const ground = await prepareGround(join(import.meta.dirname, '..', '..'));
removeAtEnd(() => ground.remove());
for (let done = 0; done < count; done += 1) {
  await ground.killOnce(operations[done % operations.length] ?? 'ingest');
  if ((done + 1) % 25 === 0 && done + 1 < count) print(ground, done + 1);
}
print(ground, count);
const { lost, orphans, problems } = ground.tally;
process.exitCode = lost.length + orphans.length + problems.length === 0 ? 0 : 1;
