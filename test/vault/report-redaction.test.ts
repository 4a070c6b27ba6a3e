import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildManifest } from '../../electron/vault/report/manifest.ts';
import { takeSnapshot } from '../../electron/vault/report-snapshot.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { newAudit, riskAnalysis, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { sessionOf } from './helpers.ts';
import { attachOne, redactText } from './redaction-fixture.ts';

const marker = 'markername';

function snapshot(vault: TestVault, auditId: AuditId, redaction: 'originals' | 'redacted') {
  return takeSnapshot(sessionOf(vault), auditId, { paper: 'a4', final: false, redaction }, '');
}

/** A log with a copy that takes over no links, and a sensitive list without one; a finding rests on the log and its copy. */
async function redactedAudit() {
  const { vault, auditId } = await newAudit();
  const log = await attachOne(vault, auditId, `${marker}.log`, 'a word in it', [riskAnalysis]);
  const list = await attachOne(vault, auditId, `${marker} list.csv`, 'another', [terminations]);
  await vault.call('evidence.update', { evidenceId: list.id, patch: { sensitivity: 'phi', effectiveFrom: '2019-01-01' } });
  const { evidence: made } = await redactText(vault, log.id, [{ start: 2, end: 6, reason: 'phi' }], {
    title: 'Log (redacted)',
    takeLinks: false,
  });
  await vault.call('findings.create', { auditId, fields: { title: 'Finding' }, controls: [riskAnalysis], evidence: [log.id, made.id] });
  return { vault, auditId, list };
}

describe('a report that names originals', () => {
  it('names every piece as it was received, and says so', async () => {
    const { vault, auditId } = await redactedAudit();
    const model = await snapshot(vault, auditId, 'originals');
    expect(model.evidence.map(({ label, title }) => [label, title])).toEqual([
      ['E-001', marker],
      ['E-002', `${marker} list`],
      ['E-003', 'Log (redacted)'],
    ]);
    expect(model.evidence[2]?.redactedFrom).toBe('E-001');
    expect(model.redaction).toEqual({ profile: 'originals', copies: 0, withheld: 0 });
    expect(buildManifest(model).redaction).toEqual(model.redaction);
    expect(model.checks.map(({ code }) => code)).not.toContain('sensitive-without-copy');
  });
});

describe('a report that names redacted copies', () => {
  it('names the copy in the place of the original, everywhere', async () => {
    const { vault, auditId } = await redactedAudit();
    const model = await snapshot(vault, auditId, 'redacted');
    expect(model.evidence.map(({ label, title, originalName, redactedFrom }) => ({ label, title, originalName, redactedFrom }))).toEqual([
      { label: 'E-002', title: '', originalName: '', redactedFrom: undefined },
      { label: 'E-003', title: 'Log (redacted)', originalName: 'E-001 redacted.log', redactedFrom: 'E-001' },
    ]);
    expect(model.evidence[0]?.withheld).toBe(true);
    expect(model.evidence[1]?.citations).toEqual(['45 CFR 164.308(a)(1)(ii)(A)']);
    const controls = model.sections.flatMap((section) => section.controls);
    expect(controls.find(({ id }) => id === riskAnalysis.controlId)?.evidence).toEqual(['E-003']);
    expect(controls.find(({ id }) => id === terminations.controlId)?.evidence).toEqual(['E-002']);
    expect(model.findings[0]?.evidence).toEqual(['E-003']);
    expect(model.redaction).toEqual({ profile: 'redacted', copies: 1, withheld: 1 });
  });

  it('says neither title nor file name of what is withheld or replaced, also not in its checks and its manifest', async () => {
    const { vault, auditId } = await redactedAudit();
    const model = await snapshot(vault, auditId, 'redacted');
    expect(JSON.stringify(model)).not.toContain(marker);
    expect(JSON.stringify(buildManifest(model))).not.toContain(marker);
    const about = model.checks
      .filter(({ evidenceId }) => evidenceId !== null)
      .map(({ code, severity, subject }) => [code, severity, subject]);
    expect(about).toEqual([
      ['evidence-outside-period', 'blocking', 'E-002'],
      ['sensitive-without-copy', 'warning', 'E-002'],
    ]);
    expect((await vault.call('redaction.checks', { auditId })).map(({ subject }) => subject)).toEqual(['E-002']);
  });

  it('withholds nothing any more once the piece has a copy', async () => {
    const { vault, auditId, list } = await redactedAudit();
    await redactText(vault, list.id, [{ start: 0, end: 3, reason: 'phi' }], { title: 'List (redacted)' });
    const model = await snapshot(vault, auditId, 'redacted');
    expect(model.redaction).toEqual({ profile: 'redacted', copies: 2, withheld: 0 });
    expect(model.evidence.map(({ label }) => label)).toEqual(['E-003', 'E-004']);
    expect(await vault.call('redaction.checks', { auditId })).toEqual([]);
  });

  it('is what is previewed and signed when it is chosen', async () => {
    const { vault, auditId } = await redactedAudit();
    const options = { paper: 'a4', final: false, redaction: 'redacted' } as const;
    const { checks } = await vault.call('reports.preview', { auditId, options });
    expect(checks.map(({ code }) => code)).toContain('sensitive-without-copy');
    const report = await vault.call('reports.sign', { auditId, options });
    const { bytes } = await vault.call('reports.read', { reportId: report.id });
    expect(Buffer.from(bytes).toString('latin1')).toContain('"redaction":{"copies":1,"profile":"redacted","withheld":1}');
    const { model } = sessionOf(vault).records.get<{ model: string }>({ text: 'SELECT model FROM report', values: [] }) ?? { model: '' };
    expect(JSON.parse(model)).toMatchObject({ redaction: { profile: 'redacted' } });
  });
});

describe('a body of evidence with redacted copies', () => {
  it('hands the copy out at the controls of its original, and neither originals nor what has no copy', async () => {
    const { vault, auditId } = await redactedAudit();
    const plain = await attachOne(vault, auditId, 'plain.txt', 'nothing in it', [terminations]);
    const folder = join(temporaryFolder(), 'body');
    const token = vault.hand(folder, 'write');
    const { pieces } = await vault.call('evidence.exportBody', { auditId, token, reason: 'Asked for by counsel', redaction: 'redacted' });
    expect(pieces).toBe(2);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => /E-\d+ /.test(path));
    expect(files.map((path) => basename(path)).sort()).toEqual([
      'E-003 E-001 redacted.log',
      `E-${String(plain.number).padStart(3, '0')} plain.txt`,
    ]);
    expect(files.find((path) => path.includes('E-003'))).toContain('164.308(a)(1)(ii)(A)');
    for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      expect(path).not.toContain(marker);
      if (statSync(join(folder, path)).isFile()) expect(readFileSync(join(folder, path), 'utf8')).not.toContain(marker);
    }
  });

  it('hands every piece out as it was received unless it is told otherwise', async () => {
    const { vault, auditId } = await redactedAudit();
    const token = vault.hand(join(temporaryFolder(), 'body'), 'write');
    expect(await vault.call('evidence.exportBody', { auditId, token, reason: 'Asked for by counsel' })).toMatchObject({ pieces: 3 });
  });
});
