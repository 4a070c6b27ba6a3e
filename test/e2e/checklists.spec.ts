import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { catalog } from '../fixtures/oscal.ts';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, answerSaveDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Checklists of one's own: in, tailored, out; one answer for several of them; what applies; newer versions. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('checklists');
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  opened = await openApp();
  page = opened.page;
  await journey.createVault(opened.app, page, {
    folder,
    name: 'Firm',
    person: 'Ada Lindqvist',
    email: 'ada@example.org',
    passphrase: 'copper lantern orchard tide',
  });
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

const dialog = () => page.getByRole('dialog');
const list = () => page.getByRole('navigation', { name: 'Checklists' });

async function pick(name: string, text: string): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, text);
  await answerOpenDialog(opened.app, [path]);
}

test('every checklist that ships is there to read, by keyboard', async () => {
  await journey.openScreen(page, 'checklists');
  await expect(list().getByRole('button')).toHaveCount(7);
  await journey.press(page, list().getByRole('button', { name: /^Audit logging/ }));
  await expect(page.locator('#pack-title')).toHaveText('Audit logging');
  const first = page.locator('.pack-controls summary').first();
  await journey.press(page, first);
  await expect(page.locator('.pack-control__questions li').first()).toBeVisible();
});

test('a file with problems is told line by line and nothing is kept', async () => {
  await pick('broken.yaml', 'id: x y\nversion: 1.0.0\ntitle: T\nsummary: S\nsources: []\nsections: []\ncolour: red\n');
  await page.keyboard.press('i');
  await expect(dialog().getByText('4 problems. Nothing was imported.')).toBeVisible();
  await expect(dialog().getByRole('row', { name: /broken\.yaml:7:1.*Unknown key "colour"/ })).toBeVisible();
  await expect(dialog().getByRole('button', { name: 'Keep this checklist' })).toHaveCount(0);
});

test('an OSCAL catalog is read, shown and kept', async () => {
  await pick('house_catalog.json', JSON.stringify(catalog));
  await journey.press(page, dialog().getByRole('button', { name: 'Choose other files' }));
  await expect(dialog().getByText('house_catalog.json: 4 controls, 5 questions. It can be kept.')).toBeVisible();
  await journey.press(page, dialog().getByRole('button', { name: 'Keep this checklist' }));
  await expect(page.locator('#pack-title')).toHaveText('House catalog');
  await expect(list().getByRole('button', { name: /^House catalog/ })).toHaveAttribute('aria-current', 'true');
});

test('it is walked like any other, and goes back out with the same control ids', async () => {
  await journey.newAudit(page, { organisation: 'Firm', title: 'House audit', checklists: [/^House catalog/] });
  await journey.openScreen(page, 'walkthrough');
  await expect(page.locator('.control-pane__title')).toHaveText('Standing alone');
  await journey.answerControl(page, { verdict: '1', questions: ['Yes'] });
  await journey.openScreen(page, 'checklists');
  await journey.press(page, list().getByRole('button', { name: /^House catalog/ }));
  const out = join(folder, 'out.json');
  await answerSaveDialog(opened.app, out);
  await journey.press(page, page.getByRole('button', { name: 'Export' }));
  await page.getByRole('menuitem', { name: /^OSCAL catalog/ }).press('Enter');
  await expect(page.getByText('out.json was written')).toBeVisible();
  const ids = [...readFileSync(out, 'utf8').matchAll(/"id": "((?:top|d-[\d.]+))"/g)].map((match) => match[1]);
  expect(ids).toEqual(['top', 'd-1', 'd-1.1', 'd-2']);
});

test('a shipped checklist is tailored with a reason, kept as it is typed, signed and published', async () => {
  await journey.press(page, list().getByRole('button', { name: /^Production readiness/ }));
  await journey.press(page, page.getByRole('button', { name: 'Tailor' }));
  await journey.press(page, page.locator('.draft__control .checklists__item').first());
  await journey.write(page, 'Objective', 'Every query of the release was read by two people.');
  await expect(page.getByText('1 missing reason', { exact: false })).toBeVisible();
  await expect(page.locator('.save-label')).toContainText('Saved');
  // Leaving and coming back loses nothing.
  await journey.openScreen(page, 'trail');
  await journey.openScreen(page, 'checklists');
  await journey.press(page, list().getByRole('button', { name: /Production readiness \(tailored\)/ }));
  await journey.press(page, page.locator('.draft__control .checklists__item').first());
  await expect(page.getByLabel('Objective')).toHaveValue('Every query of the release was read by two people.');
  await journey.write(page, 'Why it differs from the base', 'Our house rule asks for two readers.');
  await expect(page.getByText('missing reason', { exact: false })).toHaveCount(0);
  await journey.press(page, page.getByRole('button', { name: 'Publish' }));
  await journey.press(page, dialog().getByRole('button', { name: 'Publish' }));
  await expect(page.getByRole('row', { name: /Reworded.*Our house rule asks for two readers\./ })).toBeVisible();
  await expect(page.locator('.definition-list')).toContainText('Ada Lindqvist');
});

