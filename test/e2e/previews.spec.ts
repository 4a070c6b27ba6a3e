import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { openApp, outFolder, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import * as made from './preview-files.ts';
import { hostileHtml, png } from './sample-files.ts';

/** Every kind of file, looked at with the keyboard alone. */

test.describe.configure({ mode: 'serial', timeout: 120_000 });

const folder = temporaryFolder('previews');
const pictures = outFolder('previews');
let opened: OpenedApp;
let page: Page;
let content: Locator;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  mkdirSync(pictures, { recursive: true });
  opened = await openApp();
  page = opened.page;
  content = page.locator('.preview__host');
  await journey.createVault(opened.app, page, {
    folder,
    name: 'Firm',
    person: 'Ada Lindqvist',
    email: 'ada@example.org',
    passphrase: 'copper lantern orchard tide',
  });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Preview audit', checklists: [/HIPAA Security/] });
  await journey.openScreen(page, 'walkthrough');
  const files: Readonly<Record<string, string | Buffer>> = {
    'screen.png': made.picture(400, 300),
    'moving.gif': made.movingGif,
    'broken.png': png(400, 300).subarray(0, 60),
    'policy.pdf': await made.pages(12),
    'locked.pdf': await made.pages(1, 'secret'),
    'tables.pdf': made.japanese(),
    'damaged.pdf': Buffer.from('%PDF-1.7\nnothing of a PDF follows'),
    'server.log': made.log(20_000),
    'settings.json': '{"name":"clinic","ports":[443,8443],"open":true,"mail":"ada.lindqvist@example.org"}',
    'page.html': hostileHtml,
    'drawing.svg': made.hostileSvg,
    'list.csv': 'Name,Amount\nAda,1200\nGrace,35\n',
    'people.xlsx': made.spreadsheet(),
    'rules.docx': await made.wordDocument(),
    'letter.eml': made.mail,
    'call.wav': made.sound(),
    'unknown.bin': Buffer.from([...Array(256).keys()]),
  };
  const paths = Object.entries(files).map(([name, bytes]) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    return path;
  });
  await journey.attachByPicker(opened.app, page, paths);
  await journey.openScreen(page, 'evidence');
  await page.getByRole('row').nth(1).waitFor();
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('a picture is fitted, zoomed and turned with keys, and shown large and back with its zoom kept', async () => {
  await choose('screen');
  await expect(content.locator('img')).toBeVisible();
  await expect(content.locator('.preview__facts')).toHaveText('400 × 300 pixels');
  await keep('image');
  await page.keyboard.press('1');
  await expect(content.locator('.preview__scale')).toHaveText('100%');
  await page.keyboard.press('+');
  await expect(content.locator('.preview__scale')).toHaveText('125%');
  await page.keyboard.press('r');
  await expect.poll(async () => (await content.locator('.preview__frame').boundingBox())?.height).toBe(500);
  await page.keyboard.press('v');
  const dialog = page.getByRole('dialog', { name: /screen/ });
  await expect(dialog.locator('img')).toBeVisible();
  await expect(content.locator('.preview__scale')).toHaveText('125%');
  await page.keyboard.press('0');
  await keep('image-large');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.locator('.evidence-detail img')).toBeVisible();
  await choose('broken');
  await expect(content).toContainText('This picture is damaged or cut off.');
  await keep('image-cut');
});

test('an animation stands still for who wants less motion, until it is started', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await choose('moving');
  await expect(content.locator('canvas.preview__image')).toBeVisible();
  await journey.press(page, content.getByRole('button', { name: 'Play the animation' }));
  await expect(content.locator('img')).toBeVisible();
  await page.emulateMedia({ reducedMotion: 'no-preference' });
});

