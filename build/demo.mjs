// The whole main job in the real app. Leaves the report, the verifier and screenshots in out/demo.
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { runEndToEnd } from './e2e.mjs';
import { out, runScript, say } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  const folder = join(out, 'demo');
  await setup({ window: true, tests: true });
  await bundle();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const code = await runEndToEnd(['--project=demo', '--reporter=list']);
  if (code === 0) say(`The demo is in ${folder}: ${readdirSync(folder).sort().join(', ')}`);
  return code;
});
