import type { UtilityProcess } from 'electron';

/** A process that was forked, and whether it has ended. */
export interface Forked {
  readonly process: UtilityProcess;
  readonly isGone: boolean;
}

/** Ends it at once: a process that is busy with long work must not keep what it knows until it comes round to listening. */
export function kill(forked: Forked): void {
  const { process: target, isGone } = forked;
  if (isGone) return;
  // Until it has a process id it cannot be killed.
  if (target.pid === undefined) target.once('spawn', () => kill(forked));
  else if (process.platform === 'win32') target.kill();
  else killNow(target.pid);
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
