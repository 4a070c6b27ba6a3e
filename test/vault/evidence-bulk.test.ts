import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';

/** Three pieces of one audit. */
async function threePieces() {
  const { vault, auditId } = await newAudit();
  const ids: EvidenceId[] = [];
  for (const name of ['a', 'b', 'c']) {
    const { evidence } = await attach(vault, auditId, `${name}.txt`, `content of ${name}`);
    if (evidence === null) throw new Error('Nothing was attached');
    ids.push(evidence.id);
  }
  return { vault, auditId, ids };
}

const list = async (vault: TestVault, auditId: Awaited<ReturnType<typeof threePieces>>['auditId']) =>
  vault.call('evidence.list', { auditId });

const trailOf = (vault: TestVault) =>
  sessionOf(vault)
    .records.raw.prepare("SELECT action, subject_id, detail FROM trail WHERE subject_kind = 'evidence' ORDER BY sequence")
    .all();

const unknown = '00000000-0000-4000-8000-000000000000' as EvidenceId;

describe('describing many pieces', () => {
  it('changes those that differ, notes each, and gives back what undoes it exactly', async () => {
    const { vault, auditId, ids } = await threePieces();
    const [a, b] = ids as [EvidenceId, EvidenceId, EvidenceId];
    await vault.call('evidence.update', { evidenceId: a, patch: { sensitivity: 'phi', tags: ['one', 'two'] } });
    await vault.call('evidence.update', { evidenceId: b, patch: { source: 'Directory' } });
    const before = await list(vault, auditId);
    const events = trailOf(vault).length;
    const result = await vault.call('evidence.updateMany', {
      auditId,
      changes: [{ evidenceIds: ids, patch: { sensitivity: 'phi', source: 'Directory' }, addTags: ['three', 'one'], removeTags: ['two'] }],
    });
    expect(result.changed).toBe(3);
    const after = await list(vault, auditId);
    expect(after.map(({ sensitivity, source, tags }) => ({ sensitivity, source, tags }))).toEqual([
      { sensitivity: 'phi', source: 'Directory', tags: ['one', 'three'] },
      { sensitivity: 'phi', source: 'Directory', tags: ['three', 'one'] },
      { sensitivity: 'phi', source: 'Directory', tags: ['three', 'one'] },
    ]);
    expect(
      trailOf(vault)
        .slice(events)
        .map(({ action, detail }) => [action, detail]),
    ).toEqual([
      ['evidence.described', 'source, tags'],
      ['evidence.described', 'sensitivity, tags'],
      ['evidence.described', 'sensitivity, source, tags'],
    ]);
    const undone = await vault.call('evidence.updateMany', { auditId, changes: result.earlier as never });
    expect(undone.changed).toBe(3);
    expect(await list(vault, auditId)).toEqual(before);
  });

  it('puts pieces with the same earlier values into one group, and changes nothing that is as wanted', async () => {
    const { vault, auditId, ids } = await threePieces();
    const change = { auditId, changes: [{ evidenceIds: [...ids, ...ids], patch: { collector: 'Maren', retainUntil: '' } }] };
    const { changed, earlier } = await vault.call('evidence.updateMany', change);
    expect(changed).toBe(3);
    expect(earlier).toHaveLength(1);
    expect(earlier[0]?.evidenceIds).toEqual(ids);
    const events = trailOf(vault).length;
    vault.events.length = 0;
    expect(await vault.call('evidence.updateMany', change)).toMatchObject({ changed: 0, earlier: [] });
    expect(trailOf(vault)).toHaveLength(events);
    expect(vault.events).toEqual([]);
  });

  it('changes nothing at all when one piece is not in the audit or would have too many tags', async () => {
    const { vault, auditId, ids } = await threePieces();
    const full = Array.from({ length: 50 }, (_, index) => `tag ${index}`);
    await vault.call('evidence.update', { evidenceId: ids[2] as EvidenceId, patch: { tags: full } });
    const before = await list(vault, auditId);
    const change = (evidenceIds: EvidenceId[]) =>
      vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds, patch: { method: 'Asked' }, addTags: ['one more'] }] });
    expect(await codeOf(change([ids[0] as EvidenceId, unknown]))).toBe('evidence.unknown');
    expect(await codeOf(change(ids))).toBe('evidence.tags-full');
    expect(await list(vault, auditId)).toEqual(before);
  });

  it('refuses pieces of another audit, fields it does not know, and a call without pieces', async () => {
    const { vault, auditId, ids } = await threePieces();
    const { id: other } = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const changes = [{ evidenceIds: ids, patch: { collector: 'x' } }];
    expect(await codeOf(vault.call('evidence.updateMany', { auditId: other, changes }))).toBe('evidence.unknown');
    expect(await codeOf(vault.call('evidence.updateMany', { auditId, changes: [] }))).toBe('payload.invalid');
    const strange = [{ evidenceIds: ids, patch: { title: 'x' } }] as never;
    expect(await codeOf(vault.call('evidence.updateMany', { auditId, changes: strange }))).toBe('payload.invalid');
  });
});

