import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeEvidence } from '../../electron/vault/body/layout.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { attach, codeOf, newAudit, reopen, riskAnalysis, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';
import { redactText } from './redaction-fixture.ts';

type Options = Partial<Omit<Payload<'evidence.exportBody'>, 'auditId' | 'token' | 'reason'>>;

const exportBody = (vault: TestVault, auditId: AuditId, path: string, options: Options = {}, signal?: AbortSignal) =>
  vault.call('evidence.exportBody', { auditId, token: vault.hand(path, 'write'), reason: 'Asked for by counsel', ...options }, signal);
const importBody = (vault: TestVault, auditId: AuditId, folder: string) =>
  vault.call('evidence.importBody', { auditId, token: vault.hand(folder, 'read') });

async function filled() {
  const { vault, auditId } = await newAudit();
  await attach(vault, auditId, 'risk=analysis.txt', 'risk', [riskAnalysis, terminations]);
  await attach(vault, auditId, 'pass wd<b>.txt', 'leavers', [terminations]);
  await attach(vault, auditId, 'loose.bin', new Uint8Array(3_000_000).fill(7));
  const folder = join(temporaryFolder(), 'Body');
  return { vault, auditId, folder };
}

const terminationsFolder = 'hipaa-security/45 CFR 164.308(a)(3)(ii)(C) Termination procedures';
const analysisFolder = 'hipaa-security/45 CFR 164.308(a)(1)(ii)(A) Risk analysis';

