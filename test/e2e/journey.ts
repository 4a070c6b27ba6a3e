import type { ElectronApplication, Locator, Page } from '@playwright/test';
import type { ScreenName } from '../../renderer/screens.ts';
import { answerOpenDialog, answerSaveDialog } from './harness.ts';

/**
 * The steps of the main job, each taken with the keyboard alone: Tab until the wanted element has the focus, then Enter or
 * Space, or one of the app's own keys. A step that ends well was acknowledged by the screen.
 */

/** The key after `g` for each screen; the same as in the sheet of keys. */
const screenKeys: Readonly<Record<ScreenName, string>> = {
  audits: 'h',
  dashboard: 'd',
  walkthrough: 'w',
  requests: 'q',
  evidence: 'e',
  findings: 'f',
  plan: 'a',
  review: 'v',
  report: 'r',
  checklists: 'c',
  trail: 't',
  settings: 's',
  verify: 'y',
};

/** Every screen behind the unlock screen. */
export const screenNames = Object.keys(screenKeys) as ScreenName[];

const screenTitles: Readonly<Record<Exclude<ScreenName, 'dashboard' | 'walkthrough'>, string>> = {
  audits: 'Audits',
  requests: 'Requests',
  evidence: 'Evidence',
  findings: 'Findings',
  plan: 'Action plan',
  review: 'Review',
  report: 'Report',
  checklists: 'Checklists',
  trail: 'Trail',
  settings: 'Settings',
  verify: 'Verify a report',
};

const patient = { timeout: 60_000 };

/** More Tab presses than any screen has stops in a row. */
const mostTabs = 150;

/** Presses Tab until the element has the focus. Throws when the keyboard cannot reach it. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.first().waitFor({ state: 'visible' });
  for (let presses = 0; presses < mostTabs; presses += 1) {
    if (await isFocused(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`The keyboard does not reach ${String(target)}`);
}

/** Whether the element, or the input that stands for it, has the focus. */
function isFocused(target: Locator): Promise<boolean> {
  return target.first().evaluate((element) => element === document.activeElement);
}

/** Goes to the element and presses Enter on it. */
export async function press(page: Page, target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press(key);
}

/** Goes to a text field, replaces what is in it, and leaves the focus there. */
export async function write(page: Page, label: string | RegExp, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(label, { exact: typeof label === 'string' }));
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

export interface NewVault {
  /** The folder in which NAME.sealbook is made. */
  readonly folder: string;
  readonly name: string;
  readonly person: string;
  readonly email: string;
  readonly passphrase: string;
}

/** Creates a vault in its three steps and opens it. Returns the recovery code as printed on the sheet. */
export async function createVault(app: ElectronApplication, page: Page, vault: NewVault): Promise<string> {
  await press(page, page.getByRole('button', { name: 'Create a vault' }));
  await write(page, 'Name of the vault', vault.name);
  await answerOpenDialog(app, [vault.folder]);
  await press(page, page.getByRole('button', { name: 'Choose a place' }));
  await page.getByText('Will be created as').waitFor();
  await press(page, page.getByRole('button', { name: 'Next' }));
  await write(page, 'Your name', vault.person);
  await write(page, 'E-mail', vault.email);
  await write(page, 'Passphrase', vault.passphrase);
  await write(page, 'Passphrase again', vault.passphrase);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Print the recovery sheet' }).waitFor(patient);
  const code = (await page.locator('.recovery-sheet__code').textContent()) ?? '';
  await press(page, page.getByRole('checkbox', { name: 'I printed the code or wrote it down.' }), 'Space');
  await press(page, page.getByRole('button', { name: 'Open the vault' }));
  await page.getByRole('navigation', { name: 'Screens' }).waitFor();
  return code;
}

/** Locks with the shortcut and waits for the unlock screen. */
export async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+l');
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
}

