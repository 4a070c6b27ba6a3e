import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Bridge, Outcome } from '../../shared/ipc/bridge.ts';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerSaveDialog, openApp, outFolder, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';

/** Many pieces of evidence: marked, changed, linked, narrowed down, ticked for what is expected, handed out and destroyed. */

/** The page's global object; only used inside functions that run there. */
declare const self: { sealbook: Bridge } & typeof window;

test.describe.configure({ mode: 'serial' });

const folder = temporaryFolder('register');
const pictures = outFolder('register');
const passphrase = 'copper lantern orchard tide';
let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(120_000);
  mkdirSync(join(folder, 'files'));
  opened = await openApp();
  page = opened.page;
  await journey.createVault(opened.app, page, { folder, name: 'Firm', person: 'Ada Lindqvist', email: 'ada@example.org', passphrase });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Register audit', checklists: [/HIPAA Security/] });
  await journey.openScreen(page, 'evidence');
  const paths = ['access', 'badges', 'contract', 'directory', 'entries', 'firewall'].map((name) => {
    const path = join(folder, 'files', `${name}.txt`);
    writeFileSync(path, name === 'directory' ? 'maren@example.org\n' : `Text of ${name}\n`);
    return path;
  });
  await journey.attachByPicker(opened.app, page, paths);
  await page.getByRole('button', { name: 'Dismiss all' }).click();
});
test.afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

const grid = () => page.getByRole('grid', { name: 'Evidence', exact: true });
const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
const bar = () => page.getByRole('region', { name: 'Marked evidence' });
const toast = (text: string | RegExp) => page.locator('.toast', { hasText: text }).first();

/** Puts the keyboard into the table, at its first row and with nothing marked. */
async function atFirstRow(): Promise<void> {
  await grid().focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+Home');
}

/** Nothing that axe objects to. A popover lies outside of the landmarks as the library puts it; what is in it is judged. */
async function clean(what: string, rules: readonly string[] = []): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .disableRules([...rules])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id} ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`),
    what,
  ).toEqual([]);
}

/** Changes the tags of all pieces but the first by a call of its own, as what runs beside the screen does. */
async function tagAll(addTags: string[], removeTags: string[]): Promise<void> {
  await page.evaluate(
    async ([added = [], removed = []]) => {
      const { vault } = self.sealbook;
      const value = <T>(outcome: Outcome<T>): T => {
        if (!outcome.ok) throw new Error('A call failed');
        return 'json' in outcome ? JSON.parse(outcome.json) : outcome.value;
      };
      const [audit] = value(await vault['audits.list'](undefined));
      const auditId = audit?.id as AuditId;
      const evidenceIds = value(await vault['evidence.list']({ auditId, after: 1 })).map(({ id }) => id);
      value(await vault['evidence.updateMany']({ auditId, changes: [{ evidenceIds, patch: {}, addTags: added, removeTags: removed }] }));
    },
    [addTags, removeTags],
  );
}

/** Keeps a picture of the window in light and in dark. */
async function keep(name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    await page.screenshot({ path: join(pictures, `${name}-${theme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

/** Keeps a picture at twice the size, where everything still has to be reachable without scrolling sideways. */
async function keepZoomed(name: string): Promise<void> {
  const zoom = (factor: number) =>
    opened.app.evaluate(({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value), factor);
  await zoom(2);
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(2);
  await page.screenshot({ path: join(pictures, `${name}-zoomed.png`) });
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)).toBe(true);
  await zoom(1);
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(1);
}

test('pieces are marked with the keyboard and changed together, and undo brings back what each said', async () => {
  await atFirstRow();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(bar()).toContainText('3 pieces marked');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Space');
  await expect(bar()).toContainText('4 pieces marked');
  await clean('the table with marked rows');
  await keep('marked');

  await journey.press(page, bar().getByRole('button', { name: 'Edit' }));
  const dialog = page.getByRole('dialog', { name: 'Edit 4 pieces' });
  await journey.write(page, 'Source', 'Directory');
  await journey.write(page, 'Add tags', 'leavers, 2026');
  await clean('the dialog for several pieces');
  await keep('edit');
  await journey.press(page, dialog.getByRole('button', { name: 'Change 4 pieces' }));
  await expect(toast('4 pieces changed')).toBeVisible();
  await toast('4 pieces changed').getByRole('button', { name: 'Undo' }).click();
  await row('access').click();
  await expect(page.getByLabel('Tags', { exact: true })).toHaveValue('');
  await page.getByRole('button', { name: 'Close the preview' }).click();
});

