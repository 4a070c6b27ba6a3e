import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { createDialogs, shortened } from '../../electron/main/dialogs.ts';
import { createRecentVaults } from '../../electron/main/recent.ts';
import type { JsonFile, Recent } from '../../electron/main/settings.ts';
import { dialog, resetElectron } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const handFile = vi.fn();
const parent = { name: 'window' } as unknown as BrowserWindow;
beforeEach(() => {
  resetElectron();
  handFile.mockClear();
});

const withWindow = () => createDialogs(() => parent, handFile);
const picks = (...filePaths: string[]) => dialog.showOpenDialog.mockResolvedValue({ canceled: filePaths.length === 0, filePaths });

test('several files of evidence become a token and a name each; the paths go to the vault only', async () => {
  picks('/home/a/one.pdf', '/home/a/two.png');
  const picked = await withWindow().pickEvidence();
  expect(picked.map(({ name }) => name)).toEqual(['one.pdf', 'two.png']);
  expect(JSON.stringify(picked)).not.toContain('/home');
  expect(handFile.mock.calls.map(([file]) => file)).toEqual([
    { token: picked[0]?.token, path: '/home/a/one.pdf', purpose: 'read' },
    { token: picked[1]?.token, path: '/home/a/two.png', purpose: 'read' },
  ]);
  expect(new Set(picked.map(({ token }) => token)).size).toBe(2);
  expect(picked[0]?.token).toMatch(/^[\w-]{32}$/);
  expect(dialog.showOpenDialog.mock.calls[0]?.[0]).toBe(parent);
});

test('a dialog that was cancelled hands over nothing', async () => {
  picks();
  dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: '' });
  const dialogs = withWindow();
  expect(await dialogs.pickEvidence()).toEqual([]);
  expect([
    await dialogs.pickPkcs12(),
    await dialogs.pickReport(),
    await dialogs.pickVault(),
    await dialogs.pickNewVault('a'),
    await dialogs.pickSave('pdf', 'a.pdf'),
  ]).toEqual([null, null, null, null, null]);
  expect(handFile).not.toHaveBeenCalled();
});

test.each([
  ['pickPkcs12', 'read', '/k/me.p12'],
  ['pickFolder', 'read-folder', '/e/site'],
  ['pickRevision', 'read', '/e/policy.pdf'],
  ['pickReport', 'read', '/r/report.pdf'],
  ['pickVault', 'vault', '/v/Clinic.sealbook'],
] as const)('%s is for: %s', async (name, purpose, path) => {
  picks(path);
  const dialogs = withWindow();
  const picked = await dialogs[name]();
  expect(handFile).toHaveBeenCalledWith({ token: picked?.token, path, purpose });
  expect(dialogs.vaultPath(picked?.token ?? '')).toBe(purpose === 'vault' ? path : null);
});

test('a new vault is a folder of a safe name in the picked one', async () => {
  picks('/v');
  const dialogs = withWindow();
  const picked = await dialogs.pickNewVault('../Clinic: North');
  expect(picked?.name).toBe('Clinic North.sealbook');
  expect(handFile).toHaveBeenCalledWith({ token: picked?.token, path: '/v/Clinic North.sealbook', purpose: 'new-vault' });
  expect(dialogs.vaultPath(picked?.token ?? '')).toBe('/v/Clinic North.sealbook');
});

test.each([
  ['pdf', 'pdf'],
  ['pem', 'pem'],
  ['html', 'html'],
  ['original', '*'],
] as const)('saving a %s suggests a safe name and asks before it overwrites', async (kind, extension) => {
  dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: '/out/x' });
  const picked = await withWindow().pickSave(kind, '/etc/a:b');
  expect(picked?.name).toBe('x');
  expect(handFile).toHaveBeenCalledWith({ token: picked?.token, path: '/out/x', purpose: 'write' });
  expect(dialog.showSaveDialog).toHaveBeenCalledWith(
    parent,
    expect.objectContaining({
      defaultPath: 'etc a b',
      properties: expect.arrayContaining(['showOverwriteConfirmation']),
      filters: [expect.objectContaining({ extensions: [extension] })],
    }),
  );
});

test('without a window the dialogs stand alone, and an empty or absent path is none', async () => {
  const dialogs = createDialogs(() => null, handFile);
  picks('/r/report.pdf');
  expect((await dialogs.pickReport())?.name).toBe('report.pdf');
  expect(dialog.showOpenDialog.mock.calls[0]).toHaveLength(1);
  dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: '' }).mockResolvedValueOnce({ canceled: false });
  expect([await dialogs.pickSave('pdf', 'a'), await dialogs.pickSave('pdf', 'a')]).toEqual([null, null]);
  expect(dialog.showSaveDialog.mock.calls[0]).toHaveLength(1);
});

test('a path below the home folder is shown shortened', () => {
  expect(shortened(join(homedir(), 'Audits', 'a.sealbook'))).toBe('~/Audits/a.sealbook');
  expect(shortened('/srv/a.sealbook')).toBe('/srv/a.sealbook');
  expect(shortened(`${homedir()}2/a`)).toBe(`${homedir()}2/a`);
});

function recentVaults(): ReturnType<typeof createRecentVaults> {
  let kept: Recent = [];
  const file: JsonFile<Recent> = {
    read: () => kept,
    write: (next) => {
      kept = next;
    },
  };
  return createRecentVaults(file);
}

test('the last opened vault is first, known ones keep their id, and twelve are kept', () => {
  const recent = recentVaults();
  recent.remember('/v/a.sealbook', 'A');
  const id = recent.list()[0]?.id ?? '';
  for (let vault = 0; vault < 11; vault += 1) recent.remember(`/v/${vault}.sealbook`, '');
  recent.remember('/v/a.sealbook', 'A renamed');
  expect(recent.list()[0]).toEqual({ id, name: 'A renamed', place: '/v/a.sealbook' });
  recent.remember('/v/one-more.sealbook', 'One more');
  expect(recent.list()).toHaveLength(12);
  expect(recent.list().map(({ name }) => name)).not.toContain('0.sealbook');
});

test('a vault without a name is called as its folder, and a forgotten one has no path', () => {
  const recent = recentVaults();
  recent.remember('/v/a.sealbook', '');
  const [vault] = recent.list();
  expect(vault?.name).toBe('a.sealbook');
  expect(recent.pathOf(vault?.id ?? '')).toBe('/v/a.sealbook');
  recent.forget(vault?.id ?? '');
  expect([recent.list(), recent.pathOf(vault?.id ?? '')]).toEqual([[], null]);
});
