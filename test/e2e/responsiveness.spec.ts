import { closeSync, fdatasync, openSync, rmSync, truncateSync, write, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Bridge, Outcome } from '../../shared/ipc/bridge.ts';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { answerOpenDialog, openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import { buildLargeVault } from './large-vault.ts';

/** A large audit stays quick: every call of the walkthrough, measured through the window's own bridge, and the register of evidence. */

/** The page's global object; only used inside functions that run there. */
declare const self: { sealbook: Bridge } & typeof window;

test.describe.configure({ mode: 'serial' });

const passphrase = 'copper lantern orchard tide';
const title = 'Large audit';
/** Milliseconds that no call of the walkthrough may take at the 99th percentile. */
const limit = 200;
/** Milliseconds in which the first rows of the register are there, whatever its length. */
const registerLimit = 3000;
const pieces = 20_000;
const folder = temporaryFolder('responsiveness');
let opened: OpenedApp;
let page: Page;

// Put into the page before the tests.
declare global {
  /** What a call answered, as the window takes it: long lists arrive as JSON. */
  var value: <T>(call: Promise<Outcome<T>>) => Promise<T>;
  var onlyAudit: () => Promise<AuditId>;
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  const person = { name: 'Ada Lindqvist', email: 'ada@example.org' };
  const { vault, controls } = await buildLargeVault({ folder, name: 'Large', person, passphrase, title, controls: 600, evidence: pieces });
  expect(controls).toBeGreaterThanOrEqual(600);
  opened = await openApp();
  page = opened.page;
  await answerOpenDialog(opened.app, [vault]);
  await page.getByRole('button', { name: 'Open a vault folder' }).click();
  await journey.unlock(page, { passphrase });
  await journey.openAudit(page, title);
  await page.evaluate(() => {
    self.value = async (call) => {
      const outcome = await call;
      if (!outcome.ok) throw new Error('A call failed');
      return 'json' in outcome ? JSON.parse(outcome.json) : outcome.value;
    };
    self.onlyAudit = async () => {
      const [audit] = await self.value(self.sealbook.vault['audits.list'](undefined));
      if (audit === undefined) throw new Error('There is no audit');
      return audit.id;
    };
  });
});
test.afterAll(async () => {
  await opened?.close();
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  expect(opened.problems).toEqual([]);
});

test('the calls of the walkthrough answer in time with 600 controls and 20,000 pieces of evidence', async () => {
  test.setTimeout(180_000);
  await journey.openScreen(page, 'walkthrough');
  const disk = watchDisk(join(folder, 'flushed'));
  const measured = await page.evaluate(async () => {
    const { vault } = self.sealbook;
    const { value } = self;
    const auditId = await self.onlyAudit();
    const { controls } = await value(vault['audits.controls']({ auditId }));
    const reference = (index: number) => {
      const row = controls[index % controls.length];
      if (row === undefined) throw new Error('There is no control');
      return { auditId, packId: row.packId, controlId: row.controlId };
    };
    // Four saves a second, faster than anybody decides: after each the screens read again what changed.
    const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
    const calls: Record<string, { times: number; pause?: number; run: (index: number) => Promise<unknown> }> = {
      'answers.get': { times: 300, run: (index) => value(vault['answers.get'](reference(index * 7))) },
      'answers.save': {
        times: 100,
        pause: 250,
        run: (index) => value(vault['answers.save']({ ...reference(index * 3), patch: { rationale: `Round ${index}` } })),
      },
      'answers.history': { times: 100, run: (index) => value(vault['answers.history'](reference(index * 3))) },
      'audits.controls': { times: 100, run: () => value(vault['audits.controls']({ auditId })) },
      'audits.checks': { times: 100, run: () => value(vault['audits.checks']({ auditId })) },
      'audits.get': { times: 100, run: () => value(vault['audits.get']({ auditId })) },
      'evidence.list': {
        times: 20,
        pause: 100,
        run: (index) => value(vault['evidence.list']({ auditId, after: index * 900, limit: 2000 })),
      },
      'evidence.changed': { times: 50, run: () => value(vault['evidence.changed']({ auditId, since: null })) },
      'findings.list': { times: 50, run: () => value(vault['findings.list']({ auditId })) },
      'trail.head': { times: 100, run: () => value(vault['trail.head'](undefined)) },
    };
    const times: Record<string, number[]> = {};
    for (const [name, { times: count, pause: between, run }] of Object.entries(calls)) {
      await run(0);
      const taken: number[] = [];
      for (let index = 0; index < count; index += 1) {
        if (between !== undefined) await pause(between);
        const start = performance.now();
        await run(index);
        taken.push(performance.now() - start);
      }
      times[name] = taken;
    }
    return times;
  });
  const flushes = percentiles(disk.end());
  const rows = Object.entries(measured).map(([name, times]) => ({ name, ...percentiles(times) }));
  tell([...rows, { name: 'one flush of 4 KiB meanwhile', ...flushes }]);
  // What is saved is durable when it is answered, so a disk that stalls is waited for, for up to five flushes; nothing else is.
  const limitOf = (name: string) => (name === 'answers.save' ? limit + 5 * flushes.p99 : limit);
  expect(rows.filter(({ name, p99 }) => p99 >= limitOf(name))).toEqual([]);
});

