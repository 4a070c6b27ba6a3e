import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '@playwright/test';
import { keepPicture } from './failure.ts';
import type { OpenedApp } from './harness.ts';
import { openApp, temporaryFolder } from './harness.ts';
import * as journey from './journey.ts';
import { pdf, png } from './sample-files.ts';

/** What is written into a vault lies nowhere in the clear, and nothing goes out, while the main job is done. */

test.describe.configure({ mode: 'serial' });
test.skip(process.platform !== 'linux', 'reads /proc');

const passphrase = 'copper lantern orchard tide';
const markers = {
  rationale: 'markerrationalequartz',
  note: 'markernotejuniper',
  finding: 'markerfindingpelican',
  text: 'markertextsaffron',
  pdf: 'markerpdfobsidian',
  png: 'markerpngwalnut',
} as const;

/** The temporary folder of the app; what the test brings along lies beside it. */
const folder = temporaryFolder('secrecy');
const sources = join(folder, 'sources');
const searched = { vault: join(folder, 'Firm.sealbook'), profile: join(folder, 'profile'), temporary: join(folder, 'tmp') };
const before = process.env.TMPDIR;
let opened: OpenedApp;
let page: Page;
/** Sockets of the network found at any moment of the job. */
const sockets = new Set<string>();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  for (const path of [sources, searched.temporary]) mkdirSync(path);
  process.env.TMPDIR = searched.temporary;
  opened = await openApp({ profile: searched.profile });
  page = opened.page;
  await journey.createVault(opened.app, page, { folder, name: 'Firm', person: 'Ada Lindqvist', email: 'ada@example.org', passphrase });
  await journey.newAudit(page, { organisation: 'Harbour Clinic', title: 'Quiet audit', checklists: [/HIPAA Security/] });
});
test.afterAll(async () => {
  await opened.close();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true });
});
test.afterEach(async () => {
  await keepPicture(page);
  noteSockets();
  expect(opened.problems, 'errors on the console and violations of the policy').toEqual([]);
});

test('the search finds a marker that is there, in both encodings', () => {
  const probe = join(searched.temporary, 'probe');
  for (const encoding of ['utf8', 'utf16le'] as const) {
    writeFileSync(probe, Buffer.from(`before ${markers.note} after`, encoding));
    expect(filesWithMarkers()).toEqual([`${probe}: note`]);
  }
  rmSync(probe);
});

test('nothing is in the clear after answering, attaching and looking', async () => {
  await countViolations();
  await journey.openScreen(page, 'walkthrough');
  await journey.answerControl(page, { verdict: '2', rationale: markers.rationale, questions: ['No'], note: markers.note });
  const files = {
    'log.txt': `first line\n${markers.text}\n`,
    'policy.pdf': pdf(markers.pdf),
    'screen.png': png(60, 40, markers.png),
  };
  const paths = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(sources, name), content);
    return join(sources, name);
  });
  await journey.attachByPicker(opened.app, page, paths);
  await journey.writeFinding(page, { title: markers.finding, condition: markers.finding });
  noteSockets();
  expect(filesWithMarkers()).toEqual([]);

  await journey.openScreen(page, 'evidence');
  for (const [title, shown] of [
    ['log', '.evidence-detail__preview :text("markertext")'],
    ['policy', '.evidence-detail__preview canvas'],
    ['screen', '.evidence-detail__preview img'],
  ] as const) {
    await page.getByRole('row', { name: new RegExp(`\\b${title}\\b`) }).click();
    await expect(page.locator(shown).first()).toBeVisible();
    noteSockets();
  }
  expect(filesWithMarkers()).toEqual([]);
  expect(openFilesWithMarkers()).toEqual([]);
});

test('nothing is in the clear after previewing and signing the report', async () => {
  test.setTimeout(180_000);
  await journey.signReport(page);
  noteSockets();
  expect(filesWithMarkers()).toEqual([]);
  expect(openFilesWithMarkers()).toEqual([]);
});

test('nothing is in the clear after locking and after quitting', async () => {
  await journey.lock(page);
  expect(await page.content()).not.toContain('marker');
  expect(filesWithMarkers()).toEqual([]);
  expect(openFilesWithMarkers()).toEqual([]);
  expect(await page.evaluate(() => Reflect.get(self, 'violations'))).toBe(0);
  await opened.close();
  expect(filesWithMarkers()).toEqual([]);
  expect(readdirSync(searched.temporary).filter((name) => name.startsWith('sealbook'))).toEqual([]);
  opened = await openApp({ profile: searched.profile });
  page = opened.page;
});

