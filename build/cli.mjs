// The command line: bundles when needed, then is the program itself.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from './bundle.mjs';
import { dist, runScript } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  await setup();
  await bundle();
});

if (process.exitCode === 0) {
  const program = join(dist, 'cli.cjs');
  process.argv[1] = program;
  await import(pathToFileURL(program).href);
}
