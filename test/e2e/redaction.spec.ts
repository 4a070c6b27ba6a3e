import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { decode } from 'fast-png';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerSaveDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import { pages } from './preview-files.ts';
import { hidingPdf, turnedPhoto } from './redaction-files.ts';

/** Redacted copies of a text, a turned photo and a PDF; nothing that was blacked out is anywhere in them, in the report, or on disk. */

test.describe.configure({ mode: 'serial' });

const marker = 'markerobsidian';
const folder = temporaryFolder('redaction');
const sources = join(folder, 'sources');
const handedOut = join(folder, 'handed out');
const searched = [join(folder, 'Firm.sealbook'), join(folder, 'profile'), join(folder, 'tmp')];
const before = process.env.TMPDIR;
let opened: OpenedApp;
let page: Page;
let dialog: Locator;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  for (const path of [sources, handedOut, join(folder, 'tmp')]) mkdirSync(path);
  process.env.TMPDIR = join(folder, 'tmp');
  opened = await openApp({ profile: join(folder, 'profile') });
  page = opened.page;
  await journey.createVault(opened.app, page, {
    folder,
    name: 'Firm',
    person: 'Ada Lindqvist',
    email: 'ada@example.org',
    passphrase: 'copper lantern orchard tide',
  });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Redacted audit', checklists: [/HIPAA Security/] });
  const files = {
    'users.csv': `name,ssn,note\r\nAda ${marker},536-22-1234,a\r\nBo,219-09-9999,b\r\n`,
    'photo.jpg': await turnedPhoto(page, marker),
    'letter.pdf': hidingPdf(marker),
    'bundle.zip': Buffer.from('504b0506000000000000000000000000000000000000', 'hex'),
  };
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(sources, name), content);
    return join(sources, name);
  });
  await journey.openScreen(page, 'walkthrough');
  await journey.attachByPicker(opened.app, page, paths);
  await journey.openScreen(page, 'evidence');
  dialog = page.getByRole('dialog').first();
});
test.afterAll(async () => {
  await opened.close();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('a text is masked by keyboard alone: likely identifiers at once, a selection by hand', async () => {
  await open('users');
  await journey.press(page, dialog.getByRole('button', { name: 'Look for identifiers' }));
  await journey.press(page, dialog.getByRole('button', { name: 'Mask 2 places' }));
  const text = dialog.getByRole('textbox', { name: 'Text of users' });
  await expect(text).toHaveValue(`name,ssn,note\nAda ${marker},████████,a\nBo,████████,b\n`);
  await journey.tabTo(page, text, 'Shift+Tab');
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+End');
  for (let steps = 0; steps < 2; steps += 1) await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Enter');
  await expect(text).toHaveValue('name,ssn,note\n████████,a\nBo,████████,b\n');
  await page.keyboard.press('Control+z');
  await expect(text).toHaveValue(new RegExp(marker));
  await page.keyboard.press('Control+y');
  await page.keyboard.type('typed');
  await expect(text).toHaveValue('name,ssn,note\n████████,a\nBo,████████,b\n');
  await picture('redact-text');
  await page.keyboard.press('Escape');
  const question = page.getByRole('dialog', { name: /^Close without saving/ });
  await expect(question).toContainText('3 marked places are not saved.');
  await journey.press(page, question.getByRole('button', { name: 'Cancel' }));
  await expect(text).toBeVisible();
  await journey.press(page, dialog.getByRole('button', { name: 'Save redacted copy' }));
  await made('E-005 made from E-001');
  const bytes = await handOut('users (redacted)', 'E-001 redacted.csv');
  expect(bytes.toString('utf8')).toBe('name,ssn,note\r\n████████,a\r\nBo,████████,b\r\n');
});

test('a turned photo is blacked out where it was seen, with the mouse, and loses what the camera wrote', async () => {
  await open('photo');
  const shown = dialog.locator('.redact-page');
  await expect(shown.locator('img')).toBeVisible();
  await drag(shown, [0.02, 0.02], [0.48, 0.48]);
  const box = dialog.getByRole('button', { name: 'Box 1 on page 1, Personal data' });
  await expect(box).toBeFocused();
  await drag(shown, [0.6, 0.6], [0.7, 0.7]);
  await expect(dialog.getByText('2 places marked')).toBeVisible();
  await page.keyboard.press('Delete');
  await expect(dialog.getByText('1 place marked')).toBeVisible();
  const place = await box.boundingBox();
  // Taken at its lower right corner, the box grows to the middle of the picture; taken in the middle, it moves to the edge.
  await drag(shown, [0.48, 0.48], [0.52, 0.52]);
  expect((await box.boundingBox())?.width).toBeGreaterThan(place?.width ?? 0);
  await drag(shown, [0.25, 0.25], [0.2, 0.2]);
  await dialog.getByLabel('Reason of place 1').selectOption('phi');
  await picture('redact-photo');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture('redact-photo-dark');
  expect(
    (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`),
  ).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await dialog.getByRole('radio', { name: 'Result' }).press('Space');
  await expect(dialog.locator('.redact-box--black')).toHaveCount(1);
  await dialog.getByRole('button', { name: 'Save redacted copy' }).click();
  await made('E-006 made from E-002');
  const bytes = await handOut('photo (redacted)', 'E-002 redacted.png');
  const { width, height, channels, data } = decode(bytes);
  expect({ width, height, channels }).toEqual({ width: 400, height: 600, channels: 3 });
  const at = (x: number, y: number) => [...data.subarray((y * width + x) * channels, (y * width + x) * channels + 3)];
  expect(at(100, 150)).toEqual([0, 0, 0]);
  expect(at(4, 4)).toEqual([0, 0, 0]);
  const isNear = (colour: readonly number[], wanted: readonly number[]) =>
    expect(
      colour.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) < 8),
      String(colour),
    ).toBe(true);
  isNear(at(300, 150), [255, 0, 0]);
  isNear(at(100, 450), [0, 0, 255]);
});

test('a PDF becomes pictures of its pages, also the turned one, marked by keyboard alone', async () => {
  test.setTimeout(120_000);
  await open('letter');
  await expect(dialog.locator('.redact-page canvas').first()).toBeVisible({ timeout: 60_000 });
  // The pages have the focus at once, so the first key works.
  await page.keyboard.press('b');
  const box = dialog.getByRole('button', { name: /^Box 1 on page 1/ });
  await expect(box).toBeFocused();
  // In the middle of the page, where the marker stands; a little larger.
  for (const key of ['ArrowLeft', 'ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
  // Scrolled and pressed in one breath: a box goes to the page that is mostly in view when its key is pressed.
  const original = dialog.getByRole('region', { name: 'Original' });
  await original.evaluate((element) => {
    element.scrollTop = element.scrollHeight;
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'b', bubbles: true }));
  });
  await expect(dialog.getByRole('button', { name: /^Box 2 on page 2/ })).toBeFocused();
  await page.keyboard.press('Control+z');
  await original.evaluate((element) => {
    element.scrollTop = 0;
    element.focus();
  });
  await page.keyboard.press('End');
  await page.keyboard.press('End');
  await expect(dialog.getByRole('img', { name: 'Page 2 of 2' })).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press('b');
  const second = dialog.getByRole('button', { name: /^Box 2 on page 2/ });
  await expect(second).toBeFocused();
  for (let steps = 0; steps < 10; steps += 1) await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Control+Shift+ArrowDown');
  await picture('redact-pdf');
  await journey.press(page, dialog.getByRole('button', { name: 'Save redacted copy' }));
  await made('E-007 made from E-003');
  const bytes = await handOut('letter (redacted)', 'E-003 redacted.pdf');
  const path = join(handedOut, 'E-003 redacted.pdf');
  expect(execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).trim()).toBe('');
  execFileSync('qpdf', ['--qdf', path, `${path}.plain`]);
  for (const content of [bytes, readFileSync(`${path}.plain`)]) {
    expect(content.includes(marker)).toBe(false);
    expect(/JavaScript|EmbeddedFile|OpenAction|\/Rotate/.test(content.toString('latin1'))).toBe(false);
  }
  expect(execFileSync('pdfinfo', ['-l', '2', path], { encoding: 'utf8' })).toMatch(
    /Page\s+1 size:\s+595 x 842[\s\S]*Page\s+2 size:\s+842 x 595/,
  );
  execFileSync('pdftoppm', ['-png', '-r', '72', path, join(handedOut, 'page')]);
  const colour = (number: number, x: number, y: number) => {
    const { width, height, channels, data } = decode(readFileSync(join(handedOut, `page-${number}.png`)));
    const at = (Math.floor(y * height) * width + Math.floor(x * width)) * channels;
    return [...data.subarray(at, at + 3)];
  };
  expect(colour(1, 0.5, 0.5)).toEqual([0, 0, 0]);
  expect(colour(1, 0.8, 0.8)).toEqual([0, 0, 255]);
  expect(colour(1, 0.2, 0.8)).toEqual([255, 255, 255]);
  for (const x of [0.4, 0.6]) expect(colour(2, x, 0.4)).toEqual([0, 0, 0]);
  expect(colour(2, 0.4, 0.2)).toEqual([255, 0, 0]);
  expect(colour(2, 0.6, 0.2)).toEqual([255, 255, 255]);
});

test('each of the two shows the other, destroying an original warns, and what cannot be redacted says why', async () => {
  await choose('letter');
  await page.getByRole('tab', { name: /Details/ }).click();
  await expect(page.getByRole('list', { name: 'Redaction' })).toContainText('Redacted copy: E-007 letter (redacted) (2 places)');
  await picture('redacted-detail');
  await page.getByRole('list', { name: 'Redaction' }).getByRole('button').click();
  await expect(page.locator('.evidence-detail__title')).toHaveText('letter (redacted)');
  await expect(page.getByRole('list', { name: 'Redaction' })).toContainText('Made from E-003 letter (2 places)');
  await page.getByRole('tab', { name: /Custody/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText(/made from E-003, 2 places\s*before/);
  await page.getByRole('tab', { name: /Details/ }).click();
  await open('bundle');
  await expect(dialog).toContainText('This kind of file cannot be redacted here.');
  await expect(dialog).toContainText('Make a PDF or a picture of it');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a report that names redacted copies holds nothing of the originals, and nothing is on disk', async () => {
  test.setTimeout(120_000);
  await choose('bundle');
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(marker);
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Normal Sensitivity' }).click();
  await page.getByRole('option', { name: 'Secret' }).click();
  await expect(page.getByRole('row', { name: new RegExp(marker) })).toContainText(/secret/i);
  await journey.openScreen(page, 'report');
  await page.getByRole('radio', { name: 'Redacted copies' }).press('Space');
  await expect(page.locator('.report__side')).toContainText('1 sensitive piece has no redacted copy');
  await page.locator('.live-preview canvas').first().waitFor({ timeout: 60_000 });
  await picture('report-redacted');
  await page.locator('.report__sign').getByRole('button', { name: 'Sign as draft' }).click();
  const sign = page.getByRole('dialog');
  await expect(sign).toContainText('1 sensitive piece has no redacted copy');
  await sign.getByRole('button', { name: 'Sign as draft' }).click();
  await page.locator('.toast', { hasText: 'was signed' }).first().waitFor({ timeout: 60_000 });
  const path = join(handedOut, 'report.pdf');
  await journey.exportReport(opened.app, page, path);
  const words = execFileSync('pdftotext', [path, '-'], { encoding: 'utf8' }).replace(/\s+/g, ' ');
  expect(words).toContain('Redacted copy of E-003');
  expect(words).toContain('Title and file name withheld');
  expect(words).toContain('names the copy and not the original');
  expect(words).not.toContain(marker);
  execFileSync('qpdf', ['--qdf', path, `${path}.plain`]);
  for (const file of [path, `${path}.plain`]) expect(readFileSync(file).includes(marker)).toBe(false);
  expect(searched.flatMap(filesWithMarker)).toEqual([]);
});

test('a PDF behind a password is redacted once the password is given, and its marks survive a lock', async () => {
  test.setTimeout(120_000);
  writeFileSync(join(sources, 'locked.pdf'), await pages(1, 'opensesame'));
  await journey.openScreen(page, 'walkthrough');
  await journey.attachByPicker(opened.app, page, [join(sources, 'locked.pdf')]);
  await journey.openScreen(page, 'evidence');
  await open('locked');
  await dialog.getByLabel('Password of the PDF').fill('wrong');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('This password does not open it.');
  await picture('redact-locked');
  await dialog.getByLabel('Password of the PDF').fill('opensesame');
  await page.keyboard.press('Enter');
  await expect(dialog.locator('.redact-page canvas').first()).toBeVisible({ timeout: 60_000 });
  await dialog.getByRole('region', { name: 'Original' }).focus();
  await page.keyboard.press('b');
  await expect(dialog.getByRole('button', { name: /^Box 1 on page 1/ })).toBeFocused();
  // A lock takes no mark, though it comes at once; the password is asked for anew.
  await page.keyboard.press('Control+l');
  await journey.unlock(page, { passphrase: 'copper lantern orchard tide' });
  await page.getByRole('row').nth(1).waitFor();
  await open('locked');
  await dialog.getByLabel('Password of the PDF').fill('opensesame');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: /^Box 1 on page 1/ })).toBeVisible({ timeout: 60_000 });
  await picture('redact-again');
  await journey.press(page, dialog.getByRole('button', { name: 'Save redacted copy' }));
  await made('made from E-008');
  await open('locked');
  await expect(dialog).toContainText('No place marked');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

/** Opens the editor of a piece by its key. */
async function open(title: string): Promise<void> {
  await choose(title);
  await page.locator('.evidence-detail__title').click();
  await page.keyboard.press('x');
  await expect(page.getByRole('dialog', { name: new RegExp(`^Redact a copy of E-\\d+ ${title}`) })).toBeVisible();
}

async function choose(title: string): Promise<void> {
  await page
    .getByRole('row', { name: new RegExp(`\\b${title}(?! \\(red)`) })
    .first()
    .click();
  await expect(page.locator('.evidence-detail__title')).toHaveText(title);
}

async function made(words: string): Promise<void> {
  await expect(page.locator('.toast', { hasText: words })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Exports a copy and gives its bytes. */
async function handOut(title: string, name: string): Promise<Buffer> {
  await page.getByRole('row', { name: new RegExp(title.replace(/[()]/g, '\\$&')) }).click();
  await expect(page.locator('.evidence-detail__title')).toHaveText(title);
  const path = join(handedOut, name);
  await answerSaveDialog(opened.app, path);
  await page.getByRole('button', { name: 'Export original' }).first().click();
  const asking = page.getByRole('dialog', { name: `Export ${name}` });
  await asking.getByLabel('Reason').fill('Test');
  await asking.getByRole('button', { name: 'Choose a place' }).click();
  await expect(page.locator('.toast', { hasText: `${name} exported` })).toBeVisible();
  return readFileSync(path);
}

/** Drags between two places of an element, given as shares of its width and height. */
async function drag(element: Locator, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const place = await element.boundingBox();
  if (place === null) throw new Error('Not shown');
  const point = ([x, y]: readonly [number, number]) => [place.x + x * place.width, place.y + y * place.height] as const;
  await page.mouse.move(...point(from));
  await page.mouse.down();
  await page.mouse.move(...point([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...point(to));
  await page.mouse.up();
}

async function picture(name: string): Promise<void> {
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

function filesWithMarker(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesWithMarker(below);
    return entry.isFile() && readFileSync(below).includes(marker) ? [below] : [];
  });
}
