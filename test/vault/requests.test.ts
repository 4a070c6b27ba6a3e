import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { read, utils } from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { isoToday } from '../../electron/vault/audit-repo.ts';
import type { AuditId, EvidenceId, RequestId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { attach, codeOf, lead, newAudit, reopen, riskAnalysis, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { ben, save, tamper } from './helpers.ts';

const unknown = '00000000-0000-4000-8000-000000000000';

const create = (vault: TestVault, auditId: AuditId, fields: Payload<'requests.create'>['fields'], controls = [riskAnalysis]) =>
  vault.call('requests.create', { auditId, fields, controls, evidence: [] });
const idOf = async (work: ReturnType<typeof attach>) => (await work).evidence?.id as EvidenceId;

async function exported(vault: TestVault, auditId: AuditId, format: 'xlsx' | 'docx', which: 'open' | 'all' = 'open') {
  const path = join(temporaryFolder(), `list.${format}`);
  const written = await vault.call('requests.export', { auditId, token: vault.hand(path, 'write'), format, which });
  return { written, bytes: readFileSync(path) };
}

describe('requests for evidence', () => {
  it('start as drafts, keep everything, and are there after opening again', async () => {
    const { vault, auditId } = await newAudit();
    const plain = await create(vault, auditId, { title: ' Risk analysis ' });
    expect(plain).toMatchObject({
      title: 'Risk analysis',
      number: 1,
      state: 'draft',
      askedAt: '',
      due: '',
      controls: [riskAnalysis],
      evidence: [],
    });
    const fields = { description: 'a', askedOf: 'b', due: '2026-05-01', note: 'c', askedAt: '2026-04-01' };
    const updated = await vault.call('requests.update', { requestId: plain.id, patch: { ...fields, state: 'asked' } });
    expect(updated).toMatchObject({ ...fields, state: 'asked', controls: [riskAnalysis] });
    vault.close();
    expect(await (await reopen(vault.folder)).call('requests.list', { auditId })).toEqual([updated]);
  });

  it('that are asked get the day, unless one is there', async () => {
    const { vault, auditId } = await newAudit();
    const first = await create(vault, auditId, { title: 'A' });
    const second = await create(vault, auditId, { title: 'B', state: 'asked' });
    expect(second.askedAt).toBe(isoToday());
    expect(await vault.call('requests.ask', { auditId, requestIds: [first.id, second.id, unknown] })).toMatchObject([
      { id: first.id, state: 'asked', askedAt: isoToday() },
    ]);
    await vault.call('requests.update', { requestId: first.id, patch: { state: 'draft', askedAt: '2026-01-02' } });
    expect(await vault.call('requests.update', { requestId: first.id, patch: { state: 'asked' } })).toMatchObject({
      askedAt: '2026-01-02',
    });
  });

  it('give a number once, also after one was taken off, and come back as they were', async () => {
    const { vault, auditId } = await newAudit();
    const first = await create(vault, auditId, { title: 'A' });
    await vault.call('requests.remove', { requestId: first.id });
    expect(await vault.call('requests.list', { auditId })).toEqual([]);
    expect((await create(vault, auditId, { title: 'B' })).number).toBe(2);
    expect(await codeOf(vault.call('requests.update', { requestId: first.id, patch: {} }))).toBe('request.unknown');
    expect(await vault.call('requests.restore', { requestId: first.id })).toEqual(first);
    expect(await codeOf(vault.call('requests.restore', { requestId: first.id }))).toBe('request.unknown');
  });

  it('are ticked off by a file, which then speaks for their controls too', async () => {
    const { vault, auditId } = await newAudit();
    const request = await create(vault, auditId, { title: 'A', state: 'asked' }, [riskAnalysis, terminations]);
    const evidence = await idOf(attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]));
    const received = await vault.call('requests.receive', { requestId: request.id, evidence: [evidence] });
    expect(received).toMatchObject({ state: 'partly-received', evidence: [evidence] });
    expect((await vault.call('evidence.get', { evidenceId: evidence })).evidence.controls).toEqual([riskAnalysis, terminations]);
    expect(await vault.call('requests.receive', { requestId: request.id, evidence: [evidence] })).toEqual(received);
    await vault.call('requests.update', { requestId: request.id, patch: { state: 'received' } });
    const more = await idOf(attach(vault, auditId, 'b.txt', 'b'));
    expect(await vault.call('requests.receive', { requestId: request.id, evidence: [more] })).toMatchObject({ state: 'received' });
    const without = await vault.call('requests.update', { requestId: request.id, patch: {}, controls: [terminations], evidence: [more] });
    expect([without.controls, without.evidence]).toEqual([[terminations], [more]]);
  });

  it('lose a piece of evidence that is destroyed, and the vault’s check finds every link whole', async () => {
    const { vault, auditId } = await newAudit();
    const request = await create(vault, auditId, { title: 'A' }, []);
    const evidence = await idOf(attach(vault, auditId, 'a.txt', 'a'));
    await vault.call('requests.receive', { requestId: request.id, evidence: [evidence] });
    expect((await vault.call('vault.check', {})).problems).toEqual([]);
    await vault.call('evidence.destroy', { evidenceId: evidence, reason: 'x' });
    expect((await vault.call('requests.list', { auditId }))[0]?.evidence).toEqual([]);
    const linked = await create(vault, auditId, { title: 'B' });
    tamper(vault, `DELETE FROM request WHERE id = '${linked.id}'`);
    expect((await vault.call('vault.check', {})).problems.map(({ message }) => message)).toContain('link from a request that is gone');
  });

  it('are counted with the audit, the late ones apart', async () => {
    const { vault, auditId } = await newAudit();
    await create(vault, auditId, { title: 'A', state: 'asked', due: '2020-01-01' });
    await create(vault, auditId, { title: 'B', due: '2020-01-01' });
    await create(vault, auditId, { title: 'C', state: 'received', due: '2020-01-01' });
    expect(await vault.call('audits.get', { auditId })).toMatchObject({ openRequests: 2, lateRequests: 1 });
  });

  it('refuse what is not in their audit, what is unknown, a frozen audit, and people who only look', async () => {
    const { vault, auditId } = await newAudit();
    const other = await vault.call('audits.create', {
      title: 'B',
      organisation: 'C',
      periodFrom: '',
      periodTo: '',
      packIds: ['hipaa-security'],
    });
    const foreign = await idOf(attach(vault, other.id, 'a.txt', 'a'));
    const request = await create(vault, auditId, { title: 'A' });
    const receive = (evidence: EvidenceId[]) => codeOf(vault.call('requests.receive', { requestId: request.id, evidence }));
    expect(await receive([foreign])).toBe('evidence.unknown');
    expect(await receive([unknown as EvidenceId])).toBe('evidence.unknown');
    expect(await receive([])).toBe('payload.invalid');
    expect(await codeOf(vault.call('requests.update', { requestId: request.id, patch: {}, evidence: [foreign] }))).toBe('evidence.unknown');
    expect(await codeOf(create(vault, auditId, { title: 'B' }, [{ packId: 'x', controlId: 'y' }]))).toBe('control.unknown');
    expect(await codeOf(create(vault, auditId, { title: '  ' }))).toBe('payload.invalid');
    expect(await codeOf(vault.call('requests.update', { requestId: request.id, patch: { state: 'lost' as never } }))).toBe(
      'payload.invalid',
    );
    expect(await codeOf(vault.call('requests.remove', { requestId: unknown as RequestId }))).toBe('request.unknown');
    await vault.call('people.add', { ...ben, role: 'observer' });
    tamper(vault, `UPDATE audit SET state = 'archived'`);
    for (const work of [
      create(vault, auditId, { title: 'B' }),
      vault.call('requests.update', { requestId: request.id, patch: { title: 'B' } }),
      vault.call('requests.remove', { requestId: request.id }),
      vault.call('requests.ask', { auditId, requestIds: [request.id] }),
    ])
      expect(await codeOf(work)).toBe('audit.frozen');
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(create(observer, auditId, { title: 'B' }))).toBe('person.not-allowed');
    expect(await observer.call('requests.list', { auditId })).toHaveLength(1);
  });

  it('leave a trail that names them and holds none of their text', async () => {
    const { vault, auditId } = await newAudit();
    const request = await create(vault, auditId, { title: 'Secret wish' });
    await vault.call('requests.update', { requestId: request.id, patch: { note: 'Secret note' }, controls: [terminations] });
    await vault.call('requests.remove', { requestId: request.id });
    await vault.call('requests.restore', { requestId: request.id });
    const { events } = await vault.call('trail.list', { before: null, limit: 4, query: '', auditId });
    expect(events.map(({ action, detail }) => [action, detail])).toEqual([
      ['request.restored', 'R-001'],
      ['request.removed', 'R-001'],
      ['request.changed', 'R-001, note, controls'],
      ['request.created', 'R-001'],
    ]);
  });
});

