import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { answerOpenDialog, openApp, outFolder, temporaryFolder } from './harness.ts';
import {
  addTask,
  answerControl,
  createVault,
  exportReport,
  lock,
  newAudit,
  openAudit,
  openScreen,
  saved,
  signReport,
  step,
  unlock,
  verifyReport,
  writeFinding,
} from './journey.ts';

/** The whole main job in the real app, from a new vault to a verified report, with a picture of every screen. */

const title = 'Security audit 2026';
const passphrase = 'copper lantern orchard tide';

/** What deviates; everything else is compliant and has evidence. By the control's title. */
const deviations: Readonly<
  Record<string, { verdict: '2' | '3' | '4'; rationale: string; finding?: { title: string; condition: string } }>
> = {
  'Termination procedures': {
    verdict: '2',
    rationale:
      'Procedure HR-014 covers revocation within 24 hours. Three of 25 sampled leavers kept VPN access for 4 to 9 days because the contractor roster is not fed to the identity system.',
    finding: {
      title: 'Contractors keep VPN access after leaving',
      condition: '3 of 25 leavers could log in to the VPN 4 to 9 days after leaving.',
    },
  },
  'Isolating health care clearinghouse functions': {
    verdict: '4',
    rationale: 'The clinic is not, and is not part of, a clearinghouse; confirmed by counsel.',
  },
  'Testing and revision procedures': {
    verdict: '3',
    rationale: 'The contingency plan names a yearly exercise. None took place at the Eastside site within the period.',
    finding: {
      title: 'Eastside recovery has not been exercised',
      condition: 'No restore or emergency exercise took place at Eastside within the period.',
    },
  },
  'Requirements for group health plans': { verdict: '4', rationale: 'The clinic does not sponsor a group health plan.' },
};

/** Which file is attached to the controls of a section. */
const sectionFiles = [
  'risk-register.csv',
  'security-policies-2026.pdf',
  'badge-readers-eastside.png',
  'ehr-access.log',
  'lablink-agreement.pdf',
  'security-policies-2026.pdf',
];

