// Kills a working vault many times (--kills N, 1000 unless told) and prints what was lost, left behind or damaged: nothing should be.
import { parseArgs } from 'node:util';
import { inProject, runGroup, runScript, StepFailed, toolNode } from './project.mjs';
import { setup } from './setup.mjs';

await runScript(async () => {
  const { values } = parseArgs({ options: { kills: { type: 'string', default: '1000' } } });
  if (!/^[1-9]\d{0,6}$/.test(values.kills)) throw new StepFailed('--kills takes a number');
  await setup({ tests: true });
  return runGroup(toolNode(), [inProject('test', 'faults', 'soak.ts'), values.kills]);
});