describe('a body of evidence', () => {
  it('is a folder by checklist and control with readable names, and sha256sum finds every file whole', async () => {
    const { vault, auditId, folder } = await filled();
    expect(await exportBody(vault, auditId, folder)).toEqual({ name: 'Body', pieces: 3, bytes: 3_000_011, leftOut: 0 });
    expect(readFileSync(join(folder, analysisFolder, 'E-001 risk=analysis.txt'), 'utf8')).toBe('risk');
    expect(readdirSync(join(folder, 'not linked'))).toEqual(['E-003 loose.bin']);
    expect(readdirSync(join(folder, 'custody')).sort()).toEqual(['E-001.pdf', 'E-002.pdf', 'E-003.pdf']);
    const told = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
    expect(told).toHaveLength(9);
    expect(told.every((line) => line.endsWith(': OK'))).toBe(true);
  });

  it('has an index that shows hostile names as text and loads nothing, and a custody form for each piece', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    const html = readFileSync(join(folder, 'INDEX.html'), 'utf8');
    expect(html).not.toContain('<b>');
    expect(html).toContain("default-src 'none'");
    expect(html).toContain('href="custody/E-002.pdf"');
    const form = execFileSync('pdftotext', ['-layout', join(folder, 'custody', 'E-001.pdf'), '-'], { encoding: 'utf8' });
    expect(form).toMatch(/Exported.*Asked for by counsel/s);
    const csv = readFileSync(join(folder, 'INDEX.csv'), 'utf8');
    expect(csv).toContain('hipaa-security/hipaa-164.308-a-1-ii-A\nhipaa-security/hipaa-164.308-a-3-ii-C');
  });

  it('is noted in the custody of every piece', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    for (const item of await vault.call('evidence.list', { auditId })) {
      const { custody } = await vault.call('evidence.get', { evidenceId: item.id });
      expect(custody.at(-1)).toMatchObject({ action: 'exported', detail: 'Asked for by counsel', person: 'Ada Lindqvist' });
    }
  });

  it('says in every ledger that nothing was handed out when it is given up after the ledgers were written', async () => {
    const { vault, auditId, folder } = await filled();
    const cancel = new AbortController();
    vault.progress.push = (step) => {
      if (step.unit === 'items') cancel.abort();
      return 0;
    };
    await expect(exportBody(vault, auditId, folder, {}, cancel.signal)).rejects.toThrow('Cancelled');
    expect(readdirSync(join(folder, '..'))).toEqual([]);
    for (const { id, sha256 } of await vault.call('evidence.list', { auditId })) {
      const { events } = await vault.call('custody.get', { evidenceId: id });
      expect(events.slice(-2)).toMatchObject([{ action: 'exported' }, { action: 'not-exported', before: sha256, after: sha256 }]);
    }
    expect((await vault.call('trail.list', { before: null, limit: 50, query: '', auditId })).events).not.toContainEqual(
      expect.objectContaining({ action: 'audit.evidence-exported' }),
    );
  });

  it('says which piece replaces which, and what is a redacted copy of what', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence: older } = await attach(vault, auditId, 'policy.txt', 'first', [riskAnalysis]);
    const evidenceId = older?.id ?? ('' as never);
    const token = vault.file('policy.txt', 'second word');
    const { evidence: newer } = await vault.call('evidence.replace', { evidenceId, token, reason: 'Signed one' });
    await redactText(vault, newer?.id ?? ('' as never), [{ start: 0, end: 6, reason: 'other' }]);
    const folder = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, folder);
    const html = readFileSync(join(folder, 'INDEX.html'), 'utf8');
    expect(html).toMatch(/E-001<.*<em>Replaced by E-002<.*E-002<.*<em>Replaces E-001<.*E-003<.*<em>Redacted copy of E-002</s);
    const rows = readFileSync(join(folder, 'INDEX.csv'), 'utf8').split('\r\n');
    expect(rows.map((row) => row.split(',').slice(-4).join())).toEqual([
      'replaced by,replaces,made from,made as',
      'E-002,,,',
      ',E-001,,',
      ',,E-002,redacted',
      '',
    ]);
  });

  it('never joins a folder that is there; cancelled or damaged it leaves nothing', async () => {
    const { vault, auditId, folder } = await filled();
    const parent = join(folder, '..');
    const cancelled = new AbortController();
    cancelled.abort();
    await expect(exportBody(vault, auditId, folder, {}, cancelled.signal)).rejects.toThrow('Cancelled');
    expect(readdirSync(parent)).toEqual([]);
    await exportBody(vault, auditId, folder);
    expect(await codeOf(exportBody(vault, auditId, folder))).toBe('file.exists');
    sessionOf(vault).chunks.raw.exec('UPDATE chunk SET data = zeroblob(length(data))');
    expect(await codeOf(exportBody(vault, auditId, `${folder} 2`))).toBe('evidence.damaged');
    expect(readdirSync(parent)).toEqual(['Body']);
  });

  it('of an audit without evidence is an empty index', async () => {
    const { vault, auditId } = await newAudit();
    const folder = join(temporaryFolder(), 'Body');
    expect(await exportBody(vault, auditId, folder)).toMatchObject({ pieces: 0, bytes: 0 });
    expect(existsSync(join(folder, 'INDEX.html'))).toBe(true);
  });

  it('gives controls of the same name folders of their own', () => {
    const control = (id: string) => ({ packId: 'p', control: { id, title: 'Same', citations: ['One'] } });
    const evidence = (id: string) => ({ number: 1, originalName: 'a.txt', controls: [{ packId: 'p', controlId: id }] });
    const placed = placeEvidence([evidence('a'), evidence('b'), evidence('gone')] as never, [control('a'), control('b')] as never, []);
    expect(placed.map((piece) => piece.paths)).toEqual([
      ['p/One Same/E-001 a.txt'],
      ['p/One Same (2)/E-001 a.txt'],
      ['not linked/E-001 a.txt'],
    ]);
  });
});

