import { expect, test } from 'vitest';
import { forbiddenContent } from '../../build/bundle-check.mjs';
import { failedOfPlaywright, failedOfVitest } from '../../build/failed.mjs';
import { collectLicences } from '../../build/licences.mjs';
import { missingEntries, platformOf, readLockfile } from '../../build/lockfile.mjs';
import { assertReleasable } from '../../build/runtime.mjs';
import { missingPackagesCommand } from '../../build/setup.mjs';

test.each([
  ['import"node:fs"', 'a Node module'],
  ["require('node:path')", 'a Node module'],
  ['require("@signalapp/sqlcipher")', 'the database addon'],
  ['require("@node-rs/argon2")', 'the passphrase addon'],
  ['const a={node:1};f("node: text")', null],
])('in a bundle of the window, %s is %s', (code, found) => {
  expect(forbiddenContent(code)).toBe(found);
});

test.each([
  ['@swc/core-darwin-arm64', { cpu: ['arm64'], os: ['darwin'] }],
  ['@rollup/rollup-linux-arm-musleabihf', { cpu: ['arm'], libc: ['musl'], os: ['linux'] }],
  ['@napi-rs/canvas-linux-riscv64-gnu', { cpu: ['riscv64'], libc: ['glibc'], os: ['linux'] }],
  ['@rollup/rollup-win32-x64-gnu', { cpu: ['x64'], os: ['win32'] }],
])('%s runs on %j', (name, platform) => {
  expect(platformOf(name)).toEqual(platform);
});

test('an optional package that is not locked is missing, wherever it would be found', () => {
  const packages = {
    '': {},
    'node_modules/a': { dev: true, optionalDependencies: { 'b-linux-x64': '1.0.0', 'c-darwin-x64': '2.0.0' } },
    'node_modules/a/node_modules/b-linux-x64': { version: '1.0.0' },
  };
  expect(missingEntries({ packages })).toEqual({
    'node_modules/c-darwin-x64': { version: '2.0.0', cpu: ['x64'], os: ['darwin'], dev: true, optional: true },
  });
});

test('the lockfile is complete, so that it installs on every platform', () => {
  expect(Object.keys(missingEntries(readLockfile()))).toEqual([]);
});

test('every package that ships states its licence', () => {
  const licences = collectLicences();
  expect(licences.length).toBeGreaterThan(20);
  expect(licences.filter(({ licence }) => licence === 'unknown')).toEqual([]);
});

test('only the Debian packages that are missing are named, in one command', () => {
  const needs = [
    { program: 'xvfb-run', debian: 'xvfb' },
    { library: 'libnss3.so', debian: 'libnss3' },
    { program: 'qpdf', debian: 'qpdf' },
  ];
  expect(missingPackagesCommand(needs, () => true)).toBeNull();
  expect(missingPackagesCommand(needs, ({ program }) => program === 'xvfb-run')).toBe(
    'apt-get install -y --no-install-recommends libnss3 qpdf',
  );
});

test('a program or library that is nowhere is missing', () => {
  expect(
    missingPackagesCommand([
      { program: 'no-such-program-here', debian: 'a' },
      { library: 'libnowhere.so.9', debian: 'b' },
    ]),
  ).toMatch(/ a b$/);
});

test('a release refuses the development runtime unless it is asked for', () => {
  const development = { development: true, version: '25.1.1' };
  expect(() => assertReleasable(development, ['node', 'build/dist.mjs'])).toThrow(/needs Electron 45\.\d.*--development-runtime/);
  expect(() => assertReleasable(development, ['node', 'build/dist.mjs', '--development-runtime'])).not.toThrow();
  expect(() => assertReleasable({ development: false, version: '45.4.1' }, [])).not.toThrow();
});

test('the last lines of a run name each failed test, and each file that broke, with the reason', () => {
  const testResults = [
    {
      name: '/project/test/unit/a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'adding adds' },
        {
          status: 'failed',
          fullName: 'adding is quick',
          failureMessages: ['\u001b[31mAssertionError: expected 7 to be 8\u001b[39m\n  at line'],
        },
      ],
    },
    { name: '/project/test/unit/b.test.ts', status: 'failed', message: 'Unexpected token\nat 3', assertionResults: [] },
    { name: '/project/test/unit/c.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'holds' }] },
  ];
  expect(failedOfVitest({ testResults }, '/project')).toEqual([
    'test/unit/a.test.ts: adding is quick: AssertionError: expected 7 to be 8',
    'test/unit/b.test.ts: Unexpected token',
  ]);
});

test('a spec that passed at its second attempt is not among the failed', () => {
  const failing = { error: { message: 'Error: not focused\nwaited' } };
  const specs = [
    { title: 'opens', file: 'a.spec.ts', ok: false, tests: [{ results: [failing, failing] }] },
    { title: 'closes', file: 'a.spec.ts', ok: true, tests: [{ results: [failing, {}] }] },
  ];
  expect(failedOfPlaywright({ suites: [{ suites: [{ specs }] }] })).toEqual(['a.spec.ts: opens: Error: not focused']);
});
