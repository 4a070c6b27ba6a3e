import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSmallFile } from '../../electron/vault/evidence/source.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, type TestVault, temporaryFolder } from './fixture.ts';

/** Names, texts and files that nobody expects, on their ways in and out. */

type Audit = Awaited<ReturnType<typeof newAudit>>['auditId'];

/** As a dropped file comes: other file systems have longer names than the one below a test. */
async function drop(vault: TestVault, auditId: Audit, name: string): Promise<EvidenceId> {
  const { uploadId } = await vault.call('evidence.beginUpload', { auditId, name, size: name.length, controls: [] });
  await vault.call('evidence.uploadChunk', { uploadId, bytes: Buffer.alloc(name.length, name) });
  const { evidence } = await vault.call('evidence.finishUpload', { uploadId });
  if (evidence === null) throw new Error('Nothing was attached');
  return evidence.id;
}

const exportBody = (vault: TestVault, auditId: Audit, path: string) =>
  vault.call('evidence.exportBody', { auditId, token: vault.hand(path, 'write'), reason: 'Asked for' });

describe('names of more bytes than a file system takes', () => {
  it('are cut before their extension where originals and a body of evidence are written', async () => {
    const { vault, auditId } = await newAudit();
    const evidenceIds = [];
    for (const name of [`${'证'.repeat(196)}.pdf`, `${'😀'.repeat(190)}.eml`, 'я'.repeat(200), `${'a'.repeat(196)}.txt`])
      evidenceIds.push(await drop(vault, auditId, name));
    const folder = join(temporaryFolder(), 'Pieces');
    await vault.call('evidence.exportMany', { auditId, evidenceIds, token: vault.hand(folder, 'write'), reason: 'Asked for' });
    expect(readdirSync(folder).sort()).toEqual([
      `E-001 ${'证'.repeat(81)}.pdf`,
      `E-002 ${'😀'.repeat(61)}.eml`,
      `E-003 ${'я'.repeat(124)}`,
      `E-004 ${'a'.repeat(190)}.txt`,
      'SHA256SUMS',
    ]);
    const body = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, body);
    expect(readdirSync(join(body, 'not linked'))).toHaveLength(4);
    expect(execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: body, encoding: 'utf8' })).not.toContain('FAILED');
  });
});

describe('a file of a folder', () => {
  it('that is called by dots alone is named in its line', async () => {
    const { vault, auditId } = await newAudit();
    const folder = join(temporaryFolder(), 'site');
    mkdirSync(folder);
    writeFileSync(join(folder, '...'), 'dots');
    writeFileSync(join(folder, '....'), '');
    const { results } = await vault.call('evidence.attachFolder', { auditId, token: vault.hand(folder, 'read-folder'), controls: [] });
    expect(results.map(({ name, error }) => [name, error?.code])).toEqual([
      ['unnamed', undefined],
      ['unnamed', 'evidence.empty'],
    ]);
  });
});

describe('half a character', () => {
  it('in what people write does not make the trail look tampered with', async () => {
    const { vault, auditId } = await newAudit();
    const evidenceId = (await attach(vault, auditId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    await vault.call('evidence.update', { evidenceId, patch: { title: 'cut \ud83d', tags: ['\udc00 tag'] } });
    const note = { from: 'A \ud800', to: 'B', at: '2026-05-02', purpose: 'why \udfff', reference: '' };
    await vault.call('custody.handOver', { evidenceIds: [evidenceId], action: 'received', ...note });
    await vault.call('evidence.destroy', { evidenceId, reason: 'gone \ud800' });
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
    expect((await vault.call('custody.get', { evidenceId })).events.map(({ handOver }) => handOver?.purpose)).toContain('gone \ufffd');
  });
});

describe('a picked list, index or other small file', () => {
  it('that is a pipe, a device or a folder is refused at once', async () => {
    const { vault, auditId } = await newAudit();
    const pipe = join(temporaryFolder(), 'pipe');
    spawnSync('mkfifo', [pipe]);
    for (const path of [pipe, '/dev/zero', temporaryFolder()]) {
      expect(await codeOf(vault.call('evidence.checkList', { auditId, token: vault.hand(path, 'read-list') }))).toBe('list.unreadable');
      expect(await codeOf(vault.call('identity.import', { token: vault.hand(path, 'read'), password: 'x' }))).toBe('identity.unreadable');
      expect(await codeOf(vault.call('packs.inspect', { tokens: [vault.hand(path, 'read')] }))).toBe('pack.invalid');
      expect(await codeOf(vault.call('verify.picked', { token: vault.hand(path, 'read') }))).toBe('verify.unreadable');
    }
    expect(await codeOf(vault.call('evidence.importBody', { auditId, token: vault.hand(pipe, 'read') }))).toBe('evidence.not-a-file');
    const folder = temporaryFolder();
    renameSync(pipe, join(folder, 'INDEX.csv'));
    expect(await codeOf(vault.call('evidence.importBody', { auditId, token: vault.hand(folder, 'read') }))).toBe('evidence.unreadable');
    const fits = join(folder, 'fits');
    writeFileSync(fits, 'abc');
    expect([await readSmallFile(fits, 3), await readSmallFile(fits, 2)]).toEqual([Buffer.from('abc'), null]);
  });
});

describe('a body of evidence from elsewhere', () => {
  const importBody = (vault: TestVault, auditId: Audit, folder: string) =>
    vault.call('evidence.importBody', { auditId, token: vault.hand(folder, 'read') });

  it('brings back what a spreadsheet would have taken for a formula', async () => {
    const { vault, auditId } = await newAudit();
    const evidenceId = (await attach(vault, auditId, 'a.txt', 'a')).evidence?.id as EvidenceId;
    const written = { title: 'a;=1+1', description: '- minus\n- next', collector: '@me', source: "'=quoted", method: "it's" };
    await vault.call('evidence.update', { evidenceId, patch: written });
    const body = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, body);
    expect(readFileSync(join(body, 'INDEX.csv'), 'utf8')).toMatch(/,a;'=1\+1,.*'@me,''=quoted,it's,.*'- minus\n'- next/s);
    const other = await newAudit();
    expect((await importBody(other.vault, other.auditId, body)).attached).toBe(1);
    expect(await other.vault.call('evidence.list', { auditId: other.auditId })).toMatchObject([written]);
  });

  it('with a link that leads out of it does not reach what lies there', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a');
    const body = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, body);
    const outside = join(temporaryFolder(), 'a.txt');
    renameSync(join(body, 'not linked', 'E-001 a.txt'), outside);
    symlinkSync(outside, join(body, 'not linked', 'E-001 a.txt'));
    const other = await newAudit();
    const { attached, problems } = await importBody(other.vault, other.auditId, body);
    expect([attached, problems[0]?.message]).toEqual([0, expect.stringContaining('link')]);
  });

  it('whose index names a path that no system has takes the other pieces', async () => {
    const { vault, auditId } = await newAudit();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'INDEX.csv'), 'path,sha256\r\na\0b,00\r\ngone.txt,00\r\n');
    expect((await importBody(vault, auditId, folder)).problems.map(({ path }) => path)).toEqual(['a\0b', 'gone.txt']);
  });

  it('whose index lacks the columns that name the files is refused as a whole', async () => {
    const { vault, auditId } = await newAudit();
    const folder = temporaryFolder();
    for (const index of ['', 'label,title\r\nE-001,a\r\n', 'path\r\na.txt\r\n']) {
      writeFileSync(join(folder, 'INDEX.csv'), index);
      expect(await codeOf(importBody(vault, auditId, folder))).toBe('evidence.unreadable');
    }
  });
});
