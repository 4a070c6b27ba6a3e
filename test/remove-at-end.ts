import { constants } from 'node:os';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Removes what a long program has put on the disk when it ends, also when somebody stops it: a bench leaves many GiB. */
export function removeAtEnd(remove: () => void): void {
  process.once('exit', remove);
  for (const signal of signals) process.once(signal, () => process.exit(128 + constants.signals[signal]));
}
