import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { previewLimit } from '../../shared/ipc/evidence.ts';
import { evidenceOf, mebibyte, patterned } from './evidence-fixture.ts';
import { codeOf, newAudit, shownText, temporaryFolder } from './fixture.ts';

describe('looking at evidence', () => {
  it.each<[string, string | Uint8Array, string, string]>([
    ['notes.md', '# Notes', 'text/markdown', 'text'],
    ['page.html', '<script>alert(1)</script>', 'text/html', 'text'],
    ['picture.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', 'image/svg+xml', 'text'],
    ['table.csv', 'a,b\n1,2\n', 'text/csv', 'table'],
    ['data.json', '{"a":1}', 'application/json', 'text'],
    ['config.xml', '<?xml version="1.0"?><a/>', 'application/xml', 'text'],
    ['no extension', 'plain words', 'text/plain', 'text'],
    ['notes.constructor', 'plain words', 'text/plain', 'text'],
    ['archive.__proto__', Buffer.from('PK\u0003\u0004aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'latin1'), 'application/zip', 'hex'],
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
