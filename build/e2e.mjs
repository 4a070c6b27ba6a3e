// Runs Playwright against the real app as an ordinary user, with Chromium's sandbox on. Arguments go to Playwright.
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { virtualScreen } from './display.mjs';
import { capture, hasProgram, inProject, manifest, out, root, runGroup, runScript, StepFailed, say, toolNode } from './project.mjs';
import { resolveRuntime } from './runtime.mjs';
import { setup } from './setup.mjs';

const testUser = 'sealbook-test';
/** What the tests need of the project besides its packages. */
const testedParts = [
  'dist',
  'electron',
  'shared',
  'test',
  'build',
  'docs',
  'package.json',
  'package-lock.json',
  'playwright.config.ts',
  'README.md',
];
/** Large development packages that no end-to-end test uses. */
const unusedPackages = new Set([
  '@biomejs',
  '@typescript',
  'typescript',
  '@napi-rs',
  '@esbuild',
  '@electron-internal',
  'app-builder-lib',
  'dependency-cruiser',
  'electron',
  'electron-builder',
  'electron-winstaller',
  'esbuild',
  'lucide-react',
  'node',
  'react-aria',
  'react-aria-components',
  'react-stately',
  'rollup',
  '@rollup',
  'vite',
  'vitest',
  '.cache',
  '.vite',
]);

/**
 * Runs end-to-end tests. Everything they leave behind is in `out/` afterwards.
 * @param {readonly string[]} playwrightArguments
 * @param {{ jsonResults?: string }} [options] where to put Playwright's JSON results
 * @returns {Promise<number>} exit code
 */
export async function runEndToEnd(playwrightArguments, { jsonResults } = {}) {
  const runtime = await resolveRuntime();
  if (process.platform === 'linux' && process.getuid?.() === 0) return runAsOrdinaryUser(runtime, playwrightArguments, jsonResults);
  mkdirSync(out, { recursive: true });
  const command = [toolNode(), inProject('node_modules/@playwright/test/cli.js'), 'test', ...playwrightArguments];
  if (process.platform === 'linux') command.unshift(...virtualScreen);
  const [program = '', ...args] = command;
  return runGroup(program, args, {
    env: { ...process.env, ...testEnvironment(runtime.executable, runtime.appArguments, out, jsonResults) },
  });
}

/**
 * @param {string} executable
 * @param {readonly string[]} appArguments
 * @param {string} outFolder
 * @param {string | undefined} jsonResults
 * @returns {Record<string, string>}
 */
function testEnvironment(executable, appArguments, outFolder, jsonResults) {
  return {
    SEALBOOK_ELECTRON: executable,
    SEALBOOK_ELECTRON_ARGUMENTS: JSON.stringify(appArguments),
    SEALBOOK_OUT: outFolder,
    ...(jsonResults === undefined ? {} : { PLAYWRIGHT_JSON_OUTPUT_NAME: jsonResults }),
  };
}

/**
 * Root cannot have Chromium's sandbox, and the checkout may lie where nobody else may look: so an ordinary user gets a copy.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {readonly string[]} playwrightArguments
 * @param {string | undefined} jsonResults
 */
async function runAsOrdinaryUser(runtime, playwrightArguments, jsonResults) {
  await ensureUser();
  const stage = mkdtempSync('/var/tmp/sealbook-e2e-');
  try {
    const project = await stageProject(stage, runtime);
    const results = join(stage, 'out', 'e2e-results.json');
    const environment = {
      ...Object.fromEntries(['PATH', 'LANG', 'CI'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
      ...testEnvironment(join(stage, 'runtime/electron'), takesArgument(runtime) ? [project] : [], join(stage, 'out'), results),
      HOME: join(stage, 'home'),
      TMPDIR: join(stage, 'tmp'),
    };
    const settings = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const command = [join(stage, 'node'), join(project, 'node_modules/@playwright/test/cli.js'), 'test', ...playwrightArguments];
    const code = await runGroup('runuser', ['-u', testUser, '--', 'env', '-i', ...settings, ...virtualScreen, ...command], {
      cwd: project,
    });
    cpSync(join(stage, 'out'), out, { recursive: true });
    if (jsonResults !== undefined && existsSync(results)) cpSync(results, jsonResults);
    return code;
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

/** @param {import('./runtime.mjs').Runtime} runtime */
function takesArgument(runtime) {
  return runtime.appArguments.length > 0;
}

async function ensureUser() {
  for (const program of ['runuser', 'useradd']) {
    if (!hasProgram(program))
      throw new StepFailed(
        `Started as root, the tests need \`${program}\` to run as an ordinary user. Start them as an ordinary user instead.`,
      );
  }
  if ((await capture('id', [testUser])).code === 0) return;
  say(`Creating the ordinary user ${testUser} for the tests ...`);
  const { code, output } = await capture('useradd', ['--system', '--no-create-home', '--shell', '/bin/sh', testUser]);
  if (code !== 0) throw new StepFailed(`The user ${testUser} could not be created: ${output.trim()}`);
}

/**
 * @param {string} stage
 * @param {import('./runtime.mjs').Runtime} runtime
 * @returns {Promise<string>} the copied project
 */
async function stageProject(stage, runtime) {
  const project = join(stage, 'project');
  mkdirSync(join(project, 'node_modules'), { recursive: true });
  for (const folder of ['home', 'tmp', 'out']) mkdirSync(join(stage, folder));
  const parts = testedParts.filter((part) => existsSync(inProject(part))).map((part) => inProject(part));
  const packages = readdirSync(inProject('node_modules')).filter((name) => !unusedPackages.has(name));
  await copy(parts, project);
  await copy(
    packages.map((name) => inProject('node_modules', name)),
    join(project, 'node_modules'),
  );
  await copy([toolNode()], join(stage, 'node'));
  await copy([`${runtime.folder}/.`], join(stage, 'runtime'));
  if (!takesArgument(runtime)) {
    rmSync(join(stage, 'runtime/resources/app'), { recursive: true, force: true });
    symlinkSync('../../project', join(stage, 'runtime/resources/app'));
  }
  chmodSync(stage, 0o755);
  await capture('chmod', ['-R', 'a+rX', stage]);
  await capture('chown', ['-R', testUser, join(stage, 'home'), join(stage, 'tmp'), join(stage, 'out')]);
  return project;
}

/** @param {readonly string[]} sources @param {string} target */
async function copy(sources, target) {
  const { code, output } = await capture('cp', ['-r', '-P', '--reflink=auto', ...sources, target]);
  if (code !== 0) throw new StepFailed(`The tests could not be copied for the ordinary user: ${output.trim().split('\n')[0]}`);
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    await setup({ window: true, tests: true });
    await bundle();
    say(`End-to-end tests of Sealbook ${manifest().version} in ${root}`);
    return runEndToEnd(['--reporter=list', ...process.argv.slice(2)]);
  });
}
