import { spawn } from 'node:child_process';
import { median, rounded } from './rows.ts';

/** Running steps in turn and timing them. */

/** One step of a competitor: what is made ready is not timed, what is left behind is removed afterwards. */
export interface Step {
  readonly name: string;
  readonly prepare?: () => Promise<void>;
  readonly run: () => Promise<void>;
}

/**
 * Runs every step once per repetition, in turn and each time beginning with another, so that a slow minute of the machine meets
 * all of them. The first two always follow each other, in either order: else a disk that slows down over the minutes that the peers
 * take would be measured, and not what the two are compared for. `ready` runs before each step, untimed. Gives the median of the
 * seconds by name.
 */
export async function interleave(
  title: string,
  [ours, limit, ...peers]: readonly [Step, Step, ...Step[]],
  repetitions: number,
  ready: () => Promise<void> = async () => {},
): Promise<Map<string, number>> {
  const seconds = new Map<string, number[]>([ours, limit, ...peers].map(({ name }) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    const groups = [repetition % 2 === 0 ? [ours, limit] : [limit, ours], ...peers.map((peer) => [peer])];
    const first = repetition % groups.length;
    for (const step of [...groups.slice(first), ...groups.slice(0, first)].flat()) {
      await step.prepare?.();
      await ready();
      await program('sync', []);
      const started = performance.now();
      await step.run();
      const taken = (performance.now() - started) / 1000;
      seconds.get(step.name)?.push(taken);
      process.stderr.write(`${title}, ${repetition + 1} of ${repetitions}: ${step.name} ${rounded(taken)} s\n`);
    }
  }
  return new Map([...seconds].map(([name, taken]) => [name, median(taken)]));
}

/** Runs a program to its end, quietly. Throws with what it said when it fails. */
export function program(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-2000);
    });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${said}`))));
  });
}

/** Runs a line of shell with the arguments as $1, $2 and so on. */
export function shell(line: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<void> {
  return program('sh', ['-ec', line, 'sh', ...args], env);
}