test('at 200 % the list keeps some rows beside an open and many marked pieces, and the names of what will be destroyed can be read', async () => {
  const height = (selector: string) => page.locator(selector).evaluate((element) => element.clientHeight);
  const zoom = (factor: number) =>
    opened.app.evaluate(({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value), factor);
  await atFirstRow();
  await page.keyboard.press('Enter');
  await grid().focus();
  await page.keyboard.press('Control+a');
  await zoom(2);
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(2);
  expect(await height('.list-ring')).toBeGreaterThanOrEqual(150);
  await journey.press(page, bar().getByRole('button', { name: 'Destroy' }));
  expect(await height('.bulk-names')).toBeGreaterThanOrEqual(100);
  await page.keyboard.press('Escape');
  await zoom(1);
  await expect.poll(() => page.evaluate(() => devicePixelRatio)).toBe(1);
  await journey.press(page, bar().getByRole('button', { name: 'Unmark all' }));
  await page.getByRole('button', { name: 'Close the preview' }).click();
});

test('a filter by tag is set and taken back by keyboard', async () => {
  await atFirstRow();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Space');
  await journey.press(page, bar().getByRole('button', { name: 'Edit' }));
  await journey.write(page, 'Add tags', 'leavers');
  await page.keyboard.press('Enter');
  await expect(toast('5 pieces changed')).toBeVisible();
  await journey.press(page, page.getByRole('button', { name: /^Filters/ }));
  await journey.press(page, page.getByRole('dialog', { name: 'Filters' }).getByRole('button', { name: /Tag/ }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await clean('the filters', ['region']);
  await keep('filters');
  await page.keyboard.press('Escape');
  await expect(page.getByText('5 of 6')).toBeVisible();
  await journey.press(page, page.getByRole('button', { name: 'Remove filter: Tag leavers' }));
  await expect(page.getByText('6 of 6')).toBeVisible();
  await atFirstRow();
});

test('what was begun for the marked pieces goes on when they leave the filter meanwhile', async () => {
  await journey.press(page, page.getByRole('button', { name: /^Filters/ }));
  await journey.press(page, page.getByRole('dialog', { name: 'Filters' }).getByRole('button', { name: /Tag/ }));
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByText('5 of 6')).toBeVisible();
  await atFirstRow();
  await page.keyboard.press('Control+a');
  await journey.press(page, bar().getByRole('button', { name: 'Edit' }));
  await journey.write(page, 'Source', 'Directory');
  await tagAll([], ['leavers']);
  await expect(page.getByText('0 of 6')).toBeVisible();
  const dialog = page.getByRole('dialog', { name: 'Edit 5 pieces' });
  await expect(dialog.getByLabel('Source', { exact: true })).toHaveValue('Directory');
  await journey.press(page, dialog.getByRole('button', { name: 'Change 5 pieces' }));
  await expect(toast('5 pieces changed')).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search evidence' })).toBeFocused();
  await toast('5 pieces changed').getByRole('button', { name: 'Undo' }).click();
  await tagAll(['leavers'], []);
  await expect(page.getByText('5 of 6')).toBeVisible();
});

test('the keyboard stays in the list when what had it goes away', async () => {
  await journey.press(page, page.getByRole('button', { name: 'Remove filter: Tag leavers' }));
  await expect(grid()).toBeFocused();
  await page.keyboard.press('Control+a');
  await journey.press(page, bar().getByRole('button', { name: 'Unmark all' }));
  await expect(grid()).toBeFocused();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Enter');
  await journey.press(page, page.getByRole('button', { name: 'Close the preview' }));
  await expect(grid()).toBeFocused();
  await page.keyboard.press('/');
  await page.keyboard.type('no such word');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await journey.press(page, page.locator('.empty-state').getByRole('button', { name: 'Clear search and filters' }));
  await expect(page.getByText('6 of 6')).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();
  await atFirstRow();
});

test('suspected identifiers and the tray of what is unlinked are one press away', async () => {
  await journey.press(page, page.getByRole('button', { name: /^Filters/ }));
  await journey.press(page, page.getByRole('checkbox', { name: 'Identifiers suspected' }), 'Space');
  await page.keyboard.press('Escape');
  await expect(page.getByText('1 of 6')).toBeVisible();
  await expect(row('directory')).toBeVisible();
  await journey.press(page, page.getByRole('button', { name: 'Clear search and filters' }));
  await journey.press(page, page.getByRole('button', { name: 'Unlinked 6' }));
  await expect(page.getByRole('button', { name: 'Remove filter: Unlinked' })).toBeVisible();
});

test('words that stand only in the content are found, and shown where they stand', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('mar');
  await expect(page.getByText('1 of 6')).toBeVisible({ timeout: 30_000 });
  await expect(row('directory').locator('.register__note mark')).toHaveText('mar', { ignoreCase: true });
  await keep('search');
  await page.keyboard.press('Escape');
  await expect(page.getByText('6 of 6')).toBeVisible();
});

test('marked pieces are linked to several controls by keyboard, and leave the tray', async () => {
  await atFirstRow();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Link 2 pieces to controls' });
  await journey.write(page, 'Search controls by title or citation', 'risk');
  const options = dialog.getByRole('option');
  await journey.tabTo(page, dialog.getByRole('listbox').getByRole('option').first());
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Space');
  expect(await options.count()).toBeGreaterThan(1);
  await journey.press(page, dialog.getByRole('button', { name: 'Link 2' }));
  await expect(toast('2 pieces linked to 2 controls')).toBeVisible();
  await expect(page.getByText('4 of 6')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Unlinked 4' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear search and filters' }).click();
});

