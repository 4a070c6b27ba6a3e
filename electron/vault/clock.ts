/**
 * A hybrid logical clock (Kulkarni and others, 2014): time in milliseconds that never runs backwards within a vault
 * copy, with a counter for events of the same millisecond. Written as sortable text: 12 hex digits of time, 4 of counter.
 */
export interface HybridClock {
  /** The next reading, greater than every earlier one even when the machine's clock was set back. */
  next(): string;
}

/** Starts a clock after the latest reading that the vault has seen (or '' for a new vault). */
export function createClock(latest: string, now: () => number = Date.now): HybridClock {
  let time = latest === '' ? 0 : Number.parseInt(latest.slice(0, 12), 16);
  let counter = latest === '' ? 0 : Number.parseInt(latest.slice(12, 16), 16);
  return {
    next() {
      const wall = now();
      if (wall > time) {
        time = wall;
        counter = 0;
      } else if (counter === 0xffff) {
        time += 1;
        counter = 0;
      } else {
        counter += 1;
      }
      return time.toString(16).padStart(12, '0') + counter.toString(16).padStart(4, '0');
    },
  };
}
