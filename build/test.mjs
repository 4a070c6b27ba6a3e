// Installs what is missing and runs every test. Ends with one line that sums them up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { runChecks } from './checks.mjs';
import { runEndToEnd } from './e2e.mjs';
import { out, runScript, say } from './project.mjs';
import { runTool, setup } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const results = join(out, 'results');

/** A runner's JSON results; null when it ended without writing any. @param {string} file */
function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @returns {Promise<Count>} */
async function quickChecks() {
  say('\nChecks');
  const checks = await runChecks();
  const passed = checks.filter((check) => check.passed).length;
  return { passed, failed: checks.length - passed, skipped: 0 };
}

/** @returns {Promise<Count>} */
async function programTests() {
  say('\nTests of the domain, the vault, faults and hostile input');
  const file = join(results, 'vitest.json');
  const code = await runTool('vitest/vitest.mjs', [
    'run',
    '--coverage',
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const found = readResults(file);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const count = { passed: found.numPassedTests, failed: found.numFailedTests, skipped: found.numPendingTests + found.numTodoTests };
  return withExitCode(count, code);
}

/** @returns {Promise<Count>} */
async function endToEndTests() {
  say('\nTests in the real app, as an ordinary user, with the sandbox on');
  const file = join(results, 'playwright.json');
  await bundle();
  const code = await runEndToEnd(['--project=e2e', '--reporter=list,json'], { jsonResults: file });
  const found = readResults(file);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = found.stats;
  return withExitCode({ passed: expected, failed: unexpected + flaky, skipped }, code);
}

/** A runner that failed for another reason than a test (a broken file, a coverage bound) counts as one failure. @param {Count} count @param {number} code @returns {Count} */
function withExitCode(count, code) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/** A part that throws is one failure, and the parts after it still run. @param {() => Promise<Count>} part @returns {Promise<Count>} */
async function counted(part) {
  try {
    return await part();
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

await runScript(async () => {
  await setup({ window: true, tests: true });
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  /** @type {Count[]} */
  const counts = [];
  for (const part of [quickChecks, programTests, endToEndTests]) counts.push(await counted(part));
  const sum = (/** @type {keyof Count} */ key) => counts.reduce((total, count) => total + count[key], 0);
  const skipped = sum('skipped');
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`);
  return sum('failed') === 0 ? 0 : 1;
});