test('a piece is dragged onto a control of the list beside the register', async () => {
  await page.keyboard.press('c');
  const controls = page.getByRole('complementary', { name: 'Controls' });
  await controls.getByRole('searchbox').fill('Termination procedures');
  const target = controls.getByRole('option', { name: /Termination procedures/ }).first();
  await row('contract').dragTo(target);
  await expect(toast('1 piece linked to 1 control')).toBeVisible();
  await target.click();
  await expect(page.getByText('1 of 6')).toBeVisible();
  await expect(page.getByRole('button', { name: /Remove filter: Linked to/ })).toBeVisible();
  await clean('the register with the list of controls');
  await keep('controls');
  await keepZoomed('controls');
  await controls.getByRole('button', { name: 'Show all evidence again' }).click();
  await controls.getByRole('button', { name: 'Hide the controls' }).click();
});

test('in the walkthrough the tray links to the open control with Enter, and what is expected is ticked', async () => {
  await journey.openScreen(page, 'walkthrough');
  await page.keyboard.press('t');
  const tray = page.getByRole('region', { name: 'Evidence tray' });
  const list = tray.getByRole('grid', { name: 'Evidence tray' });
  await expect(tray.getByRole('row')).toHaveCount(4);
  await journey.tabTo(page, list);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('.attached__title')).toHaveText(['directory']);
  await expect(tray.getByRole('row')).toHaveCount(3);
  await tray.getByRole('row', { name: /entries/ }).dragTo(page.locator('#control-title'));
  await expect(page.locator('.attached__title')).toHaveText(['directory', 'entries']);
  await clean('the walkthrough with the tray');
  await keep('tray');
  await keepZoomed('tray');
  await page.getByRole('button', { name: 'Close the tray' }).click();
  const say = page.getByRole('button', { name: /^Tick: / }).first();
  await say.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.locator('.expected-entry').first()).toContainText('E-004');
});

test('the coverage shows gaps first, ticks the same entry, and is written as CSV', async () => {
  await journey.openScreen(page, 'evidence');
  await page.locator('.segmented__option', { hasText: 'Coverage' }).click();
  await expect(page.getByText(/^1 of \d+ expected entries shown$/)).toBeVisible();
  await clean('the coverage');
  await keep('coverage');
  const entry = page.locator('.expected-entry', { hasText: 'E-004' });
  await expect(entry).toHaveCount(1);
  await entry.getByRole('button', { name: /^Change: / }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^0 of \d+ expected entries shown$/)).toBeVisible();
  const path = join(folder, 'coverage.csv');
  await answerSaveDialog(opened.app, path);
  await journey.press(page, page.getByRole('button', { name: 'Export as CSV' }));
  await expect(toast('coverage.csv exported')).toBeVisible();
  expect(readFileSync(path, 'utf8')).toContain('E-004 directory');
  await page.locator('.segmented__option', { hasText: 'Gallery' }).click();
});

