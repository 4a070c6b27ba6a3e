import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Evidence on its further ways in: a folder, a picture of the screen, a note, a list, a mail; and its revisions. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('ways-in');
const passphrase = 'copper lantern orchard tide';
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  opened = await openApp();
  page = opened.page;
  await journey.createVault(opened.app, page, { folder, name: 'Firm', person: 'Ada Lindqvist', email: 'ada@example.org', passphrase });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Ways in', checklists: [/HIPAA Security/] });
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('every file of a folder is attached or told, links included', async () => {
  const site = made('site', { 'rules.txt': 'allow none', 'minutes/one.txt': 'minutes', 'empty.txt': '' });
  symlinkSync('/etc', join(site, 'link'));
  await journey.openScreen(page, 'evidence');
  await answerOpenDialog(opened.app, [site]);
  await way('f');
  await expect(page.locator('.attach-line')).toHaveCount(4);
  expect((await journey.attachResults(page)).sort()).toEqual([
    expect.stringMatching(/^empty\.txt The file is empty/),
    expect.stringMatching(/^link This is a link to another place/),
    'minutes/one.txt attached as E-002',
    'rules.txt attached as E-001',
  ]);
  await page.getByRole('button', { name: 'Dismiss all' }).click();
});

test('an interview is kept over a lock while it is typed, and sealed at its control', async () => {
  await journey.openScreen(page, 'walkthrough');
  const dialog = page.getByRole('dialog', { name: 'Write an interview record' });
  await way('i');
  await dialog.getByLabel('Title').fill('Talk with the head of IT');
  await dialog.getByLabel('People interviewed').fill('Jo Field, head of IT');
  await dialog.getByLabel('Text', { exact: true }).fill('Backups run nightly.');
  await expect(dialog.getByText(/^Saved/)).toBeVisible();
  await journey.lock(page);
  await journey.unlock(page, { passphrase });
  await journey.openAudit(page, 'Ways in');
  await journey.openScreen(page, 'walkthrough');
  await way('i');
  await expect(dialog.getByLabel('Text', { exact: true })).toHaveValue('Backups run nightly.');
  await keepPicture(page);
  await dialog.getByRole('button', { name: 'Seal as evidence' }).click();
  await expect(page.locator('.toast', { hasText: 'Sealed as E-003' })).toBeVisible();
  await expect(page.locator('.attached__title')).toHaveText(['Talk with the head of IT']);
});

test('a picture of the screen goes straight into the vault', async () => {
  await journey.openScreen(page, 'evidence');
  await way('s');
  const dialog = page.getByRole('dialog', { name: 'Take a picture of a screen or window' });
  await expect(dialog.locator('.capture__source').first()).toBeVisible();
  await dialog.getByText('Put this window out of the way').click();
  await dialog.getByRole('button', { name: 'Take the picture' }).click();
  await expect(page.locator('.attach-line')).toHaveText(/Screen \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.png\s*attached as E-004/);
  await choose('Screen ');
  await expect(page.getByLabel('How it was collected')).toHaveValue('Screenshot taken in Sealbook');
  await page.getByRole('button', { name: 'Dismiss all' }).click();
});

test('a list tells everything that is wrong with it, and attaches its files once nothing is', async () => {
  const listed = made('listed', { 'a.txt': 'listed a', 'b.txt': 'listed b' });
  const list = join(listed, 'list.csv');
  writeFileSync(list, 'path,control,description\na.txt,164.999,\n../x.txt,,\n');
  await way('l');
  const dialog = page.getByRole('dialog', { name: 'Attach by a list' });
  await answerOpenDialog(opened.app, [list]);
  await dialog.getByRole('button', { name: 'Choose the list' }).click();
  await expect(dialog.locator('.list-import__lines li')).toHaveText([/Line 2: 164\.999 is no control/, /Line 3: \.\.\/x\.txt leads out/]);
  writeFileSync(list, 'path,control,description\na.txt,164.308(a)(1)(ii)(A),First\nb.txt,,Second\n');
  await dialog.getByRole('button', { name: 'Choose again' }).click();
  await dialog.getByRole('button', { name: 'Attach 2 files' }).click();
  await expect(dialog.getByText('2 files attached', { exact: true })).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
});

test('a newer revision takes over the links; taken back, they return', async () => {
  const [revised] = [join(made('revised', { 'a v2.txt': 'listed a, second' }), 'a v2.txt')];
  await choose('a.txt');
  await page.getByRole('button', { name: 'Replace by a newer revision' }).click();
  const dialog = page.getByRole('dialog', { name: /^Replace E-005/ });
  await dialog.getByLabel('Reason').fill('It was corrected');
  await answerOpenDialog(opened.app, [revised]);
  await dialog.getByRole('button', { name: 'Choose the file' }).click();
  await expect(page.locator('.toast', { hasText: 'E-007 replaces E-005' })).toBeVisible();
  await expect(page.locator('.revisions li')).toHaveText([/E-007 a v2\.txt/, /E-005 a\.txt/]);
  await expect(page.getByRole('tab', { name: /Links/ })).toHaveText(/1/);
  await keepPicture(page);
  await page.getByRole('button', { name: 'Destroy', exact: true }).click();
  const confirm = page.getByRole('dialog', { name: /^Destroy E-007/ });
  await confirm.getByLabel('Reason').fill('Wrong file');
  await confirm.getByRole('button', { name: 'Destroy evidence' }).click();
  await expect(page.locator('.toast', { hasText: 'E-007 destroyed' })).toBeVisible();
  await choose('a.txt');
  await expect(page.getByRole('tab', { name: /Links/ })).toHaveText(/1/);
});

test('attachments of a mail become evidence of their own', async () => {
  const mail = join(made('mail', { 'answer.eml': eml }), 'answer.eml');
  await journey.attachByPicker(opened.app, page, [mail]);
  await page.getByRole('button', { name: 'Take its attachments' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Attachments of answer.eml' });
  await expect(dialog.getByText('This mail has 1 attachment.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Attach 1' }).click();
  await expect(page.locator('.toast', { hasText: 'policy.txt attached as E-009' })).toBeVisible();
  await choose('policy.txt');
  await expect(page.locator('.revisions__origin')).toHaveText(/Attachment of E-008 answer\.eml/);
});

const eml = [
  'From: Jo Field <jo@example.org>',
  'To: Ada <ada@example.org>',
  'Subject: The policy',
  'Date: Mon, 02 Mar 2026 10:00:00 +0000',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=cut',
  '',
  '--cut',
  'Content-Type: text/plain',
  '',
  'Here it is.',
  '--cut',
  'Content-Type: text/plain; name=policy.txt',
  'Content-Disposition: attachment; filename=policy.txt',
  '',
  'The policy in full.',
  '--cut--',
  '',
].join('\r\n');

/** A folder with these files. */
function made(name: string, files: Readonly<Record<string, string>>): string {
  const place = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(place, path, '..'), { recursive: true });
    writeFileSync(join(place, path), content);
  }
  return place;
}

/** Opens a piece of the register by a part of its row. */
async function choose(name: string): Promise<void> {
  await page
    .getByRole('row', { name: new RegExp(name.replace('.', '\\.')) })
    .first()
    .click();
  await expect(page.locator('.evidence-detail')).toBeVisible();
}

/** Starts one of the ways in by its keys, once the screen knows that it may. */
async function way(key: string): Promise<void> {
  await page.getByRole('button', { name: 'More ways' }).first().waitFor();
  await page.keyboard.press('a');
  await page.keyboard.press(key);
}
