import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCustodyPrinter } from '../../electron/vault/report/render/custody-printer.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, type TestVault, temporaryFolder, testAssets } from './fixture.ts';
import { ben, tamper } from './helpers.ts';

const note = { from: 'C. Meyer', to: 'Ada Lindqvist', at: '2026-05-02', purpose: 'Sample of leavers', reference: 'Receipt 7' };

async function filled() {
  const { vault, auditId } = await newAudit();
  const evidenceId = (await attach(vault, auditId, 'leavers.csv', 'name\nBen\n', [riskAnalysis])).evidence?.id as EvidenceId;
  return { vault, auditId, evidenceId };
}

const handOver = (vault: TestVault, evidenceId: EvidenceId, more: Partial<Payload<'custody.handOver'>> = {}) =>
  vault.call('custody.handOver', { evidenceIds: [evidenceId], action: 'received', ...note, ...more });

async function destroy(vault: TestVault, evidenceId: EvidenceId) {
  await vault.call('evidence.unlink', { evidenceId, controls: [riskAnalysis] });
  await vault.call('evidence.destroy', { evidenceId, reason: 'Attached by mistake' });
}

async function printed(vault: TestVault, auditId: AuditId, evidenceId: EvidenceId | null) {
  const path = join(temporaryFolder(), 'form.pdf');
  const written = await vault.call('custody.export', { auditId, evidenceId, token: vault.hand(path, 'write') });
  const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
  return { path, written, text: text.replace(/\s+/g, ' ') };
}

const dropTriggers = 'DROP TRIGGER custody_note_is_append_only_update; DROP TRIGGER custody_note_is_append_only_delete;';

describe('custody', () => {
  it('tells who did what, when and why, with the hash before and after, and that its links hold', async () => {
    const { vault, evidenceId } = await filled();
    await handOver(vault, evidenceId);
    await vault.call('evidence.verify', { evidenceId });
    const record = await vault.call('custody.get', { evidenceId });
    expect(record.events.map(({ action }) => action)).toEqual(['collected', 'linked', 'received', 'verified']);
    expect(record.events[2]).toMatchObject({
      person: 'Ada Lindqvist',
      detail: '',
      handOver: note,
      before: record.sha256,
      after: record.sha256,
    });
    expect(record.events[1]?.detail).toBe('45 CFR 164.308(a)(1)(ii)(A) Risk analysis');
    expect(record.events[0]).toMatchObject({ before: '', after: record.sha256, handOver: null });
    expect(record).toMatchObject({ label: 'E-001', size: 9, destroyedAt: '', check: { holds: true, checked: 4, firstBroken: null } });
    expect(record.controls).toEqual(['45 CFR 164.308(a)(1)(ii)(A) Risk analysis']);
  });

  it('keeps the text of a hand-over out of the trail, which binds it all the same', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await handOver(vault, evidenceId, { action: 'released' });
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
    expect(events[0]).toMatchObject({ action: 'evidence.released', detail: '' });
    expect((await vault.call('vault.check', {})).problems).toEqual([]);
    expect(() => tamper(vault, `UPDATE custody_note SET purpose = 'Another'`)).toThrow('append-only');
    expect(() => tamper(vault, 'DELETE FROM custody_note')).toThrow('append-only');
    tamper(vault, `${dropTriggers} UPDATE custody_note SET purpose = 'Another'`);
    const { check } = await vault.call('custody.get', { evidenceId });
    expect(check).toMatchObject({ holds: false, firstBroken: events[0]?.sequence });
    expect((await vault.call('vault.check', {})).problems.map(({ message }) => message)).toEqual([
      'The note of a hand-over is not the one that was written.',
    ]);
  });

  it('tells a link that was altered, and a note whose link is gone', async () => {
    const { vault, evidenceId } = await filled();
    await handOver(vault, evidenceId);
    tamper(vault, `UPDATE trail SET detail = 'x' WHERE action = 'evidence.linked'`);
    const { check, events } = await vault.call('custody.get', { evidenceId });
    expect(check).toEqual({ holds: false, checked: 3, firstBroken: events[1]?.sequence });
    const other = await filled();
    await handOver(other.vault, other.evidenceId);
    tamper(other.vault, `DELETE FROM trail WHERE action = 'evidence.received'`);
    expect((await other.vault.call('custody.get', { evidenceId: other.evidenceId })).check.holds).toBe(false);
  });

  it('goes on in a signed audit, for several pieces at once, and not for people who only look', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const second = (await attach(vault, auditId, 'b.txt', 'b')).evidence?.id as EvidenceId;
    await vault.call('people.add', { ...ben, role: 'observer' });
    tamper(vault, `UPDATE audit SET state = 'archived'`);
    await handOver(vault, evidenceId, { evidenceIds: [evidenceId, second], action: 'transferred', at: '2026-05-02T10:00:00+02:00' });
    for (const id of [evidenceId, second])
      expect((await vault.call('custody.get', { evidenceId: id })).events.at(-1)).toMatchObject({ action: 'transferred' });
    for (const wrong of [
      { from: ' ' },
      { to: '' },
      { purpose: '' },
      { at: '' },
      { at: 'soon' },
      { action: 'destroyed' as never },
      { evidenceIds: [] },
    ])
      expect(await codeOf(handOver(vault, evidenceId, wrong))).toBe('payload.invalid');
    const unknown = '00000000-0000-4000-8000-000000000000' as EvidenceId;
    expect(await codeOf(handOver(vault, evidenceId, { evidenceIds: [evidenceId, unknown] }))).toBe('evidence.unknown');
    expect((await vault.call('custody.get', { evidenceId })).events.filter(({ action }) => action === 'received')).toEqual([]);
    expect(await codeOf(vault.call('custody.get', { evidenceId: unknown }))).toBe('evidence.unknown');
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(handOver(observer, evidenceId))).toBe('person.not-allowed');
    expect((await observer.call('custody.get', { evidenceId })).check.holds).toBe(true);
  });
});

