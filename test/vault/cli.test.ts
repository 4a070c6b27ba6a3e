import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { assetsIn, runCommand } from '../../electron/cli/commands.ts';
import { reportError } from '../../electron/cli/io.ts';
import { catalog, profile } from '../fixtures/oscal.ts';
import { attach, newAudit, newVault, passphrase, reopen, riskAnalysis, temporaryFolder, testAssets } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';

async function run(args: string[], stdin = '') {
  let stdout = '';
  let stderr = '';
  const io = {
    stdout: (text: string) => {
      stdout += text;
    },
    stderr: (text: string) => {
      stderr += text;
    },
    stdin: async () => stdin,
  };
  const code = await runCommand(args, io, testAssets);
  return { code, stdout, stderr, json: () => JSON.parse(stdout) };
}

const withPassphrase = (args: string[], secret = passphrase) => run([...args, '--passphrase-stdin'], `${secret}\n`);

describe('help and mistakes', () => {
  it('prints the commands for help, for nothing, and for a wrong command', async () => {
    for (const args of [['help'], ['--help'], ['-h'], []]) {
      const { code, stdout, stderr } = await run(args);
      expect([code, stderr]).toEqual([0, '']);
      for (const command of ['demo DIR', 'verify REPORT.pdf', 'checklists list', 'vault info DIR', 'backup DIR FILE'])
        expect(stdout).toContain(command);
    }
    for (const name of ['nothing', '__proto__', 'constructor', 'toString']) {
      const { code, stdout, stderr } = await run([name]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toContain(`no command "${name}"`);
    }
  });

  it.each([
    ['demo'],
    ['demo', 'a', 'b'],
    ['demo', '--nonsense'],
    ['checklists'],
    ['checklists', 'show'],
    ['checklists', 'check'],
    ['checklists', 'burn', 'x'],
    ['vault'],
    ['vault', 'check'],
    ['vault', 'backup', 'x'],
    ['vault', 'compact'],
    ['vault', 'rekey'],
    ['vault', 'rekey', 'x', '--remove'],
    ['vault', 'restore', 'x'],
    ['vault', 'info', 'x', '--passphrase-stdin'],
    ['vault', 'info', '--person'],
    ['verify'],
    ['verify', 'a', 'b'],
    ['verify', '--trust'],
    ['verify', 'a', '--nonsense'],
  ])('%s %s %s is a mistake in the call: exit 2, a message, nothing on stdout', async (...args) => {
    const { code, stdout, stderr } = await run(args.filter((argument) => argument !== undefined));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr.length).toBeGreaterThan(10);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('tells a bug by its place only, never by its text', () => {
    let stderr = '';
    const io = {
      stdout: () => {},
      stderr: (text: string) => {
        stderr += text;
      },
      stdin: async () => '',
    };
    expect(reportError(io, new TypeError('a patient’s name'), false)).toBe(2);
    expect(stderr).toContain('Something went wrong');
    expect(stderr).not.toContain('patient');
  });

  it('runs as a program: arguments in, exit code out', async () => {
    const written: string[] = [];
    const [argv, umask, exitCode] = [process.argv, process.umask(), process.exitCode];
    const listeners = process.stdout.listeners('error');
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    try {
      process.argv = ['node', 'sealbook', 'help'];
      await import('../../electron/cli/sealbook.ts');
      await vi.waitFor(() => expect(written.join('')).toContain('sealbook verify'));
      expect([process.umask(), process.exitCode]).toEqual([0o077, 0]);
      expect(() => process.stdout.emit('error', new Error('EPIPE'))).not.toThrow();
    } finally {
      write.mockRestore();
      process.argv = argv;
      process.umask(umask);
      process.exitCode = exitCode;
      for (const listener of process.stdout.listeners('error'))
        if (!listeners.includes(listener)) process.stdout.off('error', listener as () => void);
    }
  });

  it('finds its assets beside the bundle', () => {
    expect(assetsIn('/app')).toEqual({
      checklists: join('/app', 'checklists'),
      fonts: join('/app', 'fonts'),
      reportWorker: join('/app', 'report-worker.cjs'),
      reader: join('/app', 'reader.cjs'),
      evidenceWorker: join('/app', 'evidence-worker.cjs'),
    });
  });
});

describe('sealbook checklists', () => {
  it('lists them in words and as JSON', async () => {
    const listed = await run(['checklists', 'list', '--json']);
    expect(listed.code).toBe(0);
    expect(listed.json().map((pack: { id: string }) => pack.id)).toEqual([
      'access-control',
      'audit-logging',
      'data-protection',
      'hipaa-privacy-breach',
      'hipaa-security',
      'production-readiness',
    ]);
    expect((await run(['checklists', 'list'])).stdout).toMatch(
      /^hipaa-security {2}1\.0\.0 {2}\d+ controls, \d+ questions {2}HIPAA Security Rule$/m,
    );
  });

  it('shows one as the contract says', async () => {
    const shown = await run(['checklists', 'show', 'hipaa-security', '--json']);
    const pack = shown.json();
    expect(Object.keys(pack)).toEqual(['id', 'title', 'version', 'hash', 'sources', 'sections']);
    expect(pack).toMatchObject({ id: 'hipaa-security', hash: expect.stringMatching(/^[0-9a-f]{64}$/), sources: expect.any(Array) });
    for (const section of pack.sections) {
      expect(section).toMatchObject({ id: expect.any(String), title: expect.any(String) });
      for (const control of section.controls) {
        expect(control).toMatchObject({
          id: expect.any(String),
          title: expect.any(String),
          requirement: expect.any(String),
          objective: expect.any(String),
          guidance: expect.any(String),
        });
        for (const member of ['citations', 'questions', 'methods', 'expectedEvidence', 'crosswalk'])
          expect(Array.isArray(control[member])).toBe(true);
        for (const question of control.questions)
          expect(question).toMatchObject({ id: expect.any(String), text: expect.stringMatching(/\?$/) });
        for (const link of control.crosswalk) expect(link).toMatchObject({ framework: expect.any(String), id: expect.any(String) });
      }
    }
    const words = (await run(['checklists', 'show', 'hipaa-security'])).stdout;
    expect(words).toContain('45 CFR 164.308(a)(1)(ii)(A)  Risk analysis (required)');
  });

  it('tells how many controls of each have a relative in each other one', async () => {
    const rows = (await run(['checklists', 'coverage', '--json'])).json();
    const listed = (await run(['checklists', 'list', '--json'])).json();
    expect(rows.length).toBe(listed.length * (listed.length - 1));
    for (const row of rows) expect(row.covered).toBeLessThanOrEqual(row.controls);
    expect((await run(['checklists', 'coverage'])).stdout).toMatch(
      /^hipaa-security {2}\d+ of \d+ controls have a relative in {2}production-readiness$/m,
    );
  });

  it('says that there is none with an id, also as JSON', async () => {
    const { code, stderr, json } = await run(['checklists', 'show', 'nothing', '--json']);
    expect([code, json().error]).toEqual([
      2,
      { code: 'pack.unknown', message: expect.any(String), hint: expect.any(String), data: { id: 'nothing' } },
    ]);
    expect(stderr).toContain('(pack.unknown)');
  });

  it('checks a file: 0 without faults, 1 with them and their places, 2 when it cannot be read', async () => {
    const folder = temporaryFolder();
    const good = join(testAssets.checklists, 'production-readiness.yaml');
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, readFileSync(good, 'utf8').replace('version: 1.0.0', 'version: one'));
    expect(await run(['checklists', 'check', good])).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d+ controls, no faults/) });
    expect((await run(['checklists', 'check', good, '--json'])).json()).toEqual({ file: good, ok: true, faults: [] });
    const faulty = await run(['checklists', 'check', bad]);
    expect([faulty.code, faulty.stdout]).toEqual([1, '']);
    expect(faulty.stderr).toMatch(/bad\.yaml:\d+:1: version: must be a version/);
    expect((await run(['checklists', 'check', bad, '--json'])).json()).toMatchObject({
      ok: false,
      faults: [{ path: 'version', line: expect.any(Number) }],
    });
    writeFileSync(bad, '- [');
    expect((await run(['checklists', 'check', bad])).stderr).toMatch(/bad\.yaml:\d+:\d+: [A-Z]/);
    expect(await run(['checklists', 'check', join(folder, 'none')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect((await run(['checklists', 'check', folder])).code).toBe(2);
    const table = join(folder, 'table.csv');
    writeFileSync(
      table,
      'Section,Control id,Citations,Control,Objective,Question\nDoors,d 1,House 1,Locks,They are locked.,Is it locked?\n',
    );
    expect((await run(['checklists', 'check', table])).stderr).toMatch(/table\.csv:2:2: .*token/);
    const [night, house] = [join(folder, 'night.json'), join(folder, 'house_catalog.json')];
    writeFileSync(night, JSON.stringify(profile));
    writeFileSync(house, JSON.stringify(catalog));
    expect((await run(['checklists', 'check', night])).stderr).toMatch(/night\.json:1:\d+: .*house_catalog/);
    expect((await run(['checklists', 'check', night, house])).stdout).toMatch(/2 controls, no faults/);
    const dangling = join(folder, 'dangling.yaml');
    writeFileSync(dangling, readFileSync(good, 'utf8').replace('id: hipaa-164.312-a-1', 'id: hipaa-164.312-z'));
    expect((await run(['checklists', 'check', dangling])).stderr).toMatch(/has no "hipaa-164\.312-z"/);

    truncateSync(bad, 40 * 1024 * 1024);
    expect(await run(['checklists', 'check', bad])).toMatchObject({ code: 2, stderr: expect.stringContaining('larger than') });
  });
});

describe('sealbook vault', () => {
  it('tells from the header alone who can open a vault, and with the passphrase what is in it', async () => {
    const { vault, auditId } = await newAudit();
    const plain = await run(['vault', 'info', vault.folder, '--json']);
    expect(plain.json()).toEqual({
      id: sessionOf(vault).vaultId,
      name: 'Test',
      format: 2,
      createdAt: expect.any(String),
      people: [{ id: sessionOf(vault).me.id, name: 'Ada Lindqvist', failedAttempts: 0 }],
    });
    const inside = await withPassphrase(['vault', 'info', vault.folder, '--json']);
    expect(inside.json()).toMatchObject({
      schema: 7,
      audits: [{ id: auditId, title: 'Audit', state: 'fieldwork', revision: 1 }],
      evidence: 0,
      trailHead: { sequence: 2 },
    });
    expect((await run(['vault', 'info', vault.folder])).stdout).toContain('people   Ada Lindqvist');
    expect((await withPassphrase(['vault', 'info', vault.folder])).stdout).toMatch(
      /schema {3}7\naudits {3}1\nevidence 0\ntrail {4}2 [0-9a-f]{64}/,
    );
  });

  it('takes the passphrase of whoever it belongs to, or of the named person only', async () => {
    const vault = await newVault();
    await vault.call('people.add', { ...ben, role: 'auditor' });
    const check = ['vault', 'check', vault.folder];
    expect((await withPassphrase(check, ben.passphrase)).code).toBe(0);
    expect((await withPassphrase([...check, '--person', ben.name], ben.passphrase)).code).toBe(0);
    expect(await withPassphrase([...check, '--person', ben.name])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('passphrase.wrong'),
    });
    expect(await withPassphrase([...check, '--person', 'Nobody'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('person.unknown'),
    });
    expect((await run([...check, '--passphrase-stdin'], `${passphrase}\r\nmore\n`)).code).toBe(0);
    expect(await run(check)).toMatchObject({ code: 2, stderr: expect.stringContaining('--passphrase-stdin') });
    expect(await run([...check, '--passphrase-stdin'], '')).toMatchObject({ code: 2, stderr: expect.stringContaining('No passphrase') });
  });

  it('checks: 0 and clean, 1 with the problems, 2 when there is no vault', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]);
    const check = ['vault', 'check', vault.folder];
    expect(await withPassphrase(check)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^clean: \d+ pages, 1 objects, 1 chunks/) });
    expect((await withPassphrase([...check, '--json'])).json()).toMatchObject({ ok: true, problems: [], counts: { objects: 1 } });
    tamper(vault, "UPDATE trail SET detail = 'x' WHERE sequence = 2");
    const broken = await withPassphrase(check);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^trail\.broken {2}.* {2}event 2\n1 problems: /);
    expect((await withPassphrase([...check, '--json'])).json().ok).toBe(false);
    const missing = await withPassphrase(['vault', 'check', join(vault.folder, 'x'), '--json']);
    expect([missing.code, missing.json().error.code]).toEqual([2, 'vault.missing']);
  });

  it.each<[string, string, string]>([
    ['vault.db', 'vault.damaged', 'vault.db'],
    ['evidence.db', 'vault.evidence-damaged', 'evidence.db'],
    ['vault.json', 'vault.header-damaged', 'vault.json'],
  ])('reports a vault whose %s is damaged as problem, not as failure', async (file, code, where) => {
    const vault = await newVault();
    vault.close();
    writeFileSync(join(vault.folder, file), 'not what it was'.repeat(1000));
    const { code: exit, json } = await withPassphrase(['vault', 'check', vault.folder, '--json']);
    expect([exit, json()]).toMatchObject([1, { ok: false, problems: [{ code, where }], counts: { pages: 0 } }]);
  });

  it('backs up beside a writer and restores, checked when the passphrase is given', async () => {
    const { vault } = await newAudit();
    const folder = temporaryFolder();
    const file = join(folder, 'b.backup');
    const backup = await withPassphrase(['vault', 'backup', vault.folder, file, '--json']);
    expect([backup.code, backup.json()]).toEqual([0, { file, size: expect.any(Number), sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect((await withPassphrase(['vault', 'backup', vault.folder, join(folder, 'c.backup')])).stdout).toMatch(
      /c\.backup {2}\d+ bytes {2}SHA-256 [0-9a-f]{64}/,
    );
    const again = await withPassphrase(['vault', 'backup', vault.folder, file]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('file.exists')]);
    const one = join(folder, 'One.sealbook');
    expect((await run(['vault', 'restore', file, one])).stdout).toContain('every file has its recorded SHA-256');
    const two = join(folder, 'Two.sealbook');
    expect((await withPassphrase(['vault', 'restore', file, two, '--json'])).json()).toMatchObject({ vault: two, check: { ok: true } });
    expect((await run(['vault', 'restore', file, join(folder, 'Three'), '--json'])).json()).toEqual({
      vault: join(folder, 'Three'),
      check: null,
    });
    expect((await withPassphrase(['vault', 'restore', file, join(folder, 'Four')])).stdout).toContain('restored and checked');
    expect(await run(['vault', 'restore', file, one])).toMatchObject({ code: 2, stderr: expect.stringContaining('vault.exists') });
  });

  it('says with how many problems a damaged vault was restored', async () => {
    const { vault } = await newAudit();
    tamper(vault, "UPDATE trail SET detail = 'x' WHERE sequence = 2");
    const file = join(temporaryFolder(), 'b.backup');
    await withPassphrase(['vault', 'backup', vault.folder, file]);
    expect(await withPassphrase(['vault', 'restore', file, `${file}.sealbook`])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('with 1 problems'),
    });
  });
});

