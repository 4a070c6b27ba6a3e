import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { verifyReport } from '../../electron/vault/report/verify/verify.ts';
import type { ReportId } from '../../shared/domain/ids.ts';
import type { Verification } from '../../shared/domain/verification.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, temporaryFolder, terminations } from './fixture.ts';
import { ben, errorOf, finishedAudit, save, sessionOf } from './helpers.ts';

const draft = { paper: 'a4', final: false } as const;
const final = { paper: 'letter', final: true } as const;

describe('a preview', () => {
  it('is a PDF with the open checks, unsigned, and changes nothing', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const head = await vault.call('trail.head', undefined);
    const { bytes, pages, checks } = await vault.call('reports.preview', { auditId, options: draft });
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-');
    expect(pages).toBeGreaterThan(1);
    expect(checks.length).toBe((await vault.call('audits.get', { auditId })).controls);
    expect((await verifyReport(bytes)).problems.map((item) => item.code)).toContain('no-signature');
    expect(await vault.call('trail.head', undefined)).toEqual(head);
  });

  it('can be cancelled', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const controller = new AbortController();
    const work = vault.call('reports.preview', { auditId, options: draft }, controller.signal);
    controller.abort();
    await expect(work).rejects.toMatchObject({ name: 'CancelledError' });
  });
});