test('the next control is on the screen at once', async () => {
  await journey.openScreen(page, 'walkthrough');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const times: number[] = [];
  for (let round = 0; round < 40; round += 1) {
    times.push(
      await page.evaluate(async () => {
        const shown = () => document.querySelector('#control-title')?.textContent;
        const before = shown();
        const start = performance.now();
        window.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true, cancelable: true }));
        while (shown() === before && performance.now() - start < 5000) await new Promise((resolve) => requestAnimationFrame(resolve));
        return performance.now() - start;
      }),
    );
    // Somebody who reads the control, if only for a moment; the neighbours are fetched meanwhile.
    await page.waitForTimeout(60);
  }
  const row = { name: 'next control (j)', ...percentiles(times) };
  tell([row]);
  expect(row.p95).toBeLessThan(limit);
});

test('the register shows its first rows at once, and neither a page at its end nor one changed piece costs more for its length', async () => {
  await page.keyboard.press('g');
  const opening = performance.now();
  await page.keyboard.press('e');
  await page.locator('.register__row--item').first().waitFor();
  const opened = performance.now() - opening;
  await expect(page.locator('.register')).toHaveAttribute('aria-rowcount', String(pieces + 1), { timeout: 30_000 });
  const { early, late, one, found } = await page.evaluate(async () => {
    const { vault } = self.sealbook;
    const { value } = self;
    const auditId = await self.onlyAudit();
    /** The shortest of several: what the machine does besides only ever adds. */
    const shortest = async (run: () => Promise<unknown>) => {
      let best = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 8; round += 1) {
        const start = performance.now();
        await run();
        best = Math.min(best, performance.now() - start);
      }
      return best;
    };
    const from = (after: number) => () => value(vault['evidence.list']({ auditId, after, limit: 1000 }));
    const [piece] = await value(vault['evidence.list']({ auditId, after: 0, limit: 1 }));
    if (piece === undefined) throw new Error('There is no evidence');
    const { revision } = await value(vault['evidence.changed']({ auditId, since: null }));
    await value(vault['evidence.update']({ evidenceId: piece.id, patch: { title: 'Another title' } }));
    return {
      early: await shortest(from(0)),
      late: await shortest(from(18_500)),
      one: await shortest(() => value(vault['evidence.changed']({ auditId, since: revision }))),
      found: (await value(vault['evidence.changed']({ auditId, since: revision }))).pieces.map(({ title: now }) => now),
    };
  });
  tell([
    { name: 'register: first rows', ...percentiles([opened]) },
    { name: 'register: first 1,000', ...percentiles([early]) },
    { name: 'register: last 1,000', ...percentiles([late]) },
    { name: 'register: one changed piece', ...percentiles([one]) },
  ]);
  expect(found).toEqual(['Another title']);
  expect(opened).toBeLessThan(registerLimit);
  // Pages whose cost grew with what lies before them would make the whole grow with the square of its length.
  expect(late).toBeLessThan(4 * early + 20);
  expect(one).toBeLessThan(early);
  await expect(page.getByText('Another title')).toBeVisible();
});

