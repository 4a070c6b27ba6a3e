import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { walkFolder } from '../../electron/vault/evidence/folder.ts';
import { codeOf, newAudit, riskAnalysis, temporaryFolder } from './fixture.ts';
import { sessionOf, tamper } from './helpers.ts';

const quiet = new AbortController().signal;

/** A folder `site` with these files in it. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(temporaryFolder(), 'site');
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('a folder', () => {
  it('is attached file by file with the paths in it, in the order of names, and linked', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'b.txt': 'b', 'a/two.txt': 'two', 'a/one.txt': 'one', 'a/deep/three.txt': 'three' });
    const token = vault.hand(folder, 'read-folder');
    const { results, notReached, folder: name } = await vault.call('evidence.attachFolder', { auditId, token, controls: [riskAnalysis] });
    expect([name, notReached]).toEqual(['site', 0]);
    expect(results.map(({ evidence }) => [evidence?.relativePath, evidence?.originalName, evidence?.controls.length])).toEqual([
      ['site/b.txt', 'b.txt', 1],
      ['site/a/one.txt', 'one.txt', 1],
      ['site/a/two.txt', 'two.txt', 1],
      ['site/a/deep/three.txt', 'three.txt', 1],
    ]);
    expect(vault.progress.at(-1)).toEqual({ label: '4 / 4 a/deep/three.txt', done: 12, total: 12, unit: 'bytes' });
    expect(await codeOf(vault.call('evidence.attachFolder', { auditId, token, controls: [] }))).toBe('token.unknown');
  });

  it('passes over nothing silently: links, pipes, empty and unreadable things each have their line', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'good.txt': 'good', 'same.txt': 'good', 'empty.txt': '' });
    const outside = folderOf({ 'secret.txt': 'outside' });
    symlinkSync(outside, join(folder, 'link-to-folder'));
    symlinkSync(join(outside, 'secret.txt'), join(folder, 'link.txt'));
    symlinkSync(folder, join(folder, 'loop'));
    spawnSync('mkfifo', [join(folder, 'pipe')]);
    const token = vault.hand(folder, 'read-folder');
    const { results } = await vault.call('evidence.attachFolder', { auditId, token, controls: [] });
    expect(results.map(({ name, duplicateOf, error }) => [name, error?.code ?? (duplicateOf === null ? 'attached' : 'duplicate')])).toEqual(
      [
        ['empty.txt', 'evidence.empty'],
        ['good.txt', 'attached'],
        ['link-to-folder', 'evidence.link-not-followed'],
        ['link.txt', 'evidence.link-not-followed'],
        ['loop', 'evidence.link-not-followed'],
        ['pipe', 'evidence.not-a-file'],
        ['same.txt', 'duplicate'],
      ],
    );
    expect((await vault.call('evidence.list', { auditId })).map((item) => item.originalName)).toEqual(['good.txt']);
  });

  it.skipIf(process.platform !== 'linux')(
    'tells of names that are no text, of a file and of a folder, and picked they say the same',
    async () => {
      const { vault, auditId } = await newAudit();
      const folder = folderOf({ 'good.txt': 'good' });
      const notText = (name: string) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
      writeFileSync(notText('caf\u00e9.txt'), 'coffee');
      mkdirSync(notText('\u00fcbung'));
      const { results } = await vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls: [] });
      expect(results.map(({ name, error }) => [name, error?.code])).toEqual([
        ['caf\ufffd.txt', 'evidence.name-not-text'],
        ['good.txt', undefined],
        ['\ufffdbung', 'evidence.name-not-text'],
      ]);
      const tokens = [vault.hand(join(folder, 'caf\ufffd.txt'), 'read')];
      const picked = await vault.call('evidence.attachPicked', { auditId, tokens, controls: [] });
      expect(picked.map(({ error }) => error?.code)).toEqual(['evidence.name-not-text']);
    },
  );

  it.skipIf(process.getuid?.() === 0)('that cannot be entered is one line, and so is a file that cannot be read', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'closed/a.txt': 'a', 'shut.txt': 'b', 'open.txt': 'c' });
    chmodSync(join(folder, 'closed'), 0);
    chmodSync(join(folder, 'shut.txt'), 0);
    const { results } = await vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls: [] });
    chmodSync(join(folder, 'closed'), 0o700);
    expect(results.map(({ name, error }) => [name, error?.code])).toEqual([
      ['open.txt', undefined],
      ['shut.txt', 'evidence.unreadable'],
      ['closed', 'evidence.unreadable'],
    ]);
  });

  it('that is gone is one line; an empty one has none', async () => {
    const { vault, auditId } = await newAudit();
    const attachFolder = (path: string) =>
      vault.call('evidence.attachFolder', { auditId, token: vault.hand(path, 'read-folder'), controls: [] });
    const gone = join(temporaryFolder(), 'gone');
    expect((await attachFolder(gone)).results).toMatchObject([{ error: { code: 'evidence.unreadable' } }]);
    expect((await attachFolder(temporaryFolder())).results).toEqual([]);
  });

  it('with a name as long as the file system allows keeps its extension', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ [`${'n'.repeat(251)}.txt`]: 'long' });
    const { results } = await vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls: [] });
    expect(results[0]?.evidence?.originalName).toMatch(/^n{196}\.txt$/);
  });

  it('keeps what is attached when it is cancelled, and says how many were not reached', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'a.txt': 'a', 'b.txt': 'b', 'c.txt': 'c' });
    const stop = new AbortController();
    const { push } = vault.progress;
    vault.progress.push = (step) => {
      if (step.label.endsWith('b.txt')) stop.abort();
      return push.call(vault.progress, step);
    };
    const call = vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls: [] }, stop.signal);
    expect(await call).toMatchObject({ results: [{ name: 'a.txt' }], notReached: 2 });
    expect((await vault.call('evidence.list', { auditId })).length).toBe(1);
  });

  it('attaches nothing when it was cancelled before the first file', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'a.txt': 'a' });
    const token = vault.hand(folder, 'read-folder');
    await expect(vault.call('evidence.attachFolder', { auditId, token, controls: [] }, AbortSignal.abort())).rejects.toThrow('Cancelled');
  });

  it('is refused to observers, in frozen audits and for controls the audit does not have', async () => {
    const { vault, auditId } = await newAudit();
    const folder = folderOf({ 'a.txt': 'a' });
    const attempt = (controls = [riskAnalysis]) =>
      codeOf(vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls }));
    expect(await attempt([{ packId: 'hipaa-security', controlId: 'nothing' }])).toBe('control.unknown');
    tamper(vault, "UPDATE audit SET state = 'archived'");
    expect(await attempt()).toBe('audit.frozen');
    const session = sessionOf(vault);
    vault.process.session = { ...session, me: { ...session.me, role: 'observer' } };
    expect(await attempt()).toBe('person.not-allowed');
    vault.process.session = session;
  });
});

describe('walking a folder', () => {
  it('stops one past the limit instead of listing everything', async () => {
    const folder = folderOf({ 'a.txt': 'a', 'b.txt': 'b', 'c/d.txt': 'd', 'c/e.txt': 'e' });
    expect((await walkFolder(folder, 2, quiet)).length).toBe(3);
    expect((await walkFolder(folder, 4, quiet)).length).toBe(4);
  });

  it('does not go deeper than any folder that somebody made on purpose', async () => {
    const base = temporaryFolder();
    let folder = join(base, 'end');
    mkdirSync(folder);
    for (let depth = 0; depth < 205; depth += 1) {
      mkdirSync(join(base, 'next'));
      renameSync(folder, join(base, 'next', 'd'));
      folder = join(base, 'n');
      renameSync(join(base, 'next'), folder);
    }
    expect(await walkFolder(folder, 100, quiet)).toMatchObject([{ refused: 'evidence.unreadable', size: 0 }]);
  });
});