describe('signing', () => {
  it('makes a draft while checks are open, with an identity issued on the way, and leaves the audit open', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    expect(await vault.call('identity.get', undefined)).toBeNull();
    const report = await vault.call('reports.sign', { auditId, options: draft });
    const identity = await vault.call('identity.get', undefined);
    expect(report).toMatchObject({ draft: true, revision: 1, signer: 'Ada Lindqvist', fingerprint: identity?.fingerprint });
    expect(report.number).toMatch(/^SB-\d{4}-0001$/);
    expect(await vault.call('reports.list', { auditId })).toEqual([report]);
    expect((await vault.call('audits.get', { auditId })).state).toBe('fieldwork');
    const { bytes } = await vault.call('reports.read', { reportId: report.id });
    expect(bytes.length).toBe(report.size);
    const verification = await verifyReport(bytes);
    expect(verification.genuine).toBe(true);
    expect(verification.manifest).toMatchObject({
      present: true,
      matches: true,
      trailHead: expect.stringContaining(report.trailHead.hash),
    });
    expect(verification.problems.map((item) => item.code)).toContain('draft');
  });

  it('is refused as final while blocking checks are open, and says how many', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const checks = await vault.call('audits.checks', { auditId });
    const open = checks.filter((check) => check.severity === 'blocking').length;
    expect(open).toBeLessThan(checks.length);
    const error = await errorOf(vault.call('reports.sign', { auditId, options: final }));
    expect([error.code, error.data]).toEqual(['report.open-checks', { open }]);
    expect(await vault.call('reports.list', { auditId })).toEqual([]);
  });

  it('as final freezes the audit; reopening makes revision 2 and the first report stays byte for byte', async () => {
    const { vault, auditId, controls } = await finishedAudit();
    const first = await vault.call('reports.sign', { auditId, options: final });
    expect(first).toMatchObject({ draft: false, revision: 1 });
    expect((await vault.call('audits.get', { auditId })).state).toBe('signed');
    const [control] = controls;
    if (control === undefined) throw new Error('no controls');
    const target = { packId: control.packId, controlId: control.controlId };
    expect(await codeOf(save(vault, auditId, target, { rationale: 'Changed' }))).toBe('audit.frozen');
    expect(await codeOf(vault.call('reports.sign', { auditId, options: draft }))).toBe('audit.frozen');
    expect(await codeOf(vault.call('audits.setState', { auditId, state: 'fieldwork', reason: '' }))).toBe('audit.frozen');
    const before = (await vault.call('reports.read', { reportId: first.id })).bytes;
    expect(await codeOf(vault.call('reports.reopen', { auditId, reason: '  ' }))).toBe('payload.invalid');
    await vault.call('reports.reopen', { auditId, reason: 'An error in one answer' });
    await vault.call('reports.reopen', { auditId, reason: 'Already open' });
    expect(await vault.call('audits.get', { auditId })).toMatchObject({ state: 'fieldwork', revision: 2 });
    await save(vault, auditId, target, { rationale: 'Changed' });
    const second = await vault.call('reports.sign', { auditId, options: final });
    expect(second).toMatchObject({ draft: false, revision: 2, number: first.number });
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('reports.list', { auditId })).map((report) => report.revision)).toEqual([2, 1]);
    const after = (await again.call('reports.read', { reportId: first.id })).bytes;
    expect(Buffer.from(after).equals(Buffer.from(before))).toBe(true);
    for (const { id } of [first, second]) {
      const verification = await verifyReport((await again.call('reports.read', { reportId: id })).bytes);
      expect([verification.genuine, verification.problems.map((item) => item.code)]).toEqual([true, ['unknown-signer']]);
    }
  });

  it('starts over when the audit changes while the report is laid out', async () => {
    const { vault, auditId } = await newAudit(['production-readiness', 'hipaa-security']);
    let changed = 0;
    const context = {
      process: vault.process,
      signal: new AbortController().signal,
      progress: (step: { done: number; total: number | null }) => {
        if (step.done !== step.total || changed > 0) return;
        changed += 1;
        void save(vault, auditId, riskAnalysis, { verdict: 'non-compliant', rationale: 'Found at the last moment.' });
      },
    };
    const report = (await dispatch(context, 'reports.sign', { auditId, options: draft })) as { id: ReportId };
    const row = sessionOf(vault).records.get<{ model: string }>({ text: `SELECT model FROM report WHERE id = '${report.id}'`, values: [] });
    expect(row?.model).toContain('Found at the last moment.');
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
    expect(sessionOf(vault).chunks.get({ text: 'SELECT count(*) AS total FROM object', values: [] })).toEqual({ total: 1 });
  });

  it('cancelled leaves no report and no chunks', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const controller = new AbortController();
    const context = {
      process: vault.process,
      signal: controller.signal,
      progress: (step: { done: number; total: number | null }) => step.done === step.total && controller.abort(),
    };
    await expect(dispatch(context, 'reports.sign', { auditId, options: draft })).rejects.toMatchObject({ name: 'CancelledError' });
    expect(await vault.call('reports.list', { auditId })).toEqual([]);
    expect(sessionOf(vault).chunks.get({ text: 'SELECT count(*) AS total FROM object', values: [] })).toEqual({ total: 0 });
  });

  it('is done by a reviewer with their own identity, who changes nothing else', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const mine = await vault.call('reports.sign', { auditId, options: draft });
    await vault.call('people.add', { ...ben, role: 'reviewer' });
    vault.close();
    const reviewer = await reopen(vault.folder, ben.name, ben.passphrase);
    const theirs = await reviewer.call('reports.sign', { auditId, options: draft });
    expect(theirs.signer).toBe('Ben Ortiz');
    expect(theirs.fingerprint).not.toBe(mine.fingerprint);
  });
});

