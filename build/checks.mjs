// The quick checks: format and lint, types of every room, import directions.
import { readFileSync } from 'node:fs';
import { capture, inProject, say, toolNode } from './project.mjs';

/** One check as it is counted: its name, whether it passed, and what it printed. @typedef {{ name: string, passed: boolean, output: string }} CheckResult */

/** @param {string} name @param {string} command @param {readonly string[]} args @returns {Promise<CheckResult>} */
async function check(name, command, args) {
  const { code, output } = await capture(command, args);
  return { name, passed: code === 0, output };
}

/** @param {string} script path below node_modules @param {readonly string[]} args */
const tool = (script, args) => /** @type {const} */ ([toolNode(), [inProject('node_modules', script), ...args]]);

function typedProjects() {
  /** @type {{ references: { path: string }[] }} */
  const { references } = JSON.parse(readFileSync(inProject('tsconfig.json'), 'utf8'));
  return references.map(({ path }) => path);
}

/**
 * Runs all quick checks and says how each went.
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks() {
  const checks = [
    () => check('Format and lint', ...tool('@biomejs/biome/bin/biome', ['check', '--colors=off', '.'])),
    ...typedProjects().map((path) => () => check(`Types of ${path}`, ...tool('typescript/bin/tsc', ['-p', path]))),
    () =>
      check(
        'Import directions',
        ...tool('dependency-cruiser/bin/dependency-cruiser.mjs', [
          '--config',
          '.dependency-cruiser.cjs',
          '--output-type',
          'err',
          'electron',
          'renderer',
          'shared',
        ]),
      ),
  ];
  /** @type {CheckResult[]} */
  const results = [];
  for (const start of checks) {
    const result = await start();
    results.push(result);
    say(`${result.passed ? 'passed' : 'FAILED'}  ${result.name}`);
    if (!result.passed) say(result.output.trimEnd());
  }
  return results;
}
