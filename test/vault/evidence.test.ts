import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditId, EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import { previewLimit } from '../../shared/ipc/evidence.ts';
import { attach, codeOf, newAudit, riskAnalysis, shownText, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { errorOf, sessionOf, tamper } from './helpers.ts';

const mebibyte = 1024 * 1024;

/** Bytes that no two places share, so that a moved chunk shows. */
function patterned(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length);
  for (let offset = 0; offset + 4 <= length; offset += 4) bytes.writeUInt32LE((offset * 2654435761 + seed) >>> 0, offset);
  return bytes;
}

function attachPath(vault: TestVault, auditId: AuditId, path: string) {
  return vault.call('evidence.attachPicked', { auditId, tokens: [vault.hand(path, 'read')], controls: [] });
}

/** Makes something at a path and gives the path. */
function made(path: string, make: (path: string) => unknown): string {
  make(path);
  return path;
}

const stored = (vault: TestVault) =>
  sessionOf(vault).chunks.get<{ objects: number; chunks: number }>({
    text: 'SELECT (SELECT count(*) FROM object) AS objects, (SELECT count(*) FROM chunk) AS chunks',
    values: [],
  });

async function evidenceOf(vault: TestVault, auditId: AuditId, name: string, content: string | Uint8Array) {
  const { evidence } = await attach(vault, auditId, name, content);
  if (evidence === null) throw new Error('Nothing was attached');
  return evidence;
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
    expect(shownText(await vault.call('evidence.preview', { evidenceId: second.id }))).toBe('same');
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

describe('looking at evidence', () => {
  it.each<[string, string | Uint8Array, string, string]>([
    ['notes.md', '# Notes', 'text/markdown', 'text'],
    ['page.html', '<script>alert(1)</script>', 'text/html', 'text'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'image/svg+xml', 'text'],
    ['table.csv', 'a,b\n1,2\n', 'text/csv', 'table'],
    ['data.json', '{"a":1}', 'application/json', 'text'],
    ['config.xml', '<?xml version="1.0"?><a/>', 'application/xml', 'text'],
    ['no extension', 'plain words', 'text/plain', 'text'],
    ['umlaut.txt', 'Prüfung', 'text/plain', 'text'],
    ['latin1.txt', Buffer.from([0x50, 0xfc, 0x66]), 'text/plain', 'text'],
    ['zero.txt', Buffer.from('a\0b'), 'application/octet-stream', 'hex'],
    ['report.txt', '%PDF-1.7\n%\u00e2\n1 0 obj\n', 'application/pdf', 'hex'],
    [
      'image.txt',
      Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
      'image/png',
      'image',
    ],
    ['archive.txt', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'latin1'), 'application/zip', 'hex'],
  ])('takes %s by its content and shows it in a way that runs nothing', async (name, content, mediaType, kind) => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const { id } = await evidenceOf(vault, auditId, name, content);
    const preview = await vault.call('evidence.preview', { evidenceId: id });
    expect([preview.mediaType, preview.content.kind]).toEqual([mediaType, kind]);
    if ('bytes' in preview.content) expect(Buffer.from(preview.content.bytes)).toEqual(Buffer.from(content));
    expect((await vault.call('evidence.get', { evidenceId: id })).custody.at(-1)?.action).toBe('viewed');
  });

  it('cuts a preview at its limit and says so', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const { id } = await evidenceOf(vault, auditId, 'long.log', Buffer.alloc(previewLimit + 5, 'x'));
    const preview = await vault.call('evidence.preview', { evidenceId: id });
    expect([preview.limits, shownText(preview)?.length]).toEqual([['cut'], previewLimit]);
  });
});

describe('describing and linking evidence', () => {
  it('changes the description and never the content', async () => {
    const { vault, auditId } = await newAudit();
    const before = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const after = await vault.call('evidence.update', {
      evidenceId: before.id,
      patch: { title: 'Log', sensitivity: 'phi', effectiveFrom: '2026-02-01' },
    });
    expect(after).toEqual({ ...before, title: 'Log', sensitivity: 'phi', effectiveFrom: '2026-02-01' });
    expect(await codeOf(vault.call('evidence.update', { evidenceId: before.id, patch: { title: ' ' } }))).toBe('payload.invalid');
    expect(await codeOf(vault.call('evidence.update', { evidenceId: before.id, patch: { effectiveTo: '2026-02-30' } }))).toBe(
      'payload.invalid',
    );
  });

  it('links and unlinks, each noted once', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const controls = [riskAnalysis, terminations];
    expect((await vault.call('evidence.link', { evidenceId: id, controls })).controls).toEqual(controls);
    await vault.call('evidence.link', { evidenceId: id, controls });
    expect((await vault.call('evidence.unlink', { evidenceId: id, controls: [riskAnalysis] })).controls).toEqual([terminations]);
    await vault.call('evidence.unlink', { evidenceId: id, controls: [riskAnalysis] });
    expect((await vault.call('evidence.link', { evidenceId: id, controls: [riskAnalysis] })).controls.length).toBe(2);
    const { custody } = await vault.call('evidence.get', { evidenceId: id });
    expect(custody.map((event) => event.action)).toEqual(['collected', 'linked', 'linked', 'unlinked', 'linked']);
    expect(await codeOf(vault.call('evidence.link', { evidenceId: id, controls: [{ packId: 'x', controlId: 'y' }] }))).toBe(
      'control.unknown',
    );
    expect(await codeOf(vault.call('evidence.unlink', { evidenceId: id, controls: [{ packId: 'x', controlId: 'y' }] }))).toBe(
      'control.unknown',
    );
  });

  it('is refused in a frozen audit, and looking is not', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    tamper(vault, `UPDATE audit SET state = 'signed'`);
    const refused = [
      vault.call('evidence.update', { evidenceId: id, patch: { title: 'x' } }),
      vault.call('evidence.link', { evidenceId: id, controls: [riskAnalysis] }),
      vault.call('evidence.destroy', { evidenceId: id, reason: 'x' }),
      vault.call('evidence.beginUpload', { auditId, name: 'x', size: 1, controls: [] }),
      attachPath(vault, auditId, '/etc/hostname'),
    ];
    for (const work of refused) expect(await codeOf(work)).toBe('audit.frozen');
    expect(shownText(await vault.call('evidence.preview', { evidenceId: id }))).toBe('a');
    expect(await vault.call('evidence.verify', { evidenceId: id })).toMatchObject({ ok: true });
  });

  it('says that evidence is unknown', async () => {
    const { vault } = await newAudit();
    const evidenceId = '00000000-0000-4000-8000-000000000000' as EvidenceId;
    for (const work of [
      vault.call('evidence.get', { evidenceId }),
      vault.call('evidence.preview', { evidenceId }),
      vault.call('evidence.verify', { evidenceId }),
      vault.call('evidence.destroy', { evidenceId, reason: 'x' }),
      vault.call('evidence.exportOriginal', { evidenceId, token: vault.hand('/tmp/x', 'write'), reason: '' }),
    ])
      expect(await codeOf(work)).toBe('evidence.unknown');
  });
});

