import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attachPath, evidenceOf, mebibyte, patterned, stored } from './evidence-fixture.ts';
import { attach, codeOf, newAudit, riskAnalysis, shownText, temporaryFolder, terminations } from './fixture.ts';

/** Makes something at a path and gives the path. */
function made(path: string, make: (path: string) => unknown): string {
  make(path);
  return path;
}

describe('attaching a file', () => {
  it('seals it with its facts, links it to the control, and opens the custody ledger', async () => {
    const { vault, auditId } = await newAudit();
    const result = await attach(vault, auditId, 'access.log', 'line one\n', [riskAnalysis]);
    expect(result).toMatchObject({ name: 'access.log', duplicateOf: null, error: null });
    expect(result.evidence).toMatchObject({
      number: 1,
      title: 'access',
      originalName: 'access.log',
      mediaType: 'text/plain',
      size: 9,
      sha256: createHash('sha256').update('line one\n').digest('hex'),
      collector: 'Ada Lindqvist',
      sensitivity: 'normal',
      controls: [riskAnalysis],
      findings: [],
    });
    const detail = await vault.call('evidence.get', { evidenceId: result.evidence?.id as EvidenceId });
    expect(detail.custody.map((event) => event.action)).toEqual(['collected', 'linked']);
    expect(detail).toMatchObject({ preview: 'text', receivedByName: 'Ada Lindqvist' });
    expect(vault.progress).toContainEqual({ label: 'access.log', done: 9, total: 9, unit: 'bytes' });
  });

  it('never leaves the content readable in the vault folder', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'secret.txt', 'a sentence nobody may find '.repeat(50));
    for (const file of readdirSync(vault.folder)) expect(readFileSync(join(vault.folder, file)).includes('nobody may find')).toBe(false);
  });

  it('links the same content in the same audit instead of keeping it twice', async () => {
    const { vault, auditId } = await newAudit();
    const first = await attach(vault, auditId, 'a.txt', 'same', [riskAnalysis]);
    const again = await attach(vault, auditId, 'b.txt', 'same', [terminations]);
    expect(again.duplicateOf).toBe(first.evidence?.id);
    expect(again.evidence).toMatchObject({ originalName: 'a.txt', controls: [riskAnalysis, terminations] });
    expect((await vault.call('evidence.list', { auditId })).length).toBe(1);
    expect(stored(vault)).toEqual({ objects: 1, chunks: 1 });
  });

  it('shares the sealed object with another audit', async () => {
    const { vault, auditId } = await newAudit();
    const other = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const first = await evidenceOf(vault, auditId, 'a.txt', 'same');
    const second = await evidenceOf(vault, other.id, 'b.txt', 'same');
    expect(second).toMatchObject({ number: 1, originalName: 'b.txt', sha256: first.sha256 });
    expect(stored(vault)?.objects).toBe(1);
    await vault.call('evidence.destroy', { evidenceId: first.id, reason: 'Client asked' });
    expect(stored(vault)?.objects).toBe(1);
    vault.events.length = 0;
    expect(shownText(await vault.call('evidence.preview', { evidenceId: second.id }))).toBe('same');
    // The head of the trail stands on every screen; nothing else changed.
    expect(vault.events).toEqual([{ type: 'changed', topics: ['trail'], auditId: second.auditId }]);
    await vault.call('evidence.destroy', { evidenceId: second.id, reason: 'Client asked' });
    expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
  });

  it('keeps files of every size around a chunk whole', async () => {
    const { vault, auditId } = await newAudit();
    for (const size of [1, mebibyte - 1, mebibyte, mebibyte + 1, 9 * mebibyte + 3]) {
      const content = patterned(size, size);
      const { id } = await evidenceOf(vault, auditId, `${size}.bin`, content);
      const path = join(temporaryFolder(), 'out.bin');
      await vault.call('evidence.exportOriginal', { evidenceId: id, token: vault.hand(path, 'write'), reason: 'test' });
      expect(readFileSync(path).equals(content)).toBe(true);
      expect(await vault.call('evidence.verify', { evidenceId: id })).toMatchObject({ ok: true });
    }
  });

  it.each<[string, string, (folder: string) => string]>([
    ['an empty file', 'evidence.empty', (folder) => made(join(folder, 'x'), (path) => writeFileSync(path, ''))],
    ['a file that is gone', 'evidence.unreadable', (folder) => join(folder, 'x')],
    ['a folder', 'evidence.not-a-file', (folder) => made(join(folder, 'x'), mkdirSync)],
    ['a named pipe', 'evidence.not-a-file', (folder) => made(join(folder, 'x'), (path) => spawnSync('mkfifo', [path]))],
    ['a device', 'evidence.not-a-file', () => '/dev/zero'],
    [
      'a path through a file',
      'evidence.unreadable',
      (folder) =>
        join(
          made(join(folder, 'f'), (path) => writeFileSync(path, 'f')),
          'x',
        ),
    ],
    ['a link that leads to itself', 'evidence.unreadable', (folder) => made(join(folder, 'x'), (path) => symlinkSync('x', path))],
  ])('refuses %s, says so, and keeps nothing of it', async (_name, code, make) => {
    const { vault, auditId } = await newAudit();
    const [result] = await attachPath(vault, auditId, make(temporaryFolder()));
    expect(result).toMatchObject({ evidence: null, error: { code, hint: expect.stringMatching(/\.$/) } });
    expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
  });

  it.skipIf(process.getuid?.() === 0)('refuses a file that may not be read', async () => {
    const { vault, auditId } = await newAudit();
    const path = join(temporaryFolder(), 'x');
    writeFileSync(path, 'x');
    chmodSync(path, 0);
    expect((await attachPath(vault, auditId, path))[0]?.error?.code).toBe('evidence.unreadable');
  });

  it('attaches the good ones of several files and tells what became of each', async () => {
    const { vault, auditId } = await newAudit();
    const tokens = [vault.file('a.txt', 'a'), vault.file('empty', ''), 'a-token-that-nobody-handed', vault.file('c.txt', 'c')];
    const results = await vault.call('evidence.attachPicked', { auditId, tokens, controls: [] });
    expect(results.map((result) => [result.name, result.error?.code ?? 'attached'])).toEqual([
      ['a.txt', 'attached'],
      ['empty', 'evidence.empty'],
      ['unnamed', 'token.unknown'],
      ['c.txt', 'attached'],
    ]);
    expect(vault.progress.map((step) => step.label)).toEqual(['1 / 4 a.txt', '4 / 4 c.txt']);
  });

  it('refuses a file that grows or shrinks while it is read', async () => {
    const { vault, auditId } = await newAudit();
    for (const change of [(path: string) => appendFileSync(path, patterned(mebibyte)), (path: string) => writeFileSync(path, 'cut')]) {
      const path = join(temporaryFolder(), 'growing.log');
      writeFileSync(path, patterned(4 * mebibyte));
      let changed = false;
      const context = {
        process: vault.process,
        signal: new AbortController().signal,
        progress: () => {
          if (!changed) change(path);
          changed = true;
        },
      };
      const { dispatch } = await import('../../electron/vault/dispatch.ts');
      const results = await dispatch(context, 'evidence.attachPicked', { auditId, tokens: [vault.hand(path, 'read')], controls: [] });
      expect(results).toMatchObject([{ evidence: null, error: { code: 'evidence.changed' } }]);
      expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
    }
  });

  it('can be cancelled: the files before stay, nothing of the running one does', async () => {
    const { vault, auditId } = await newAudit();
    const { dispatch } = await import('../../electron/vault/dispatch.ts');
    for (const files of [['big.bin'], ['small.txt', 'big.bin']]) {
      const controller = new AbortController();
      const context = {
        process: vault.process,
        signal: controller.signal,
        progress: (step: { label: string }) => step.label.endsWith('big.bin') && controller.abort(),
      };
      const tokens = files.map((name) => vault.file(name, name === 'big.bin' ? patterned(5 * mebibyte) : 'small'));
      const work = dispatch(context, 'evidence.attachPicked', { auditId, tokens, controls: [] });
      if (files.length === 1) await expect(work).rejects.toMatchObject({ name: 'CancelledError' });
      else expect(await work).toMatchObject([{ name: 'small.txt', error: null }]);
    }
    expect((await vault.call('evidence.list', { auditId })).map((item) => item.originalName)).toEqual(['small.txt']);
    expect(stored(vault)).toEqual({ objects: 1, chunks: 1 });
  });

  it('removes the chunks when the record cannot be made', async () => {
    const { vault, auditId } = await newAudit();
    const nowhere = { packId: 'hipaa-security', controlId: 'nothing' };
    const result = await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis, nowhere]);
    expect(result.error?.code).toBe('control.unknown');
    expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
  });
});