/** Types the passphrase on the unlock screen; chooses the person first when a name is given. Does not wait for the answer. */
export async function tryPassphrase(page: Page, { person, passphrase }: { person?: string; passphrase: string }): Promise<void> {
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
  if (person !== undefined) {
    const wanted = page.getByRole('radio', { name: person });
    await tabTo(page, page.locator('input[type=radio]:checked'));
    for (let step = 0; !(await wanted.isChecked()); step += 1) {
      if (step > 20) throw new Error(`The arrow keys do not reach ${person}`);
      await page.keyboard.press('ArrowDown');
    }
  }
  await write(page, 'Passphrase', passphrase);
  await page.keyboard.press('Enter');
}

/** Unlocks the vault that the unlock screen shows, and waits until it is open. */
export async function unlock(page: Page, who: { person?: string; passphrase: string }): Promise<void> {
  await tryPassphrase(page, who);
  await page.getByRole('navigation', { name: 'Screens' }).waitFor(patient);
}

/** Opens the vault at the top of the list of recent ones, up to its unlock form. */
export async function openRecent(page: Page, name: string): Promise<void> {
  await press(page, page.locator('.unlock__vault-open', { hasText: name }));
  await page.getByLabel('Passphrase', { exact: true }).waitFor();
}

/** Opens the sample vault in one press; its passphrase is filled in. */
export async function openSample(page: Page): Promise<void> {
  await press(page, page.getByRole('button', { name: 'Open the sample vault' }));
  await page.getByLabel('Passphrase', { exact: true }).waitFor(patient);
  await press(page, page.getByRole('button', { name: 'Unlock' }));
  await page.getByRole('navigation', { name: 'Screens' }).waitFor(patient);
}

/** Goes to a screen with `g` and its letter, leaving the text field first when one has the focus. */
export async function openScreen(page: Page, screen: ScreenName): Promise<void> {
  await leaveField(page);
  await page.keyboard.press('g');
  await page.keyboard.press(screenKeys[screen]);
  if (screen === 'dashboard') await page.locator('.dashboard').first().waitFor();
  else if (screen === 'walkthrough') await page.getByRole('radiogroup', { name: 'Verdict' }).waitFor();
  else await page.getByRole('heading', { level: 1, name: screenTitles[screen], exact: true }).waitFor();
}

/** Tab leads out of any field; single keys are typed text while one has the focus. */
async function leaveField(page: Page): Promise<void> {
  const field = 'input:not([type=checkbox]):not([type=radio]), textarea, [role=spinbutton], [role=textbox]';
  for (let presses = 0; presses < 20; presses += 1) {
    if (!(await page.evaluate((selector) => document.activeElement?.matches(selector) === true, field))) return;
    await page.keyboard.press('Tab');
  }
}

export interface NewAudit {
  readonly organisation: string;
  readonly title: string;
  /** Titles of the checklists, as the dialog shows them. */
  readonly checklists: readonly (string | RegExp)[];
  readonly scope?: string;
}

