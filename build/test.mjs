// Installs what is missing and runs every test. Ends with one line that sums them up.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { runChecks } from './checks.mjs';
import { runEndToEnd } from './e2e.mjs';
import { failedOfPlaywright, failedOfVitest } from './failed.mjs';
import { out, root, runScript, StepFailed, say } from './project.mjs';
import { runTool, setup } from './setup.mjs';

/** `names` are those of what failed. @typedef {{ passed: number, failed: number, skipped: number, names: readonly string[] }} Count */

const results = join(out, 'results');

/** A runner's JSON results; null when it ended without writing any. @param {string} file */
function readResults(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** @returns {Promise<Count>} */
async function quickChecks() {
  const checks = await runChecks();
  const passed = checks.filter((check) => check.passed).length;
  const names = checks.filter((check) => !check.passed).map(({ name }) => name);
  return { passed, failed: names.length, skipped: 0, names };
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
  if (found === null) return noResults;
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = found;
  return withExitCode({ passed, failed, skipped: numPendingTests + numTodoTests, names: failedOfVitest(found, root) }, code);
}

/** @returns {Promise<Count>} */
async function endToEndTests() {
  const file = join(results, 'playwright.json');
  await bundle();
  const code = await runEndToEnd(['--project=e2e', '--reporter=list,json'], { jsonResults: file });
  const found = readResults(file);
  if (found === null) return noResults;
  const { expected, unexpected, flaky, skipped } = found.stats;
  if (flaky > 0) say(`${flaky} of the end-to-end tests passed only at the second attempt.`);
  return withExitCode({ passed: expected + flaky, failed: unexpected, skipped, names: failedOfPlaywright(found) }, code);
}

/** @type {Count} */
const noResults = { passed: 0, failed: 1, skipped: 0, names: ['no results were written'] };

/** A runner that failed for another reason than a test (a broken file, a coverage bound) counts as one failure. @param {Count} count @param {number} code @returns {Count} */
function withExitCode(count, code) {
  if (code === 0 || count.failed > 0) return count;
  return {
    ...count,
    failed: 1,
    names: [...count.names, `ended with code ${code} (a file that broke, something left behind, or the bound of the coverage)`],
  };
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
    return { passed: 0, failed: 1, skipped: 0, names: ['could not be run'] };
  });
  say(`${name}: ${inWords(count)}, ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return count;
}

/** @param {Pick<Count, 'passed' | 'failed' | 'skipped'>} count */
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
  /** @type {string[]} */
  const failures = [];
  for (const [name, part] of parts) {
    const { passed, failed, skipped, names } = await counted(name, part);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    failures.push(...names.map((failure) => `${name}: ${failure}`));
  }
  for (const failure of failures) console.log(`FAILED  ${failure}`);
  console.log(`\n${inWords(total)}`);
  return total.failed === 0 ? 0 : 1;
});