describe('destroying evidence', () => {
  it('is refused while a control or a finding needs it', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]);
    const evidenceId = evidence?.id as EvidenceId;
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [evidenceId] });
    expect((await errorOf(vault.call('evidence.destroy', { evidenceId, reason: 'x' }))).data).toEqual({ controls: 1, findings: 1 });
    await vault.call('evidence.unlink', { evidenceId, controls: [riskAnalysis] });
    expect(await codeOf(vault.call('evidence.destroy', { evidenceId, reason: 'x' }))).toBe('evidence.in-use');
    await vault.call('findings.update', { findingId: finding.id, patch: {}, evidence: [] });
    await vault.call('evidence.destroy', { evidenceId, reason: 'Client asked' });
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
    expect(stored(vault)).toEqual({ objects: 0, chunks: 0 });
  });

  it('never gives its number again', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'x' });
    expect((await evidenceOf(vault, auditId, 'b.txt', 'b')).number).toBe(2);
    expect((await evidenceOf(vault, auditId, 'a.txt', 'a')).number).toBe(3);
  });

  it('leaves no link behind for a finding that is restored later', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const finding = await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [id] });
    await vault.call('findings.remove', { findingId: finding.id as FindingId });
    await vault.call('evidence.destroy', { evidenceId: id, reason: 'x' });
    expect((await vault.call('findings.restore', { findingId: finding.id })).evidence).toEqual([]);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });
});

describe('exporting the original', () => {
  it('is recorded with its reason, and the token works once', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'the content');
    const path = join(temporaryFolder(), 'a.txt');
    const token = vault.hand(path, 'write');
    expect(await vault.call('evidence.exportOriginal', { evidenceId: id, token, reason: 'For counsel' })).toEqual({
      name: 'a.txt',
      size: 11,
    });
    expect(readFileSync(path, 'utf8')).toBe('the content');
    expect((await vault.call('evidence.get', { evidenceId: id })).custody.at(-1)).toMatchObject({
      action: 'exported',
      detail: 'For counsel',
    });
    expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: id, token, reason: '' }))).toBe('token.unknown');
    const forReading = vault.hand(path, 'read');
    expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: id, token: forReading, reason: '' }))).toBe('token.unknown');
  });

  it('leaves nothing when cancelled, and an older file as it was', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'big.bin', patterned(3 * mebibyte));
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'big.bin'), 'older');
    const controller = new AbortController();
    const { dispatch } = await import('../../electron/vault/dispatch.ts');
    const work = dispatch(
      { process: vault.process, signal: controller.signal, progress: () => controller.abort() },
      'evidence.exportOriginal',
      {
        evidenceId: id,
        token: vault.hand(join(folder, 'big.bin'), 'write'),
        reason: '',
      },
    );
    await expect(work).rejects.toMatchObject({ name: 'CancelledError' });
    expect(readdirSync(folder)).toEqual(['big.bin']);
    expect(readFileSync(join(folder, 'big.bin'), 'utf8')).toBe('older');
    expect((await vault.call('evidence.get', { evidenceId: id })).custody.map((event) => event.action)).toEqual(['collected']);
  });

  it('tells when the place cannot be written', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken', 'deep'), { recursive: true });
    for (const path of [join(folder, 'missing', 'a.txt'), join(folder, 'taken'), join(folder, 'x'.repeat(300))])
      expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: id, token: vault.hand(path, 'write'), reason: '' }))).toBe(
        'file.not-written',
      );
    expect(readdirSync(folder)).toEqual(['taken']);
    expect(existsSync(join(folder, 'taken', 'deep'))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('can be verified and cancelled while verifying', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await evidenceOf(vault, auditId, 'a.txt', 'a');
    const controller = new AbortController();
    controller.abort();
    await expect(vault.call('evidence.verify', { evidenceId: id }, controller.signal)).rejects.toMatchObject({ name: 'CancelledError' });
    const { sha256 } = await vault.call('evidence.verify', { evidenceId: id });
    expect(sha256).toBe('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb');
  });
});
