import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, answerSaveDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Evidence is asked of the client, ticked off as it arrives, accounted for and handed out, with the keyboard alone. */

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

test('a hand-over is noted in the ledger, and the custody form is printed', async () => {
  await journey.openScreen(page, 'evidence');
  await page.keyboard.press('j');
  await openCustody();
  await journey.press(page, page.getByRole('button', { name: 'Note a hand-over' }));
  await journey.write(page, 'From', 'C. Meyer, personnel');
  await journey.write(page, 'To', 'Ada Lindqvist');
  await journey.write(page, 'Purpose', 'Sample of leavers');
  await journey.press(page, page.getByRole('button', { name: 'Note the hand-over' }));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const ledger = page.getByRole('tabpanel');
  await expect(ledger).toContainText('From C. Meyer, personnel to Ada Lindqvist');
  await expect(ledger).toContainText(/\d+ links of the trail hold/);
  const form = join(folder, 'form.pdf');
  await answerSaveDialog(opened.app, form);
  await journey.press(page, page.getByRole('button', { name: 'Custody form' }));
  await expect(page.locator('.toast', { hasText: 'form.pdf saved' })).toBeVisible();
  expect(readFileSync(form).subarray(0, 5).toString()).toBe('%PDF-');
});

test('what was destroyed can still be accounted for', async () => {
  await openTab(/Links/);
  while (
    (await page
      .getByRole('tabpanel')
      .getByRole('button', { name: /^Unlink / })
      .count()) > 0
  ) {
    const before = await page
      .getByRole('tabpanel')
      .getByRole('button', { name: /^Unlink / })
      .count();
    await journey.press(
      page,
      page
        .getByRole('tabpanel')
        .getByRole('button', { name: /^Unlink / })
        .first(),
    );
    await expect(page.getByRole('tabpanel').getByRole('button', { name: /^Unlink / })).toHaveCount(before - 1);
  }
  await openTab(/Details/);
  await journey.press(page, page.getByRole('button', { name: 'Destroy', exact: true }));
  await journey.write(page, 'Reason', 'Attached by mistake');
  await journey.press(page, page.getByRole('button', { name: 'Destroy evidence' }));
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await openMenu('Destroyed evidence');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Attached by mistake');
  await journey.press(page, dialog.getByRole('button', { name: 'leavers', exact: true }));
  await expect(dialog.locator('.custody__event').last()).toContainText('Destroyed');
  await page.keyboard.press('Escape');
});

test('the chosen evidence is handed out as one zip file and taken in again', async () => {
  const zip = join(folder, 'Body.zip');
  await answerSaveDialog(opened.app, zip);
  await openMenu('Hand out evidence');
  const dialog = page.getByRole('dialog');
  await journey.write(page, 'Reason', 'Asked for by counsel');
  await journey.tabTo(page, dialog.getByRole('radio', { name: 'A new folder' }));
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('radio', { name: 'One zip file' })).toBeChecked();
  await journey.press(page, dialog.getByRole('button', { name: 'Choose a place' }));
  await expect(page.locator('.toast', { hasText: /^Body\.zip: 1 piece/ })).toBeVisible();
  await answerOpenDialog(opened.app, [zip]);
  await openMenu('Take in a body of evidence');
  await journey.press(page, page.getByRole('dialog').getByRole('button', { name: 'Choose a zip file' }));
  await expect(page.getByRole('dialog')).toContainText('1 linked, none attached, no problem');
  await page.keyboard.press('Escape');
});

/** Of a row of tabs one can be reached with Tab; the arrow keys lead to the others. */
async function openTab(name: RegExp): Promise<void> {
  await page.getByRole('tab', { name }).focus();
  await page.keyboard.press('Enter');
}

async function openCustody(): Promise<void> {
  await openTab(/Custody/);
  await page.locator('.custody__event').first().waitFor();
}

async function openMenu(entry: string): Promise<void> {
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await journey.press(page, page.getByRole('button', { name: 'Body of evidence' }));
  await page.getByRole('menuitem', { name: entry }).press('Enter');
  await page.getByRole('dialog').waitFor();
}
