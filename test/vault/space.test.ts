import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from '@signalapp/sqlcipher';
import { describe, expect, it } from 'vitest';
import { replaceable } from '../../electron/vault/db/replaceable.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { giveBackSpace, pagesOf, removeObjects, removeTogether } from '../../electron/vault/evidence/space.ts';
import { compactVault } from '../../electron/vault/upkeep.ts';
import { unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import { counted } from '../../shared/domain/count.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, passphrase, reopen, riskAnalysis, type TestVault } from './fixture.ts';
import { ben, save, sessionOf } from './helpers.ts';

const mebibyte = 1024 * 1024;

/** Three files of some mebibytes, the middle one destroyed. */
async function withHole() {
  const { vault, auditId } = await newAudit();
  const ids: EvidenceId[] = [];
  for (const letter of ['a', 'b', 'c'])
    ids.push((await attach(vault, auditId, `${letter}.bin`, Buffer.alloc(3 * mebibyte, letter))).evidence?.id as EvidenceId);
  const [first, hole, last] = ids as [EvidenceId, EvidenceId, EvidenceId];
  await vault.call('evidence.destroy', { evidenceId: hole, reason: 'test' });
  const path = join(vault.folder, 'evidence.db');
  return { vault, auditId, first, last, path };
}

/** Puts the chunk file back into the form that the first Sealbook wrote: it cannot give pages back. */
function makeOld(vault: TestVault): void {
  vault.close();
  const raw = new Database(join(vault.folder, 'evidence.db'));
  raw.pragma('auto_vacuum = NONE');
  raw.exec('VACUUM');
  raw.close();
}

async function expectWhole(vault: TestVault, ids: readonly EvidenceId[]) {
  for (const evidenceId of ids) expect(await vault.call('evidence.verify', { evidenceId })).toMatchObject({ ok: true });
  expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
}

describe('the room of a vault', () => {
  it('is told with what of it is unused, and is given back', async () => {
    const { vault, first, last, path } = await withHole();
    const before = await vault.call('vault.space', undefined);
    expect(before.evidence).toBe(statSync(path).size);
    expect(before.unused).toBeGreaterThanOrEqual(3 * mebibyte);
    expect(before.records).toBeGreaterThan(0);
    const { givenBack, finished } = await vault.call('vault.compact', undefined);
    expect(finished).toBe(true);
    const after = await vault.call('vault.space', undefined);
    expect(after).toEqual({ records: expect.any(Number), evidence: before.evidence - givenBack, unused: 0 });
    expect(statSync(path).size).toBeLessThan(7 * mebibyte);
    expect(vault.progress).toContainEqual({ label: '', done: 0, total: before.unused, unit: 'bytes' });
    expect(vault.progress.at(-1)).toMatchObject({ label: '', done: before.unused, total: before.unused });
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId: null });
    expect(events[0]).toMatchObject({ action: 'vault.compacted', detail: `${counted(givenBack, 'byte')} given back` });
    await expectWhole(vault, [first, last]);
    // With nothing to give back there is nothing to tell.
    expect(await vault.call('vault.compact', undefined)).toEqual({ givenBack: 0, finished: true });
    vault.close();
    await expectWhole(await reopen(vault.folder), [first, last]);
  });

  it('answers and attaches go on while it is given back', async () => {
    const { vault, auditId, first, last } = await withHole();
    const steps: number[] = [];
    const compacting = vault.call('vault.compact', undefined).then((result) => {
      steps.push(-1);
      return result;
    });
    for (let count = 0; !steps.includes(-1); count += 1) {
      const started = performance.now();
      await save(vault, auditId, riskAnalysis, { rationale: `answer ${count}` });
      steps.push(performance.now() - started);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await compacting).givenBack).toBeGreaterThan(0);
    expect(steps.length).toBeGreaterThan(2);
    const added = (await attach(vault, auditId, 'd.bin', Buffer.alloc(3 * mebibyte, 'd'))).evidence?.id as EvidenceId;
    await expectWhole(vault, [first, last, added]);
  });

  it('stopping keeps what was given back and leaves the rest for later', async () => {
    const { vault, first, last } = await withHole();
    const controller = new AbortController();
    const stopped = await compactVault(sessionOf(vault), controller.signal, ({ done }) => {
      if (done > 0) controller.abort();
    });
    expect(stopped.finished).toBe(false);
    expect(stopped.givenBack).toBeGreaterThan(0);
    expect((await vault.call('vault.space', undefined)).unused).toBeGreaterThan(0);
    await expectWhole(vault, [first, last]);
    expect((await vault.call('vault.compact', undefined)).finished).toBe(true);
  });

  it('a chunk file of the first Sealbook is written anew once, and gives back by itself from then on', async () => {
    const { vault, auditId, first, last, path } = await withHole();
    makeOld(vault);
    const again = await reopen(vault.folder);
    const gone = (await attach(again, auditId, 'd.bin', Buffer.alloc(5 * mebibyte, 'd'))).evidence?.id as EvidenceId;
    await again.call('evidence.destroy', { evidenceId: gone, reason: 'test' });
    const { evidence, unused } = await again.call('vault.space', undefined);
    expect(await giveBackSpace(sessionOf(again).chunks, new AbortController().signal, () => {})).toBe(0);
    const { givenBack, finished } = await again.call('vault.compact', undefined);
    expect([finished, givenBack > unused - mebibyte]).toEqual([true, true]);
    expect(statSync(path).size).toBe(evidence - givenBack);
    expect(existsSync(`${path}.next`)).toBe(false);
    expect(sessionOf(again).chunks.raw.pragma('auto_vacuum', { simple: true })).toBe(2);
    await expectWhole(again, [first, last]);
    again.close();
    await expectWhole(await reopen(vault.folder), [first, last]);
  });

  it('when writing anew fails, the old file stays in use and nothing is left beside it', async () => {
    const { vault, auditId, first, last, path } = await withHole();
    makeOld(vault);
    const again = await reopen(vault.folder);
    const { chunks } = sessionOf(again);
    const gone = (await attach(again, auditId, 'd.bin', Buffer.alloc(mebibyte, 'd'))).evidence?.id as EvidenceId;
    await again.call('evidence.destroy', { evidenceId: gone, reason: 'test' });
    const { raw } = chunks;
    const prepare = raw.prepare.bind(raw);
    raw.prepare = ((text: string, ...rest: []) => {
      if (text.startsWith('VACUUM INTO')) throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
      return prepare(text, ...rest);
    }) as typeof raw.prepare;
    expect(pagesOf(chunks).unused).toBeGreaterThan(0);
    expect(await codeOf(again.call('vault.compact', undefined))).toBe('disk.full');
    expect(existsSync(`${path}.next`)).toBe(false);
    await expectWhole(again, [first, last]);
  });

  it('what a crash left of a file written anew is removed at the next open, not by a reader', async () => {
    const { vault, first, last, path } = await withHole();
    vault.close();
    writeFileSync(`${path}.next`, 'half');
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    reader.records.close();
    reader.chunks.close();
    expect(existsSync(`${path}.next`)).toBe(true);
    const again = await reopen(vault.folder);
    expect(existsSync(`${path}.next`)).toBe(false);
    await expectWhole(again, [first, last]);
  });

  it('a backup that reads the file makes it wait, and says so', async () => {
    const { vault, first, last } = await withHole();
    const { chunks } = sessionOf(vault);
    chunks.raw.pragma('busy_timeout = 50');
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    const codes: Promise<string>[] = [];
    reader.chunks.snapshot((database) => {
      database.all({ text: 'SELECT id FROM object', values: [] });
      // The first step fails in the same turn; the snapshot is held until then.
      codes.push(codeOf(giveBackSpace(chunks, new AbortController().signal, () => {}) as never));
    });
    expect(await codes[0]).toBe('vault.busy');
    reader.records.close();
    reader.chunks.close();
    await expectWhole(vault, [first, last]);
    expect((await vault.call('vault.compact', undefined)).finished).toBe(true);
  });

  it('is not given back by somebody who may only read', async () => {
    const { vault } = await withHole();
    await vault.call('people.add', { ...ben, role: 'observer' });
    vault.close();
    const theirs = await reopen(vault.folder, ben.name, ben.passphrase);
    expect((await theirs.call('vault.space', undefined)).unused).toBeGreaterThan(0);
    expect(await codeOf(theirs.call('vault.compact', undefined))).toBe('person.not-allowed');
  });
});

