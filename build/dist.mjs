// Packages the app, sets its fuses, reads them back and runs it once. `--development-runtime` allows the older Electron.
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { hasDisplay, virtualScreen } from './display.mjs';
import { inProject, out, runGroup, runScript, StepFailed, say } from './project.mjs';
import { assertReleasable, resolveRuntime } from './runtime.mjs';
import { runTool, setup } from './setup.mjs';
import { stageApp } from './stage.mjs';

/** Fuses by name and the state they must have in a release. A runtime that does not know one reports it as removed. */
const wantedFuses = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  GrantFileProtocolExtraPrivileges: false,
};

/** @param {import('./runtime.mjs').Runtime} runtime */
async function packageApp(runtime) {
  stageApp(join(out, 'app'));
  rmSync(join(out, 'dist'), { recursive: true, force: true });
  const args = ['--config', 'build/electron-builder.config.cjs'];
  if (process.platform === 'linux') args.push('--linux', 'dir', `--config.electronDist=${runtime.folder}`);
  const code = await runTool('electron-builder/cli.js', args, { env: { ...process.env, SEALBOOK_ELECTRON_VERSION: runtime.version } });
  if (code !== 0) throw new StepFailed('Packaging failed; electron-builder says why above.');
}

/** Reads the fuses back from the packaged program and refuses a wrong one. @param {string} program */
async function assertFuses(program) {
  const { FuseState, FuseV1Options, getCurrentFuseWire } = await import('@electron/fuses');
  const wire = await getCurrentFuseWire(program);
  for (const [name, wanted] of Object.entries(wantedFuses)) {
    const state = wire[FuseV1Options[/** @type {keyof typeof wantedFuses} */ (name)]];
    const known = state === FuseState.ENABLE || state === FuseState.DISABLE;
    const right = state === (wanted ? FuseState.ENABLE : FuseState.DISABLE);
    if (known && !right) throw new StepFailed(`The fuse ${name} is ${wanted ? 'off' : 'on'} in the packaged app.`);
    say(`fuse ${name}: ${known ? (wanted ? 'on' : 'off') : 'unknown to this Electron'}`);
  }
}

/** Starts the packaged app once: it builds the sample vault, signs its report and writes it out. @param {string} program */
async function smokeTest(program) {
  const folder = join(out, 'smoke');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const command = [program, `--smoke-test=${folder}`, '--log-level=3'];
  if (process.platform === 'linux' && process.getuid?.() === 0) command.push('--no-sandbox');
  if (!hasDisplay()) command.unshift(...virtualScreen);
  const [first = '', ...args] = command;
  const code = await runGroup(first, args);
  const written = readdirSync(folder);
  if (code !== 0 || written.length === 0) throw new StepFailed(`The packaged app failed its smoke test (exit code ${code}).`);
  say(`Smoke test passed: ${written.map((name) => join('out/smoke', name)).join(', ')}`);
}

await runScript(async () => {
  await setup({ window: true });
  const runtime = await resolveRuntime();
  assertReleasable(runtime, process.argv);
  await bundle();
  await packageApp(runtime);
  if (process.platform !== 'linux') return;
  const program = join(out, 'dist/linux-unpacked/sealbook');
  if (!existsSync(program)) throw new StepFailed('The packaged program is missing.');
  await assertFuses(program);
  await smokeTest(program);
  say(`Packaged: ${inProject('out/dist/linux-unpacked')}`);
});
