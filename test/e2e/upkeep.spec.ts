import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { drive, secret } from '../faults/driver.ts';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Looking after a vault in Settings: room on the disk, evidence verified, the vault key changed, a person's access ended. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('upkeep');
const vault = join(folder, 'Firm.sealbook');
const lead = { name: 'Ada Lindqvist', email: 'ada@example.org' };
const other = { name: 'Bo Castellan', email: 'bo@example.org', passphrase: 'gravel window thunder maple' };
let opened: OpenedApp;
let page: Page;

/** A vault with a destroyed file, a damaged one, a whole one, and a second person. */
async function prepare(): Promise<void> {
  const driver = drive(join(import.meta.dirname, '..', '..'));
  const { call, hand } = driver;
  await call('vault.create', { token: hand(vault, 'new-vault'), name: 'Firm', person: lead, passphrase: secret });
  await call('people.add', { ...other, role: 'auditor' });
  const audit = { title: 'Yearly audit', organisation: 'Harbour Clinic', periodFrom: '', periodTo: '', packIds: ['hipaa-security'] };
  const { id: auditId } = await call('audits.create', audit);
  const ids: EvidenceId[] = [];
  for (const name of ['gone', 'damaged', 'whole']) {
    const path = join(folder, `${name}.bin`);
    writeFileSync(path, randomBytes(3 * 1024 * 1024));
    const [result] = await call('evidence.attachPicked', { auditId, tokens: [hand(path, 'read')], controls: [] });
    if (result?.evidence) ids.push(result.evidence.id);
  }
  await call('evidence.destroy', { evidenceId: ids[0] as EvidenceId, reason: 'test' });
  driver.process.session?.chunks.raw.exec(
    'UPDATE chunk SET data = zeroblob(100) WHERE position = 1 AND object = (SELECT min(number) FROM object)',
  );
  driver.close();
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mkdirSync(folder, { recursive: true });
  await prepare();
  opened = await openApp();
  page = opened.page;
  await answerOpenDialog(opened.app, [vault]);
  await page.getByRole('button', { name: 'Open a vault folder' }).click();
  await journey.unlock(page, { person: lead.name, passphrase: secret });
  await journey.openScreen(page, 'settings');
});
test.afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('room that destroyed evidence left is told and given back', async () => {
  const file = join(vault, 'evidence.db');
  const before = statSync(file).size;
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Room on the disk' }) });
  await expect(section).toContainText('4.');
  await journey.press(page, section.getByRole('button', { name: /^Give back 4\.\d\sMB/ }));
  await expect(page.locator('.toast', { hasText: 'given back to the disk' })).toBeVisible();
  await expect(section).toContainText('Nothing is unused.');
  expect(before - statSync(file).size).toBeGreaterThanOrEqual(3 * 1024 * 1024);
});

test('verifying all evidence names the damaged piece, and remembers it', async () => {
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Evidence', exact: true }) });
  await expect(section).toContainText('2 sealed files have never been verified.');
  await journey.press(page, section.getByRole('button', { name: 'Verify all evidence' }));
  await expect(section.getByText('E-002 in Yearly audit')).toBeVisible();
  await section.scrollIntoViewIfNeeded();
  await keepPicture(page);
  await journey.openScreen(page, 'audits');
  await journey.openScreen(page, 'settings');
  await journey.press(page, section.getByRole('button', { name: 'E-002 in Yearly audit' }));
  await expect(page.locator('.evidence-detail__title')).toHaveText('damaged');
  await journey.openScreen(page, 'settings');
});

test('the check of the vault says the same of it: attach it again, the rest is whole', async () => {
  const section = page.locator('section', { has: page.getByRole('heading', { name: 'Vault check' }) });
  await journey.press(page, section.getByRole('button', { name: 'Check the vault' }));
  await expect(section).toContainText('1 problem found.');
  await expect(section).toContainText('E-002 in Yearly audit: Chunk 1');
  await expect(section).toContainText('Attach the same file again');
});

test('the vault key is changed with the passphrase, and the vault stays open', async () => {
  await journey.press(page, page.getByRole('button', { name: 'Change the vault key' }));
  const dialog = page.getByRole('dialog', { name: 'Change the vault key' });
  await dialog.getByLabel('Current passphrase').fill('not this one');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('That passphrase does not open this vault.')).toBeVisible();
  await dialog.getByLabel('Current passphrase').focus();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await journey.press(page, page.getByRole('button', { name: 'Change the vault key' }));
  await dialog.getByLabel('Current passphrase').fill(secret);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect(page.getByText(/^Key 2, since today/)).toBeVisible();
});

test('a person whose access ended is not on the unlock screen any more, and stays in the list', async () => {
  await journey.press(page, page.getByRole('button', { name: `End the access of ${other.name}` }));
  const dialog = page.getByRole('dialog', { name: `End the access of ${other.name}?` });
  await keepPicture(page);
  await dialog.getByLabel('Current passphrase').fill(secret);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await expect(page.getByRole('row', { name: new RegExp(other.name) })).toContainText('until');
  await page.keyboard.press('Control+l');
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
  await expect(page.getByText(other.name)).toHaveCount(0);
  await journey.unlock(page, { passphrase: secret });
});
