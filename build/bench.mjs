// Measures against peers: bundles when needed, installs the peers on Debian as root, and runs the rows.
// --only GROUP (evidence, vault), --json for the rows alone, --repetitions N.
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { capture, hasProgram, inProject, runGroup, runScript, say, toolNode, withLock } from './project.mjs';
import { missingPackagesCommand, setup } from './setup.mjs';

const peers = [
  { program: 'restic', debian: 'restic' },
  { program: 'borg', debian: 'borgbackup' },
  { program: 'gpg', debian: 'gnupg' },
  { program: 'age', debian: 'age' },
  { program: '7z', debian: 'p7zip-full' },
];

await runScript(async () => {
  await setup();
  await bundle();
  await installPeers();
  return runGroup(toolNode(), [join(inProject('test'), 'bench', 'main.ts'), ...process.argv.slice(2)]);
});

/** A peer that cannot be installed is left out, and said so. */
async function installPeers() {
  const command = missingPackagesCommand(peers);
  if (command === null) return;
  if (process.platform === 'linux' && process.getuid?.() === 0 && hasProgram('apt-get')) {
    await withLock('apt', async () => {
      say(`Installing Debian packages: ${command} ...`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      const install = () => capture('apt-get', command.split(' ').slice(1), { env });
      if ((await install()).code === 0) return;
      await capture('apt-get', ['update'], { env });
      await install();
    });
  }
  for (const { program } of peers) if (!hasProgram(program)) say(`Absent, and left out: ${program}`);
}
