import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { writeFileDurably } from './files.ts';

/**
 * Wrong attempts, counted per person in a file beside the vault so that the delay survives a restart. Whoever can copy
 * the folder can also copy it without the count: the delay slows somebody at the keyboard, Argon2id slows everybody else.
 */
const attemptsFile = 'attempts.json';
const freeAttempts = 3;
const longestDelay = 15 * 60;

const schema = z.record(z.string(), z.object({ failed: z.number().int().min(0), last: z.number() }));
type Attempts = z.infer<typeof schema>;

export interface AttemptState {
  readonly failed: number;
  /** Milliseconds since 1970 before which no attempt is accepted, or null. */
  readonly retryAt: number | null;
}

/** Seconds to wait after so many wrong attempts: none for the first two, then 2, 4, 8 ... up to 15 minutes. */
export function delayAfter(failed: number): number {
  return failed < freeAttempts ? 0 : Math.min(longestDelay, 2 ** (failed - freeAttempts + 1));
}

/** What is known about a person's attempts. A clock set back lengthens the wait by one delay at the most. */
export function attemptState(folder: string, personId: string, now: number = Date.now()): AttemptState {
  const entry = read(folder)[personId];
  if (entry === undefined || entry.failed === 0) return { failed: 0, retryAt: null };
  const delay = delayAfter(entry.failed) * 1000;
  const retryAt = Math.min(entry.last, now) + delay;
  return { failed: entry.failed, retryAt: retryAt > now ? retryAt : null };
}

/** Throws `passphrase.delayed` with the seconds left while the person has to wait. */
export function assertMayTry(folder: string, personId: string, now: number = Date.now()): void {
  const attempts = read(folder);
  const entry = attempts[personId];
  // Counted while the clock was ahead: the wait starts now, or it would last until the clock is there again.
  if (entry !== undefined && entry.last > now) write(folder, { ...attempts, [personId]: { ...entry, last: now } });
  const { failed, retryAt } = attemptState(folder, personId, now);
  if (retryAt !== null) {
    throw new ExpectedError('passphrase.delayed', '', {
      seconds: Math.ceil((retryAt - now) / 1000),
      failed,
      retryAt: new Date(retryAt).toISOString(),
    });
  }
}

/** Counts a wrong attempt before its result is told, so that killing the program does not save the count. */
export function recordFailure(folder: string, personId: string, now: number = Date.now()): AttemptState {
  const attempts = read(folder);
  write(folder, { ...attempts, [personId]: { failed: (attempts[personId]?.failed ?? 0) + 1, last: now } });
  return attemptState(folder, personId, now);
}

/** Forgets the attempts of somebody who got in. */
export function clearFailures(folder: string, personId: string): void {
  const attempts = read(folder);
  if (attempts[personId] === undefined) return;
  const { [personId]: _, ...others } = attempts;
  write(folder, others);
}

function read(folder: string): Attempts {
  try {
    return schema.parse(JSON.parse(readFileSync(join(folder, attemptsFile), 'utf8')));
  } catch {
    // Missing or damaged: the count starts anew; the passphrase still guards the vault.
    return {};
  }
}

function write(folder: string, attempts: Attempts): void {
  writeFileDurably(join(folder, attemptsFile), JSON.stringify(attempts));
}