test('answers are saved in time while a large file is being sealed', async () => {
  test.setTimeout(120_000);
  const large = join(folder, 'large.bin');
  writeFileSync(large, 'not only zeros');
  truncateSync(large, 200 * 1024 * 1024);
  await answerOpenDialog(opened.app, [large]);
  const { times, sealing } = await page.evaluate(async () => {
    const { vault, shell } = self.sealbook;
    const { value } = self;
    const auditId = await self.onlyAudit();
    const { controls } = await value(vault['audits.controls']({ auditId }));
    const picked = await value(shell.pickEvidence(undefined));
    let done = false;
    const start = performance.now();
    const tokens = picked.map(({ token }) => token);
    const attached = value(vault['evidence.attachPicked']({ auditId, tokens, controls: [] })).then((results) => {
      done = true;
      return { results, took: performance.now() - start };
    });
    const taken: number[] = [];
    for (let index = 0; !done; index += 1) {
      const row = controls[index % controls.length];
      if (row === undefined) break;
      const begun = performance.now();
      await value(
        vault['answers.save']({
          auditId,
          packId: row.packId,
          controlId: row.controlId,
          patch: { rationale: `While sealing ${index}` },
        }),
      );
      taken.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    const { results, took } = await attached;
    if (results[0]?.error !== null) throw new Error('The file was not attached');
    return { times: taken, sealing: took };
  });
  const row = { name: 'answers.save while 200 MiB are sealed', ...percentiles(times) };
  tell([row, { name: 'sealing 200 MiB', ...percentiles([sealing]) }]);
  // So few calls have no 99th percentile of their own: it would be the slowest one.
  expect(times.length).toBeGreaterThan(3);
  expect(row.p95).toBeLessThan(limit);
});

test('linking thousands of pieces says how far it is; cancelled, the rest stays as it was, and undo takes back what was done', async () => {
  test.setTimeout(120_000);
  await journey.openScreen(page, 'evidence');
  const register = page.locator('.register');
  await expect(register).toHaveAttribute('aria-rowcount', /^2000\d$/, { timeout: 30_000 });
  await register.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: /^Link [\d,]+ pieces/ });
  await journey.tabTo(page, dialog.getByRole('listbox').getByRole('option').first());
  await page.keyboard.press('Space');
  await journey.press(page, dialog.getByRole('button', { name: 'Link 1' }));
  const running = page.locator('.toast', { hasText: 'Linking the pieces' });
  await expect(running).toContainText(/[\d,]+ of 20,00\d/);
  await journey.press(page, running.getByRole('button', { name: 'Cancel' }));
  const done = page.locator('.toast', { hasText: /pieces linked to 1 control/ });
  await expect(done).toBeVisible();
  await expect(running).toBeHidden();
  const linked = Number((await done.locator('.toast__title').textContent())?.split(' ')[0]?.replace(/\D/g, ''));
  expect(linked).toBeGreaterThan(0);
  expect(linked).toBeLessThan(pieces);
  const linksInAll = () =>
    page.evaluate(async () => {
      const { vault } = self.sealbook;
      const all = await self.value(vault['evidence.list']({ auditId: await self.onlyAudit(), after: 0 }));
      return all.reduce((sum, { controls }) => sum + controls.length, 0);
    });
  const before = await linksInAll();
  await journey.press(page, done.getByRole('button', { name: 'Undo' }));
  await expect.poll(linksInAll).toBe(before - linked);
});

