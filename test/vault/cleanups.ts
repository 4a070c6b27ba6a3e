/** What a test leaves behind is put away after it: `setup.ts` sees to that in every file of tests. */
const cleanups: (() => void)[] = [];

/** Does this after the test that is running; the last one asked for comes first. */
export function afterThisTest(cleanup: () => void): void {
  cleanups.push(cleanup);
}

/** Does all that was asked for. One that fails keeps no other from being done; the first failure is thrown. */
export function cleanUp(): void {
  const failures: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      cleanup();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
