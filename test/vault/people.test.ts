import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { codeOf, newAudit, newVault, reopen, riskAnalysis, type TestVault, temporaryFolder } from './fixture.ts';
import { ben, save } from './helpers.ts';

const needsOpenssl = it.skipIf(spawnSync('openssl', ['version']).error !== undefined);

/** A PKCS#12 file as openssl writes it, with the password `harbour`. */
function pkcs12(): Uint8Array {
  const folder = temporaryFolder();
  const openssl = (line: string) => execFileSync('openssl', line.split(' '), { cwd: folder, stdio: 'ignore' });
  openssl('ecparam -name prime256v1 -genkey -noout -out key.pem');
  openssl('req -x509 -new -key key.pem -subj /CN=Ada -days 30 -out cert.pem');
  openssl('pkcs12 -export -inkey key.pem -in cert.pem -out id.p12 -passout pass:harbour');
  return readFileSync(join(folder, 'id.p12'));
}

const take = (vault: TestVault, content: string | Uint8Array, password: string) =>
  vault.call('identity.import', { token: vault.file('id.p12', content), password });

describe('a signing identity', () => {
  it('is none before one was issued, and there is nothing to export', async () => {
    const vault = await newVault();
    expect(await vault.call('identity.get', undefined)).toBeNull();
    const token = vault.hand(join(temporaryFolder(), 'certificate.pem'), 'write');
    expect(await codeOf(vault.call('identity.exportCertificate', { token }))).toBe('identity.none');
  });

  it('is replaced by a fresh one, and its certificate is written out', async () => {
    const vault = await newVault();
    const first = await vault.call('identity.issue', undefined);
    const second = await vault.call('identity.issue', undefined);
    expect(second).toMatchObject({ kind: 'self-issued', algorithm: 'ECDSA P-256' });
    expect(second.fingerprint).not.toBe(first.fingerprint);
    expect(await vault.call('identity.get', undefined)).toEqual(second);
    const path = join(temporaryFolder(), 'certificate.pem');
    expect(await vault.call('identity.exportCertificate', { token: vault.hand(path, 'write') })).toEqual({ name: 'certificate.pem' });
    expect(readFileSync(path, 'utf8')).toBe(second.certificatePem);
  });

  needsOpenssl('is taken from a PKCS#12 file, with its password only', async () => {
    const vault = await newVault();
    const issued = await vault.call('identity.issue', undefined);
    const file = pkcs12();
    expect(await codeOf(take(vault, file, 'harbor'))).toBe('identity.password');
    expect(await vault.call('identity.get', undefined)).toEqual(issued);
    const imported = await take(vault, file, 'harbour');
    expect(imported).toMatchObject({ kind: 'imported', subject: 'CN=Ada' });
    expect(await vault.call('identity.get', undefined)).toEqual(imported);
  });

  it('is not taken from what is no PKCS#12 file, too large or not readable', async () => {
    const vault = await newVault();
    expect(await codeOf(take(vault, 'hello', ''))).toBe('identity.unreadable');
    expect(await codeOf(take(vault, new Uint8Array(1024 * 1024 + 1), ''))).toBe('identity.unreadable');
    const folder = join(temporaryFolder(), 'folder.p12');
    mkdirSync(folder);
    expect(await codeOf(vault.call('identity.import', { token: vault.hand(folder, 'read'), password: '' }))).toBe('identity.unreadable');
    expect(await vault.call('identity.get', undefined)).toBeNull();
  });
});

describe('people', () => {
  it('are added by a lead, each with a name and an e-mail address of their own', async () => {
    const vault = await newVault();
    await vault.call('people.add', { ...ben, role: 'auditor' });
    expect(
      await codeOf(vault.call('people.add', { ...ben, name: ` ${ben.name.toUpperCase()} `, email: 'b@example.org', role: 'auditor' })),
    ).toBe('person.exists');
    expect(await codeOf(vault.call('people.add', { ...ben, name: 'Benedikt', role: 'auditor' }))).toBe('person.exists');
    vault.close();
    const theirs = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(theirs.call('people.add', { ...ben, name: 'Cy', email: 'cy@example.org', role: 'observer' }))).toBe(
      'person.not-allowed',
    );
    expect((await theirs.call('people.list', undefined)).map((person) => person.name)).toEqual(['Ada Lindqvist', 'Ben Ortiz']);
  });

  it('who review change how far the work is, and nothing else', async () => {
    const { vault, auditId } = await newAudit();
    await vault.call('people.add', { ...ben, role: 'reviewer' });
    vault.close();
    const theirs = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(save(theirs, auditId, riskAnalysis, { verdict: 'compliant' }))).toBe('person.not-allowed');
    expect((await save(theirs, auditId, riskAnalysis, { workStatus: 'reviewed' })).answer).toMatchObject({
      workStatus: 'reviewed',
      verdict: 'not-assessed',
    });
  });
});