test('destroying thousands of pieces keeps no answer waiting, and stops where it is cancelled', async () => {
  test.setTimeout(180_000);
  await page.evaluate(async () => {
    const { vault } = self.sealbook;
    const { value } = self;
    const auditId = await self.onlyAudit();
    const list = await value(vault['evidence.list']({ auditId, after: 10_000, limit: 4000 }));
    const links = list.flatMap(({ id, controls }) => (controls.length > 0 ? [{ evidenceIds: [id], controls: [...controls] }] : []));
    await value(vault['evidence.linkMany']({ auditId, links, present: false }));
  });
  await journey.openScreen(page, 'evidence');
  await expect(page.locator('.register')).toHaveAttribute('aria-rowcount', /^2000\d$/, { timeout: 30_000 });
  const tray = page.getByRole('button', { name: /^Unlinked [\d,]+$/ });
  const countOf = async () => Number((await tray.textContent())?.replace(/\D/g, ''));
  await journey.press(page, tray);
  const before = await countOf();
  expect(before).toBeGreaterThan(4000);
  await page.locator('.register').focus();
  await page.keyboard.press('Control+a');
  // Only once all that is marked is known to be linked nowhere.
  await expect(page.getByRole('button', { name: 'Destroy', exact: true })).toBeEnabled();
  await page.getByRole('button', { name: 'Destroy', exact: true }).focus();
  await page.keyboard.press('Enter');
  await journey.write(page, 'Reason', 'Copies of another piece');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /^Destroy [\d,]+ pieces of evidence\?$/ });
  await expect(dialog.getByRole('progressbar')).toBeVisible();
  const times = await page.evaluate(async () => {
    const { vault } = self.sealbook;
    const { value } = self;
    const auditId = await self.onlyAudit();
    const { controls } = await value(vault['audits.controls']({ auditId }));
    const taken: number[] = [];
    for (const { packId, controlId } of controls.slice(0, 6)) {
      const begun = performance.now();
      await value(vault['answers.save']({ auditId, packId, controlId, patch: { rationale: 'While destroying' } }));
      taken.push(performance.now() - begun);
    }
    return taken;
  });
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const told = await page.getByText(/^[\d,]+ pieces destroyed$/).textContent();
  const destroyed = Number(told?.replace(/\D/g, ''));
  const row = { name: 'answers.save while pieces are destroyed', ...percentiles(times) };
  tell([row]);
  expect(destroyed).toBeGreaterThan(0);
  expect(destroyed).toBeLessThan(before);
  await expect.poll(countOf).toBe(before - destroyed);
  expect(row.p50).toBeLessThan(limit);
});

/** Writes and flushes 4 KiB every 100 ms until it is ended, which gives the milliseconds each took. */
function watchDisk(path: string): { end(): number[] } {
  const file = openSync(path, 'w');
  const block = Buffer.alloc(4096, 'x');
  const taken: number[] = [];
  let running = true;
  const next = () => {
    const begun = performance.now();
    write(file, block, 0, block.length, 0, () =>
      fdatasync(file, () => {
        taken.push(performance.now() - begun);
        if (running) setTimeout(next, 100);
        else closeSync(file);
      }),
    );
  };
  next();
  return {
    end() {
      running = false;
      return taken;
    },
  };
}

interface Percentiles {
  readonly calls: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** Milliseconds, by nearest rank. */
function percentiles(times: readonly number[]): Percentiles {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => Math.round((sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0) * 10) / 10;
  return { calls: sorted.length, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function tell(rows: readonly (Percentiles & { readonly name: string })[]): void {
  for (const { name, calls, p50, p95, p99 } of rows)
    console.log(`${name.padEnd(38)} ${String(calls).padStart(4)} calls, ms: p50 ${p50}, p95 ${p95}, p99 ${p99}`);
}
