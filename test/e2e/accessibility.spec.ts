import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { ScreenName } from '../../renderer/screens.ts';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, openApp } from './harness.ts';
import * as journey from './journey.ts';

/** Every screen of the sample vault for people who see little, see differently, or use no mouse. */

test.describe.configure({ mode: 'serial' });

let opened: OpenedApp;
let page: Page;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  opened = await openApp();
  page = opened.page;
});
test.afterAll(async () => {
  await opened.close();
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

const themes = ['light', 'dark'] as const;

for (const theme of themes) {
  test(`axe finds nothing on the unlock screen and its forms, ${theme}`, async () => {
    await page.emulateMedia({ colorScheme: theme });
    await page.getByRole('button', { name: 'Create a vault' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Create a vault' }).click();
    await page.getByLabel('Name of the vault').waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('button', { name: 'Verify a report' }).click();
    await page.getByRole('heading', { name: 'Verify a report' }).waitFor();
    expect(await violations()).toEqual([]);
    await page.getByRole('button', { name: 'Back' }).click();
  });
}

test('the focus goes through the unlock screen in reading order and is always visible', async () => {
  const stops = await walk(8);
  const names = stops.map(({ name }) => name).filter((name, index, all) => name !== '' && all.indexOf(name) === index);
  expect(names).toEqual(['Open a vault folder', 'Create a vault', 'Open the sample vault', 'Verify a report']);
  expect(stops.filter(({ name, ring }) => name !== '' && !ring)).toEqual([]);
});

test('the sample vault opens', async () => {
  test.setTimeout(180_000);
  await journey.openSample(page);
  await page.locator('.audits__title').first().click();
  await page.locator('.dashboard').first().waitFor();
});

for (const theme of themes) {
  for (const screen of journey.screenNames) {
    test(`axe finds nothing on ${screen}, ${theme}`, async () => {
      await page.emulateMedia({ colorScheme: theme });
      await show(screen);
      expect(await violations()).toEqual([]);
    });
  }
}

test('axe finds nothing on a checklist, its coverage, a draft of it and the import', async () => {
  await show('checklists');
  const list = page.getByRole('navigation', { name: 'Checklists' });
  const places: readonly (() => Promise<void>)[] = [
    () => list.getByRole('button', { name: /^Access control/ }).click(),
    () => page.locator('.pack-controls summary').first().click(),
    () => list.getByRole('button', { name: /^Coverage/ }).click(),
    async () => {
      await list.getByRole('button', { name: /^Production readiness/ }).click();
      await page.getByRole('button', { name: 'Tailor' }).click();
      await page.locator('.draft__outline').waitFor();
    },
    () => page.locator('.draft__control .checklists__item').first().click(),
    async () => {
      await answerOpenDialog(opened.app, []);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByRole('dialog').waitFor();
    },
  ];
  for (const open of places) {
    await open();
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await violations()).toEqual([]);
    }
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('axe notices a control without a name, so that finding nothing means something', async () => {
  await page.evaluate(() => document.querySelector('main')?.append(Object.assign(document.createElement('button'), { id: 'nameless' })));
  expect(await violations()).toEqual([expect.stringContaining('button-name')]);
  await page.evaluate(() => document.querySelector('#nameless')?.remove());
});

test('axe finds nothing on the dialogs, the palette and the sheet of keys', async () => {
  const floating: readonly (readonly [screen: ScreenName, open: () => Promise<void>])[] = [
    ['audits', () => page.keyboard.press('n')],
    ['walkthrough', () => page.keyboard.press('f')],
    ['findings', () => page.keyboard.press('n')],
    ['requests', () => page.getByRole('button', { name: 'Propose requests' }).first().click()],
    ['plan', () => page.keyboard.press('n')],
    ['report', () => page.locator('.report__sign button').first().click()],
    ['dashboard', () => page.keyboard.press('Control+k')],
    ['dashboard', () => page.keyboard.press('?')],
  ];
  for (const theme of themes) {
    await page.emulateMedia({ colorScheme: theme });
    for (const [screen, open] of floating) {
      await show(screen);
      await open();
      await page.getByRole('dialog').first().waitFor();
      expect(await violations(), screen).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
  }
});

test('a dialog whose focused element goes away keeps the focus and still hears Escape', async () => {
  await journey.openScreen(page, 'dashboard');
  await page.keyboard.press('?');
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await dialog.evaluate((element) => {
    const passing = document.createElement('button');
    element.append(passing);
    passing.focus();
    passing.remove();
  });
  await expect(dialog).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});

test('the focus goes through the walkthrough column by column and is always visible', async () => {
  await page.emulateMedia({ colorScheme: 'light' });
  await show('walkthrough');
  const stops = await walk(120);
  const columns = stops.map(({ column }) => column).filter((column, index, all) => column !== '' && column !== all[index - 1]);
  const first = columns.indexOf('sections');
  expect(columns.slice(first, first + 4)).toEqual(['sections', 'controls', 'control', 'inspector']);
  expect(stops.filter(({ name, ring }) => name !== '' && !ring)).toEqual([]);
});

test('a control that another checklist asks too leads there from the crosswalk, by keyboard', async () => {
  await show('walkthrough');
  await journey.firstControl(page);
  const tab = page.getByRole('tab', { name: /^Crosswalk/ });
  await tab.focus();
  await page.keyboard.press('Enter');
  const related = page.getByRole('button', { name: /^Open .*, Production readiness plan/ });
  for (let steps = 0; steps < 20 && (await related.count()) === 0; steps += 1) await journey.step(page, 'j');
  const before = await journey.readControl(page);
  await related.first().focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await journey.readControl(page)).title).not.toBe(before.title);
  await expect(page.locator('.workbench')).toContainText('Production readiness plan');
});

test('at 200 % every screen fits the width, and what matters can be reached', async () => {
  const mainActions: Partial<Record<ScreenName, RegExp>> = {
    audits: /^New audit/,
    dashboard: /^(Continue|Begin) walkthrough/,
    walkthrough: /^Mark ready|^Back to work/,
    evidence: /^Attach files/,
    requests: /^New request/,
    findings: /^New finding/,
    plan: /^New task/,
    report: /^Sign as draft/,
    settings: /^Add a person/,
    verify: /^Choose a PDF|^Verify another/,
  };
  await zoom(2);
  try {
    for (const screen of journey.screenNames) {
      await show(screen);
      const overflow = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { page: scrollWidth - clientWidth, body: document.body.scrollWidth - document.body.clientWidth };
      });
      expect(overflow, screen).toEqual({ page: 0, body: 0 });
      const action = mainActions[screen];
      if (action === undefined) continue;
      const button = page.getByRole('button', { name: action }).first();
      await button.scrollIntoViewIfNeeded();
      // A trial click checks that nothing lies over it and that it is inside the window.
      await button.click({ trial: true, timeout: 5000 }).catch((error: unknown) => {
        throw new Error(`${screen}: the main action cannot be reached at 200 %. ${String(error)}`);
      });
    }
  } finally {
    await zoom(1);
  }
});

test('the verdict, the rationale and the evidence of a control can be used at 200 %', async () => {
  await zoom(2);
  try {
    await show('walkthrough');
    for (const target of [
      page.getByRole('radio', { name: 'Partial' }),
      page.locator('.rationale textarea'),
      page.getByRole('button', { name: /^Attach/ }).first(),
      page.locator('.drop-zone'),
    ]) {
      await target.scrollIntoViewIfNeeded();
      await target.click({ trial: true, timeout: 5000 });
    }
  } finally {
    await zoom(1);
  }
});

test('forced colours keep the focus and the chosen verdict visible', async () => {
  await page.emulateMedia({ forcedColors: 'active' });
  try {
    await show('walkthrough');
    const stops = await walk(40);
    expect(stops.filter(({ name, ring }) => name !== '' && !ring)).toEqual([]);
    const looks = await page.evaluate(() =>
      [...document.querySelectorAll('.radio-bar [role=radio]')].map((radio) => {
        const { backgroundColor, color, outlineStyle, borderTopColor, forcedColorAdjust } = getComputedStyle(radio);
        return {
          chosen: radio.getAttribute('aria-checked') === 'true',
          look: [backgroundColor, color, outlineStyle, borderTopColor, forcedColorAdjust].join(),
        };
      }),
    );
    const chosen = looks.find((radio) => radio.chosen)?.look;
    expect(looks.filter((radio) => !radio.chosen && radio.look === chosen)).toEqual([]);
  } finally {
    await page.emulateMedia({ forcedColors: 'none' });
  }
});

test('with reduced motion nothing moves', async () => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    for (const screen of ['dashboard', 'walkthrough', 'report'] as const) {
      await show(screen);
      const moving = await page.evaluate(() => {
        const longest = (times: string) =>
          Math.max(...times.split(',').map((time) => Number.parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
        return [...document.querySelectorAll('*')]
          .filter((element) => {
            const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
            return (animationName !== 'none' && longest(animationDuration) > 10) || longest(transitionDuration) > 10;
          })
          .map((element) => element.className.toString());
      });
      expect(moving, screen).toEqual([]);
    }
  } finally {
    await page.emulateMedia({ reducedMotion: 'no-preference' });
  }
});

/** Goes to a screen and waits until it shows its content. */
async function show(screen: ScreenName): Promise<void> {
  await page.keyboard.press('Escape');
  await journey.openScreen(page, screen);
  await page
    .locator('.loading')
    .first()
    .waitFor({ state: 'detached', timeout: 30_000 })
    .catch(() => undefined);
  if (screen === 'evidence' || screen === 'findings' || screen === 'plan' || screen === 'requests') await page.keyboard.press('j');
  await page.waitForTimeout(250);
}

/** Axe's violations as short lines: rule, element, and what it says. */
async function violations(): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`),
  );
}

async function zoom(factor: number): Promise<void> {
  await opened.app.evaluate(({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(value), factor);
  await page.waitForTimeout(300);
}

interface Stop {
  /** The accessible name, near enough; empty when the focus is on the page itself. */
  readonly name: string;
  /** Whether something around the focused element shows an outline of 2 px or a shadow. */
  readonly ring: boolean;
  readonly column: string;
}

/** Presses Tab and describes where the focus is, so many times or until it comes round. */
async function walk(most: number): Promise<Stop[]> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const stops: Stop[] = [];
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    stops.push(
      await page.evaluate(() => {
        const focused = document.activeElement;
        if (focused === null || focused === document.body) return { name: '', ring: false, column: '' };
        const shows = (element: Element) => {
          const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
          return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1.9) || boxShadow !== 'none';
        };
        // A checkbox, a radio or a text field is drawn by what is around it.
        const around = [focused, focused.parentElement, focused.parentElement?.parentElement, focused.closest('label')].flatMap(
          (element) => (element ? [element, ...(element === focused ? [] : element.children)] : []),
        );
        const columns = {
          sections: '.sections',
          controls: '.control-list',
          control: '.workbench__pane',
          inspector: '.workbench__inspector',
        };
        return {
          name: (focused.getAttribute('aria-label') ?? focused.textContent ?? focused.tagName).trim().slice(0, 60) || focused.tagName,
          ring: around.some(shows),
          column: Object.entries(columns).find(([, selector]) => focused.closest(selector) !== null)?.[0] ?? '',
        };
      }),
    );
  }
  return stops;
}