test('coverage shows how much one checklist answers for another', async () => {
  await journey.press(page, list().getByRole('button', { name: /^Coverage/ }));
  await expect(
    page.getByRole('cell', { name: /^\d+ of 73 controls of HIPAA Security Rule have a relative in Audit logging$/ }),
  ).toBeVisible();
});

test('a profile proposes what does not apply, and a proposal is overruled', async () => {
  await journey.openScreen(page, 'audits');
  await page.keyboard.press('n');
  await journey.write(page, 'Organisation', 'Harbour Clinic');
  await journey.write(page, 'Title', 'Clinic audit');
  await journey.press(page, dialog().locator('summary'));
  await journey.press(page, dialog().getByRole('button', { name: /Under HIPAA it is/ }));
  await page.keyboard.type('a health care');
  await page.keyboard.press('Enter');
  await expect(dialog().getByText('The organisation is subject to HIPAA.').first()).toBeVisible();
  for (const name of [/^HIPAA Security/, /^Audit logging/]) {
    await journey.tabTo(page, dialog().getByRole('checkbox', { name }));
    await page.keyboard.press('Space');
  }
  await expect(dialog().getByText(/^\d+ controls do not seem to apply/)).toBeVisible();
  await journey.tabTo(page, dialog().getByRole('checkbox', { name: /^Isolating health care clearinghouse/ }));
  await page.keyboard.press('Space');
  await journey.press(page, dialog().getByRole('button', { name: 'Create the audit' }));
  await page.getByRole('heading', { level: 1, name: 'Clinic audit' }).waitFor();
  await page.getByRole('button', { name: 'More for this audit' }).click();
  await page.getByRole('menuitem', { name: 'What applies' }).click();
  await expect(dialog().getByRole('checkbox', { name: /^Isolating health care clearinghouse/ })).not.toBeChecked();
  await expect(dialog().getByRole('checkbox', { name: /^Requirements for group health plans/ })).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
});

test('one answer is carried to a control that asks the same, stays in sync, and goes apart knowingly', async () => {
  await journey.openScreen(page, 'walkthrough');
  await page.keyboard.press('/');
  await page.keyboard.type('164.312(b)');
  await page.getByRole('listbox', { name: 'Controls' }).getByRole('option').first().click();
  await expect(page.locator('.control-pane__title')).toHaveText('Audit controls');
  await journey.answerControl(page, { verdict: '3', rationale: 'No log is read.' });
  await journey.press(page, page.getByRole('button', { name: 'Carry this answer' }));
  const chosen = dialog().getByRole('checkbox', { checked: true });
  await expect(chosen.first()).toBeVisible();
  await journey.press(page, dialog().getByRole('button', { name: /^Carry to \d+ controls?$/ }));
  await expect(dialog()).toHaveCount(0);
  await page.getByRole('tab', { name: /^Crosswalk/ }).click();
  await page
    .getByRole('button', { name: /^Open .*NIST SP 800-53/ })
    .first()
    .click();
  await expect(page.locator('.carry').first()).toContainText('Carried from');
  await expect(page.getByLabel('Rationale')).toHaveValue('No log is read.');
  await journey.press(page, page.getByRole('button', { name: 'Keep apart' }));
  await expect(page.locator('.carry').first()).toContainText('Apart from');
  await journey.press(page, page.getByRole('button', { name: 'Take back' }));
  await expect(page.getByLabel('Rationale')).toHaveValue('');
});

test('a newer version is taken on request, and a changed text asks whether the answer still holds', async () => {
  const newer = JSON.parse(JSON.stringify(catalog)) as typeof catalog;
  newer.catalog.metadata.version = '2.2';
  (newer.catalog.controls[0] as { title: string }).title = 'Standing quite alone';
  await pick('house_catalog.json', JSON.stringify(newer));
  await journey.openScreen(page, 'checklists');
  await page.keyboard.press('i');
  await dialog().getByRole('button', { name: 'Keep this checklist' }).click();
  await expect(dialog()).toHaveCount(0);
  await journey.openAudit(page, 'House audit');
  await page.getByRole('button', { name: 'More for this audit' }).click();
  await page.getByRole('menuitem', { name: 'Newer checklists' }).click();
  await expect(dialog()).toContainText('1 control; its answer waits for review');
  await dialog().getByRole('button', { name: 'Move to 2.2.0' }).click();
  await expect(dialog()).toContainText('Every checklist of this audit is the newest one.');
  await page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
  await journey.openScreen(page, 'walkthrough');
  const earlier = page.locator('.earlier');
  await expect(earlier).toContainText('The text of this control changed since version 2.1.0.');
  await expect(earlier.locator('ins').first()).toContainText('quite');
  await journey.press(page, earlier.getByRole('button', { name: 'It still holds' }));
  await expect(earlier).toHaveCount(0);
  await expect(page.getByRole('radio', { name: /^Compliant/ })).toBeChecked();
});
