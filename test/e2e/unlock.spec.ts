import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, clickMenu, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Opening a vault: who may, who may not, what is damaged, and what is told. */

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('unlock');
const vault = join(folder, 'Firm.sealbook');
const profile = join(folder, 'profile');
const lead = { person: 'Ada Lindqvist', passphrase: 'copper lantern orchard tide' };
const second = { person: 'Bo Castellan', passphrase: 'gravel window thunder maple' };
let opened: OpenedApp;
let page: Page;

async function start(): Promise<void> {
  opened = await openApp({ profile });
  page = opened.page;
}

test.beforeAll(async () => {
  test.setTimeout(120_000);
  await start();
  await journey.createVault(opened.app, page, { folder, name: 'Firm', email: 'ada@example.org', ...lead });
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('a second person gets in with a passphrase of their own, and only with that', async () => {
  await journey.openScreen(page, 'settings');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name', { exact: true }).fill(second.person);
  await dialog.getByLabel('E-mail').fill('bo@example.org');
  await dialog.getByRole('radio', { name: /^Reviewer/ }).check({ force: true });
  await dialog.getByLabel('First passphrase', { exact: true }).fill(second.passphrase);
  await dialog.getByLabel('First passphrase again').fill(second.passphrase);
  await dialog.getByRole('button', { name: `Add ${second.person}` }).click();
  await expect(page.locator('.recovery-sheet__code')).toBeVisible();
  await page.getByText('I printed the code or wrote it down.').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await expect(page.getByRole('row', { name: /Bo Castellan/ })).toContainText('Reviewer');

  await journey.lock(page);
  await journey.tryPassphrase(page, { person: second.person, passphrase: lead.passphrase });
  await expect(page.getByText('That passphrase does not open this vault.')).toBeVisible();
  await journey.unlock(page, second);
  await journey.openScreen(page, 'settings');
  await expect(page.getByRole('row', { name: /Bo Castellan/ })).toContainText('you');
  await expect(page.getByText('Only leads add people.')).toBeVisible();
});

test('locking by the shortcut and by the menu goes back to the unlock form and says why', async () => {
  await page.keyboard.press('Control+l');
  await expect(page.getByText('The vault is locked.')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
  await journey.unlock(page, lead);
  await clickMenu(opened.app, 'lock');
  await expect(page.getByText('The vault is locked.')).toBeVisible();
  await journey.unlock(page, lead);
});

test('wrong passphrases are counted, then delayed with a countdown that survives a restart', async () => {
  await journey.lock(page);
  for (const count of [1, 2]) {
    await journey.tryPassphrase(page, { person: lead.person, passphrase: `not this one ${count}` });
    await expect(page.getByText(`${count} wrong attempt`).first()).toBeVisible();
  }
  await journey.tryPassphrase(page, { passphrase: 'not this one 3' });
  await expect(page.getByText(/After 3 wrong attempts the next one is accepted in/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Wait/ })).toBeDisabled();
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled({ timeout: 10_000 });
  for (const count of [4, 5]) {
    await journey.tryPassphrase(page, { passphrase: `not this one ${count}` });
    await expect(page.getByText(new RegExp(`After ${count} wrong attempts`))).toBeVisible();
    if (count === 4) await expect(page.getByRole('button', { name: 'Unlock' })).toBeEnabled({ timeout: 10_000 });
  }

  await opened.close();
  await start();
  await page.locator('.unlock__vault-open', { hasText: 'Firm' }).click();
  await expect(page.getByText('5 wrong attempts').first()).toBeVisible();
  await page.getByRole('radio', { name: second.person }).check({ force: true });
  await journey.unlock(page, second);
  await journey.lock(page);
  await expect(page.getByRole('radio', { name: lead.person })).toBeVisible();
  await page.getByRole('radio', { name: lead.person }).check({ force: true });
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeVisible({ timeout: 15_000 });
  await journey.unlock(page, lead);
  await journey.lock(page);
  await expect(page.getByText('wrong attempts')).toHaveCount(0);
});

test('a vault that is open in one app is refused in another, with the reason', async () => {
  await journey.unlock(page, lead);
  const other = await openApp();
  try {
    await pick(other, vault);
    await journey.tryPassphrase(other.page, lead);
    await expect(other.page.getByText('This vault is open in another window or program.')).toBeVisible({ timeout: 20_000 });
    await journey.lock(page);
    await journey.unlock(other.page, lead);
    await journey.tryPassphrase(page, lead);
    await expect(page.getByText('This vault is open in another window or program.')).toBeVisible({ timeout: 20_000 });
  } finally {
    await other.close();
  }
  await journey.unlock(page, lead);
});

for (const damage of [
  {
    name: 'an empty folder',
    make: (copy: string) => {
      rmSync(copy, { recursive: true });
      mkdirSync(copy);
    },
    message: 'There is no vault in this folder.',
  },
  {
    name: 'a half copied vault',
    make: (copy: string) => rmSync(join(copy, 'evidence.db')),
    message: 'The vault folder is incomplete: a file is missing.',
  },
  {
    name: 'a vault without its header',
    make: (copy: string) => rmSync(join(copy, 'vault.json')),
    message: 'The vault folder is incomplete: a file is missing.',
  },
  {
    name: 'a damaged header',
    make: (copy: string) => truncateSync(join(copy, 'vault.json'), 100),
    message: 'The vault header cannot be read.',
  },
  {
    name: 'a header of a newer version',
    make: (copy: string) => {
      const path = join(copy, 'vault.json');
      writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), format: 99 }));
    },
    message: 'This vault was written by a newer version of Sealbook.',
  },
]) {
  test(`${damage.name} is told when it is picked, and nothing is changed`, async () => {
    await toStart();
    const copy = copyVault(damage.name);
    damage.make(copy);
    const before = fingerprint(copy);
    await answerOpenDialog(opened.app, [copy]);
    await page.getByRole('button', { name: 'Open a vault folder' }).click();
    await expect(page.getByText(damage.message)).toBeVisible();
    expect(fingerprint(copy)).toEqual(before);
  });
}

