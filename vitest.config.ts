import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** These replace modules for themselves, so they need modules of their own. */
const withOwnModules = ['test/vault/entry.test.ts', 'test/vault/block-threads.test.ts'];
/** What most of the program's modules take part in. Loading them, the checklists and the word lists takes seconds, so these tests share them. */
const sharing = ['test/vault/**/*.test.ts', 'test/unit/{report,checklists,domain}/**/*.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    globalSetup: ['test/temporary.ts'],
    setupFiles: ['test/setup.ts'],
    pool: 'forks',
    maxWorkers: availableParallelism(),
    // Three times what the longest takes on two busy cores: a slow machine fails nothing, and what hangs ends.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      { extends: true, test: { name: 'sharing', include: sharing, exclude: withOwnModules, isolate: false } },
      {
        extends: true,
        test: { name: 'alone', include: ['test/{unit,faults,fuzz}/**/*.test.ts', ...withOwnModules], exclude: sharing.slice(1) },
      },
    ],
    coverage: {
      provider: 'v8',
      reportOnFailure: true,
      include: ['shared/**/*.ts', 'electron/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: ['json-summary', 'text-summary'],
      reportsDirectory: 'coverage',
      // Measured: 99.3 % of lines, 96.4 % of branches. What faults and hostile input reach varies a little from run to run.
      thresholds: { lines: 95, branches: 95 },
    },
  },
});