describe('hundreds of pieces', () => {
  // Where a part ends depends on the time it takes as well: here only time that a test lets pass counts.
  beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  /** Copies of one piece, without content of their own. */
  async function manyPieces(count: number) {
    const { vault, auditId } = await threePieces();
    tamper(
      vault,
      `WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO evidence_object (id, sha256, size, chunks, wrapped_key, created_at)
         SELECT 'object-' || i, printf('%064x', i), size, chunks, wrapped_key, created_at FROM n, (SELECT * FROM evidence_object LIMIT 1);
       WITH RECURSIVE n (i) AS (SELECT 4 UNION ALL SELECT i + 1 FROM n WHERE i < ${count}) INSERT INTO evidence (id, audit_id, number, object_id, title, description, original_name,
           media_type, source, collector, method, effective_from, effective_to, sensitivity, received_at, received_by)
         SELECT printf('00000000-0000-4000-8000-%012d', i), audit_id, i, 'object-' || i, title, description, original_name, media_type, source, collector, method,
           effective_from, effective_to, sensitivity, received_at, received_by FROM n, (SELECT * FROM evidence WHERE number = 1)`,
    );
    return { vault, auditId, ids: (await list(vault, auditId)).map(({ id }) => id) };
  }

  it('are changed part by part: others are answered between, and what is destroyed meanwhile is left out', async () => {
    const { vault, auditId, ids } = await manyPieces(250);
    const last = ids.at(-1) as EvidenceId;
    vault.progress.length = 0;
    const changing = vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: ids, patch: { collector: 'Maren' } }] });
    await vault.call('evidence.destroy', { evidenceId: last, reason: 'Twice' });
    expect((await vault.call('evidence.get', { evidenceId: ids.at(-2) as EvidenceId })).evidence.collector).toBe('Ada Lindqvist');
    expect(await changing).toMatchObject({ changed: 249, unreached: { pieces: 1, controls: 0 } });
    expect(vault.progress.map(({ done, total, unit }) => `${done}/${total} ${unit}`)).toEqual([
      '100/250 items',
      '200/250 items',
      '250/250 items',
    ]);
    expect((await list(vault, auditId)).every(({ collector }) => collector === 'Maren')).toBe(true);
  });

  it('stay changed as far as it came when it is cancelled, and are told of with what undoes it', async () => {
    const { vault, auditId, ids } = await manyPieces(250);
    const stop = new AbortController();
    const linking = vault.call(
      'evidence.linkMany',
      { auditId, links: [{ evidenceIds: ids, controls: [riskAnalysis] }], present: true },
      stop.signal,
    );
    stop.abort();
    const { changed, links } = await linking;
    expect([changed, links.map(({ evidenceIds }) => evidenceIds)]).toEqual([100, [ids.slice(0, 100)]]);
    expect((await list(vault, auditId)).filter(({ controls }) => controls.length > 0)).toHaveLength(100);
  });

  it('end a part early when it took long, so that others need not wait', async () => {
    const { vault, auditId, ids } = await manyPieces(250);
    // Every look at the clock is a millisecond later: one at the beginning of a part, one after each piece.
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => clock.mock.calls.length);
    vault.progress.length = 0;
    await vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: ids, patch: { collector: 'Maren' } }] });
    expect(vault.progress.map(({ done }) => done)).toEqual([50, 100, 150, 200, 250]);
    expect((await list(vault, auditId)).every(({ collector }) => collector === 'Maren')).toBe(true);
  });

  it('stop where the audit is frozen, and the window is told of what changed before', async () => {
    const { vault, auditId, ids } = await manyPieces(250);
    const changing = codeOf(vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: ids, patch: { collector: 'Maren' } }] }));
    await vault.call('audits.setState', { auditId, state: 'archived', reason: 'done' });
    vault.events.length = 0;
    expect(await changing).toBe('audit.frozen');
    expect(vault.events).toMatchObject([{ type: 'changed', topics: ['evidence', 'trail'] }]);
    expect((await list(vault, auditId)).filter(({ collector }) => collector === 'Maren')).toHaveLength(100);
  });
});

