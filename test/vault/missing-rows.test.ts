import { describe, expect, it } from 'vitest';
import { custodyRecord } from '../../electron/vault/custody.ts';
import { takeSnapshot } from '../../electron/vault/report-snapshot.ts';
import { listForClient } from '../../electron/vault/requests/listing.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, terminations } from './fixture.ts';
import { save, sessionOf, tamper } from './helpers.ts';

/** What a damaged or merged vault may lack must not keep the rest from being read. */

async function filled() {
  const { vault, auditId } = await newAudit();
  const evidenceId = (await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis])).evidence?.id as EvidenceId;
  await save(vault, auditId, riskAnalysis, { verdict: 'compliant', rationale: 'Seen.' });
  return { vault, auditId, evidenceId };
}

describe('a vault in which a row is missing', () => {
  it('shows people who are gone without a name', async () => {
    const { vault, auditId, evidenceId } = await filled();
    tamper(vault, 'DELETE FROM person');
    expect((await vault.call('answers.get', { auditId, ...riskAnalysis })).updatedByName).toBe('');
    const detail = await vault.call('evidence.get', { evidenceId });
    expect([detail.receivedByName, detail.custody[0]?.person]).toEqual(['', '']);
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId: null });
    expect(events[0]?.personName).toBe('');
    expect((await vault.call('audits.dashboard', { auditId })).activity[0]?.person).toBe('');
    const { checks } = await vault.call('reports.preview', { auditId, options: { paper: 'a4', final: false } });
    expect(checks.length).toBeGreaterThan(0);
  });

  it('leaves out a control whose answer is gone, and says so when asked for it', async () => {
    const { vault, auditId } = await filled();
    const before = (await vault.call('audits.get', { auditId })).controls;
    tamper(vault, `DELETE FROM answer WHERE control_id = '${terminations.controlId}'`);
    expect((await vault.call('audits.get', { auditId })).controls).toBe(before - 1);
    expect((await vault.call('audits.controls', { auditId })).controls.length).toBe(before - 1);
    expect(await codeOf(vault.call('answers.get', { auditId, ...terminations }))).toBe('control.unknown');
  });

  it('refuses an answer whose control its checklist no longer has', async () => {
    const { vault, auditId } = await filled();
    tamper(vault, `UPDATE answer SET control_id = 'gone' WHERE control_id = '${terminations.controlId}'`);
    const gone = { packId: terminations.packId, controlId: 'gone' };
    expect(await codeOf(vault.call('answers.get', { auditId, ...gone }))).toBe('control.unknown');
    expect(await codeOf(save(vault, auditId, gone, { questions: { q1: { value: 'yes', note: '' } } }))).toBe('payload.invalid');
    tamper(vault, `DELETE FROM audit_pack`);
    expect(await codeOf(vault.call('answers.get', { auditId, ...riskAnalysis }))).toBe('control.unknown');
    expect((await vault.call('audits.dashboard', { auditId })).score).toBeNull();
  });

  it('names controls that the audit no longer has by their ids, and leaves out evidence that is gone', async () => {
    const { vault, auditId, evidenceId } = await filled();
    await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [riskAnalysis], evidence: [evidenceId] });
    const fields = { title: 'R', description: '', askedOf: '', due: '', state: 'asked' as const };
    await vault.call('requests.create', { auditId, fields, controls: [riskAnalysis], evidence: [] });
    tamper(vault, `UPDATE link SET control_id = 'gone' WHERE control_id = '${riskAnalysis.controlId}'`);
    const options = { paper: 'a4', final: false, redaction: 'originals' } as const;
    const model = await takeSnapshot(sessionOf(vault), auditId, options, '');
    expect([model.findings[0]?.citations, model.evidence[0]?.citations, model.findings[0]?.evidence]).toEqual([
      ['gone'],
      ['gone'],
      ['E-001'],
    ]);
    expect(listForClient(sessionOf(vault), auditId, 'open').requests[0]?.requirements).toEqual(['gone']);
    expect(custodyRecord(sessionOf(vault), evidenceId, new Map()).controls).toEqual(['gone']);
    tamper(vault, 'DELETE FROM evidence');
    expect((await takeSnapshot(sessionOf(vault), auditId, options, '')).findings[0]?.evidence).toEqual([]);
  });

  it('locks after fifteen minutes when the setting is gone, and opens without the number of its copy', async () => {
    const { vault } = await filled();
    tamper(vault, 'DELETE FROM setting');
    expect((await vault.call('vault.current', undefined))?.autoLockMinutes).toBe(15);
    vault.close();
    expect(sessionOf(await reopen(vault.folder)).copyId).toBe('');
  });

  it('lets nobody in whose record is gone', async () => {
    const { vault } = await filled();
    tamper(vault, 'DELETE FROM person');
    vault.close();
    expect(await codeOf(reopen(vault.folder))).toBe('person.unknown');
    // A refused opening leaves the vault free.
    expect(await codeOf(reopen(vault.folder))).toBe('person.unknown');
  });

  it('issues a fresh identity when the sealed key no longer opens', async () => {
    const { vault, auditId } = await filled();
    const first = await vault.call('identity.issue', undefined);
    tamper(vault, "UPDATE identity SET sealed_key = x'00'");
    const report = await vault.call('reports.sign', { auditId, options: { paper: 'a4', final: false } });
    expect(report.fingerprint).not.toBe(first.fingerprint);
    expect((await vault.call('identity.get', undefined))?.fingerprint).toBe(report.fingerprint);
  });

  it('has nothing to unlink where nothing was linked', async () => {
    const { vault, evidenceId } = await filled();
    const head = await vault.call('trail.head', undefined);
    const evidence = await vault.call('evidence.unlink', { evidenceId, controls: [terminations] });
    expect(evidence.controls).toEqual([riskAnalysis]);
    expect(await vault.call('trail.head', undefined)).toEqual(head);
  });
});

describe('an evidence file that is full', () => {
  it('ends an upload at any piece and at its end, and leaves nothing of it', async () => {
    const { vault, auditId } = await newAudit();
    const { raw } = sessionOf(vault).chunks;
    const begin = (size: number) => vault.call('evidence.beginUpload', { auditId, name: 'x.bin', size, controls: [] });
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const send = async (uploadId: string, pieces: number) => {
      for (let sent = 0; sent < pieces; sent += 1) await vault.call('evidence.uploadChunk', { uploadId, bytes: new Uint8Array(piece) });
    };
    const finish = (uploadId: string) => vault.call('evidence.finishUpload', { uploadId });
    const pages = Number(raw.pragma('page_count', { simple: true }));
    raw.pragma(`max_page_count = ${pages + 8}`);
    const several = await begin(4 * piece.length);
    expect(await codeOf(send(several.uploadId, 4))).toBe('disk.full');
    expect(vault.process.uploads.size).toBe(0);
    const one = await begin(piece.length);
    await send(one.uploadId, 1);
    expect(await codeOf(finish(one.uploadId))).toBe('disk.full');
    // A large one is sealed beside the calls: one of the next ones tells.
    const large = await begin(20 * piece.length);
    expect(await codeOf(send(large.uploadId, 20).then(() => finish(large.uploadId)))).toBe('disk.full');
    expect(vault.process.uploads.size).toBe(0);
    expect(raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 0 });
    raw.pragma('max_page_count = 1000000');
    expect((await attach(vault, auditId, 'a.txt', 'a')).error).toBeNull();
  });
});