describe('destroyed evidence', () => {
  it('can still be accounted for: what it was, who destroyed it, when and why', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await vault.call('evidence.update', { evidenceId, patch: { title: 'Leaver list', sensitivity: 'phi' } });
    const { sha256 } = (await vault.call('evidence.get', { evidenceId })).evidence;
    await destroy(vault, evidenceId);
    expect(await vault.call('custody.destroyed', { auditId })).toEqual([
      {
        id: evidenceId,
        label: 'E-001',
        title: 'Leaver list',
        originalName: 'leavers.csv',
        sha256,
        destroyedAt: expect.any(String),
        destroyedBy: 'Ada Lindqvist',
        reason: 'Attached by mistake',
      },
    ]);
    const record = await vault.call('custody.get', { evidenceId });
    expect(record).toMatchObject({ title: 'Leaver list', size: 9, sha256, sensitivity: 'phi', controls: [], check: { holds: true } });
    expect(record.destroyedAt).not.toBe('');
    expect(record.events.at(-1)).toMatchObject({
      action: 'destroyed',
      before: sha256,
      after: '',
      handOver: { purpose: 'Attached by mistake', from: '' },
    });
  });

  it('of which little is left is told as far as it goes', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await destroy(vault, evidenceId);
    tamper(vault, `${dropTriggers} DELETE FROM custody_note; DELETE FROM trail WHERE action = 'evidence.collected'; DELETE FROM person`);
    expect(await vault.call('custody.destroyed', { auditId })).toMatchObject([{ destroyedBy: '', reason: '' }]);
    expect(await vault.call('custody.get', { evidenceId })).toMatchObject({ size: null, receivedBy: '' });
    expect((await printed(vault, auditId, evidenceId)).text).toContain('not noted');
    tamper(vault, `DELETE FROM change WHERE entity = 'evidence'`);
    expect(await vault.call('custody.destroyed', { auditId })).toEqual([]);
    expect(await codeOf(vault.call('custody.get', { evidenceId }))).toBe('evidence.unknown');
  });
});