test('a PDF is paged, searched, turned; a locked and a damaged one say so', async () => {
  await choose('policy');
  await expect(content.locator('canvas').first()).toBeVisible();
  await page.keyboard.press('Control+g');
  await page.keyboard.type('7');
  await page.keyboard.press('Enter');
  await expect(content.getByRole('textbox', { name: 'Page' })).toHaveValue('7');
  await page.keyboard.press('Control+f');
  await page.keyboard.type('page 1');
  await expect(content.locator('.find__count')).toHaveText('1 of 4');
  await page.keyboard.press('Enter');
  await expect(content.locator('.find__count')).toHaveText('2 of 4');
  await expect(content.getByRole('textbox', { name: 'Page' })).toHaveValue(/^(9|10)$/);
  await keep('pdf');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect
    .poll(async () => ((await content.locator('.pdf__page').first().boundingBox()) ?? { width: 0, height: 1 }).width)
    .toBeGreaterThan(300);
  await page.keyboard.press('v');
  await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible();
  await keep('pdf-large');
  await page.keyboard.press('v');

  await choose('locked');
  await expect(page.locator('.evidence-detail__preview')).toContainText('protected by a password');
  const password = content.getByLabel('Password of the PDF');
  await journey.tabTo(page, password);
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await expect(content).toContainText('This password does not open it.');
  await keep('pdf-locked');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('secret');
  await page.keyboard.press('Enter');
  await expect(content.locator('canvas').first()).toBeVisible();
  await expect(content.locator('.pdf__words')).toContainText('Policy page 1');
  await choose('damaged');
  await expect(page.locator('.evidence-detail__preview')).toContainText(/damaged|not what the file says/);
});

test('a long log is searched, a line is gone to, and an identifier leads to its line', async () => {
  await choose('server');
  await expect(content.locator('.preview__line').first()).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('request 19999');
  await expect(content.locator('.find__count')).toHaveText('1 of 1');
  await expect(content.locator('.find-mark--current')).toHaveText('request 19999');
  await keep('text');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+g');
  await page.keyboard.type('15000');
  await page.keyboard.press('Enter');
  await expect(content.locator('.preview__line', { hasText: 'request 15000 ' })).toBeInViewport();
  await journey.tabTo(page, page.getByRole('tab', { name: 'Details' }));
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await journey.press(page, page.getByRole('button', { name: 'Look through the text' }));
  await journey.press(page, page.getByRole('button', { name: /^Show line 10001/ }));
  await expect(content.locator('.find-mark--current')).toHaveText('ada.lindqvist@example.org');
  await expect(content.locator('.find-mark--current')).toBeInViewport();
});

test('a PDF that only names its table of characters has words, here and in the search', async () => {
  await choose('tables');
  await expect(content.locator('.pdf__words')).toContainText('日本語の方針');
  await keep('pdf-tables');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('日本語');
  await expect(page.getByRole('row', { name: /tables/ })).toHaveCount(1);
});

test('an identifier in a PDF leads to its page and place', async () => {
  await choose('policy');
  await expect(content.locator('canvas').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Identifiers' }).click();
  await journey.press(page, page.getByRole('button', { name: 'Look through the text' }));
  await journey.press(page, page.getByRole('button', { name: /^Show line/ }).nth(8));
  await expect(content.getByRole('textbox', { name: 'Page' })).toHaveValue('9');
  const shown = () => page.evaluate(() => [...(CSS.highlights.get('find-current') ?? [])].map(String));
  await expect.poll(shown).toEqual(['office-9@example.org']);
  await keep('pdf-identifier');
  await page.getByRole('tab', { name: 'Details' }).click();
});

test('JSON is coloured; hostile HTML and SVG show as text and run nothing', async () => {
  await choose('settings');
  await expect(content.locator('.tone--name').first()).toHaveText('"name"');
  await keep('json');
  await choose('page');
  await expect(content).toContainText('<script>top.executed = 1');
  await choose('drawing');
  await expect(content).toContainText('onload="self.executed = 1"');
  expect(await content.locator('iframe, script, svg[onload]').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(self, 'executed'))).toBeUndefined();
});

