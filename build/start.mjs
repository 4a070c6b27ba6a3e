// Installs, bundles and opens the app.

import { bundle } from './bundle.mjs';
import { electronCommand } from './display.mjs';
import { runGroup, runScript } from './project.mjs';
import { resolveRuntime } from './runtime.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup({ window: true });
  await bundle();
  const { command, args, env } = electronCommand(await resolveRuntime(), process.argv.slice(2));
  return runGroup(command, args, { env });
});