describe('linking many pieces', () => {
  it('makes the links that are missing, tells which, and the opposite undoes them', async () => {
    const { vault, auditId, ids } = await threePieces();
    await vault.call('evidence.link', { evidenceId: ids[0] as EvidenceId, controls: [riskAnalysis] });
    const controls = [riskAnalysis, terminations, riskAnalysis];
    const { changed, links } = await vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds: ids, controls }], present: true });
    expect(changed).toBe(3);
    expect(links).toEqual([
      { evidenceIds: [ids[0]], controls: [terminations] },
      { evidenceIds: [ids[1], ids[2]], controls: [riskAnalysis, terminations] },
    ]);
    expect((await list(vault, auditId)).map((item) => item.controls.length)).toEqual([2, 2, 2]);
    await vault.call('evidence.linkMany', { auditId, links: links as never, present: false });
    expect((await list(vault, auditId)).map((item) => item.controls.map(controlKey))).toEqual([[controlKey(riskAnalysis)], [], []]);
    const nothing = await vault.call('evidence.linkMany', { auditId, links: links as never, present: false });
    expect(nothing).toMatchObject({ changed: 0, links: [] });
  });

  it('changes nothing when a control or a piece is unknown, or there would be more links than one call makes', async () => {
    const { vault, auditId, ids } = await threePieces();
    const link = (evidenceIds: EvidenceId[], controls: (typeof riskAnalysis)[]) =>
      codeOf(vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds, controls }], present: true }));
    expect(await link(ids, [riskAnalysis, { packId: 'hipaa-security', controlId: 'none' }])).toBe('control.unknown');
    expect(await link([...ids, unknown], [riskAnalysis])).toBe('evidence.unknown');
    const many = Array.from({ length: 4000 }, () => ids[0] as EvidenceId);
    expect(
      await link(
        many,
        Array.from({ length: 130 }, () => riskAnalysis),
      ),
    ).toBe('payload.invalid');
    expect((await list(vault, auditId)).every((item) => item.controls.length === 0)).toBe(true);
  });
});

