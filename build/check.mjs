// Format, lint, types and directions, without running anything.
import { runChecks } from './checks.mjs';
import { runScript } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  const results = await runChecks();
  return results.every(({ passed }) => passed) ? 0 : 1;
});