/** Creates an audit and waits for its dashboard. */
export async function newAudit(page: Page, { organisation, title, checklists, scope }: NewAudit): Promise<void> {
  await openScreen(page, 'audits');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New audit' });
  await dialog.waitFor();
  await write(page, 'Organisation', organisation);
  await write(page, 'Title', title);
  for (const checklist of checklists) {
    const box = dialog.getByRole('checkbox', { name: checklist });
    await tabTo(page, box);
    if (!(await box.isChecked())) await page.keyboard.press('Space');
  }
  if (scope !== undefined) await write(page, /^Scope/, scope);
  await press(page, dialog.getByRole('button', { name: 'Create the audit' }));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Opens an audit of the list. */
export async function openAudit(page: Page, title: string): Promise<void> {
  await openScreen(page, 'audits');
  await press(page, page.getByRole('button', { name: `Open ${title}` }).or(page.getByRole('link', { name: `Open ${title}` })));
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

export type VerdictKey = '1' | '2' | '3' | '4' | '5';

export interface ControlWork {
  readonly verdict: VerdictKey;
  readonly rationale?: string;
  /** Answers to the first questions, in their order. */
  readonly questions?: readonly ('Yes' | 'No' | 'Part' | 'N/A')[];
  /** A note on the first question. */
  readonly note?: string;
  /** Marks the control ready for review. */
  readonly ready?: boolean;
}

/** Answers the control that the walkthrough shows, and waits until the screen says that it is saved. */
export async function answerControl(page: Page, work: ControlWork): Promise<void> {
  await leaveField(page);
  await page.keyboard.press(work.verdict);
  for (const [index, answer] of (work.questions ?? []).entries()) {
    const question = page.getByRole('group', { name: `Answer to question ${index + 1}`, exact: true });
    await press(page, question.getByRole('button', { name: answer, exact: true }), 'Space');
  }
  if (work.note !== undefined) {
    await press(page, page.getByRole('button', { name: /^Add a note\s*, 1$/ }));
    await write(page, 'Note on question 1', work.note);
    await page.keyboard.press('Escape');
  }
  if (work.rationale !== undefined) {
    await leaveField(page);
    await page.keyboard.press('n');
    await page.keyboard.type(work.rationale);
    await page.keyboard.press('Escape');
  }
  if (work.ready === true) await page.keyboard.press('m');
  await saved(page);
}

/** Waits until the open control says that everything entered is saved. */
export async function saved(page: Page): Promise<void> {
  await page.locator('.save-line', { hasText: /^Saved/ }).waitFor();
}

/** The next or the previous control, once its title is shown. Returns the title. */
export async function step(page: Page, key: 'j' | 'k'): Promise<string> {
  const title = page.locator('#control-title');
  const before = await title.textContent();
  await page.keyboard.press(key);
  await page.waitForFunction((old) => document.querySelector('#control-title')?.textContent !== old, before);
  return (await title.textContent()) ?? '';
}

/** What the walkthrough shows of the open control. */
export interface ShownControl {
  readonly title: string;
  readonly verdict: string;
  readonly rationale: string;
  readonly note: string;
  /** The chosen answer of each question, empty where none is given. */
  readonly questions: readonly string[];
  /** Titles of the evidence and findings beside it. */
  readonly evidence: readonly string[];
  readonly findings: readonly string[];
}

/** Reads the open control from the screen. */
export async function readControl(page: Page): Promise<ShownControl> {
  return page.evaluate(() => {
    const text = (element: Element | null | undefined) => element?.textContent?.trim() ?? '';
    const all = (selector: string) => [...document.querySelectorAll(selector)];
    const field = (selector: string) => document.querySelector<HTMLTextAreaElement>(selector)?.value ?? '';
    return {
      title: text(document.querySelector('#control-title')),
      verdict: text(document.querySelector('.radio-bar [aria-checked=true]')),
      rationale: field('.rationale textarea'),
      note: field('.question__note textarea'),
      questions: all('.question__answers').map((group) => text(group.querySelector('[aria-pressed=true]'))),
      evidence: all('.attached__title').map(text),
      findings: all('.inspector__finding').map(text),
    };
  });
}

/** Goes back to the first control of the list. */
export async function firstControl(page: Page): Promise<void> {
  await leaveField(page);
  const position = page.locator('.control-pane__step');
  for (let presses = 0; presses < 50; presses += 1) {
    if (/^1 of /.test(((await position.textContent()) ?? '').trim())) return;
    await step(page, 'k');
  }
}

/** Attaches files with `e` and the system's dialog. Returns what the screen says about each file. */
export async function attachByPicker(app: ElectronApplication, page: Page, paths: readonly string[]): Promise<string[]> {
  await leaveField(page);
  await answerOpenDialog(app, paths);
  const earlier = Math.max(0, ...(await shownLines(page)).map(({ batch }) => batch));
  await page.keyboard.press('e');
  await page.waitForFunction(
    ({ batch, count }) => {
      const lines = [...document.querySelectorAll<HTMLElement>('.attach-line')];
      return lines.filter((line) => Number(line.dataset.batch) > batch).length >= count;
    },
    { batch: earlier, count: paths.length },
    patient,
  );
  return (await shownLines(page)).filter(({ batch }) => batch > earlier).map(({ text }) => text);
}

/** The lines about attached files, as shown: the last batch, below what failed earlier and was not dismissed. */
export async function attachResults(page: Page): Promise<string[]> {
  return (await shownLines(page)).map(({ text }) => text);
}

function shownLines(page: Page): Promise<{ text: string; batch: number }[]> {
  return page.locator('.attach-line').evaluateAll((lines) =>
    lines.map((line) => ({
      text: (line.textContent ?? '').replace(/\s+/g, ' ').trim(),
      batch: Number((line as HTMLElement).dataset.batch),
    })),
  );
}

/** Starts a finding at the open control with `f`. */
export async function writeFinding(page: Page, { title, condition }: { title: string; condition?: string }): Promise<void> {
  await leaveField(page);
  await page.keyboard.press('f');
  const dialog = page.getByRole('dialog', { name: 'New finding' });
  await dialog.waitFor();
  await write(page, 'Title', title);
  if (condition !== undefined) await write(page, /^Condition/, condition);
  await press(page, dialog.getByRole('button', { name: 'Create finding' }));
  await dialog.waitFor({ state: 'detached' });
  await page.locator('.toast', { hasText: 'created' }).first().waitFor();
}

/** Adds a task to the action plan. */
export async function addTask(page: Page, { title }: { title: string }): Promise<void> {
  await openScreen(page, 'plan');
  await page.getByRole('button', { name: 'New task' }).first().waitFor();
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: 'New task' });
  await dialog.waitFor();
  await write(page, 'What is to be done', title);
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('article', { name: title }).waitFor();
}