describe('taking a change of many pieces back', () => {
  it('reaches what is still there, and tells how many pieces were destroyed meanwhile', async () => {
    const { vault, auditId, ids } = await threePieces();
    const changes = [{ evidenceIds: ids, patch: { collector: 'Maren' } }];
    const { earlier } = await vault.call('evidence.updateMany', { auditId, changes });
    await vault.call('evidence.destroy', { evidenceId: ids[1] as EvidenceId, reason: 'Twice' });
    expect(await codeOf(vault.call('evidence.updateMany', { auditId, changes: earlier as never }))).toBe('evidence.unknown');
    const undone = await vault.call('evidence.updateMany', { auditId, changes: earlier as never, isUndo: true });
    expect(undone).toMatchObject({ changed: 2, unreached: { pieces: 1, controls: 0 } });
    expect((await list(vault, auditId)).map(({ collector }) => collector)).toEqual(['Ada Lindqvist', 'Ada Lindqvist']);
  });

  it('reaches the links to controls that the audit still has', async () => {
    const { vault, auditId, ids } = await threePieces();
    const controls = [riskAnalysis, terminations];
    await vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds: ids, controls }], present: true });
    const { links } = await vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds: ids, controls }], present: false });
    await vault.call('evidence.destroy', { evidenceId: ids[0] as EvidenceId, reason: 'Twice' });
    tamper(vault, `DELETE FROM answer WHERE control_id = '${terminations.controlId}'`);
    const undone = await vault.call('evidence.linkMany', { auditId, links: links as never, present: true, isUndo: true });
    expect(undone).toMatchObject({ changed: 2, unreached: { pieces: 1, controls: 1 } });
    expect((await list(vault, auditId)).map((item) => item.controls.map(controlKey))).toEqual([
      [controlKey(riskAnalysis)],
      [controlKey(riskAnalysis)],
    ]);
  });
});

describe('verifying many pieces', () => {
  it('goes on past a damaged one and names it', async () => {
    const { vault, auditId, ids } = await threePieces();
    sessionOf(vault).chunks.raw.exec("UPDATE chunk SET data = x'00' WHERE rowid = 2");
    const result = await vault.call('evidence.verifyMany', { auditId, evidenceIds: ids });
    expect(result).toEqual({ verified: 3, damaged: [{ evidenceId: ids[1], number: 2 }] });
    const verified = trailOf(vault).filter(({ action }) => action === 'evidence.verified');
    expect(verified.map(({ detail }) => String(detail).slice(0, 7))).toEqual(['SHA-256', 'damaged', 'SHA-256']);
    expect(vault.progress.at(-1)).toMatchObject({ unit: 'bytes', total: 36 });
  });

  it('names a piece whose content is not what its hash says', async () => {
    const { vault, auditId, ids } = await threePieces();
    tamper(vault, `UPDATE evidence_object SET sha256 = '${'0'.repeat(64)}' WHERE size = 12 AND rowid = 1`);
    const { damaged } = await vault.call('evidence.verifyMany', { auditId, evidenceIds: ids });
    expect(damaged.map(({ number }) => number)).toEqual([1]);
  });

  it('keeps what was verified when it is cancelled, and stops for a faulty database', async () => {
    const { vault, auditId, ids } = await threePieces();
    const stop = new AbortController();
    stop.abort();
    expect(await vault.call('evidence.verifyMany', { auditId, evidenceIds: ids }, stop.signal)).toEqual({ verified: 0, damaged: [] });
    expect(await codeOf(vault.call('evidence.verifyMany', { auditId, evidenceIds: [unknown] }))).toBe('evidence.unknown');
    sessionOf(vault).chunks.raw.exec('DROP TABLE chunk');
    await expect(vault.call('evidence.verifyMany', { auditId, evidenceIds: ids })).rejects.toThrow();
  });
});

