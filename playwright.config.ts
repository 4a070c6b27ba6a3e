import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

/** Started by build/e2e.mjs, which says where Electron is and where results go. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: join(process.env.SEALBOOK_OUT ?? 'out', 'e2e'),
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // A loaded machine makes the launch of Electron under a virtual screen fail once in a while; a second failure is a failure.
  retries: 1,
  projects: [
    { name: 'e2e', testMatch: '**/*.spec.ts' },
    { name: 'demo', testMatch: 'demo.ts', timeout: 600_000 },
  ],
});