/** Signs the report as a draft, or as final, and waits until it is kept in the vault. */
export async function signReport(page: Page, kind: 'draft' | 'final' = 'draft'): Promise<void> {
  await openScreen(page, 'report');
  if (kind === 'final') {
    await tabTo(page, page.getByRole('radiogroup', { name: 'Sign as' }).locator('input:checked'));
    await page.keyboard.press('ArrowRight');
  }
  const action = `Sign as ${kind}`;
  const button = page.locator('.report__sign').getByRole('button', { name: action });
  await page.locator('.report__sign button:not([disabled])', { hasText: action }).waitFor(patient);
  await press(page, button);
  const dialog = page.getByRole('dialog');
  await press(page, dialog.getByRole('button', { name: action }));
  await page.locator('.toast', { hasText: 'was signed' }).first().waitFor({ timeout: 120_000 });
}

/** Saves the newest signed report as a PDF. */
export async function exportReport(app: ElectronApplication, page: Page, path: string): Promise<void> {
  await answerSaveDialog(app, path);
  await press(page, page.locator('.signed-reports').getByRole('button', { name: 'Save PDF' }).first());
  await page.locator('.toast', { hasText: 'was saved' }).first().waitFor();
}

/** Verifies a PDF on the verify screen. Returns the verdict's word: Genuine, Not genuine, No signature, Cannot be read. */
export async function verifyReport(app: ElectronApplication, page: Page, path: string): Promise<string> {
  await openScreen(page, 'verify');
  return verifyFile(app, page, path);
}

/** The same where the verify screen is already shown, with or without an open vault. */
export async function verifyFile(app: ElectronApplication, page: Page, path: string): Promise<string> {
  await answerOpenDialog(app, [path]);
  await press(page, page.getByRole('button', { name: /Choose a PDF|Verify another/ }));
  const name = path.split(/[\\/]/).at(-1) ?? '';
  await page.locator('.verify-result__file', { hasText: name }).waitFor(patient);
  return (await page.locator('.verify-result__word').textContent()) ?? '';
}