describe('the snapshot behind a report', () => {
  it('has evidence, findings, tasks and people by their labels', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'log.txt', 'a log', [riskAnalysis]);
    await save(vault, auditId, riskAnalysis, {
      verdict: 'compliant',
      methods: ['interview'],
      questions: { q1: { value: 'yes', note: 'seen' } },
    });
    await save(vault, auditId, terminations, { verdict: 'compliant', methods: ['interview'] });
    const finding = await vault.call('findings.create', {
      auditId,
      fields: { title: 'Gap', likelihood: 5, impact: 5 },
      controls: [terminations],
      evidence: [evidence?.id as never],
    });
    await vault.call('plan.create', { auditId, fields: { title: 'Fix', findingId: finding.id, due: '2020-01-01' } });
    const { id } = await vault.call('reports.sign', { auditId, options: draft });
    const row = sessionOf(vault).records.get<{ model: string }>({ text: `SELECT model FROM report WHERE id = '${id}'`, values: [] });
    const model = JSON.parse(row?.model ?? '') as import('../../shared/domain/report-model.ts').ReportModel;
    expect(model.findings).toMatchObject([
      { label: 'F-01', level: 'high', citations: ['45 CFR 164.308(a)(3)(ii)(C)'], evidence: ['E-001'] },
    ]);
    expect(model.tasks).toMatchObject([{ title: 'Fix', overdue: true, finding: 'F-01' }]);
    expect(model.evidence).toMatchObject([{ label: 'E-001', citations: ['45 CFR 164.308(a)(1)(ii)(A)'] }]);
    const controls = model.sections.flatMap((section) => section.controls);
    expect(controls.find((control) => control.id === riskAnalysis.controlId)).toMatchObject({
      evidence: ['E-001'],
      statementAlone: false,
      answeredBy: 'Ada Lindqvist',
    });
    expect(controls.find((control) => control.id === terminations.controlId)).toMatchObject({ findings: ['F-01'], statementAlone: true });
    expect(model.people).toEqual([{ name: 'Ada Lindqvist', email: 'ada@example.org', role: 'lead' }]);
    expect(controls.length).toBe((await vault.call('audits.get', { auditId })).controls);
  });
});

describe('handing a report out', () => {
  it('writes it byte for byte and notes it', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const report = await vault.call('reports.sign', { auditId, options: draft });
    const path = join(temporaryFolder(), 'report.pdf');
    expect(await vault.call('reports.export', { reportId: report.id, token: vault.hand(path, 'write') })).toEqual({
      name: 'report.pdf',
      size: report.size,
    });
    const { bytes } = await vault.call('reports.read', { reportId: report.id });
    expect(readFileSync(path).equals(Buffer.from(bytes))).toBe(true);
    const { events } = await vault.call('trail.list', { before: null, limit: 1, query: '', auditId });
    expect(events[0]).toMatchObject({ action: 'report.exported', detail: report.number });
    const picked = await vault.call('verify.picked', { token: vault.hand(path, 'read') });
    expect([picked.name, (picked.verification as Verification).genuine]).toEqual(['report.pdf', true]);
    expect((await vault.call('verify.bytes', { name: 'x.pdf', bytes: new Uint8Array(bytes) })).verification.genuine).toBe(true);
    expect(existsSync(`${path}.part`)).toBe(false);
  });

  it('says that a report is unknown, and that a file to verify cannot be read', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const reportId = '00000000-0000-4000-8000-000000000000' as ReportId;
    expect(await codeOf(vault.call('reports.read', { reportId }))).toBe('report.unknown');
    expect(await codeOf(vault.call('reports.export', { reportId, token: vault.hand('/tmp/x', 'write') }))).toBe('report.unknown');
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir'));
    writeFileSync(join(folder, 'text.pdf'), 'not a PDF at all');
    const verify = (name: string) => codeOf(vault.call('verify.picked', { token: vault.hand(join(folder, name), 'read') }));
    expect(await verify('missing.pdf')).toBe('verify.unreadable');
    expect(await verify('dir')).toBe('verify.unreadable');
    expect(await verify('text.pdf')).toBe('verify.not-pdf');
  });

  it('refuses a file to verify that is larger than any report without reading it', async () => {
    const { vault } = await newAudit(['production-readiness']);
    const path = join(temporaryFolder(), 'huge.pdf');
    const { truncateSync } = await import('node:fs');
    writeFileSync(path, '%PDF-1.7');
    truncateSync(path, 600 * 1024 * 1024);
    expect(await codeOf(vault.call('verify.picked', { token: vault.hand(path, 'read') }))).toBe('verify.unreadable');
  });
});
