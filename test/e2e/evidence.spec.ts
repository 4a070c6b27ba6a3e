import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, answerSaveDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import { hostileHtml, pdf, png } from './sample-files.ts';

/** Evidence on every way into the vault, looked at, handed out and destroyed. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('evidence');
const files = join(folder, 'files');
const passphrase = 'copper lantern orchard tide';
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mkdirSync(files);
  opened = await openApp();
  page = opened.page;
  await journey.createVault(opened.app, page, { folder, name: 'Firm', person: 'Ada Lindqvist', email: 'ada@example.org', passphrase });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Evidence audit', checklists: [/HIPAA Security/] });
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('several dropped files are sealed, each with its result', async () => {
  await journey.openScreen(page, 'walkthrough');
  await drop('.workbench__pane', [
    { name: 'log.txt', type: 'text/plain', bytes: Buffer.from('line one\nline two\n') },
    { name: 'screen.png', type: 'image/png', bytes: png(40, 30) },
    { name: 'page.html', type: 'text/html', bytes: Buffer.from(hostileHtml) },
    { name: 'empty.log', type: 'text/plain', bytes: Buffer.alloc(0) },
  ]);
  await expect(page.locator('.attach-line')).toHaveCount(4);
  expect(await journey.attachResults(page)).toEqual([
    'log.txt attached as E-001',
    'screen.png attached as E-002',
    'page.html attached as E-003',
    expect.stringMatching(/^empty\.log The file is empty and was not attached\./),
  ]);
  await expect(page.locator('.attached__title')).toHaveText(['log', 'screen', 'page']);
});

test('a pasted screenshot is named after its time', async () => {
  await page.getByRole('button', { name: 'Dismiss all' }).click();
  await page.evaluate(
    (bytes) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      document.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
    },
    [...png(24, 24)],
  );
  await expect(page.locator('.attach-line')).toHaveText(/Screenshot \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png\s*attached as E-004/);
  await page.getByRole('button', { name: 'Dismiss all' }).click();
});

test('picked files: the same content is linked, an empty and a vanished one are told, the others are attached', async () => {
  const paths = {
    good: write('minutes.txt', 'Minutes of the meeting'),
    again: write('copy-of-log.txt', 'line one\nline two\n'),
    empty: write('nothing.csv', ''),
    vanished: write('gone.txt', 'soon gone'),
    document: write('policy.pdf', pdf('Policy of the clinic')),
  };
  rmSync(paths.vanished);
  const results = await journey.attachByPicker(opened.app, page, Object.values(paths));
  expect(results).toEqual([
    'minutes.txt attached as E-005',
    expect.stringMatching(/^copy-of-log\.txt already here as E-001, not stored twice\. E-001 is linked to /),
    expect.stringMatching(/^nothing\.csv The file is empty and was not attached\./),
    expect.stringMatching(/^gone\.txt The file cannot be read\./),
    'policy.pdf attached as E-006',
  ]);
});

test('images, PDFs and text are shown; HTML is shown as text and runs nothing', async () => {
  await journey.openScreen(page, 'evidence');
  await choose('screen');
  const picture = page.locator('.evidence-detail__preview img');
  await expect(picture).toBeVisible();
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(40);

  await choose('policy');
  await expect(page.locator('.evidence-detail__preview canvas').first()).toBeVisible();

  await choose('minutes');
  await expect(page.locator('.evidence-detail__preview')).toContainText('Minutes of the meeting');

  await choose('page');
  await expect(page.locator('.evidence-detail__preview')).toContainText('<script>top.executed = 1');
  await expect(page.locator('.evidence-detail__preview')).toContainText('onerror=');
  expect(await page.locator('.evidence-detail__preview iframe, .evidence-detail__preview script').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(self, 'executed'))).toBeUndefined();
});

test('the exported original is the same to the byte, and verifying again finds it unchanged', async () => {
  await choose('policy');
  const target = join(folder, 'exported.pdf');
  await answerSaveDialog(opened.app, target);
  await page.getByRole('button', { name: 'Export original' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Export policy.pdf' });
  await dialog.getByLabel('Reason').fill('Asked for by the client');
  await dialog.getByRole('button', { name: 'Choose a place' }).click();
  await expect(page.locator('.toast', { hasText: 'exported.pdf exported' })).toBeVisible();
  expect(sha256(target)).toBe(sha256(join(files, 'policy.pdf')));

  await page.getByRole('button', { name: 'Verify again' }).click();
  await expect(page.getByText('Unchanged: the sealed content has this SHA-256')).toBeVisible();
  await expect(page.locator('.facts__digits')).toContainText(sha256(target));
  await page.getByRole('tab', { name: /Custody/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Asked for by the client');
  await expect(page.getByRole('tabpanel')).toContainText('Exported');
  await page.getByRole('tab', { name: /Details/ }).click();
});

test('linked evidence cannot be destroyed; without links it can, with a reason', async () => {
  await choose('minutes');
  const destroy = page.getByRole('button', { name: 'Destroy', exact: true });
  await expect(destroy).toBeDisabled();
  await expect(page.getByText('Remove its links first')).toBeVisible();
  await page.getByRole('tab', { name: /Links/ }).click();
  await page.getByRole('button', { name: /^Unlink / }).click();
  await expect(page.getByText('No control uses it yet.')).toBeVisible();
  await page.getByRole('tab', { name: /Details/ }).click();
  await destroy.click();
  const dialog = page.getByRole('dialog', { name: /^Destroy E-005/ });
  const confirm = dialog.getByRole('button', { name: 'Destroy evidence' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Reason').fill('Attached by mistake');
  await confirm.click();
  await expect(page.locator('.toast', { hasText: 'E-005 destroyed' })).toBeVisible();
  await expect(page.getByRole('row', { name: /minutes/ })).toHaveCount(0);
  await journey.openScreen(page, 'trail');
  await expect(page.getByText('Destroyed evidence').first()).toBeVisible();
});

test('a large file that is cancelled leaves nothing', async () => {
  await journey.openScreen(page, 'evidence');
  const rows = page.getByRole('row');
  await expect(rows.nth(1)).toBeVisible();
  const before = await rows.count();
  const size = vaultSize();
  const large = write('dump.bin', '');
  truncateSync(large, 600 * 1024 * 1024);
  await answerOpenDialog(opened.app, [large]);
  await page.keyboard.press('e');
  const progress = page.locator('.attach-status').getByRole('progressbar');
  await expect(progress).toBeVisible();
  await page.locator('.attach-status').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.locator('.attach-line', { hasText: 'dump.bin' })).toContainText('cancelled, not attached');
  await expect(progress).toHaveCount(0);
  expect(await rows.count()).toBe(before);
  await journey.openScreen(page, 'settings');
  await page.getByRole('button', { name: 'Check the vault' }).click();
  await expect(page.getByText('The vault is whole.')).toBeVisible({ timeout: 60_000 });
  // Room for the pieces sealed before the click stays in the file at most until it is used again.
  expect(vaultSize() - size).toBeLessThan(64 * 1024 * 1024);
  expect(readdirSync(join(folder, 'Firm.sealbook')).filter((name) => /tmp|part|\.new/.test(name))).toEqual([]);
  expect(existsSync(large)).toBe(true);
});

interface DroppedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

test('the body of evidence is handed out as a folder and taken in again', async () => {
  await journey.openScreen(page, 'evidence');
  const body = join(folder, 'Body of evidence');
  await answerSaveDialog(opened.app, body);
  await page.getByRole('button', { name: 'Body of evidence' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Hand out evidence' }).press('Enter');
  await journey.write(page, 'Reason', 'Asked for by counsel');
  await journey.press(page, page.getByRole('dialog').getByRole('button', { name: 'Choose a place' }));
  await expect(page.getByText(/^Body of evidence: \d+ pieces?/)).toBeVisible();
  expect(execFileSync('sha256sum', ['--quiet', '-c', 'SHA256SUMS'], { cwd: body, encoding: 'utf8' })).toBe('');
  await answerOpenDialog(opened.app, [body]);
  await page.getByRole('button', { name: 'Body of evidence' }).press('Enter');
  await page.getByRole('menuitem', { name: 'Take in a body of evidence' }).press('Enter');
  await journey.press(page, page.getByRole('dialog').getByRole('button', { name: 'Choose a folder' }));
  await expect(page.getByRole('dialog')).toContainText(/\d+ linked, none attached, no problem/);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

/** Drops real `File` objects on the element, with the events that a file manager causes. */
async function drop(selector: string, dropped: readonly DroppedFile[]): Promise<void> {
  const parts = dropped.map(({ name, type, bytes }) => ({ name, type, bytes: [...bytes] }));
  await page.evaluate(
    ({ selector: where, parts: list }) => {
      const transfer = new DataTransfer();
      for (const { name, type, bytes } of list) transfer.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const target = document.querySelector(where);
      for (const kind of ['dragenter', 'dragover', 'drop'])
        target?.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
    },
    { selector, parts },
  );
}

/** Opens a piece of evidence of the register. */
async function choose(title: string): Promise<void> {
  await page
    .getByRole('row', { name: new RegExp(`\\b${title}\\b`) })
    .first()
    .click();
  await expect(page.locator('.evidence-detail__title')).toHaveText(title);
}

function write(name: string, content: string | Buffer): string {
  const path = join(files, name);
  writeFileSync(path, content);
  return path;
}

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

function vaultSize(): number {
  const vault = join(folder, 'Firm.sealbook');
  return readdirSync(vault).reduce((sum, name) => sum + statSync(join(vault, name)).size, 0);
}
