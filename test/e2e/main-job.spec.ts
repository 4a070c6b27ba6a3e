import { execFileSync, spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { openApp, processIds, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** The whole main job with the keyboard alone, with the vault process killed in the middle and the app closed and reopened. */

test.describe.configure({ mode: 'serial' });

const passphrase = 'copper lantern orchard tide';
const title = 'Security Rule audit 2026';
const folder = temporaryFolder('main-job');
const profile = join(folder, 'profile');
const report = join(folder, 'report.pdf');

let opened: OpenedApp;
/** What the screen showed of each control when it had said "Saved". */
const acknowledged: journey.ShownControl[] = [];

test.beforeAll(async () => {
  opened = await openApp({ profile });
  await countPointer();
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(opened.page);
  expect(opened.problems).toEqual([]);
  expect(await opened.page.evaluate(() => Reflect.get(self, 'pointerUses')), 'nothing was done with the mouse').toBe(0);
});

/** Counts what a mouse would do, so that the test cannot quietly use one. */
async function countPointer(): Promise<void> {
  await opened.page.evaluate(() => {
    Reflect.set(self, 'pointerUses', 0);
    for (const name of ['pointerdown', 'mousedown', 'wheel']) {
      addEventListener(name, () => Reflect.set(self, 'pointerUses', Reflect.get(self, 'pointerUses') + 1), { capture: true });
    }
  });
}

test('a vault is created and the walkthrough filled in', async () => {
  test.setTimeout(180_000);
  const { app, page } = opened;
  const code = await journey.createVault(app, page, {
    folder,
    name: 'Firm',
    person: 'Ada Lindqvist',
    email: 'ada@example.org',
    passphrase,
  });
  expect(code.replaceAll(/[^0-9A-Z]/gi, '').length).toBeGreaterThan(20);
  await journey.newAudit(page, {
    organisation: 'Harbour Clinic',
    title,
    checklists: [/HIPAA Security/],
    scope: 'All systems with health records.',
  });

  await journey.openScreen(page, 'walkthrough');
  await journey.answerControl(page, {
    verdict: '1',
    rationale: 'The policy of 3 March was read; it names owner and review.',
    questions: ['Yes', 'Yes'],
    note: 'Seen on the intranet, version 4.',
    ready: true,
  });
  const screenshot = join(folder, 'policy.txt');
  writeFileSync(screenshot, 'Policy, version 4');
  expect(await journey.attachByPicker(app, page, [screenshot])).toEqual(['policy.txt attached as E-001']);
  await expect(page.locator('.attached__title')).toHaveText(['policy']);
  acknowledged.push(await journey.readControl(page));

  await journey.step(page, 'j');
  await journey.answerControl(page, { verdict: '2', rationale: 'Two of five sites follow it.', questions: ['Part'] });
  await journey.writeFinding(page, { title: 'Three sites work without it', condition: 'Sites 3, 4 and 5 have no record.' });
  await expect(page.locator('.inspector__finding')).toContainText(['Three sites work without it']);
  acknowledged.push(await journey.readControl(page));

  await journey.step(page, 'j');
  await journey.answerControl(page, { verdict: '3', rationale: 'Nothing was shown on three requests.' });
  acknowledged.push(await journey.readControl(page));
  expect(acknowledged.map(({ verdict }) => verdict)).toEqual(['Compliant', 'Partial', 'Non-compliant']);

  expect(await journey.step(page, 'k')).toBe(acknowledged[1]?.title);
  await page.keyboard.press('j');
});

test('a killed vault process is reported and everything acknowledged is there after unlocking', async () => {
  const { app, page } = opened;
  const { vault } = await processIds(app);
  process.kill(vault, 'SIGKILL');
  await expect(page.getByText('The vault process ended unexpectedly and was started anew.')).toBeVisible();
  await expect(page.getByText('Everything shown as saved is safe.')).toBeVisible();
  await journey.unlock(page, { passphrase });
  await expectAcknowledged();
});

test('after quitting and reopening the app everything is there', async () => {
  const { page } = opened;
  await journey.addTask(page, { title: 'Give the three sites a record' });
  await opened.close();
  opened = await openApp({ profile });
  await countPointer();
  await journey.openRecent(opened.page, 'Firm');
  await journey.unlock(opened.page, { passphrase });
  await journey.openAudit(opened.page, title);
  await expectAcknowledged();
  await journey.openScreen(opened.page, 'plan');
  await expect(opened.page.getByText('Give the three sites a record').first()).toBeVisible();
  await journey.openScreen(opened.page, 'evidence');
  await expect(opened.page.getByText('policy.txt').or(opened.page.getByText('policy')).first()).toBeVisible();
});

test('a draft report is signed, exported and verified', async () => {
  test.setTimeout(240_000);
  const { app, page } = opened;
  await journey.signReport(page);
  await journey.exportReport(app, page, report);
  expect(await journey.verifyReport(app, page, report)).toBe('Genuine');
  await expect(page.getByText('It is a draft', { exact: false })).toBeVisible();
});

test('pdfsig and qpdf find nothing wrong with the exported report', () => {
  test.skip(!isInstalled('pdfsig') || !isInstalled('qpdf'), 'pdfsig or qpdf is not installed');
  const output = execFileSync('pdfsig', [report], { encoding: 'utf8' });
  expect(output).toContain('Signature Validation: Signature is Valid.');
  expect(output).toContain('Total document signed');
  expect(execFileSync('qpdf', ['--check', report], { encoding: 'utf8' })).toContain('No syntax or stream encoding errors found');
});

async function expectAcknowledged(): Promise<void> {
  const { page } = opened;
  await journey.openScreen(page, 'walkthrough');
  await journey.firstControl(page);
  for (const [index, control] of acknowledged.entries()) {
    if (index > 0) await journey.step(page, 'j');
    await expect.poll(() => journey.readControl(page)).toEqual(control);
  }
}

function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined;
}
