import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, answerSaveDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Evidence is asked of the client and ticked off as it arrives, with the keyboard alone. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('requests');
const passphrase = 'copper lantern orchard tide';
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mkdirSync(join(folder, 'files'));
  opened = await openApp();
  page = opened.page;
  await journey.createVault(opened.app, page, { folder, name: 'Firm', person: 'Ada Lindqvist', email: 'ada@example.org', passphrase });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Requests audit', checklists: [/HIPAA Security/] });
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('what the checklist expects becomes drafts, chosen from a list', async () => {
  await journey.openScreen(page, 'requests');
  await page.getByRole('button', { name: 'Propose requests' }).first().waitFor();
  await page.keyboard.press('p');
  const dialog = page.getByRole('dialog', { name: 'Propose requests' });
  await journey.write(page, 'Search by text or citation', '164.308(a)(1)(ii)(A)');
  const all = dialog.getByRole('checkbox', { name: /^All \d+$/ });
  await journey.press(page, all, 'Space');
  await journey.write(page, 'Asked of, for all of them', 'IT');
  await journey.press(page, dialog.getByRole('button', { name: /^Make \d+ drafts$/ }));
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole('row', { name: /^R-001 .*IT.*Draft/ })).toBeVisible();
  expect(await page.getByRole('row').count()).toBeGreaterThan(2);
});

test('one is written, asked, and saved by itself', async () => {
  await page.keyboard.press('n');
  await journey.write(page, 'What is wanted, in one line', 'Leaver list');
  await page.keyboard.press('Enter');
  const detail = page.getByRole('article', { name: /Leaver list$/ });
  await journey.press(page, detail.getByRole('button', { name: 'Mark as asked today' }));
  await expect(detail.getByRole('status')).toHaveText(/^Saved/);
  await journey.press(page, detail.getByRole('button', { name: 'Add controls' }));
  await journey.write(page, 'Search controls by citation or title', 'Termination procedures');
  await journey.press(page, page.getByRole('option', { name: /Termination procedures/ }).first(), 'Space');
  await journey.press(page, page.getByRole('button', { name: /^Link 1$/ }));
  await expect(detail.getByRole('button', { name: /Termination procedures/ })).toBeVisible();
});

test('a file attached to it is linked to it and to its control', async () => {
  const path = join(folder, 'files', 'leavers.csv');
  writeFileSync(path, 'name,left\nBen,2026-05-01\n');
  await answerOpenDialog(opened.app, [path]);
  await page.keyboard.press('e');
  const detail = page.getByRole('article', { name: /Leaver list$/ });
  await expect(detail.getByRole('button', { name: /E-001 leavers/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Leaver list .*Partly received/ })).toBeVisible();
  await journey.press(page, detail.getByRole('button', { name: 'Everything is here' }));
  await expect(page.getByRole('row', { name: /Leaver list .*Received/ })).toBeVisible();
});

test('at a control its open requests are shown, and what is attached there answers them', async () => {
  await journey.press(
    page,
    page
      .getByRole('row', { name: /^R-001/ })
      .getByRole('button')
      .first(),
  );
  const detail = page.getByRole('article', { name: /^R-001/ });
  await journey.press(page, detail.getByRole('button', { name: /^45 CFR 164\.308\(a\)\(1\)\(ii\)\(A\)/ }).first());
  await page.getByRole('radiogroup', { name: 'Verdict' }).waitFor();
  const file = join(folder, 'files', 'analysis.txt');
  writeFileSync(file, 'Risk analysis 2026');
  await journey.attachByPicker(opened.app, page, [file]);
  const asked = page.locator('.control-requests__item', { hasText: 'R-001' });
  await journey.press(page, asked.getByRole('button', { name: /^E-002 answers this$/ }));
  await expect(asked).toContainText('Partly received');
});

test('the list for the client is written as a workbook, and drafts become asked with it', async () => {
  await journey.openScreen(page, 'requests');
  const target = join(folder, 'list.xlsx');
  await answerSaveDialog(opened.app, target);
  await journey.press(page, page.getByRole('button', { name: 'List for the client' }));
  await journey.press(page, page.getByRole('button', { name: 'Choose a place' }));
  await expect(page.locator('.toast', { hasText: /list\.xlsx: \d+ requests/ })).toBeVisible();
  const rows = utils.sheet_to_json<string[]>(read(readFileSync(target), { type: 'buffer' }).Sheets['Evidence requests'] ?? {}, {
    header: 1,
  });
  expect(rows.flat()).toContain('R-001');
  expect(rows.flat()).not.toContain('Leaver list');
  await expect(page.getByRole('radio', { name: 'Drafts 0' })).toBeVisible();
});

test('a removed request comes back', async () => {
  await journey.press(
    page,
    page
      .getByRole('row', { name: /^R-002/ })
      .getByRole('button')
      .first(),
  );
  await journey.press(page, page.getByRole('article', { name: /^R-002/ }).getByRole('button', { name: 'Remove request' }));
  await expect(page.getByRole('row', { name: /^R-002/ })).toHaveCount(0);
  await journey.press(page, page.locator('.toast').getByRole('button', { name: 'Undo' }));
  await expect(page.getByRole('row', { name: /^R-002/ })).toBeVisible();
});
