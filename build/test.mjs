// Installs what is missing and runs every test. Ends with one line that sums them up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { runChecks } from './checks.mjs';
import { runEndToEnd } from './e2e.mjs';
import { out, runScript, StepFailed, say } from './project.mjs';
import { runTool, setup } from './setup.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const results = join(out, 'results');

/** A runner's JSON results; null when it ended without writing any. @param {string} file */
function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @returns {Promise<Count>} */
async function quickChecks() {
  const checks = await runChecks();
  const passed = checks.filter((check) => check.passed).length;
  return { passed, failed: checks.length - passed, skipped: 0 };
}

/** @returns {Promise<Count>} */
async function programTests() {
  const file = join(results, 'vitest.json');
  const code = await runTool('vitest/vitest.mjs', [
    'run',
    '--coverage',
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
  const file = join(results, 'playwright.json');
  await bundle();
  const code = await runEndToEnd(['--project=e2e', '--reporter=list,json'], { jsonResults: file });
  const found = readResults(file);
  if (found === null) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, unexpected, flaky, skipped } = found.stats;
  if (flaky > 0) say(`${flaky} of the end-to-end tests passed only at the second attempt.`);
  return withExitCode({ passed: expected + flaky, failed: unexpected, skipped }, code);
}

/** A runner that failed for another reason than a test (a broken file, a coverage bound) counts as one failure. @param {Count} count @param {number} code @returns {Count} */
function withExitCode(count, code) {
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

/**
 * Runs a part and says how long it took. A part that throws is one failure, and the parts after it still run.
 * @param {string} name @param {() => Promise<Count>} part @returns {Promise<Count>}
 */
async function counted(name, part) {
  say(`\n${name}`);
  const started = Date.now();
  const count = await part().catch((error) => {
    say(error instanceof StepFailed ? error.message : String(error instanceof Error ? error.stack : error));
    return { passed: 0, failed: 1, skipped: 0 };
  });
  say(`${name}: ${inWords(count)}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return count;
}

/** @param {Count} count */
function inWords({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}

/** @type {readonly (readonly [string, () => Promise<Count>])[]} */
const parts = [
  ['Checks', quickChecks],
  ['Tests of the domain, the vault, faults and hostile input', programTests],
  ['Tests in the real app, as an ordinary user, with the sandbox on', endToEndTests],
];

await runScript(async () => {
  await setup({ window: true, tests: true });
  rmSync(results, { recursive: true, force: true });
  mkdirSync(results, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const [name, part] of parts) {
    const { passed, failed, skipped } = await counted(name, part);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 ? 0 : 1;
});