describe('proposed requests', () => {
  it('come from the chosen checklists, and what was taken is not proposed again', async () => {
    const { vault, auditId } = await newAudit(['hipaa-security', 'production-readiness']);
    const proposals = await vault.call('requests.proposals', { auditId, packIds: ['hipaa-security'] });
    expect(proposals.length).toBeGreaterThan(200);
    expect(proposals.every(({ controls }) => controls.every(({ packId }) => packId === 'hipaa-security'))).toBe(true);
    const chosen = proposals.slice(0, 3).map(({ title, controls }) => ({ title, controls: [...controls] }));
    const accept = () => vault.call('requests.accept', { auditId, askedOf: 'IT', due: '2026-06-01', proposals: chosen });
    expect(await accept()).toEqual({ created: 3, extended: 0 });
    expect(await vault.call('requests.list', { auditId })).toMatchObject(
      chosen.map(({ title, controls }) => ({ title, controls, askedOf: 'IT', due: '2026-06-01', state: 'draft' })),
    );
    expect(await vault.call('requests.proposals', { auditId, packIds: ['hipaa-security'] })).toHaveLength(proposals.length - 3);
    expect(await accept()).toEqual({ created: 0, extended: 3 });
    expect(await vault.call('requests.list', { auditId })).toHaveLength(3);
  });

  it('leave out controls with evidence and those that do not apply', async () => {
    const { vault, auditId } = await newAudit(['hipaa-security']);
    const controlsOf = async () =>
      new Set(
        (await vault.call('requests.proposals', { auditId, packIds: ['hipaa-security'] })).flatMap(({ controls }) =>
          controls.map((control) => control.controlId),
        ),
      );
    expect((await controlsOf()).has(riskAnalysis.controlId)).toBe(true);
    await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]);
    await save(vault, auditId, terminations, { verdict: 'not-applicable', rationale: 'x' });
    const after = await controlsOf();
    expect([after.has(riskAnalysis.controlId), after.has(terminations.controlId)]).toEqual([false, false]);
  });
});

