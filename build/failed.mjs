// What failed, out of the JSON results of the runners, so that the last lines of a long log name it.

/** The first line of a message, without colours. @param {unknown} message */
function firstLine(message) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with the escape character.
  const plain = String(message ?? '').replace(/\u001b\[[0-9;]*m/g, '');
  return (plain.trim().split('\n')[0] ?? '').slice(0, 200);
}

/**
 * @typedef {{ name?: string, status?: string, message?: string, assertionResults?: { status: string, fullName: string, failureMessages?: string[] }[] }} VitestFile
 */

/**
 * Failed tests of Vitest, and files that could not be run at all: `file: name: reason`.
 * @param {{ testResults?: VitestFile[] }} results @param {string} folder the project's, taken off the names
 * @returns {string[]}
 */
export function failedOfVitest({ testResults = [] }, folder) {
  return testResults.flatMap(({ name = '', status, message, assertionResults = [] }) => {
    const file = name.startsWith(`${folder}/`) ? name.slice(folder.length + 1) : name;
    const tests = assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => `${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
    return tests.length === 0 && status === 'failed' ? [`${file}: ${firstLine(message)}`] : tests;
  });
}

/**
 * @typedef {{ error?: { message?: string } }} PlaywrightResult
 * @typedef {{ title: string, file?: string, ok: boolean, tests?: { results?: PlaywrightResult[] }[] }} PlaywrightSpec
 * @typedef {{ specs?: PlaywrightSpec[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 */

/**
 * Specs of Playwright that failed at every attempt: `file: title: reason`.
 * @param {PlaywrightSuite} results
 * @returns {string[]}
 */
export function failedOfPlaywright({ specs = [], suites = [] }) {
  const here = specs
    .filter(({ ok }) => !ok)
    .map(({ title, file = '', tests = [] }) => {
      const errors = tests.flatMap(({ results = [] }) => results).flatMap(({ error }) => (error === undefined ? [] : [error.message]));
      return `${file}: ${title}: ${firstLine(errors.at(-1))}`;
    });
  return [...here, ...suites.flatMap(failedOfPlaywright)];
}