describe('sealbook demo and verify', () => {
  it('builds a sample vault with a signed report that verifies, in JSON as the contract says', async () => {
    const folder = join(temporaryFolder(), 'demo');
    const demo = await run(['demo', folder, '--json']);
    expect([demo.code, demo.stderr]).toEqual([0, '']);
    const result = demo.json();
    expect(Object.keys(result)).toEqual(['vault', 'audit', 'report', 'passphrase', 'people', 'counts']);
    expect(result).toMatchObject({
      vault: join(folder, 'Sample.sealbook'),
      report: join(folder, 'report.pdf'),
      audit: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(result.people.length).toBe(2);
    expect(Object.keys(result.counts)).toEqual(['controls', 'answers', 'evidence', 'findings']);
    expect(result.counts.answers).toBe(result.counts.controls);
    expect(readdirSync(folder).sort()).toEqual(['Sample.sealbook', 'report.pdf']);

    const verified = await run(['verify', result.report, '--json']);
    expect(verified.code).toBe(0);
    const verification = verified.json();
    expect(verification).toMatchObject({ genuine: true, manifest: { present: true, matches: true, trailHead: expect.any(String) } });
    expect(Object.keys(verification.signatures[0]).sort()).toEqual([
      'covers',
      'fingerprint',
      'level',
      'reason',
      'signedAt',
      'signer',
      'valid',
    ]);
    for (const problem of verification.problems) expect(Object.keys(problem).sort()).toEqual(['code', 'message', 'where']);

    const check = await withPassphrase(['vault', 'check', result.vault, '--json'], result.passphrase);
    expect([check.code, check.json().problems]).toEqual([0, []]);

    const altered = readFileSync(result.report);
    altered[5000] = (altered[5000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'altered.pdf'), altered);
    expect((await run(['verify', join(folder, 'altered.pdf')])).code).toBe(1);
    writeFileSync(join(folder, 'text.pdf'), 'no PDF');
    expect((await run(['verify', join(folder, 'text.pdf')])).code).toBe(2);
    expect((await run(['verify', join(folder, 'none.pdf'), '--json'])).json()).toMatchObject({
      genuine: false,
      error: { code: 'verify.unreadable' },
    });

    const again = await run(['demo', folder]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('vault.exists')]);
  });

  it('prints paths, counts and the passphrase in words', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await run(['demo', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^vault +.*Sample\.sealbook\naudit +\S+\nreport +.*report\.pdf\npassphrase +\S.*\npeople +.*\(reviewer\), .*\(lead\)\ncounts +\d+ controls, /,
    );
    expect(existsSync(join(folder, 'report.pdf'))).toBe(true);
  });

  it('says when the folder cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'x');
    expect(await run(['demo', join(folder, 'file', 'below')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('file.not-written'),
    });
    mkdirSync(join(folder, 'Sample.sealbook', 'x'), { recursive: true });
    expect(await run(['demo', folder])).toMatchObject({ code: 2, stderr: expect.stringContaining('vault.exists') });
  });
});

describe('looking after a vault from the command line', () => {
  it('gives back room, and says how much', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'a.bin', Buffer.alloc(1024 * 1024, 'a'));
    if (evidence === null) throw new Error('Not attached');
    await vault.call('evidence.destroy', { evidenceId: evidence.id, reason: 'test' });
    expect((await withPassphrase(['vault', 'compact', vault.folder])).stderr).toContain('vault.busy');
    vault.close();
    const { json } = await withPassphrase(['vault', 'compact', vault.folder, '--json']);
    expect(json()).toEqual({ givenBack: expect.any(Number), finished: true });
    expect(json().givenBack).toBeGreaterThanOrEqual(1024 * 1024);
    const again = await withPassphrase(['vault', 'compact', vault.folder]);
    expect([again.code, again.stdout]).toEqual([0, `${vault.folder}  0 bytes given back\n`]);
  });

  it('changes the vault key, and ends the access of those who are named', async () => {
    const vault = await newVault();
    await vault.call('people.add', { ...ben, role: 'auditor' });
    vault.close();
    expect((await withPassphrase(['vault', 'rekey', vault.folder], ben.passphrase)).stderr).toContain('person.not-allowed');
    expect((await withPassphrase(['vault', 'rekey', vault.folder, '--remove', 'Nobody'])).stderr).toContain('person.unknown');
    expect((await withPassphrase(['vault', 'rekey', vault.folder])).stdout).toBe(`${vault.folder}  key 2\n`);
    const { code, json } = await withPassphrase(['vault', 'rekey', vault.folder, '--remove', ben.name, '--json']);
    expect([code, json()]).toEqual([0, { generation: 3, changedAt: expect.any(String), waiting: [] }]);
    expect((await withPassphrase(['vault', 'info', vault.folder], ben.passphrase)).code).toBe(2);
    expect((await withPassphrase(['vault', 'check', vault.folder])).code).toBe(0);
    const again = await reopen(vault.folder);
    await again.call('people.add', { ...ben, role: 'auditor' });
    again.close();
    expect((await withPassphrase(['vault', 'rekey', vault.folder, '--remove', ben.name])).stdout).toContain(`key 4, without ${ben.name}`);
  });
});