describe('taking a body of evidence in', () => {
  it('links what is there by its hash and attaches the rest', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    const items = await vault.call('evidence.list', { auditId });
    const first = items[0]?.id ?? ('' as never);
    await vault.call('evidence.unlink', { evidenceId: first, controls: [riskAnalysis] });
    expect(await importBody(vault, auditId, folder)).toEqual({
      linked: 3,
      attached: 0,
      unknownControls: 0,
      problems: [],
      remarks: [],
      notReached: 0,
    });
    expect((await vault.call('evidence.get', { evidenceId: first })).evidence.controls).toHaveLength(2);

    const other = await newAudit(['hipaa-security']);
    expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({ linked: 0, attached: 3, problems: [] });
    const taken = await other.vault.call('evidence.list', { auditId: other.auditId });
    expect(taken.map((item) => [item.originalName, item.controls.length])).toEqual([
      ['risk=analysis.txt', 2],
      ['pass wd_b_.txt', 1],
      ['loose.bin', 0],
    ]);
  });

  it('keeps when a piece was collected, what time it speaks about and its whole name', async () => {
    const { vault, auditId } = await newAudit();
    const name = `${'long '.repeat(30)}.txt`;
    const { evidence } = await attach(vault, auditId, name, 'x');
    const patch = { collectedAt: '2026-03-01', effectiveFrom: '2026-02-01', effectiveTo: '2026-02-28' };
    await vault.call('evidence.update', { evidenceId: evidence?.id ?? ('' as never), patch });
    const folder = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, folder);
    const other = await newAudit();
    await importBody(other.vault, other.auditId, folder);
    expect(await other.vault.call('evidence.list', { auditId: other.auditId })).toMatchObject([{ ...patch, originalName: name }]);
  });

  it('takes an index that a spreadsheet saved: capital letters in hashes, rows without content', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    const index = join(folder, 'INDEX.csv');
    const text = readFileSync(index, 'utf8').replace(/\b[0-9a-f]{64}\b/g, (hash) => hash.toUpperCase());
    writeFileSync(index, `${text}\r\n${','.repeat(20)}\r\n`);
    expect(await importBody(vault, auditId, folder)).toMatchObject({ linked: 3, attached: 0, unknownControls: 0, problems: [] });
    const other = await newAudit();
    expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({ attached: 3, problems: [] });
  });

  it('finds a piece of several controls at any of them', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    rmSync(join(folder, analysisFolder), { recursive: true });
    const other = await newAudit();
    expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({ attached: 3, problems: [] });
    // Linked bytes change together; a copy on another disk does not.
    const copy = join(temporaryFolder(), 'Copy');
    await exportBody(vault, auditId, copy);
    rmSync(join(copy, analysisFolder, 'E-001 risk=analysis.txt'));
    writeFileSync(join(copy, analysisFolder, 'E-001 risk=analysis.txt'), 'flip');
    const third = await newAudit();
    expect(await importBody(third.vault, third.auditId, copy)).toMatchObject({ attached: 3, problems: [] });
    expect(sessionOf(third.vault).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 3 });
  });

  it('tells controls that are not there, files that are others, and paths that lead out', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    writeFileSync(join(folder, 'not linked', 'E-003 loose.bin'), 'changed');
    for (const place of [analysisFolder, terminationsFolder]) rmSync(join(folder, place, 'E-001 risk=analysis.txt'));
    const index = join(folder, 'INDEX.csv');
    writeFileSync(index, `${readFileSync(index, 'utf8')}E-009,out,../../secret,1,${'0'.repeat(64)},,,,,,,,,nonsense,\r\n`);
    const other = await newAudit(['production-readiness']);
    const result = await importBody(other.vault, other.auditId, folder);
    expect(result).toMatchObject({ linked: 0, attached: 1, unknownControls: 3 });
    expect(result.problems.map((problem) => problem.message)).toEqual([
      'The file cannot be read.',
      'The file is not the one the index describes: its SHA-256 differs.',
      'The path leads out of the folder.',
    ]);
    expect(sessionOf(other.vault).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 1 });
  });

  /** A policy with an older revision and a redacted copy, handed out as a folder. */
  async function related() {
    const { vault, auditId } = await newAudit();
    const { evidence: older } = await attach(vault, auditId, 'policy.txt', 'first', [riskAnalysis]);
    const token = vault.file('policy.txt', 'second word');
    const { evidence: newer } = await vault.call('evidence.replace', {
      evidenceId: older?.id ?? ('' as never),
      token,
      reason: 'Signed one',
    });
    await redactText(vault, newer?.id ?? ('' as never), [{ start: 0, end: 6, reason: 'other' }]);
    const folder = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, folder);
    return { vault, auditId, folder };
  }

  const relationsIn = async (vault: TestVault, auditId: AuditId) => {
    const items = await vault.call('evidence.list', { auditId });
    const label = (id: string) => items.find((item) => item.id === id)?.number ?? 0;
    return items.map(({ number, supersedes, supersededBy, derivedFrom, derivation }) => [
      number,
      label(supersedes),
      label(supersededBy),
      label(derivedFrom),
      derivation,
    ]);
  };

  it('makes revisions and redacted copies follow the pieces they were made of, wherever they stand in the index', async () => {
    const { vault, auditId, folder } = await related();
    const before = await relationsIn(vault, auditId);
    expect(before).toEqual([
      [1, 0, 2, 0, ''],
      [2, 1, 0, 0, ''],
      [3, 0, 0, 2, 'redacted'],
    ]);
    const index = join(folder, 'INDEX.csv');
    const rows = readFileSync(index, 'utf8').split('\r\n');
    const [head = '', ...pieces] = rows.filter(Boolean);
    for (const order of [pieces, [...pieces].reverse()]) {
      writeFileSync(index, [head, ...order, ''].join('\r\n'));
      const other = await newAudit();
      expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({ attached: 3, problems: [], remarks: [], notReached: 0 });
      const numbers =
        order === pieces ? (number: unknown) => number : (number: unknown) => (typeof number === 'number' && number ? 4 - number : number);
      const sorted = before.map((row) => row.map(numbers)).sort((left, right) => Number(left[0]) - Number(right[0]));
      expect(await relationsIn(other.vault, other.auditId)).toEqual(sorted);
      // Again changes nothing.
      const events = (await other.vault.call('trail.list', { before: null, limit: 200, query: '', auditId: other.auditId })).events.length;
      expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({ linked: 3, attached: 0, remarks: [] });
      const after = (await other.vault.call('trail.list', { before: null, limit: 200, query: '', auditId: other.auditId })).events.length;
      expect(after).toBe(events);
    }
  });

  it('puts nothing in the place of what was collected here or is used here, whatever an index says', async () => {
    const { folder } = await related();
    const own = await newAudit();
    const { evidence } = await attach(own.vault, own.auditId, 'mine.txt', 'first', [riskAnalysis]);
    const remarks = (await importBody(own.vault, own.auditId, folder)).remarks.map(({ message }) => message);
    const reason = 'of the index, but this audit has or uses it otherwise, and that stays.';
    expect(remarks).toEqual([`It was replaced by E-002 ${reason}`, `It replaces E-001 ${reason}`]);
    const items = await own.vault.call('evidence.list', { auditId: own.auditId });
    expect(items.find(({ id }) => id === evidence?.id)).toMatchObject({ supersededBy: '', controls: [riskAnalysis] });

    // The older one came with a body, and something was built upon it since.
    const index = join(folder, 'INDEX.csv');
    const rows = readFileSync(index, 'utf8').split('\r\n');
    writeFileSync(index, rows.slice(0, 2).join('\r\n'));
    const used = await newAudit();
    await importBody(used.vault, used.auditId, folder);
    const [older] = await used.vault.call('evidence.list', { auditId: used.auditId });
    expect((await used.vault.call('custody.get', { evidenceId: older?.id ?? ('' as never) })).events).toContainEqual(
      expect.objectContaining({ action: 'received', detail: 'with a body of evidence, there E-001' }),
    );
    await used.vault.call('evidence.link', { evidenceId: older?.id ?? ('' as never), controls: [terminations] });
    writeFileSync(index, rows.join('\r\n'));
    expect((await importBody(used.vault, used.auditId, folder)).remarks).toHaveLength(2);
    expect((await relationsIn(used.vault, used.auditId)).map((row) => row[2])).toEqual([0, 0, 0]);
  });

  it('tells of relations to pieces that are not there, and leaves those that the audit has otherwise', async () => {
    const { folder } = await related();
    const index = join(folder, 'INDEX.csv');
    const rows = readFileSync(index, 'utf8').split('\r\n');
    writeFileSync(index, rows.filter((row) => !row.startsWith('E-001')).join('\r\n'));
    const other = await newAudit();
    const { remarks } = await importBody(other.vault, other.auditId, folder);
    expect(remarks.map(({ message }) => message)).toEqual(['It replaces E-001 of the index, which was not taken in.']);
    // E-003 is said to replace E-002, which replaces E-003: one of them must be wrong.
    const changed = (row: string) =>
      row
        .replace(/,E-002,,,$/, ',,,,')
        .replace(/,E-001,,$/, ',E-003,,')
        .replace(/,,E-002,redacted$/, ',E-002,,');
    writeFileSync(index, rows.map(changed).join('\r\n'));
    const third = await newAudit();
    const result = await importBody(third.vault, third.auditId, folder);
    expect(result).toMatchObject({ attached: 3, problems: [] });
    expect(result.remarks.map(({ message }) => message)).toContain(
      'It replaces E-002 of the index, but this audit has or uses it otherwise, and that stays.',
    );
  });

  it('tells cells that cannot be read, and keeps what was left empty empty', async () => {
    const { vault, auditId, folder } = await filled();
    for (const { id } of await vault.call('evidence.list', { auditId }))
      await vault.call('evidence.update', { evidenceId: id, patch: { collector: '', retainUntil: '' } });
    await exportBody(vault, auditId, folder);
    const index = join(folder, 'INDEX.csv');
    writeFileSync(index, readFileSync(index, 'utf8').replace(',normal,', ',top secret,').replace(',normal,', ',PHI,'));
    const other = await newAudit();
    const { remarks } = await importBody(other.vault, other.auditId, folder);
    expect(remarks.map(({ message }) => message)).toEqual(['Not taken over, because it cannot be read: sensitivity.']);
    expect(await other.vault.call('evidence.list', { auditId: other.auditId })).toMatchObject([
      { sensitivity: 'normal', collector: '', retainUntil: '' },
      { sensitivity: 'phi', collector: '', retainUntil: '' },
      { sensitivity: 'normal', collector: '', retainUntil: '' },
    ]);
  });

  it('keeps what it has when it is cancelled, tells how many rows are left, and takes the rest when it is done again', async () => {
    const { folder } = await related();
    const other = await newAudit();
    const stop = new AbortController();
    const { push } = other.vault.progress;
    other.vault.progress.push = (step) => {
      if (step.done === 2) stop.abort();
      return push.call(other.vault.progress, step);
    };
    const token = other.vault.hand(folder, 'read');
    const first = await other.vault.call('evidence.importBody', { auditId: other.auditId, token }, stop.signal);
    expect(first.attached + first.notReached).toBe(3);
    expect(first).toMatchObject({ problems: [], remarks: [] });
    expect(first.notReached).toBeGreaterThan(0);
    expect(await other.vault.call('evidence.list', { auditId: other.auditId })).toHaveLength(first.attached);
    const again = await importBody(other.vault, other.auditId, folder);
    expect(again).toMatchObject({ linked: first.attached, attached: first.notReached, notReached: 0, remarks: [] });
    expect((await relationsIn(other.vault, other.auditId)).map((row) => row.slice(1))).toEqual([
      [0, 2, 0, ''],
      [1, 0, 0, ''],
      [0, 0, 2, 'redacted'],
    ]);
  });

  it('takes nothing by an index without the columns that matter, and what is not well formed begins as for a new piece', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    const index = join(folder, 'INDEX.csv');
    const other = await newAudit(['production-readiness']);
    writeFileSync(index, 'label,title\r\nE-001,No path and no hash\r\n');
    expect(await codeOf(importBody(other.vault, other.auditId, folder))).toBe('evidence.unreadable');
    writeFileSync(join(folder, 'a.txt'), 'a');
    const sha256 = createHash('sha256').update('a').digest('hex');
    writeFileSync(index, `path,sha256,title,sensitivity,keep until\r\na.txt,${sha256},Kept,top,someday\r\n`);
    expect(await importBody(other.vault, other.auditId, folder)).toMatchObject({
      attached: 1,
      problems: [],
      remarks: [{ path: 'a.txt', message: 'Not taken over, because it cannot be read: sensitivity, keep until.' }],
    });
    const [taken] = await other.vault.call('evidence.list', { auditId: other.auditId });
    expect(taken).toMatchObject({ originalName: 'a.txt', title: 'Kept', sensitivity: 'normal' });
  });

  it('needs a folder with an index, a writer and an open audit', async () => {
    const { vault, auditId, folder } = await filled();
    await exportBody(vault, auditId, folder);
    expect(await codeOf(importBody(vault, auditId, temporaryFolder()))).toBe('evidence.unreadable');
    await vault.call('people.add', { ...ben, role: 'observer' });
    tamper(vault, `UPDATE audit SET state = 'archived'`);
    expect(await codeOf(importBody(vault, auditId, folder))).toBe('audit.frozen');
    vault.close();
    const observer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(importBody(observer, auditId, folder))).toBe('person.not-allowed');
  });
});