describe('a custody form', () => {
  it('of one piece holds its head, its ledger, lines to sign and the head of the trail', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await handOver(vault, evidenceId, { at: '2026-05-02T10:00:00+02:00' });
    await vault.call('evidence.update', { evidenceId, patch: { collectedAt: '2026-05-01', source: 'Personnel', description: 'Export' } });
    const head = await vault.call('trail.head', {});
    const { path, written, text } = await printed(vault, auditId, evidenceId);
    expect(written).toEqual({ name: 'form.pdf', forms: 1 });
    const { sha256 } = await vault.call('custody.get', { evidenceId });
    for (const part of [
      'Chain of custody',
      'E-001 leavers',
      'Clinic, Audit',
      '9 bytes',
      sha256,
      'Received',
      'From C. Meyer to Ada Lindqvist',
      'On 2 May 2026, 08:00 UTC',
      'Receipt 7',
      'RELEASED BY, SIGNATURE',
      head.hash,
      'Each is authentic',
    ])
      expect(text.toUpperCase()).toContain(part.toUpperCase());
    const information = execFileSync('pdfinfo', [path], { encoding: 'utf8' });
    expect(information).toMatch(/Tagged:\s+yes/);
    expect(information).toContain('A4');
    expect(
      execFileSync('pdffonts', [path], { encoding: 'utf8' })
        .split('\n')
        .slice(2)
        .filter((line) => line !== '')
        .every((line) => / yes yes yes /.test(line)),
    ).toBe(true);
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
    expect(events[0]).toMatchObject({ action: 'custody.exported', detail: '1 form' });
  });

  it('says when its links do not hold, and spells what no font has', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await vault.call('evidence.update', { evidenceId, patch: { title: 'Locked \u{1f512} \u{1d11e} <b>' } });
    tamper(vault, `UPDATE trail SET detail = 'x' WHERE action = 'evidence.linked'`);
    const { text } = await printed(vault, auditId, evidenceId);
    expect(text).toContain('Do not rely on this ledger');
    expect(text).toContain('\u{1f512} [U+1D11E] <b>');
  });

  it('of every piece is one document, with the destroyed ones at its end; of no piece it says so', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const empty = await newAudit();
    expect((await printed(empty.vault, empty.auditId, null)).text).toContain('There is no evidence in this audit.');
    await attach(vault, auditId, 'b.txt', 'b');
    await destroy(vault, evidenceId);
    const { written, text } = await printed(vault, auditId, null);
    expect(written.forms).toBe(2);
    expect(text.indexOf('E-002 b')).toBeLessThan(text.indexOf('E-001 leavers'));
    expect(text).toMatch(/Destroyed.*Attached by mistake/);
  });

  it('leaves nothing when cancelled, when its place cannot be written, or for a piece of another audit', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const folder = temporaryFolder();
    const cancelled = new AbortController();
    cancelled.abort();
    const write = (path: string, signal?: AbortSignal) =>
      vault.call('custody.export', { auditId, evidenceId, token: vault.hand(path, 'write') }, signal);
    await expect(write(join(folder, 'form.pdf'), cancelled.signal)).rejects.toThrow('Cancelled');
    expect(await codeOf(write(join(folder, 'missing', 'form.pdf')))).toBe('file.not-written');
    const other = await vault.call('audits.create', {
      title: 'B',
      organisation: 'C',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const token = vault.hand(join(folder, 'form.pdf'), 'write');
    expect(await codeOf(vault.call('custody.export', { auditId: other.id, evidenceId, token }))).toBe('evidence.unknown');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not printed after the printer was closed or has failed', async () => {
    const document = { organisation: '', audit: '', printedAt: '', printedBy: '', trail: { sequence: 0, hash: '' }, records: [] };
    const closed = openCustodyPrinter({ workerPath: testAssets.reportWorker, fontsDirectory: testAssets.fonts });
    closed.close();
    await expect(closed.print(document)).rejects.toThrow('closed');
    const failing = openCustodyPrinter({ workerPath: testAssets.reportWorker, fontsDirectory: '/nowhere' });
    await expect(failing.print(document)).rejects.toThrow();
    failing.close();
  });
});
