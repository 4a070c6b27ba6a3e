/** Locks after a while without input. */
export interface IdleLock {
  /** Somebody is there. */
  readonly activity: () => void;
  readonly setMinutes: (minutes: number) => void;
  readonly stop: () => void;
}

const defaultMinutes = 10;
const checkEvery = 1_000;

/** @param lock called once when the time is over; not again before the next activity */
export function createIdleLock(lock: () => void): IdleLock {
  let minutes = defaultMinutes;
  let lastActivity = now();
  let locked = false;
  const timer = setInterval(() => {
    if (locked || now() - lastActivity < minutes * 60_000) return;
    locked = true;
    lock();
  }, checkEvery);

  return {
    activity() {
      lastActivity = now();
      locked = false;
    },
    setMinutes(next) {
      minutes = next;
    },
    stop: () => clearInterval(timer),
  };
}

/** Milliseconds that a change of the computer's clock does not touch. */
function now(): number {
  return performance.now();
}
