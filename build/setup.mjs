// Installs what is missing, one plain line a step. A second run only looks and takes milliseconds.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { capture, hasProgram, inProject, run, runScript, StepFailed, say, toolNode, withLock } from './project.mjs';

/** What the window needs on Debian: a program or a shared library, and the package that brings it. */
const windowNeeds = [
  { program: 'xvfb-run', debian: 'xvfb' },
  { program: 'xauth', debian: 'xauth' },
  { library: 'libgtk-3.so.0', debian: 'libgtk-3-0' },
  { library: 'libnss3.so', debian: 'libnss3' },
  { library: 'libasound.so.2', debian: 'libasound2' },
  { library: 'libgbm.so.1', debian: 'libgbm1' },
  { library: 'libXss.so.1', debian: 'libxss1' },
  { library: 'libXtst.so.6', debian: 'libxtst6' },
];
const testNeeds = [
  { program: 'pdfsig', debian: 'poppler-utils' },
  { program: 'qpdf', debian: 'qpdf' },
  { program: 'strings', debian: 'binutils' },
];

const libraryFolders = [
  '/lib/x86_64-linux-gnu',
  '/usr/lib/x86_64-linux-gnu',
  '/lib/aarch64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
];

/** @param {string} name */
function hasLibrary(name) {
  return libraryFolders.some((folder) => existsSync(join(folder, name)));
}

/** @param {{ program?: string, library?: string }} need */
function isPresent(need) {
  return need.program === undefined ? hasLibrary(need.library ?? '') : hasProgram(need.program);
}

/** @typedef {{ version?: string, integrity?: string, dependencies?: Record<string, string>, devDependencies?: Record<string, string> }} Locked */

/** @param {string} file @returns {Record<string, Locked>} */
function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {};
}

/**
 * Compares npm's record of what it installed, which it writes last, with the lockfile. Locked packages that nothing on this
 * platform needs are not installed, so only those that Sealbook itself asks for must be there.
 */
export function packagesAreCurrent() {
  const wanted = lockedPackages(inProject('package-lock.json'));
  const installed = lockedPackages(inProject('node_modules/.package-lock.json'));
  const direct = Object.keys({ ...wanted['']?.dependencies, ...wanted['']?.devDependencies });
  const isAsLocked = (/** @type {[string, Locked]} */ [path, entry]) =>
    wanted[path]?.version === entry.version && wanted[path]?.integrity === entry.integrity;
  return direct.every((name) => installed[`node_modules/${name}`] !== undefined) && Object.entries(installed).every(isAsLocked);
}

async function installPackages() {
  if (packagesAreCurrent()) return;
  await withLock('setup', async () => {
    if (packagesAreCurrent()) return;
    say('Installing npm packages (npm ci) ...');
    const options = ['--no-audit', '--no-fund', '--prefer-offline'];
    let { code, output } = await capture('npm', ['ci', ...options], { env: withoutNpmState() });
    if (code !== 0) {
      say('npm ci failed; trying npm install without touching the lockfile ...');
      ({ code, output } = await capture('npm', ['install', '--no-save', ...options], { env: withoutNpmState() }));
    }
    if (code !== 0) {
      say(output.trim().split('\n').slice(-15).join('\n'));
      throw new StepFailed(
        'The npm packages could not be installed. Check that the npm registry can be reached, then run `npm run setup` again.',
      );
    }
    if (!existsSync(inProject('node_modules/node/bin/node')))
      await capture('npm', ['rebuild', 'node', 'esbuild'], { env: withoutNpmState() });
    say(`npm packages installed; scripts use Node ${await versionOf(toolNode())}.`);
  });
}

/** npm puts the outer run's settings into the environment, where an inner npm would take them for its own. */
function withoutNpmState() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(lifecycle|package|command|execpath)/.test(name)));
}

/** @param {string} node */
async function versionOf(node) {
  return (await capture(node, ['--version'])).output.trim().replace(/^v/, '');
}

/** @typedef {{ program?: string, library?: string, debian: string }} Need */

/**
 * What has to be typed to get the missing Debian packages.
 * @param {readonly Need[]} needs
 * @param {(need: Need) => boolean} [present]
 * @returns {string | null} null when nothing is missing
 */
export function missingPackagesCommand(needs, present = isPresent) {
  const missing = needs.filter((need) => !present(need)).map((need) => need.debian);
  return missing.length === 0 ? null : `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
}

/** @param {readonly Need[]} needs */
async function installSystemPackages(needs) {
  if (process.platform !== 'linux') return;
  const command = missingPackagesCommand(needs);
  if (command === null) return;
  if (!hasProgram('apt-get'))
    throw new StepFailed(`Missing on this system, by the names of Debian's packages. Install them, then start again:\n  ${command}`);
  if (process.getuid?.() !== 0) throw new StepFailed(`Missing Debian packages. Run this once, then start again:\n  sudo ${command}`);
  await withLock('apt', async () => {
    say(`Installing Debian packages: ${command} ...`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const install = () => capture('apt-get', command.split(' ').slice(1), { env });
    let result = await install();
    if (result.code !== 0) {
      await capture('apt-get', ['update'], { env });
      result = await install();
    }
    if (result.code !== 0) {
      say(result.output.trim().split('\n').slice(-8).join('\n'));
      throw new StepFailed(`Debian packages could not be installed. Run this, then start again:\n  ${command}`);
    }
  });
}

/** The Chromium sandbox helper and fonts need no setup; this only says when the platform is not one the vault runs on. */
function checkPlatform() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    throw new StepFailed(`Node ${process.versions.node} is too old: Sealbook needs Node 20.19 or newer.`);
  const prebuilds = inProject('node_modules/@signalapp/sqlcipher/prebuilds');
  const name = `${process.platform}-${process.arch}`;
  if (existsSync(prebuilds) && !readdirSync(prebuilds).includes(name)) throw new StepFailed(`There is no encrypted database for ${name}.`);
}

/**
 * Makes this checkout ready.
 * @param {{ window?: boolean, tests?: boolean }} [needs] what the caller is going to run besides plain Node
 */
export async function setup(needs = {}) {
  checkPlatform();
  await installPackages();
  checkPlatform();
  await installSystemPackages([...(needs.window === true ? windowNeeds : []), ...(needs.tests === true ? testNeeds : [])]);
}

/**
 * Runs a tool of the project's packages under the project's Node.
 * @param {string} script path below node_modules
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function runTool(script, args, options = {}) {
  return run(toolNode(), [inProject('node_modules', script), ...args], options);
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    await setup({ window: true, tests: true });
    const { resolveRuntime } = await import('./runtime.mjs');
    const runtime = await resolveRuntime();
    say(`Ready: Electron ${runtime.version}${runtime.development ? ' (development runtime)' : ''}.`);
  });
}
