import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, passphrase, reopen, temporaryFolder } from './fixture.ts';
import { errorOf, sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;

/** Two sealed files of three chunks each, one of them to be damaged. */
async function twoFiles() {
  const { vault, auditId } = await newAudit(['production-readiness']);
  const content = [Buffer.alloc(2 * mebibyte + 5, 'a'), Buffer.alloc(2 * mebibyte + 5, 'b')] as const;
  const first = (await attach(vault, auditId, 'first.txt', content[0])).evidence?.id as EvidenceId;
  const second = (await attach(vault, auditId, 'second.txt', content[1])).evidence?.id as EvidenceId;
  const session = sessionOf(vault);
  const objectOf = (id: EvidenceId) =>
    session.records.get<{ id: string }>({ text: `SELECT object_id AS id FROM evidence WHERE id = '${id}'`, values: [] })?.id ?? '';
  const where = (id: EvidenceId, position: number) =>
    `object = (SELECT number FROM object WHERE id = '${objectOf(id)}') AND position = ${position}`;
  return { vault, auditId, content, first, second, chunks: session.chunks.raw, objectOf, where };
}

type Files = Awaited<ReturnType<typeof twoFiles>>;

const flip = (files: Files, position: number, offset: number) => {
  const { data } = files.chunks.prepare(`SELECT data FROM chunk WHERE ${files.where(files.first, position)}`).get() as { data: Uint8Array };
  const index = offset < 0 ? data.length + offset : offset;
  data[index] = (data[index] ?? 0) ^ 1;
  files.chunks.prepare(`UPDATE chunk SET data = ? WHERE ${files.where(files.first, position)}`).run([data as Uint8Array<ArrayBuffer>]);
};

const copy = (files: Files, from: [EvidenceId, number], to: [EvidenceId, number]) =>
  files.chunks.exec(`UPDATE chunk SET data = (SELECT data FROM chunk WHERE ${files.where(...from)}) WHERE ${files.where(...to)}`);

const damages: [string, number, (files: Files) => void][] = [
  ['one bit of the first byte is flipped', 0, (files) => flip(files, 0, 0)],
  ['one bit in the middle is flipped', 1, (files) => flip(files, 1, 500_000)],
  ['one bit of the tag is flipped', 2, (files) => flip(files, 2, -1)],
  [
    'two chunks are swapped',
    0,
    (files) => {
      const { first } = files;
      files.chunks.exec(`UPDATE chunk SET position = 99 WHERE ${files.where(first, 0)}`);
      files.chunks.exec(`UPDATE chunk SET position = 0 WHERE ${files.where(first, 1)}`);
      files.chunks.exec(`UPDATE chunk SET position = 1 WHERE ${files.where(first, 99)}`);
    },
  ],
  ['a chunk is a copy of another', 1, (files) => copy(files, [files.first, 0], [files.first, 1])],
  ['a chunk comes from another object', 1, (files) => copy(files, [files.second, 1], [files.first, 1])],
  ['the last chunk is missing', 2, (files) => files.chunks.exec(`DELETE FROM chunk WHERE ${files.where(files.first, 2)}`)],
  ['the last chunk is a middle one', 2, (files) => copy(files, [files.first, 1], [files.first, 2])],
  [
    'a chunk is cut',
    1,
    (files) => files.chunks.exec(`UPDATE chunk SET data = substr(data, 1, length(data) - 1) WHERE ${files.where(files.first, 1)}`),
  ],
  ['a chunk is empty', 0, (files) => files.chunks.exec(`UPDATE chunk SET data = x'' WHERE ${files.where(files.first, 0)}`)],
  ['all chunks are gone', 0, (files) => files.chunks.exec(`DELETE FROM object WHERE id = '${files.objectOf(files.first)}'`)],
];

describe.each(damages)('when %s', (_name, position, damage) => {
  it('hands nothing out, names the object and the chunk, and leaves the rest readable', async () => {
    const files = await twoFiles();
    const { vault, first, second, content } = files;
    damage(files);
    const object = files.objectOf(first);
    const folder = temporaryFolder();
    const exported = errorOf(
      vault.call('evidence.exportOriginal', { evidenceId: first, token: vault.hand(join(folder, 'out'), 'write'), reason: '' }),
    );
    for (const work of [exported, errorOf(vault.call('evidence.verify', { evidenceId: first }))]) {
      const error = await work;
      expect([error.code, error.data]).toEqual(['evidence.damaged', { object, chunk: position }]);
    }
    expect(readdirSync(folder)).toEqual([]);
    expect((await vault.call('evidence.get', { evidenceId: first })).custody.at(-1)).toMatchObject({
      action: 'verified',
      detail: expect.stringContaining('damaged'),
    });
    await vault.call('evidence.exportOriginal', { evidenceId: second, token: vault.hand(join(folder, 'two'), 'write'), reason: '' });
    expect(readFileSync(join(folder, 'two')).equals(content[1])).toBe(true);
    const check = await vault.call('vault.check', undefined);
    expect(check.problems.map((problem) => [problem.code, problem.where])).toEqual([['evidence.damaged', object]]);
  });
});

describe('after damage', () => {
  it('attaching the same file again heals the evidence, as the message says', async () => {
    const files = await twoFiles();
    const { vault, auditId, first, content } = files;
    flip(files, 1, 7);
    const result = await attach(vault, auditId, 'again.txt', content[0]);
    expect(result).toMatchObject({ duplicateOf: first, error: null });
    expect(await vault.call('evidence.verify', { evidenceId: first })).toMatchObject({ ok: true });
    expect(await vault.call('vault.check', undefined)).toMatchObject({ ok: true, counts: { objects: 2, chunks: 6 } });
    expect((await vault.call('evidence.get', { evidenceId: first })).custody.map((event) => event.detail)).toContainEqual(
      expect.stringContaining('replaced by the same content'),
    );
    vault.close();
    expect(sessionOf(await reopen(vault.folder)).recovered.orphanChunks).toBe(0);
  });

  it('a wrapped key from elsewhere opens nothing', async () => {
    const files = await twoFiles();
    const { vault, first, second } = files;
    sessionOf(vault).records.raw.exec(
      `UPDATE evidence_object SET wrapped_key = (SELECT wrapped_key FROM evidence_object WHERE id = '${files.objectOf(second)}') WHERE id = '${files.objectOf(first)}'`,
    );
    expect(await codeOf(vault.call('evidence.verify', { evidenceId: first }))).toBe('evidence.damaged');
    expect(await codeOf(vault.call('evidence.preview', { evidenceId: first }))).toBe('evidence.damaged');
  });

  it('tells when the content is whole but is not what the record says', async () => {
    const files = await twoFiles();
    const { vault, first } = files;
    sessionOf(vault).records.raw.exec(`UPDATE evidence_object SET sha256 = '${'0'.repeat(64)}' WHERE id = '${files.objectOf(first)}'`);
    expect(await vault.call('evidence.verify', { evidenceId: first })).toMatchObject({ ok: false });
    const folder = temporaryFolder();
    const token = vault.hand(join(folder, 'out'), 'write');
    expect(await codeOf(vault.call('evidence.exportOriginal', { evidenceId: first, token, reason: '' }))).toBe('evidence.damaged');
    expect(readdirSync(folder)).toEqual([]);
    expect((await vault.call('vault.check', undefined)).problems).toMatchObject([
      { code: 'evidence.damaged', where: files.objectOf(first) },
    ]);
  });
});

describe('chunks that no record knows', () => {
  it('are collected when the vault is opened, counted, and nothing else is touched', async () => {
    const files = await twoFiles();
    const { vault, auditId, second } = files;
    const { uploadId } = await vault.call('evidence.beginUpload', { auditId, name: 'half.bin', size: 14 * mebibyte, controls: [] });
    for (let piece = 0; piece < 3; piece += 1)
      await vault.call('evidence.uploadChunk', { uploadId, bytes: Buffer.alloc(4 * mebibyte, piece) });
    expect(files.chunks.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 3 });
    // As after a while without a piece; what is not durable yet goes with the process.
    sessionOf(vault).chunks.settle(uploadId);
    vault.close();
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    expect(reader.recovered.orphanChunks).toBe(0);
    reader.records.close();
    reader.chunks.close();
    const again = await reopen(vault.folder);
    expect((await again.call('vault.current', undefined))?.recovered).toEqual({ orphanChunks: 1 });
    expect(sessionOf(again).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 2 });
    expect(await again.call('evidence.verify', { evidenceId: second })).toMatchObject({ ok: true });
    const { events } = await again.call('trail.list', { before: null, limit: 5, query: 'unlocked', auditId: null });
    expect(events[0]?.detail).toBe('1 unfinished objects removed');
    again.close();
    expect(sessionOf(await reopen(vault.folder)).recovered.orphanChunks).toBe(0);
  });
});