test('a table keeps its header, is gone through cell by cell, searched, and has its sheets beside it', async () => {
  await choose('people');
  const grid = content.getByRole('grid');
  await expect(grid.getByRole('gridcell', { name: 'Person 1', exact: true })).toBeVisible();
  await expect(content.locator('.sheet__row--head')).toContainText('Role');
  await journey.tabTo(page, grid);
  for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await expect(content.locator('.sheet__text')).toHaveText(/^C3\s*1001$/);
  await expect(content.locator('.sheet__cell--active')).toHaveClass(/sheet__cell--number/);
  await page.keyboard.press('Control+End');
  await expect(content.locator('.sheet__text')).toHaveText(/^C301\s*1299$/);
  await page.keyboard.press('Control+f');
  await page.keyboard.type('person 25');
  await expect(content.locator('.find__count')).toHaveText('1 of 11');
  await expect(content.locator('.sheet__text')).toHaveText(/^A26\s*Person 25$/);
  await keep('table');
  await page.keyboard.press('Escape');
  await journey.tabTo(page, content.getByRole('tab', { name: 'People' }), 'Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(content).toContainText('Second sheet');
  await choose('list');
  await expect(content.getByRole('gridcell', { name: 'Grace' })).toBeVisible();
});

test('a document and an e-mail are set to be read, and searched', async () => {
  await choose('rules');
  await expect(content.getByRole('heading', { name: 'Access policy' })).toBeVisible();
  await expect(content.getByRole('listitem').first()).toHaveText('All wards');
  await expect(content.getByRole('cell', { name: 'Nurse' })).toBeVisible();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('access');
  await expect(content.locator('.find__count')).toHaveText('1 of 3');
  await keep('document');
  await page.keyboard.press('Escape');
  await choose('letter');
  await expect(content.locator('.mail__headers').first()).toContainText('Grace Okafor');
  await expect(content.locator('.mail__attachment')).toContainText('list.csv');
  await expect(content).toContainText('the list of the quarter is attached.');
  await keep('mail');
});

test('a recording waits to be played, and an unknown file shows its bytes', async () => {
  await choose('call');
  const player = content.locator('audio');
  await expect.poll(() => player.evaluate((audio: HTMLAudioElement) => audio.duration)).toBe(1);
  expect(await player.evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(true);
  await keep('audio');
  await choose('unknown');
  await expect(content.locator('.hex').nth(2)).toContainText('20 21 22 23');
  await expect(content.locator('.hex').nth(2)).toContainText('!"#$%');
  await keep('hex');
});

test('at 200 % every button of a preview can be reached, beside the list and large', async () => {
  const zoom = (factor: number) =>
    opened.app.evaluate(({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value), factor);
  await choose('policy');
  await content.locator('canvas').first().waitFor();
  await zoom(2);
  try {
    for (const place of ['beside', 'large'] as const) {
      if (place === 'large') await page.keyboard.press('v');
      await expect(page.getByRole('dialog')).toHaveCount(place === 'large' ? 1 : 0);
      const buttons = await content.getByRole('button').all();
      expect(buttons.length).toBeGreaterThan(6);
      for (const button of buttons) {
        await button.scrollIntoViewIfNeeded();
        if (await button.isEnabled()) await button.click({ trial: true, timeout: 5000 });
      }
      await page.screenshot({ path: join(pictures, `zoomed-${place}.png`) });
    }
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  } finally {
    await zoom(1);
  }
});

test('the gallery shows small pictures of what was attached, and none of what is damaged, locked or sensitive', async () => {
  const card = (title: string) => page.getByRole('option', { name: new RegExp(`^${title}\\b`) });
  const drawn = (title: string) => card(title).locator('img.card__drawn');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.locator('.segmented__option', { hasText: 'Gallery' }).click();
  for (const title of ['screen', 'moving', 'policy']) {
    await card(title).scrollIntoViewIfNeeded();
    await expect(drawn(title)).toBeVisible({ timeout: 30_000 });
    expect(
      await drawn(title).evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => naturalWidth * naturalHeight),
    ).toBeGreaterThan(0);
  }
  for (const title of ['broken', 'damaged', 'locked', 'server', 'drawing']) {
    await card(title).scrollIntoViewIfNeeded();
    await expect(card(title).locator('.type-icon')).toBeVisible();
    await expect(drawn(title)).toHaveCount(0);
  }
  await card('screen').scrollIntoViewIfNeeded();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('.gallery').analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await page.screenshot({ path: join(pictures, `gallery-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await card('screen').click();
  await page.getByRole('button', { name: 'Normal Sensitivity' }).click();
  await page.getByRole('option', { name: 'Health information' }).click();
  await expect(drawn('screen')).toHaveCount(0);
  await expect(card('screen').locator('.type-icon')).toBeVisible();
});

/** Opens a piece of evidence of the register by keyboard: searches for it, and takes the first row. */
async function choose(title: string): Promise<void> {
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(title);
  // Others may be found by their content, too.
  await page.locator('.register__title', { hasText: new RegExp(`^${title}$`) }).click();
  await expect(page.locator('.evidence-detail__title')).toHaveText(title);
  // What comes first starts the process that reads it.
  await page.locator('.preview__host > :not(template)').first().waitFor({ timeout: 60_000 });
}

/** Keeps a picture of the window in light and in dark, and looks for what shuts people out. */
async function keep(name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).include('.preview__host').analyze();
    expect(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${name}, ${theme}: ${id} ${target.join(' ')}`))).toEqual([]);
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