describe('the days a piece speaks of', () => {
  it('refuses a last day before the first, in one change or in two, and keeps what was there', async () => {
    const { vault, auditId } = await newAudit();
    const evidenceId = (await attach(vault, auditId, 'access.log', 'line one\n')).evidence?.id as EvidenceId;
    const update = (patch: { effectiveFrom?: string; effectiveTo?: string; title?: string }) =>
      vault.call('evidence.update', { evidenceId, patch });
    expect(await codeOf(update({ effectiveFrom: '2026-03-02', effectiveTo: '2026-03-01' }))).toBe('evidence.period-reversed');
    await update({ effectiveFrom: '2026-03-02', effectiveTo: '2026-03-02' });
    expect(await codeOf(update({ effectiveTo: '2026-03-01' }))).toBe('evidence.period-reversed');
    expect(await codeOf(update({ effectiveFrom: '2026-03-03', title: 'Other' }))).toBe('evidence.period-reversed');
    expect(await vault.call('evidence.get', { evidenceId })).toMatchObject({
      evidence: { title: 'access', effectiveFrom: '2026-03-02', effectiveTo: '2026-03-02' },
    });
    expect(await update({ effectiveTo: '' })).toMatchObject({ effectiveFrom: '2026-03-02', effectiveTo: '' });
  });
});
