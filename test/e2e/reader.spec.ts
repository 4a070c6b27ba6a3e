import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import { pdf } from './sample-files.ts';

/** The process that parses hostile files: what it knows, and that it may die. */

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'reads /proc');

const patient = { timeout: 30_000 };
const folder = temporaryFolder('reader');
const files = join(folder, 'files');
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mkdirSync(files);
  process.env.SEALBOOK_TEST_SECRET = 'not for the reader';
  opened = await openApp();
  page = opened.page;
  const person = { person: 'Ada Lindqvist', email: 'ada@example.org', passphrase: 'copper lantern orchard tide' };
  await journey.createVault(opened.app, page, { folder, name: 'Firm', ...person });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Read audit', checklists: [/HIPAA Security/] });
});
test.afterAll(async () => {
  await opened.close();
  delete process.env.SEALBOOK_TEST_SECRET;
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('a file is parsed in a process that has no vault file open and knows nothing of where it runs', async () => {
  const contents = { 'notes.txt': 'words of the notes\n', 'policy.pdf': pdf('Policy'), 'second.txt': 'words of the second\n' };
  const paths = Object.entries(contents).map(([name, content]) => {
    writeFileSync(join(files, name), content);
    return join(files, name);
  });
  await journey.openScreen(page, 'walkthrough');
  await journey.attachByPicker(opened.app, page, paths);
  await journey.openScreen(page, 'evidence');
  await page.getByRole('row', { name: /\bnotes\b/ }).click();
  await expect(page.locator('.evidence-detail__preview')).toContainText('words of the notes', patient);
  const reader = await readerId();
  expect(reader).toBeGreaterThan(0);
  expect(openFiles(reader).filter((path) => path.startsWith(folder))).toEqual([]);
  const environment = readFileSync(`/proc/${reader}/environ`, 'utf8');
  expect(environment).not.toContain('SEALBOOK');
});

test('it is killed, and the next file is read by another one', async () => {
  const before = await readerId();
  process.kill(before, 'SIGKILL');
  await page.getByRole('row', { name: /\bpolicy\b/ }).click();
  await expect(page.locator('.evidence-detail__preview canvas').first()).toBeVisible(patient);
  const after = await readerId();
  expect([after > 0, after === before]).toEqual([true, false]);
});

test('it ends when the vault is locked', async () => {
  await journey.lock(page);
  await expect.poll(readerId, patient).toBe(0);
});

/** 0 where none runs. */
function readerId(): Promise<number> {
  return opened.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name, serviceName }) => [name, serviceName].includes('Sealbook reader'))?.pid ?? 0,
  );
}

function openFiles(pid: number): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${name}`)];
    } catch {
      // Closed since it was listed.
      return [];
    }
  });
}