describe('objects that are removed', () => {
  it('go together when they are small, and in steps when they are large', async () => {
    const { vault, auditId } = await newAudit();
    for (let index = 0; index < 12; index += 1) await attach(vault, auditId, `${index}.txt`, `small ${index}`);
    await attach(vault, auditId, 'large.bin', Buffer.alloc(17 * mebibyte, 'l'));
    await attach(vault, auditId, 'last.txt', 'last');
    const { chunks } = sessionOf(vault);
    const objects = () => chunks.all<{ id: string }>(sql`SELECT id FROM object ORDER BY number`).map(({ id }) => id);
    const left = () => chunks.get<{ count: number }>(sql`SELECT count(*) AS count FROM chunk`)?.count;
    const all = objects();
    expect(removeTogether(chunks, all)).toBe(12);
    expect(objects()).toEqual(all.slice(12));
    // Some of the large one went with the small ones, as far as there was room.
    const rest = Number(left());
    expect(rest).toBeGreaterThan(8);
    expect(rest).toBeLessThan(18);
    expect(removeTogether(chunks, all.slice(12))).toBe(0);
    expect(left()).toBe(rest - 8);
    await removeObjects(chunks, all.slice(12));
    expect([objects(), left()]).toEqual([[], 0]);
    // One that is gone is no hindrance.
    expect(removeTogether(chunks, all)).toBe(14);
  });
});

describe('a file that is replaced while it is held', () => {
  it('goes on with the new one, or with what it was when the new one cannot be opened', async () => {
    const { vault } = await withHole();
    const { chunks } = sessionOf(vault);
    const path = join(vault.folder, 'evidence.db');
    const { openChunkFile } = await import('../../electron/vault/db/open.ts');
    const held = replaceable(openChunkFile(path, 'open'));
    const refuse = () => {
      throw new Error('not now');
    };
    expect(() => held.replace(refuse, () => openChunkFile(path, 'open'))).toThrow('not now');
    const total = { text: 'SELECT count(*) AS total FROM object', values: [] };
    expect(held.get(total)).toEqual(chunks.get(total));
    held.close();
  });
});
