import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainStart, hashLink, type TrailLink } from '../../electron/vault/crypto/trail-chain.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { change } from '../../electron/vault/session.ts';
import { appendTrail, verifyLinksOf, verifyTrail } from '../../electron/vault/trail.ts';
import { canonicalJson } from '../../shared/domain/canonical-json.ts';
import type { Result } from '../../shared/ipc/contract.ts';
import { newAudit, newVault, riskAnalysis } from './fixture.ts';
import { save, sessionOf, tamper } from './helpers.ts';

async function withEvents() {
  const { vault, auditId } = await newAudit(['hipaa-security']);
  for (const rationale of ['one', 'two', 'three']) await save(vault, auditId, riskAnalysis, { rationale });
  return { vault, auditId };
}

describe('the trail', () => {
  it('tells every change in order, who made it, and not what was written', async () => {
    const { vault, auditId } = await withEvents();
    const { events, head, total } = await vault.call('trail.list', { before: null, limit: 100, query: '', auditId: null });
    expect(events.map((event) => event.action)).toEqual(['answer.saved', 'answer.saved', 'answer.saved', 'audit.created', 'vault.created']);
    expect(events.map((event) => event.sequence)).toEqual([5, 4, 3, 2, 1]);
    expect(events.every((event) => event.personName === 'Ada Lindqvist')).toBe(true);
    expect([total, head.sequence, head.hash]).toEqual([5, 5, events[0]?.hash]);
    expect(await vault.call('trail.head', undefined)).toEqual(head);
    expect(JSON.stringify(events)).not.toMatch(/"three"|one|Clinic/);
    expect(events[0]?.detail).toBe(`${riskAnalysis.controlId}: rationale`);
    expect((await vault.call('trail.list', { before: null, limit: 100, query: '', auditId })).total).toBe(4);
  });

  it('hashes the canonical JSON of a link and the hash before it, whatever stands in it', () => {
    const names = 'at clock copyId personId action subjectKind subjectId auditId detail before after'.split(' ');
    const text = fc.string({ unit: 'binary' });
    const links = fc.record({ sequence: fc.nat(), ...Object.fromEntries(names.map((name) => [name, text])) });
    fc.assert(
      fc.property(links, (link) => {
        const expected = createHash('sha256').update(canonicalJson({ ...link, previousHash: chainStart }));
        expect(hashLink(link as unknown as TrailLink, chainStart)).toBe(expected.digest('hex'));
      }),
    );
  });

  it('verifies from the first link to the head', async () => {
    const { vault } = await withEvents();
    const head = await vault.call('trail.head', undefined);
    expect(await vault.call('trail.verify', undefined)).toEqual({ ok: true, checked: 5, firstBroken: null, head });
  });

  it.each(['\ud800', 'x\udc00', 'a\0b', '\ufeff', '😀', '\uffff'])('still verifies after an event that tells %j', async (detail) => {
    const { vault, auditId } = await withEvents();
    change(sessionOf(vault), (tx) =>
      appendTrail(tx, { action: 'evidence.exported', subjectKind: 'evidence', subjectId: detail, auditId, detail }),
    );
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: true, checked: 6 });
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId: null });
    expect(events[0]?.detail).toBe(detail.replace(/^\ud800$|\udc00/, '\ufffd'));
  });

  it.each([
    'at',
    'clock',
    'copy_id',
    'person_id',
    'action',
    'subject_kind',
    'subject_id',
    'audit_id',
    'detail',
    'before',
    'after',
    'hash',
    'mac',
  ])('notices a change of %s in any link', async (column) => {
    const { vault } = await withEvents();
    tamper(vault, `UPDATE trail SET "${column}" = substr("${column}", 2) || 'f' WHERE sequence = 3`);
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: false, checked: 2, firstBroken: 3 });
  });

  it.each<[string, string, number]>([
    ['a link taken out of the middle', 'DELETE FROM trail WHERE sequence = 3', 3],
    ['the first link taken out', 'DELETE FROM trail WHERE sequence = 1', 1],
    [
      'two links in each other’s place',
      'UPDATE trail SET sequence = 99 WHERE sequence = 3; UPDATE trail SET sequence = 3 WHERE sequence = 4; UPDATE trail SET sequence = 4 WHERE sequence = 99',
      3,
    ],
    [
      'a link that was copied to the end',
      `INSERT INTO trail SELECT 6, at, clock, copy_id, person_id, action, subject_kind, subject_id, audit_id, detail, before, after, hash, mac FROM trail WHERE sequence = 5`,
      6,
    ],
    ['a number jumped over', 'UPDATE trail SET sequence = 7 WHERE sequence = 5', 5],
  ])('notices %s', async (_name, statements, firstBroken) => {
    const { vault } = await withEvents();
    tamper(vault, statements);
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: false, firstBroken });
  });

  it('notices links made by somebody who can write the file but lacks the key', async () => {
    const { vault } = await withEvents();
    const session = sessionOf(vault);
    const forged = { ...session, keys: { ...session.keys, trail: Buffer.alloc(32, 7) } };
    change(forged, (tx) => appendTrail(tx, { action: 'answer.saved', subjectKind: 'answer', subjectId: 'x' }));
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: false, firstBroken: 6 });
  });

  it.each(['trail', 'change'])('lets nothing in %s be changed or deleted', async (table) => {
    const { vault } = await withEvents();
    const { raw } = sessionOf(vault).records;
    expect(() => raw.exec(`UPDATE ${table} SET at = '' WHERE sequence = 2`)).toThrow(/append-only/);
    expect(() => raw.exec(`DELETE FROM ${table} WHERE sequence = 2`)).toThrow(/append-only/);
    expect((await vault.call('trail.verify', undefined)).ok).toBe(true);
  });

  it('is written in the same transaction as the change: neither comes without the other', async () => {
    const { vault } = await withEvents();
    const session = sessionOf(vault);
    const head = await vault.call('trail.head', undefined);
    expect(() =>
      change(session, (tx) => {
        tx.database.run(sql`UPDATE audit SET title = ${'Half done'}`);
        appendTrail(tx, { action: 'audit.changed', subjectKind: 'audit', subjectId: 'x' });
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    expect(await vault.call('trail.head', undefined)).toEqual(head);
    expect((await vault.call('audits.list', undefined))[0]?.title).toBe('Audit');
  });

  it('yields between batches of a long chain and can be cancelled there', async () => {
    const vault = await newVault();
    const session = sessionOf(vault);
    change(session, (tx) => {
      for (let count = 0; count < 5000; count += 1) appendTrail(tx, { action: 'test.event', subjectKind: 'test', subjectId: 'x' });
    });
    const batches: number[] = [];
    const result = await verifyTrail(session.records, session.keys.trail, async (checked) => void batches.push(checked));
    expect([result.ok, result.checked, batches]).toEqual([true, 5001, expect.arrayContaining([500, 2500, 5000])]);
    expect((await vault.call('trail.verify', undefined)).ok).toBe(true);
    expect(vault.progress.at(-1)).toEqual({ label: 'trail', done: 5000, total: null, unit: 'items' });
    const controller = new AbortController();
    controller.abort();
    await expect(vault.call('trail.verify', undefined, controller.signal)).rejects.toMatchObject({ name: 'CancelledError' });
  });

  it('of an empty vault is whole', async () => {
    const { vault } = await withEvents();
    tamper(vault, 'DELETE FROM trail');
    expect(await vault.call('trail.verify', undefined)).toMatchObject({
      ok: true,
      checked: 0,
      head: { sequence: 0, hash: '0'.repeat(64) },
    });
  });
});

describe('the list of the trail', () => {
  it('pages backwards without gaps or repeats', async () => {
    const { vault } = await withEvents();
    const seen: number[] = [];
    let before: number | null = null;
    for (;;) {
      const { events }: Result<'trail.list'> = await vault.call('trail.list', { before, limit: 2, query: '', auditId: null });
      if (events.length === 0) break;
      seen.push(...events.map((event) => event.sequence));
      before = events.at(-1)?.sequence ?? null;
    }
    expect(seen).toEqual([5, 4, 3, 2, 1]);
  });

  it('finds text in action, detail and person, and takes wildcards and quotes as they are', async () => {
    const { vault, auditId } = await withEvents();
    const find = async (query: string, audit: typeof auditId | null = null) =>
      (await vault.call('trail.list', { before: null, limit: 100, query, auditId: audit })).total;
    expect(await find('answer.')).toBe(3);
    expect(await find('RATIONALE')).toBe(3);
    expect(await find('lindqvist')).toBe(5);
    expect(await find('vault.created', auditId)).toBe(0);
    for (const query of ['%', '_', '\\', "'", '"; DROP TABLE trail; --', '%answer%']) expect(await find(query)).toBe(0);
    expect((await vault.call('trail.verify', undefined)).ok).toBe(true);
  });
});

describe('the links of one subject', () => {
  it('hold from the first link of the chain on, and no more when that one was altered', async () => {
    const vault = await newVault();
    const { records, keys, vaultId } = sessionOf(vault);
    expect(verifyLinksOf(records, vaultId, keys.trail)).toEqual({ checked: 1, firstBroken: null });
    tamper(vault, "UPDATE trail SET detail = 'x' WHERE sequence = 1");
    expect(verifyLinksOf(records, vaultId, keys.trail)).toEqual({ checked: 1, firstBroken: 1 });
  });
});