test('the main job, from a new vault to a verified report', async () => {
  const out = outFolder('demo');
  mkdirSync(out, { recursive: true });
  const folder = temporaryFolder('demo');
  const files = await writeEvidence(folder);
  const { app, page, problems, close } = await openApp();
  await page.setViewportSize({ width: 1440, height: 900 });
  const picture = (name: string) => page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' });

  await page.getByRole('button', { name: 'Create a vault' }).waitFor();
  await picture('create');
  await createVault(app, page, { folder, name: 'Northgate', person: 'Miriam Okafor', email: 'm.okafor@calder-audit.example', passphrase });
  await lock(page);
  await picture('unlock');
  await unlock(page, { passphrase });
  await addPerson(page);
  await picture('settings');
  await newAudit(page, {
    organisation: 'Northgate Clinic',
    title,
    checklists: [/HIPAA Security Rule/],
    scope: 'Three sites, 14 systems, 212 staff.',
  });

  await describeAudit(page);
  await openScreen(page, 'walkthrough');
  await answerEverything(page, app, files);
  await openScreen(page, 'audits');
  await picture('audits');
  await openScreen(page, 'checklists');
  await page.getByRole('button', { name: /^Data protection/ }).click();
  await page.locator('.pack-controls summary').nth(2).click();
  await picture('checklists');
  await page.getByRole('button', { name: /^Coverage/ }).click();
  await picture('coverage');
  await openAudit(page, title);
  await addTask(page, { title: 'Feed the contractor roster to the identity system' });
  await addTask(page, { title: 'Exercise the recovery of the Eastside site' });
  await picture('plan');
  await openScreen(page, 'dashboard');
  await picture('dashboard');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('dashboard-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await openScreen(page, 'walkthrough');
  await goTo(page, 'Termination procedures');
  await picture('walkthrough');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('walkthrough-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await openScreen(page, 'evidence');
  await page.getByRole('row', { name: /badge-readers/ }).click();
  await page.getByRole('img', { name: /badge-readers/ }).waitFor();
  await picture('evidence');
  await redactACopy(page, picture);
  await tickOffARequest(page, picture);
  await openScreen(page, 'findings');
  await page.getByText('Contractors keep VPN access after leaving').first().click();
  await picture('findings');
  await openScreen(page, 'review');
  await picture('review');

  await signReport(page, 'final');
  await page.locator('canvas').first().waitFor({ timeout: 60_000 });
  await picture('report');
  const report = join(out, 'report.pdf');
  await exportReport(app, page, report);
  await openScreen(page, 'trail');
  await picture('trail');
  expect(await verifyReport(app, page, report)).toBe('Genuine');
  await picture('verify');
  expect(problems).toEqual([]);
  await close();
});

interface EvidenceMaker {
  readonly sampleEvidence: (fonts: string) => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
}

/** The vault's code is typed for Node without a window; imported by its path it stays out of the types of this room. */
const evidenceMaker = '../../electron/vault/sample-evidence.ts';

async function writeEvidence(folder: string): Promise<Map<string, string>> {
  const paths = new Map<string, string>();
  const { sampleEvidence } = (await import(evidenceMaker)) as EvidenceMaker;
  for (const file of await sampleEvidence(join(import.meta.dirname, '..', '..', 'dist', 'fonts'))) {
    const path = join(folder, file.name);
    writeFileSync(path, file.bytes);
    paths.set(file.name, path);
  }
  return paths;
}

async function addPerson(page: Page): Promise<void> {
  await openScreen(page, 'settings');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill('Jonas Weber');
  await dialog.getByLabel(/^E-mail/).fill('j.weber@calder-audit.example');
  for (const field of await dialog.locator('input[type=password]').all()) await field.fill('velvet quartz ribbon anchor');
  await dialog.getByRole('button', { name: /Add/ }).last().click();
  const checkbox = page.getByRole('dialog').getByRole('checkbox');
  await checkbox.waitFor({ timeout: 60_000 });
  await checkbox.check({ force: true });
  await page.getByRole('dialog').getByRole('button').last().click();
  await page.getByText('Jonas Weber').first().waitFor();
}

/** Fills in what the report's first pages say about the engagement. */
async function describeAudit(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for this audit' }).click();
  await page.getByRole('menuitem', { name: 'Edit the audit' }).click();
  const dialog = page.getByRole('dialog');
  for (const [label, digits] of [
    ['Period from', '01012026'],
    ['Period to', '12312026'],
    ['Report due', '12122026'],
  ] as const) {
    await dialog.getByRole('group', { name: label }).getByRole('spinbutton').first().focus();
    await page.keyboard.type(digits);
  }
  await dialog.getByLabel(/^Sites/).fill('Northgate\nEastside\nHarbor Street');
  await dialog.getByLabel(/^Systems/).fill('EHR\nPatient portal\nDirectory\nVPN\nBackup');
  await dialog
    .getByLabel(/^Summary/)
    .fill(
      'Northgate Clinic protects electronic health information with mature technical controls. Weaknesses concentrate where people leave, and in the recovery of the Eastside site.',
    );
  await dialog.getByLabel(/^Limits/).fill('The payroll provider was not visited; statements about it rest on its own attestation.');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Walks every control of every section, in order. */
async function answerEverything(
  page: Page,
  app: Parameters<typeof answerOpenDialog>[0],
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const sections = page.locator('.sections [role=option], .sections button, .sections a').filter({ hasText: /\d+\/\d+/ });
  const names = await sections.allInnerTexts();
  for (const [index, name] of names.entries()) {
    await sections.nth(index).click();
    const count = Number(/\/(\d+)/.exec(name)?.[1]);
    await answerOpenDialog(app, [files.get(sectionFiles[index] ?? '') ?? '']);
    for (let control = 0; control < count; control += 1) {
      if (control > 0) await step(page, 'j');
      await answerOne(page);
    }
  }
}

async function answerOne(page: Page): Promise<void> {
  const controlTitle = await page.locator('#control-title').textContent();
  const deviation =
    deviations[controlTitle ?? ''] ??
    (/plan sponsor|separation|group health plan/i.test(controlTitle ?? '') ? deviations['Requirements for group health plans'] : undefined);
  await answerControl(page, deviation === undefined ? { verdict: '1' } : { verdict: deviation.verdict, rationale: deviation.rationale });
  await page.getByRole('button', { name: 'Examine' }).first().click();
  if (deviation?.verdict === '2') {
    await page.getByRole('button', { name: 'Interview' }).first().click();
    await answerControl(page, { verdict: '2', questions: ['Yes', 'No', 'Yes'] });
  }
  if (deviation?.finding !== undefined) await writeFinding(page, deviation.finding);
  const evidence = page.getByRole('tab', { name: /^Evidence/ });
  await page.keyboard.press('e');
  await expect(evidence).toHaveText(/[1-9]/, { timeout: 30_000 });
  await page.keyboard.press('m');
  await saved(page);
}

/** Blacks a place of the picture out that is open. */
async function redactACopy(page: Page, picture: (name: string) => Promise<unknown>): Promise<void> {
  await page.getByRole('button', { name: 'Redact a copy' }).click();
  const dialog = page.getByRole('dialog', { name: /^Redact a copy of E-\d+/ });
  await dialog.locator('.redact-page img').waitFor();
  await dialog.getByRole('region', { name: 'Original' }).focus();
  await page.keyboard.press('b');
  await expect(dialog.getByText('1 place marked')).toBeVisible();
  await picture('redaction');
  await dialog.getByRole('button', { name: 'Save redacted copy' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('row', { name: /\(redacted\)/ }).waitFor();
}

/** Asks for two things, links what is there already, and ticks the request off. */
async function tickOffARequest(page: Page, picture: (name: string) => Promise<unknown>): Promise<void> {
  await openScreen(page, 'requests');
  for (const title of ['Exercise report of the Eastside recovery', 'Access log of the EHR, one week']) {
    await page.getByRole('button', { name: 'New request' }).or(page.getByText('Nothing asked for yet')).first().waitFor();
    await page.keyboard.press('n');
    await page.getByLabel('What is wanted, in one line').fill(title);
    await page.keyboard.press('Enter');
    await page
      .getByRole('article', { name: new RegExp(`${title}$`) })
      .getByRole('button', { name: 'Mark as asked today' })
      .click();
  }
  const detail = page.getByRole('article', { name: /one week$/ });
  await detail.getByLabel('Asked of').fill('IT operations');
  await detail.getByRole('button', { name: 'Link evidence' }).click();
  await page
    .getByRole('option', { name: /ehr-access/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'Link 1' }).click();
  await detail.getByRole('button', { name: 'Everything is here' }).click();
  await page.getByRole('row', { name: /one week .*Received/ }).waitFor();
  await picture('requests');
}

/** Finds a control by the list's search. */
async function goTo(page: Page, controlTitle: string): Promise<void> {
  await page.locator('.sections [role=option], .sections button, .sections a').filter({ hasText: 'Administrative' }).first().click();
  for (let index = 0; index < 40; index += 1) {
    if ((await page.locator('#control-title').textContent()) === controlTitle) return;
    await step(page, 'j');
  }
}
