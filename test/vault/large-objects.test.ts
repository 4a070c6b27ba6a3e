import { appendFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openContent, startObject } from '../../electron/vault/evidence/content.ts';
import type { ObjectStore } from '../../electron/vault/evidence/store.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { CancelledError } from '../../shared/ipc/errors.ts';
import { attach, codeOf, newAudit, type TestVault, temporaryFolder, testAssets } from './fixture.ts';
import { sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;
/** Large enough for the threads, and not a whole number of chunks. */
const size = 17 * mebibyte + 7;

function storeOf(vault: TestVault, workerPath = testAssets.evidenceWorker): ObjectStore {
  const { chunks, keys } = sessionOf(vault);
  return { chunks, evidenceKey: keys.evidence, workerPath };
}

const objectsIn = (vault: TestVault) =>
  sessionOf(vault).chunks.get<{ total: number }>({ text: 'SELECT count(*) AS total FROM object', values: [] })?.total;

/** Seals content in pieces of a size, and gives the object and what comes out again. */
async function roundTrip(vault: TestVault, content: Buffer, announced: number, pieceLength: number) {
  const store = storeOf(vault);
  const writer = startObject(store, announced);
  for (let at = 0; at < content.length; at += pieceLength) await writer.write(content.subarray(at, at + pieceLength));
  const object = await writer.finish();
  const opened = openContent(store, object);
  const parts: Buffer[] = [];
  for await (const piece of opened.pieces) parts.push(Buffer.from(piece));
  return { object, content: Buffer.concat(parts), sha256: opened.sha256() };
}

describe('a large file', () => {
  it('is sealed in threads, verified and handed out again, byte for byte', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const content = Buffer.alloc(size, 'not only zeros');
    const { evidence, error } = await attach(vault, auditId, 'large.bin', content);
    expect([error, evidence?.size]).toEqual([null, size]);
    const evidenceId = evidence?.id as EvidenceId;
    expect(sessionOf(vault).chunks.get({ text: 'SELECT count(*) AS total FROM chunk', values: [] })).toEqual({ total: 18 });
    expect(await vault.call('evidence.verify', { evidenceId })).toMatchObject({ ok: true, sha256: evidence?.sha256 });
    const folder = temporaryFolder();
    await vault.call('evidence.exportOriginal', { evidenceId, token: vault.hand(join(folder, 'out'), 'write'), reason: '' });
    expect(readFileSync(join(folder, 'out')).equals(content)).toBe(true);
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('that is attached twice at the same time is stored once', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const content = Buffer.alloc(size, 'x');
    const results = await Promise.all([attach(vault, auditId, 'a.bin', content), attach(vault, auditId, 'b.bin', content)]);
    expect(results.map(({ error }) => error)).toEqual([null, null]);
    expect(results.filter(({ duplicateOf }) => duplicateOf === null)).toHaveLength(1);
    expect(objectsIn(vault)).toBe(1);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });

  it('leaves nothing when it is cancelled half-way, or changes while it is read', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const token = vault.file('large.bin', Buffer.alloc(4 * size, 'x'));
    const controller = new AbortController();
    const call = vault.call('evidence.attachPicked', { auditId, tokens: [token], controls: [] }, controller.signal);
    // Looked at more often than a fast disk takes for the rest of the file.
    await expect.poll(() => vault.progress.length, { interval: 1 }).toBeGreaterThan(1);
    controller.abort();
    await expect(call).rejects.toThrow(CancelledError);
    expect(objectsIn(vault)).toBe(0);
    const path = join(temporaryFolder(), 'growing.bin');
    writeFileSync(path, Buffer.alloc(4 * size, 'x'));
    const growing = vault.call('evidence.attachPicked', { auditId, tokens: [vault.hand(path, 'read')], controls: [] });
    await expect.poll(() => vault.progress.at(-1)?.label, { interval: 1 }).toBe('growing.bin');
    appendFileSync(path, 'more');
    const [result] = await growing;
    expect(statSync(path).size).toBe(4 * size + 4);
    expect(result?.error?.code).toBe('evidence.changed');
    expect(objectsIn(vault)).toBe(0);
  });

  it('ends in a clear error and leaves nothing when a thread dies', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const program = join(temporaryFolder(), 'dies.mjs');
    writeFileSync(program, `import { parentPort } from 'node:worker_threads';\nparentPort.once('message', () => process.exit(1));\n`);
    const writer = startObject(storeOf(vault, program), size);
    const write = async () => {
      for (let piece = 0; piece < 17; piece += 1) await writer.write(Buffer.alloc(mebibyte));
      await writer.finish();
    };
    expect(await codeOf(write())).toBe('evidence.unfinished');
    await writer.discard();
    expect(objectsIn(vault)).toBe(0);
    const { object } = await roundTrip(vault, Buffer.alloc(size, 'x'), size, mebibyte);
    const opened = openContent(storeOf(vault, program), object);
    const read = async () => {
      for await (const piece of opened.pieces) expect(piece.length).toBeGreaterThan(0);
    };
    expect(await codeOf(read())).toBe('evidence.unfinished');
  });

  it('names the chunk that is not what was sealed, and hands nothing of it out', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const { object } = await roundTrip(vault, Buffer.alloc(size, 'x'), size, mebibyte);
    const { raw } = sessionOf(vault).chunks;
    for (const [position, damage] of [
      [17, 'data = zeroblob(length(data))'],
      [9, "data = CAST(x'00' || substr(data, 2) AS BLOB)"],
      [4, 'data = substr(data, 2)'],
      [2, 'position = 99'],
    ] as const) {
      raw.exec(`UPDATE chunk SET ${damage} WHERE position = ${position}`);
      const { pieces } = openContent(storeOf(vault), object);
      const read = async () => {
        for await (const piece of pieces) expect(Buffer.alloc(piece.length, 'x').equals(piece)).toBe(true);
      };
      await expect(read()).rejects.toMatchObject({ code: 'evidence.damaged', data: { chunk: position } });
    }
  });
});

describe('content of any size', () => {
  it('comes out as it went in, whatever the pieces, in this thread and in the others', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const sizes = fc.oneof(
      fc.constantFrom(1, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte, 3 * mebibyte + 7, 4 * mebibyte),
      fc.integer({ min: 1, max: 5 * mebibyte }),
    );
    const pieces = fc.integer({ min: 4099, max: 4 * mebibyte });
    await fc.assert(
      fc.asyncProperty(sizes, pieces, fc.boolean(), async (length, piece, large) => {
        const content = Buffer.alloc(length, 'some content');
        const { object, ...out } = await roundTrip(vault, content, large ? size : length, piece);
        expect(out.content.equals(content)).toBe(true);
        expect([object.size, object.chunks]).toEqual([length, Math.ceil(length / mebibyte)]);
        expect([out.sha256, object.head?.length]).toEqual([object.sha256, Math.min(length, 4100)]);
      }),
      { numRuns: 8 },
    );
  });
});
