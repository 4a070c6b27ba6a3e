import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { uploadChunkLimit } from '../../shared/ipc/evidence.ts';
import { codeOf, lead, newAudit, newVault, passphrase, reopen, riskAnalysis, shownText, temporaryFolder } from './fixture.ts';
import { sessionOf, tamper } from './helpers.ts';

async function started(size: number, name = 'dropped.txt') {
  const { vault, auditId } = await newAudit(['production-readiness', 'hipaa-security']);
  const { uploadId } = await vault.call('evidence.beginUpload', { auditId, name, size, controls: [riskAnalysis] });
  const send = (bytes: Uint8Array<ArrayBuffer>) => vault.call('evidence.uploadChunk', { uploadId, bytes });
  const finish = () => vault.call('evidence.finishUpload', { uploadId });
  const objects = () => sessionOf(vault).chunks.get<{ total: number }>({ text: 'SELECT count(*) AS total FROM object', values: [] })?.total;
  return { vault, auditId, uploadId, send, finish, objects };
}

describe('a dropped file', () => {
  it('arrives in pieces and becomes evidence', async () => {
    const { vault, send, finish } = await started(3 * 1024 * 1024);
    for (const letter of 'abc') await send(Buffer.alloc(1024 * 1024, letter));
    const { evidence, duplicateOf, error } = await finish();
    expect([duplicateOf, error]).toEqual([null, null]);
    expect(evidence).toMatchObject({
      originalName: 'dropped.txt',
      size: 3 * 1024 * 1024,
      controls: [riskAnalysis],
      mediaType: 'text/plain',
    });
    if (evidence === null) throw new Error('nothing attached');
    const text = shownText(await vault.call('evidence.preview', { evidenceId: evidence.id }));
    expect([text?.[0], text?.[1024 * 1024], text?.at(-1)]).toEqual(['a', 'b', 'c']);
    expect(vault.process.uploads.size).toBe(0);
  });

  it('sent half, of any size, is forgotten when another vault is opened, and its vault opens clean', async () => {
    for (const size of [3, 20 * 1024 * 1024]) {
      const { vault, send } = await started(size);
      await send(Buffer.from('ab'));
      await vault.call('vault.create', {
        token: vault.hand(join(temporaryFolder(), 'Other'), 'new-vault'),
        name: 'Other',
        person: lead,
        passphrase,
      });
      expect(vault.process.uploads.size).toBe(0);
      expect(await codeOf(send(Buffer.from('c')))).toBe('token.unknown');
      vault.close();
      const again = await reopen(vault.folder);
      expect((await again.call('vault.check', undefined)).problems).toEqual([]);
      again.close();
    }
  });

  it('copies each piece, so that a reused buffer changes nothing', async () => {
    const { vault, send, finish } = await started(6);
    const buffer = Buffer.from('abc');
    await send(buffer);
    buffer.fill('x');
    await send(Buffer.from('def'));
    const { evidence } = await finish();
    expect(shownText(await vault.call('evidence.preview', { evidenceId: evidence?.id as never }))).toBe('abcdef');
  });

  it('is refused when more or fewer bytes come than were announced, and leaves nothing', async () => {
    const more = await started(3);
    await more.send(Buffer.from('ab'));
    expect(await codeOf(more.send(Buffer.from('cd')))).toBe('evidence.changed');
    expect(await codeOf(more.finish())).toBe('token.unknown');
    expect(more.objects()).toBe(0);
    const fewer = await started(3);
    await fewer.send(Buffer.from('ab'));
    expect(await codeOf(fewer.finish())).toBe('evidence.changed');
    expect(fewer.objects()).toBe(0);
    const wide = await started(uploadChunkLimit + 1);
    expect(await codeOf(wide.send(Buffer.alloc(uploadChunkLimit + 1)))).toBe('evidence.changed');
    expect(wide.objects()).toBe(0);
  });

  it('can be cancelled, also twice', async () => {
    const { vault, uploadId, send, objects } = await started(10);
    await send(Buffer.from('abc'));
    await vault.call('evidence.cancelUpload', { uploadId });
    await vault.call('evidence.cancelUpload', { uploadId });
    expect(objects()).toBe(0);
    expect(await codeOf(send(Buffer.from('abc')))).toBe('token.unknown');
  });

  it('is refused before it starts when it is empty, too large, or for an unknown control', async () => {
    const { vault, auditId } = await newAudit();
    const begin = (size: number, controls = [riskAnalysis]) => vault.call('evidence.beginUpload', { auditId, name: 'x', size, controls });
    expect(await codeOf(begin(0))).toBe('evidence.empty');
    expect(await codeOf(begin(2 ** 36 + 1))).toBe('payload.invalid');
    expect(await codeOf(begin(1, [{ packId: 'hipaa-security', controlId: 'x' }]))).toBe('control.unknown');
    expect(vault.process.uploads.size).toBe(0);
  });

  it('waits while sixteen others are on their way', async () => {
    const { vault, auditId } = await newAudit();
    const begin = () => vault.call('evidence.beginUpload', { auditId, name: 'x', size: 1, controls: [] });
    for (let count = 0; count < 16; count += 1) await begin();
    expect(await codeOf(begin())).toBe('payload.invalid');
  });

  it('is not attached when its audit was frozen meanwhile', async () => {
    const { vault, send, finish, objects } = await started(3);
    await send(Buffer.from('abc'));
    tamper(vault, `UPDATE audit SET state = 'signed'`);
    expect(await codeOf(finish())).toBe('audit.frozen');
    expect(objects()).toBe(0);
  });

  it('is forgotten when another vault is opened in its place', async () => {
    const { vault, uploadId } = await started(3);
    const other = await newVault();
    other.close();
    const token = vault.hand(other.folder, 'vault');
    const [person] = (await vault.call('vault.inspect', { token })).people;
    if (person === undefined) throw new Error('nobody');
    await vault.call('vault.unlock', { token, personId: person.id, passphrase: 'copper lantern orchard tide' });
    expect(await codeOf(vault.call('evidence.uploadChunk', { uploadId, bytes: Buffer.from('a') }))).toBe('token.unknown');
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\ada\\report.pdf', 'report.pdf'],
    ['..', 'unnamed'],
    ['.', 'unnamed'],
    ['/', 'unnamed'],
    ['\u0000\u0007\u001b[31mred.txt', '[31mred.txt'],
    ['invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['a\u061cb\u2028c\ufeff.txt', 'abc.txt'],
    ['\u200b\u200d', 'unnamed'],
    ['👩\u200d👧.png', '👩\u200d👧.png'],
    ['a:b*c?"d<e>f|.txt', 'a_b_c__d_e_f_.txt'],
    ['trailing. . ', 'trailing'],
    [`${'ü'.repeat(300)}.pdf`, `${'ü'.repeat(196)}.pdf`],
    [`${'x'.repeat(300)}.thisisnotanextension`, 'x'.repeat(200)],
    [`.${'h'.repeat(300)}`, `.${'h'.repeat(199)}`],
  ])('is named safely: %j', async (name, safe) => {
    const { send, finish } = await started(3, name);
    await send(Buffer.from('abc'));
    expect((await finish()).evidence?.originalName).toBe(safe);
  });
});