test('a truncated database is told on unlocking, and nothing is changed', async () => {
  await toStart();
  const copy = copyVault('truncated');
  // Copied without its log, as by a program that knows nothing of it.
  for (const name of ['vault.db-wal', 'vault.db-shm']) rmSync(join(copy, name), { force: true });
  truncateSync(join(copy, 'vault.db'), Math.floor(statSync(join(copy, 'vault.db')).size / 2));
  const before = fingerprint(copy);
  await pick(opened, copy);
  await journey.tryPassphrase(page, lead);
  await expect(page.getByText('The vault database is damaged and was not opened.')).toBeVisible({ timeout: 20_000 });
  expect(fingerprint(copy)).toEqual(before);
});

test('a recent vault whose folder is gone is told, and can be taken off the list', async () => {
  await toStart();
  const copy = copyVault('moved');
  await pick(opened, copy);
  await journey.unlock(page, lead);
  await toStart();
  rmSync(copy, { recursive: true });
  await page.locator('.unlock__vault-open').first().click();
  await expect(
    page.getByText('This vault is no longer where it was.').or(page.getByText('There is no vault in this folder.')),
  ).toBeVisible();
  const known = await page.locator('.unlock__vault').count();
  await page
    .getByRole('button', { name: /off the list/ })
    .first()
    .click();
  await expect(page.locator('.unlock__vault')).toHaveCount(known - 1);
});

test('a PKCS#12 file with a wrong password is refused, with the right one it becomes the signing identity', async () => {
  test.skip(spawnSync('openssl', ['version']).error !== undefined, 'openssl is not installed');
  const file = pkcs12();
  await toStart();
  await page.locator('.unlock__vault-open', { hasText: 'Firm' }).click();
  await journey.unlock(page, lead);
  await journey.openScreen(page, 'settings');
  await answerOpenDialog(opened.app, [file]);
  for (const [password, message] of [
    ['wrong', 'The password does not open this PKCS#12 file.'],
    ['harbour', 'The signing identity was imported.'],
  ] as const) {
    await page.getByRole('button', { name: 'Import PKCS#12' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import identity.p12' });
    await dialog.getByLabel('Password of the file').fill(password);
    await dialog.getByRole('button', { name: 'Import' }).click();
    await expect(page.getByText(message)).toBeVisible();
    if (password === 'wrong') await dialog.getByRole('button', { name: 'Cancel' }).click();
  }
  await expect(page.getByText('Ada Lindqvist of the test').first()).toBeVisible();
  await journey.lock(page);
});

test('the sample vault opens in one press', async () => {
  test.setTimeout(180_000);
  await toStart();
  await journey.openSample(page);
  await expect(page.getByRole('row', { name: /audit/i }).nth(1)).toBeVisible();
});

test('verifying without an open vault: a genuine, an altered and no PDF', async () => {
  const report = join(folder, 'report.pdf');
  await page.locator('.audits__title').first().click();
  await journey.openScreen(page, 'report');
  await journey.exportReport(opened.app, page, report);
  await toStart();
  await page.getByRole('button', { name: 'Verify a report' }).click();

  expect(await journey.verifyFile(opened.app, page, report)).toBe('Genuine');
  const bytes = readFileSync(report);
  const middle = Math.floor(bytes.length / 3);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  const altered = join(folder, 'altered.pdf');
  writeFileSync(altered, bytes);
  expect(await journey.verifyFile(opened.app, page, altered)).toBe('Not genuine');
  await expect(page.getByText('The document was altered after it was signed.').first()).toBeVisible();
  const notes = join(folder, 'notes.pdf');
  writeFileSync(notes, 'These are only notes.');
  expect(await journey.verifyFile(opened.app, page, notes)).toBe('Cannot be read');
  await expect(page.getByText('This is not a PDF.')).toBeVisible();
});

/** A copy of the vault as somebody else would bring it, made while no app has it open. */
function copyVault(name: string): string {
  const copy = join(folder, `${name}.sealbook`);
  cpSync(vault, copy, { recursive: true });
  return copy;
}

/** To the list of vaults, from wherever the window is. */
async function toStart(): Promise<void> {
  if ((await page.getByRole('navigation', { name: 'Screens' }).count()) > 0) await journey.lock(page);
  const others = page.getByRole('button', { name: 'Other vaults' });
  if ((await others.count()) > 0) await others.click();
  await page.getByRole('button', { name: 'Open a vault folder' }).waitFor();
}

async function pick(where: OpenedApp, path: string): Promise<void> {
  await answerOpenDialog(where.app, [path]);
  await where.page.getByRole('button', { name: 'Open a vault folder' }).click();
  await where.page.getByLabel('Passphrase', { exact: true }).waitFor();
}

/** The hash of every file of a vault by its name; the writer's lock and SQLite's shared memory are no part of it. */
function fingerprint(path: string): Record<string, string> {
  const files = readdirSync(path).filter((name) => !/lock|-shm$/.test(name));
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  );
}

/** A certificate and key as a firm would hand them to its auditor. */
function pkcs12(): string {
  const [key, certificate, file] = ['key.pem', 'certificate.pem', 'identity.p12'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '30',
    '-subj',
    '/CN=Ada Lindqvist of the test',
    '-keyout',
    key,
    '-out',
    certificate,
  );
  openssl('pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', 'pass:harbour', '-out', file);
  expect(existsSync(file)).toBe(true);
  return file;
}
