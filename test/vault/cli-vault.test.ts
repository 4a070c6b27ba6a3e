import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { currentVersion } from '../../electron/vault/db/migrate.ts';
import { run, withPassphrase } from './cli-run.ts';
import { attach, newAudit, newVault, passphrase, reopen, riskAnalysis, temporaryFolder } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';

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
      schema: currentVersion,
      audits: [{ id: auditId, title: 'Audit', state: 'fieldwork', revision: 1 }],
      evidence: 0,
      trailHead: { sequence: 2 },
    });
    expect((await run(['vault', 'info', vault.folder])).stdout).toContain('people   Ada Lindqvist');
    expect((await withPassphrase(['vault', 'info', vault.folder])).stdout).toMatch(
      new RegExp(`schema {3}${currentVersion}\naudits {3}1\nevidence 0\ntrail {4}2 [0-9a-f]{64}`),
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

  it('tells a name that would steer a terminal, or look like a line of its own, without doing so', async () => {
    const { vault } = await newAudit();
    vault.close();
    const path = join(vault.folder, 'vault.json');
    const header = JSON.parse(readFileSync(path, 'utf8')) as { name: string };
    writeFileSync(path, JSON.stringify({ ...header, name: 'Firm\u001b[2J\nclean: 0 pages\u202e' }));
    const { stdout } = await run(['vault', 'info', vault.folder]);
    expect(stdout.split('\n')[0]).toMatch(/^Firm\ufffd\[2J\ufffdclean: 0 pages\ufffd {2}/);
    expect((await run(['vault', 'info', vault.folder, '--json'])).json().name).toBe('Firm\u001b[2J\nclean: 0 pages\u202e');
  });

  it('tells a folder that may not be read from one in which there is no vault', async () => {
    const { vault } = await newAudit();
    vault.close();
    chmodSync(vault.folder, 0o000);
    // An administrator may read it all the same.
    const asNobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
    const script = `try { (await import(${JSON.stringify(join(import.meta.dirname, '../../electron/vault/header.ts'))})).readHeader(process.argv[1]) } catch (error) { console.log(error.code) }`;
    chmodSync(dirname(vault.folder), 0o755);
    const code = execFileSync(process.execPath, ['--input-type=module', '-e', script, vault.folder], { ...asNobody, encoding: 'utf8' });
    chmodSync(vault.folder, 0o700);
    expect(code.trim()).toBe('vault.unreadable');
  });

  it('checks: 0 and clean, 1 with the problems, 2 when there is no vault', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis]);
    const check = ['vault', 'check', vault.folder];
    expect(await withPassphrase(check)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^clean: \d+ pages, 1 object, 1 chunk, \d+ links of the trail, \d+ records\n$/),
    });
    expect((await withPassphrase([...check, '--json'])).json()).toMatchObject({ ok: true, problems: [], counts: { objects: 1 } });
    tamper(vault, "UPDATE trail SET detail = 'x' WHERE sequence = 2");
    const broken = await withPassphrase(check);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toMatch(/^trail\.broken {2}.* {2}event 2\n1 problem: /);
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
      /c\.backup {2}[\d,]+ bytes {2}SHA-256 [0-9a-f]{64}/,
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
      stdout: expect.stringMatching(/with 1 problem$/m),
    });
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
