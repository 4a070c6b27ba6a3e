import { parentPort, workerData } from 'node:worker_threads';
import { beforeEach, expect, test, vi } from 'vitest';

vi.mock('node:worker_threads', () => ({ parentPort: { postMessage: vi.fn() }, workerData: { job: 'the job', stop: new Int32Array(1) } }));
vi.mock('../../electron/vault/database-jobs.ts', () => ({ doDatabaseJob: vi.fn() }));

type Errors = typeof import('../../shared/ipc/errors.ts');
type Work = (errors: Errors, goOn: () => void) => null;

/** The thread's program without a thread around it, with a job that does `work`. Gives what it answered. */
async function start(work: Work): Promise<unknown[]> {
  vi.resetModules();
  // The errors of the program that is started, not those of an earlier one.
  const errors = await import('../../shared/ipc/errors.ts');
  const { doDatabaseJob: job } = await import('../../electron/vault/database-jobs.ts');
  vi.mocked(job).mockImplementation(async (_job, goOn) => work(errors, goOn));
  await import('../../electron/vault/database-worker.ts');
  await new Promise((resolve) => setImmediate(resolve));
  expect(job).toHaveBeenCalledWith('the job', expect.any(Function));
  return vi.mocked(parentPort?.postMessage ?? vi.fn()).mock.calls.map(([answer]) => answer);
}

beforeEach(() => {
  vi.clearAllMocks();
  workerData.stop[0] = 0;
});

test('the thread of the records answers with what its job gave', async () => {
  expect(await start(() => null)).toEqual([{ result: null }]);
});

test('the thread of the records answers with the parts of an expected error', async () => {
  const fail: Work = ({ ExpectedError }) => {
    throw new ExpectedError('disk.full', 'Free some space.', { size: 5 });
  };
  expect(await start(fail)).toEqual([{ code: 'disk.full', hint: 'Free some space.', data: { size: 5 } }]);
});

test('the thread of the records goes on until it is told to stop, and says nothing then', async () => {
  let wentOn = 0;
  const answers = await start((_errors, goOn) => {
    for (;;) {
      goOn();
      wentOn += 1;
      workerData.stop[0] = 1;
    }
  });
  expect([answers, wentOn]).toEqual([[], 1]);
});
