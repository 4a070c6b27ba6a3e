import type { EvidenceId } from '../../../shared/domain/ids.ts';

/** More than these do not wait: the pictures of the others are made when somebody looks at them. */
export const mostWaiting = 500;

export interface PictureQueue {
  add(ids: readonly EvidenceId[]): void;
  /** Forgets what waits. */
  reset(): void;
}

/** Does the work for one piece after the other, each in a moment in which the window has nothing to do. What fails is left out. */
export function createPictureQueue(work: (id: EvidenceId) => Promise<void>, idle: () => Promise<void> = idleMoment): PictureQueue {
  const waiting = new Set<EvidenceId>();
  let running = false;

  async function run(): Promise<void> {
    running = true;
    for (;;) {
      await idle();
      const [next] = waiting;
      if (next === undefined) break;
      waiting.delete(next);
      await work(next).catch(() => undefined);
    }
    running = false;
  }

  return {
    add(ids) {
      for (const id of ids) if (waiting.size < mostWaiting) waiting.add(id);
      if (!running && waiting.size > 0) void run();
    },
    reset: () => waiting.clear(),
  };
}

function idleMoment(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 2000 });
  });
}