describe('the list for the client', () => {
  const hostile = '=HYPERLINK("http://example.org","x")';

  it('as a workbook has a head, a row for each request by day, a column to answer in, and nothing but texts', async () => {
    const { vault, auditId } = await newAudit();
    await create(vault, auditId, { title: hostile, description: 'two\nlines\u0000', state: 'asked', note: 'Not for the client' });
    await create(vault, auditId, { title: 'First', due: '2026-02-01', askedOf: 'Personnel' });
    await create(vault, auditId, { title: 'Withdrawn', state: 'withdrawn' });
    await create(vault, auditId, { title: 'Had', state: 'received' });
    const { written, bytes } = await exported(vault, auditId, 'xlsx');
    expect(written).toEqual({ name: 'list.xlsx', requests: 2 });
    const workbook = read(bytes, { type: 'buffer', cellFormula: true, cellStyles: true });
    const sheet = workbook.Sheets['Evidence requests'] ?? {};
    const cells = Object.entries(sheet).filter(([name]) => !name.startsWith('!'));
    expect(cells.every(([, cell]) => cell.t === 's' && cell.f === undefined)).toBe(true);
    const rows = utils.sheet_to_json<string[]>(sheet, { header: 1, defval: '' });
    expect(rows.slice(0, 6).map((row) => row[1])).toEqual([
      '',
      'Clinic',
      'Audit',
      '2026-01-01 to 2026-12-31',
      `${lead.name}, ${lead.email}`,
      isoToday(),
    ]);
    expect(rows[9]).toEqual(['No.', 'What', 'Description', 'For which requirement', 'From', 'By when', 'State', 'Your remark']);
    expect(rows[10]).toEqual(['R-002', 'First', '', '45 CFR 164.308(a)(1)(ii)(A) Risk analysis', 'Personnel', '2026-02-01', 'Wanted', '']);
    expect(rows[11]?.slice(0, 3)).toEqual(['R-001', hostile, 'two\nlines']);
    const files = unzipSync(bytes);
    expect(strFromU8(files['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toMatch(/<pane ySplit="10".*orientation="landscape"/s);
    expect(strFromU8(files['xl/workbook.xml'] ?? new Uint8Array())).toContain('_xlnm.Print_Titles');
    expect(strFromU8(files['xl/styles.xml'] ?? new Uint8Array())).toContain('quotePrefix');
    expect(JSON.stringify(rows)).not.toContain('Not for the client');
  });

  it('as a document holds the same, with the titles repeated on every page', async () => {
    const { vault, auditId } = await newAudit();
    await create(vault, auditId, { title: hostile, description: 'two\nlines', note: 'Not for the client', state: 'partly-received' });
    await create(vault, auditId, { title: 'Without controls', state: 'received' }, []);
    const { written, bytes } = await exported(vault, auditId, 'docx', 'all');
    expect(written).toEqual({ name: 'list.docx', requests: 2 });
    const text = strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array());
    for (const part of ['Clinic', 'R-001', '=HYPERLINK(&quot;', 'Partly received', 'Risk analysis', 'Your remark', 'w:tblHeader'])
      expect(text).toContain(part);
    expect(text).not.toContain('Not for the client');
    expect(text).not.toContain('w:fldSimple');
    const about = strFromU8(unzipSync(bytes)['docProps/core.xml'] ?? new Uint8Array());
    expect(about).toContain('<cp:lastModifiedBy>Ada Lindqvist');
  });

  it('is written also when nothing is asked for, and cuts what no cell can hold', async () => {
    const { vault, auditId } = await newAudit();
    tamper(vault, `UPDATE audit SET period_from = '', period_to = ''`);
    for (const format of ['xlsx', 'docx'] as const) expect((await exported(vault, auditId, format)).written.requests).toBe(0);
    tamper(vault, `UPDATE audit SET period_from = '2026-01-01'`);
    await create(vault, auditId, { title: 'Long', description: 'x'.repeat(60_000) });
    const { bytes } = await exported(vault, auditId, 'xlsx');
    const rows = utils.sheet_to_json<string[]>(read(bytes, { type: 'buffer' }).Sheets['Evidence requests'] ?? {}, { header: 1 });
    expect([rows[3]?.[1], rows[10]?.[2]?.length]).toEqual(['from 2026-01-01', 32_008]);
    tamper(vault, `UPDATE audit SET period_from = '', period_to = '2026-12-31'`);
    expect((await exported(vault, auditId, 'docx')).written.requests).toBe(1);
  });

  it('leaves nothing where it cannot be written, and is noted in the trail where it can', async () => {
    const { vault, auditId } = await newAudit();
    const folder = temporaryFolder();
    const token = vault.hand(join(folder, 'missing', 'list.xlsx'), 'write');
    expect(await codeOf(vault.call('requests.export', { auditId, token, format: 'xlsx', which: 'open' }))).toBe('file.not-written');
    expect([readdirSync(folder), existsSync(join(folder, 'missing'))]).toEqual([[], false]);
    await exported(vault, auditId, 'docx');
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
    expect(events[0]).toMatchObject({ action: 'requests.exported', detail: 'docx, 0 requests' });
  });
});