test('in the gallery pieces are marked, verified, handed out with one reason, and destroyed with their names', async () => {
  await page.getByRole('listbox', { name: 'Evidence' }).focus();
  await page.keyboard.press('Control+a');
  await expect(bar()).toContainText('6 pieces marked');
  await expect(bar().getByRole('button', { name: 'Destroy' })).toBeDisabled();
  await journey.press(page, bar().getByRole('button', { name: 'Verify again' }));
  await expect(page.getByText('6 pieces unchanged')).toBeVisible();
  await page.keyboard.press('Escape');
  const target = join(folder, 'originals');
  await answerSaveDialog(opened.app, target);
  await journey.press(page, bar().getByRole('button', { name: 'Export originals' }));
  await journey.write(page, 'Reason', 'Asked for by the client');
  await page.keyboard.press('Enter');
  await expect(toast('originals: 6 pieces')).toBeVisible();
  expect(readdirSync(target)).toHaveLength(7);

  await journey.press(page, page.getByRole('button', { name: 'Unlinked 1' }));
  await expect(bar()).toContainText('1 piece marked');
  await journey.press(page, bar().getByRole('button', { name: 'Destroy' }));
  const dialog = page.getByRole('dialog', { name: 'Destroy 1 piece of evidence?' });
  await expect(dialog).toContainText('E-006 firewall');
  await expect(dialog.getByRole('button', { name: 'Destroy 1 piece' })).toBeDisabled();
  await journey.write(page, 'Reason', 'Attached by mistake');
  await page.keyboard.press('Enter');
  await expect(toast('1 piece destroyed')).toBeVisible();
  await expect(page.getByText('Nothing is unlinked')).toBeVisible();
});

test('the palette finds a piece by the words in it, and Enter goes to it', async () => {
  await journey.openScreen(page, 'dashboard');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('text of entries');
  const hit = page.getByRole('option', { name: /^entries E-005/ });
  await expect(hit).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(1);
  await clean('palette');
  await keep('palette');
  await expect(hit).toHaveAttribute('data-focused', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'entries', exact: true })).toBeVisible();
});

test('an end before the beginning is shown and not saved', async () => {
  const pane = page.getByRole('region', { name: 'Piece of evidence' });
  const day = (label: RegExp) => pane.getByRole('group', { name: label });
  await expect(pane.getByRole('button', { name: 'Screenshot' })).toBeVisible();
  await keep('metadata');
  await day(/^Speaks about, from/)
    .getByRole('spinbutton')
    .first()
    .focus();
  await page.keyboard.type('03022026');
  await day(/^Speaks about, until/)
    .getByRole('spinbutton')
    .first()
    .focus();
  await page.keyboard.type('03012026');
  await expect(pane).toContainText('The end lies before the beginning, so it is not saved.');
  await keep('period');
  await journey.openScreen(page, 'dashboard');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('text of entries');
  await page.getByRole('option', { name: /^entries E-005/ }).click();
  await expect(day(/^Speaks about, from/)).toContainText('2026');
  await expect(day(/^Speaks about, until/)).not.toContainText('2026');
});

test('before the first piece there is nothing to search, and what is expected can be looked at', async () => {
  await journey.newAudit(page, { organisation: 'Quay Clinic', title: 'Fresh audit', checklists: [/HIPAA Security/] });
  await journey.openScreen(page, 'evidence');
  await expect(page.getByText('No evidence yet')).toBeVisible();
  await expect(page.getByRole('searchbox', { name: 'Search evidence' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Controls/ })).toBeDisabled();
  await page.locator('.segmented__option', { hasText: 'Coverage' }).click();
  await expect(page.getByText(/^0 of \d+ expected entries shown$/)).toBeVisible();
  await page.locator('.segmented__option', { hasText: 'Table' }).click();
  await expect(page.getByText('No evidence yet')).toBeVisible();
  await clean('evidence of a fresh audit');
});

test('messages go with the lock', async () => {
  await journey.openAudit(page, 'Register audit');
  await journey.openScreen(page, 'evidence');
  // The tests before leave the gallery of what is unlinked.
  await journey.press(page, page.getByRole('button', { name: 'Clear search and filters' }));
  await page.locator('.segmented__option', { hasText: 'Table' }).click();
  await atFirstRow();
  await page.keyboard.press('Control+a');
  await journey.press(page, bar().getByRole('button', { name: 'Edit' }));
  await journey.write(page, 'Source', 'Messages');
  await page.keyboard.press('Enter');
  await expect(toast(/pieces changed/)).toBeVisible();
  await journey.lock(page);
  await expect(page.locator('.toast')).toHaveCount(0);
  await journey.unlock(page, { passphrase });
});
