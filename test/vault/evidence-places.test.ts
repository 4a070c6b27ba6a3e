import { describe, expect, it } from 'vitest';
import { safeRelativePath } from '../../electron/vault/evidence/names.ts';
import { createObject } from '../../electron/vault/evidence/store.ts';
import { recordEvidence } from '../../electron/vault/evidence-attach.ts';
import { attach, newAudit, riskAnalysis, terminations } from './fixture.ts';
import { sessionOf } from './helpers.ts';

describe('the same content again', () => {
  it('says where it is in this audit, what it was linked to, and in which other audits it lies', async () => {
    const { vault, auditId } = await newAudit();
    const other = await vault.call('audits.create', {
      title: 'Other audit',
      organisation: 'Clinic',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const first = await attach(vault, auditId, 'a.txt', 'same', [riskAnalysis]);
    expect(first.places).toEqual([]);
    const elsewhere = await attach(vault, other.id, 'b.txt', 'same');
    expect(elsewhere).toMatchObject({
      duplicateOf: null,
      places: [{ number: 1, auditId, auditTitle: 'Audit', controls: 1, citations: ['45 CFR 164.308(a)(1)(ii)(A)'], supersededBy: null }],
    });
    const again = await attach(vault, auditId, 'c.txt', 'same', [terminations]);
    expect(again.places.map((place) => [place.auditTitle, place.controls])).toEqual([
      ['Audit', 1],
      ['Other audit', 0],
    ]);
  });

  it('says nothing where nothing was', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'one');
    expect((await attach(vault, auditId, 'b.txt', 'two')).places).toEqual([]);
    expect((await attach(vault, auditId, 'c.txt', '')).places).toEqual([]);
  });
});

describe('what is known of a file besides its bytes', () => {
  it('comes along with a dropped one', async () => {
    const { vault, auditId } = await newAudit();
    const details = {
      title: 'Firewall rules',
      source: 'Edge router',
      method: 'Screenshot',
      collectedAt: '2026-03-01T10:00:00+02:00',
      relativePath: 'site 2/../net\u202e/rules.txt',
    };
    const { uploadId } = await vault.call('evidence.beginUpload', { auditId, name: 'rules.txt', size: 3, controls: [], details });
    await vault.call('evidence.uploadChunk', { uploadId, bytes: Buffer.from('abc') });
    const { evidence } = await vault.call('evidence.finishUpload', { uploadId });
    expect(evidence).toMatchObject({
      ...details,
      relativePath: 'site 2/net/rules.txt',
      collector: 'Ada Lindqvist',
      originalName: 'rules.txt',
    });
  });

  it('is kept as a path of safe names, without parts that lead up or nowhere', () => {
    expect(safeRelativePath('a/b/c.txt')).toBe('a/b/c.txt');
    expect(safeRelativePath('/../a\\..\\./b/')).toBe('a/b');
    expect(safeRelativePath('a:b/"c"')).toBe('a_b/_c_');
    expect(safeRelativePath('')).toBe('');
    expect(safeRelativePath(`${'x/'.repeat(900)}end.txt`)).toHaveLength(1000);
    expect(safeRelativePath(`${'x/'.repeat(900)}end.txt`).endsWith('/end.txt')).toBe(true);
  });
});

describe('what is recorded together with a piece', () => {
  it('is undone with it when it fails, the sealed chunks too', async () => {
    const { vault, auditId } = await newAudit();
    const session = sessionOf(vault);
    const writer = createObject(session.chunks, session.keys.evidence);
    writer.write(Buffer.from('abc'));
    const refuse = () => {
      throw new Error('refused');
    };
    await expect(
      recordEvidence(session, { auditId, originalName: 'a.txt', controls: [], object: writer.finish(), alsoRecord: refuse }),
    ).rejects.toThrow('refused');
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
    expect(session.chunks.get({ text: 'SELECT count(*) AS total FROM object', values: [] })).toEqual({ total: 0 });
  });
});