test('no process of the app had a network socket, except the two doors that Playwright itself opened', () => {
  // Playwright starts Electron with --inspect=0 and --remote-debugging-port=0: two listeners on 127.0.0.1 of the main
  // process, and the connections of this test to them. They are told by the port that this process is connected to.
  expect([...sockets]).toEqual([]);
  expect(playwrightPorts().size).toBeGreaterThan(0);
});

/** Every file below the searched folders whose bytes hold a marker, as `path: which`. */
function filesWithMarkers(): string[] {
  return Object.values(searched).flatMap((root) => filesBelow(root).flatMap((path) => found(path, readOrEmpty(path))));
}

function found(path: string, bytes: Buffer): string[] {
  return Object.entries(markers).flatMap(([name, word]) =>
    bytes.includes(Buffer.from(word, 'utf8')) || bytes.includes(Buffer.from(word, 'utf16le')) ? [`${path}: ${name}`] : [],
  );
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const below = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(below);
    return entry.isFile() ? [below] : [];
  });
}

function readOrEmpty(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // Gone since it was listed.
    return Buffer.alloc(0);
  }
}

/** The processes of the app that runs: the one that was started and all its descendants. */
function appProcesses(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const parent = /^PPid:\s+(\d+)/m.exec(readOrEmpty(`/proc/${name}/status`).toString('utf8'))?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const root = opened.app.process().pid ?? 0;
  const belongs = (pid: number): boolean => pid === root || (parents.has(pid) && belongs(parents.get(pid) ?? 0));
  return [...parents.keys()].filter(belongs);
}

/** What a process has open, as `[path of the descriptor, where it leads]`. A sandboxed process may hide it. */
function descriptors(pid: number): (readonly [string, string])[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((name) => {
      const path = `/proc/${pid}/fd/${name}`;
      try {
        return [[path, readlinkSync(path)] as const];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

/**
 * Open files with a marker, also those that were deleted after opening. Memory that the processes share (memfd and
 * /dev/shm) is memory and no file; the app's own code and the sources that the test brought along are left out.
 */
function openFilesWithMarkers(): string[] {
  return appProcesses().flatMap((pid) =>
    descriptors(pid).flatMap(([path, target]) => {
      if (!target.startsWith('/') || /^\/(dev|proc|sys|memfd:)/.test(target) || target.startsWith(sources)) return [];
      if (!isSearchable(path)) return [];
      return found(`${pid} ${target}`, readOrEmpty(path));
    }),
  );
}

function isSearchable(path: string): boolean {
  try {
    const { size } = statSync(path);
    return statSync(path).isFile() && size < 300 * 1024 * 1024;
  } catch {
    return false;
  }
}

interface Socket {
  readonly inode: string;
  readonly local: number;
  readonly remote: number;
  readonly kind: string;
}

/** The network sockets of this computer, from /proc/net. */
function networkSockets(): Socket[] {
  return ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].flatMap((kind) =>
    readOrEmpty(`/proc/net/${kind}`)
      .toString('utf8')
      .split('\n')
      .slice(1)
      .flatMap((line) => {
        const fields = line.trim().split(/\s+/);
        const port = (address: string | undefined) => Number.parseInt(address?.split(':')[1] ?? '0', 16);
        return fields[9] === undefined ? [] : [{ kind, local: port(fields[1]), remote: port(fields[2]), inode: fields[9] }];
      }),
  );
}

function socketsOf(pid: number): Socket[] {
  const inodes = new Set(descriptors(pid).map(([, target]) => /^socket:\[(\d+)\]$/.exec(target)?.[1]));
  return networkSockets().filter(({ inode }) => inodes.has(inode));
}

/** The ports that this test process is connected to. */
function playwrightPorts(): Set<number> {
  return new Set(socketsOf(process.pid).map(({ remote }) => remote));
}

function noteSockets(): void {
  const excepted = playwrightPorts();
  for (const pid of appProcesses()) {
    for (const { kind, local, remote } of socketsOf(pid)) {
      if (!excepted.has(local)) sockets.add(`process ${pid}: ${kind} ${local} -> ${remote}`);
    }
  }
}

async function countViolations(): Promise<void> {
  await page.evaluate(() => {
    Reflect.set(self, 'violations', 0);
    document.addEventListener('securitypolicyviolation', () => Reflect.set(self, 'violations', Reflect.get(self, 'violations') + 1));
  });
}