describe('exporting many originals', () => {
  it('writes them side by side with their checksums and notes each with the reason', async () => {
    const { vault, auditId, ids } = await threePieces();
    const folder = join(temporaryFolder(), 'out');
    const token = vault.hand(folder, 'write');
    const written = await vault.call('evidence.exportMany', { auditId, evidenceIds: ids.slice(0, 2), token, reason: 'Client asked' });
    expect(written).toEqual({ name: 'out', pieces: 2, bytes: 24 });
    expect(readdirSync(folder).sort()).toEqual(['E-001 a.txt', 'E-002 b.txt', 'SHA256SUMS']);
    expect(readFileSync(join(folder, 'E-002 b.txt'), 'utf8')).toBe('content of b');
    const [first] = await list(vault, auditId);
    expect(readFileSync(join(folder, 'SHA256SUMS'), 'utf8')).toContain(`${first?.sha256}  E-001 a.txt\n`);
    const exported = trailOf(vault).filter(({ action }) => action === 'evidence.exported');
    expect(exported.map(({ detail }) => detail)).toEqual(['Client asked', 'Client asked']);
    expect(vault.progress.at(-1)).toMatchObject({ done: 24, total: 24 });
  });

  it('leaves nothing behind when it is cancelled, when a piece is damaged, or when the folder is there', async () => {
    const { vault, auditId, ids } = await threePieces();
    const place = temporaryFolder();
    const folder = join(place, 'out');
    const run = (signal?: AbortSignal) =>
      vault.call('evidence.exportMany', { auditId, evidenceIds: ids, token: vault.hand(folder, 'write'), reason: 'x' }, signal);
    const stop = new AbortController();
    stop.abort();
    await expect(run(stop.signal)).rejects.toThrow('Cancelled');
    sessionOf(vault).chunks.raw.exec("UPDATE chunk SET data = x'00' WHERE rowid = 3");
    expect(await codeOf(run())).toBe('evidence.damaged');
    expect(readdirSync(place)).toEqual([]);
    expect(trailOf(vault).some(({ action }) => action === 'evidence.exported')).toBe(false);
    const token = vault.hand(place, 'write');
    expect(await codeOf(vault.call('evidence.exportMany', { auditId, evidenceIds: ids, token, reason: 'x' }))).toBe('file.exists');
    expect(existsSync(folder)).toBe(false);
  });
});

describe('destroying many pieces', () => {
  it('destroys all of them with one reason, and their content', async () => {
    const { vault, auditId, ids } = await threePieces();
    const result = await vault.call('evidence.destroyMany', { auditId, evidenceIds: ids.slice(1), reason: 'Twice' });
    expect(result).toEqual({ destroyed: 2 });
    expect((await list(vault, auditId)).map(({ number }) => number)).toEqual([1]);
    expect(sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS n FROM object').get()).toEqual({ n: 1 });
    expect(trailOf(vault).filter(({ action }) => action === 'evidence.destroyed')).toHaveLength(2);
  });

  it('destroys none while one of them is linked', async () => {
    const { vault, auditId, ids } = await threePieces();
    await vault.call('evidence.link', { evidenceId: ids[2] as EvidenceId, controls: [riskAnalysis] });
    expect(await codeOf(vault.call('evidence.destroyMany', { auditId, evidenceIds: ids, reason: 'x' }))).toBe('evidence.in-use');
    expect(await list(vault, auditId)).toHaveLength(3);
    expect(sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS n FROM object').get()).toEqual({ n: 3 });
  });

  it('goes part by part unless the last one is linked, and stops where it is cancelled', async () => {
    const { vault, auditId } = await newAudit();
    const evidenceIds: EvidenceId[] = [];
    for (let index = 0; index < 250; index += 1) {
      const { evidence } = await attach(vault, auditId, `f${index}.txt`, `content ${index}`);
      if (evidence !== null) evidenceIds.push(evidence.id);
    }
    const links = (present: boolean) =>
      vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds: evidenceIds.slice(-1), controls: [riskAnalysis] }], present });
    await links(true);
    expect(await codeOf(vault.call('evidence.destroyMany', { auditId, evidenceIds, reason: 'x' }))).toBe('evidence.in-use');
    expect(await list(vault, auditId)).toHaveLength(250);
    await links(false);
    const stop = new AbortController();
    // Cancelled as soon as the first part is done.
    vault.progress.push = () => {
      stop.abort();
      return 0;
    };
    const { destroyed } = await vault.call('evidence.destroyMany', { auditId, evidenceIds, reason: 'x' }, stop.signal);
    expect(destroyed).toBeGreaterThan(0);
    expect(destroyed).toBeLessThan(250);
    expect(await list(vault, auditId)).toHaveLength(250 - destroyed);
    const objects = () => sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS n FROM object').get();
    expect(objects()).toEqual({ n: 250 - destroyed });
    const rest = evidenceIds.slice(destroyed);
    expect(await vault.call('evidence.destroyMany', { auditId, evidenceIds: rest, reason: 'x' })).toEqual({ destroyed: rest.length });
    expect(objects()).toEqual({ n: 0 });
  });

  it('with a newer revision among them gives its links to the nearest older one that stays, and refuses where none stays', async () => {
    const { vault, auditId, ids } = await threePieces();
    const [oldest] = ids as [EvidenceId];
    const replace = async (evidenceId: EvidenceId, content: string) => {
      const path = join(temporaryFolder(), `${content}.txt`);
      writeFileSync(path, content);
      const { evidence } = await vault.call('evidence.replace', { evidenceId, token: vault.hand(path, 'read'), reason: 'Newer' });
      return evidence?.id as EvidenceId;
    };
    await vault.call('evidence.link', { evidenceId: oldest, controls: [riskAnalysis] });
    const newer = await replace(oldest, 'newer');
    const newest = await replace(newer, 'newest');
    const destroy = (evidenceIds: EvidenceId[]) => vault.call('evidence.destroyMany', { auditId, evidenceIds, reason: 'x' });
    expect(await codeOf(destroy([newest, oldest, newer]))).toBe('evidence.in-use');
    expect(await list(vault, auditId)).toHaveLength(5);
    expect(await destroy([newer, newest])).toEqual({ destroyed: 2 });
    expect((await list(vault, auditId)).find(({ id }) => id === oldest)?.controls).toEqual([riskAnalysis]);
  });
});

