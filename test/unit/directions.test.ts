import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let project = '';

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'sealbook-directions-'));
  copyFileSync(join(root, '.dependency-cruiser.cjs'), join(project, '.dependency-cruiser.cjs'));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

/** Names of the rules that a project with these files breaks. */
function brokenRules(files: Readonly<Record<string, string>>): string[] {
  for (const folder of ['electron', 'renderer', 'shared', 'test']) {
    rmSync(join(project, folder), { recursive: true, force: true });
    mkdirSync(join(project, folder));
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'electron', 'renderer', 'shared'];
  const output = execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { summary } = JSON.parse(output) as { summary: { violations: { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
}

const value = 'export const a = 1; export type A = number;';

test('what is allowed breaks no rule', () => {
  const files = {
    'shared/domain/a.ts': value,
    'shared/domain/b.ts': "import { a } from './a.ts'; export const b = a;",
    'shared/ipc/a.ts':
      "import { z } from 'zod'; import { a } from '../domain/a.ts'; export type A = number; export const b = z.literal(a);",
    'renderer/a.ts': "import { a } from '../shared/domain/a.ts'; import type { A } from '../shared/ipc/a.ts'; export const b: A = a;",
    'electron/preload/a.ts':
      "import { ipcRenderer } from 'electron'; import type { A } from '../../shared/ipc/a.ts'; export const b: A = ipcRenderer;",
    'electron/main/a.ts': "import { app } from 'electron'; import { b } from '../../shared/ipc/a.ts'; export const c = [app, b];",
    'electron/reader/a.ts':
      "import { unzipSync } from 'fflate'; import { a } from '../../shared/domain/a.ts'; export const b = [a, unzipSync];",
    'electron/vault/a.ts':
      "import { readFileSync } from 'node:fs'; import { a } from '../../shared/domain/a.ts'; export const b = [a, readFileSync];",
  };
  expect(brokenRules(files)).toEqual([]);
});

const forbidden: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['domain-alone', 'shared/domain/x.ts', "import { z } from 'zod'; export const x = z;"],
  ['domain-alone', 'shared/domain/x.ts', "import { join } from 'node:path'; export const x = join;"],
  ['domain-alone', 'shared/domain/x.ts', "import type { A } from '../ipc/a.ts'; export type X = A;"],
  ['ipc-domain-and-zod', 'shared/ipc/x.ts', "import { join } from 'node:path'; export const x = join;"],
  ['ipc-domain-and-zod', 'shared/ipc/x.ts', "import { a } from '../checklists/a.ts'; export const x = a;"],
  ['checklists-domain-zod-yaml', 'shared/checklists/x.ts', "import { readFileSync } from 'node:fs'; export const x = readFileSync;"],
  ['renderer-not-electron', 'renderer/x.ts', "import { a } from '../electron/vault/a.ts'; export const x = a;"],
  ['renderer-not-electron', 'renderer/x.ts', "import { z } from 'zod'; export const x = z;"],
  ['renderer-not-node', 'renderer/x.ts', "import { join } from 'node:path'; export const x = join;"],
  ['renderer-ipc-types-only', 'renderer/x.ts', "import { a } from '../shared/ipc/a.ts'; export const x = a;"],
  ['preload-alone', 'electron/preload/x.ts', "import { a } from '../vault/a.ts'; export const x = a;"],
  ['preload-alone', 'electron/preload/x.ts', "import { z } from 'zod'; export const x = z;"],
  ['preload-ipc-types-only', 'electron/preload/x.ts', "import { a } from '../../shared/ipc/a.ts'; export const x = a;"],
  ['main-not-vault', 'electron/main/x.ts', "import { a } from '../vault/a.ts'; export const x = a;"],
  ['main-not-vault', 'electron/main/x.ts', "import database from '@signalapp/sqlcipher'; export const x = database;"],
  ['vault-not-electron', 'electron/vault/x.ts', "import { app } from 'electron'; export const x = app;"],
  ['vault-not-electron', 'electron/vault/x.ts', "import { a } from '../main/a.ts'; export const x = a;"],
  ['reader-keyless', 'electron/reader/x.ts', "import { a } from '../vault/a.ts'; export const x = a;"],
  ['reader-keyless', 'electron/reader/x.ts', "import { a } from '../../shared/ipc/a.ts'; export const x = a;"],
  ['reader-keyless', 'electron/reader/x.ts', "import { readFileSync } from 'node:fs'; export const x = readFileSync;"],
  ['reader-keyless', 'electron/reader/x.ts', "import database from '@signalapp/sqlcipher'; export const x = database;"],
  ['reader-tables', 'electron/reader/pdf-data.ts', "import { a } from '../vault/a.ts'; export const x = a;"],
  ['reader-alone', 'electron/vault/x.ts', "import { a } from '../reader/a.ts'; export const x = a;"],
  ['reader-alone', 'electron/main/x.ts', "import type { A } from '../reader/a.ts'; export type X = A;"],
  ['crypto-alone', 'electron/vault/crypto/x.ts', "import { a } from '../a.ts'; export const x = a;"],
  ['migrations-frozen', 'electron/vault/db/migrations/0001-x.ts', "import { a } from '../../a.ts'; export const x = a;"],
  ['cli-not-window', 'electron/cli/x.ts', "import { a } from '../main/a.ts'; export const x = a;"],
  ['product-not-tests', 'electron/vault/x.ts', "import { a } from '../../test/a.ts'; export const x = a;"],
  ['no-circles', 'electron/vault/x.ts', "import { y } from './y.ts'; export const x = () => y;"],
  ['resolvable', 'electron/vault/x.ts', "import { a } from './nowhere.ts'; export const x = a;"],
];

test.each(forbidden)('%s: %s with `%s` fails', (rule, file, text) => {
  const targets = [
    'shared/domain/a.ts',
    'shared/ipc/a.ts',
    'shared/checklists/a.ts',
    'electron/vault/a.ts',
    'electron/main/a.ts',
    'electron/reader/a.ts',
    'test/a.ts',
  ];
  const files = Object.fromEntries(targets.map((target) => [target, value]));
  const circle = { 'electron/vault/y.ts': "import { x } from './x.ts'; export const y = () => x;" };
  expect(brokenRules({ ...files, ...(rule === 'no-circles' ? circle : {}), [file]: text })).toContain(rule);
});