describe('likely identifiers', () => {
  it('are remembered from attaching and from looking again, and forgotten with the piece', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'staff.txt', 'maren@example.org\nlars@example.org\n');
    await attach(vault, auditId, 'plain.txt', 'nothing here');
    const found = [{ evidenceId: evidence?.id, counts: [{ kind: 'email', count: 2 }] }];
    expect(await vault.call('evidence.suspected', { auditId })).toEqual(found);
    await vault.call('evidence.scan', { evidenceId: evidence?.id as EvidenceId });
    expect(await vault.call('evidence.suspected', { auditId })).toEqual(found);
    await vault.call('evidence.destroy', { evidenceId: evidence?.id as EvidenceId, reason: 'x' });
    expect(await vault.call('evidence.suspected', { auditId })).toEqual([]);
  });
});

describe('bulk changes are refused', () => {
  const every = (vault: TestVault, auditId: Awaited<ReturnType<typeof threePieces>>['auditId'], ids: EvidenceId[]) => [
    () => vault.call('evidence.updateMany', { auditId, changes: [{ evidenceIds: ids, patch: { collector: 'x' } }] }),
    () => vault.call('evidence.linkMany', { auditId, links: [{ evidenceIds: ids, controls: [riskAnalysis] }], present: true }),
    () => vault.call('evidence.destroyMany', { auditId, evidenceIds: ids, reason: 'x' }),
  ];

  it('in a frozen audit', async () => {
    const { vault, auditId, ids } = await threePieces();
    await vault.call('audits.setState', { auditId, state: 'archived', reason: 'done' });
    for (const run of every(vault, auditId, ids)) expect(await codeOf(run())).toBe('audit.frozen');
  });

  it('to a person who may only read', async () => {
    const { vault, auditId, ids } = await threePieces();
    await vault.call('people.add', { ...ben, role: 'reviewer' });
    vault.close();
    const asBen = await reopen(vault.folder, ben.name, ben.passphrase);
    for (const run of every(asBen, auditId, ids)) expect(await codeOf(run())).toBe('person.not-allowed');
    expect(await asBen.call('evidence.verifyMany', { auditId, evidenceIds: ids })).toEqual({ verified: 3, damaged: [] });
  });
});
