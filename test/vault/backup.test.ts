import { createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, type Header, pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { backupVault, restoreVault } from '../../electron/vault/backup.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { closeVault, unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import { attach, codeOf, newAudit, passphrase, reopen, riskAnalysis, temporaryFolder } from './fixture.ts';
import { save, sessionOf } from './helpers.ts';

async function backedUp() {
  const { vault, auditId } = await newAudit(['hipaa-security']);
  await attach(vault, auditId, 'a.bin', Buffer.alloc(2 * 1024 * 1024, 'a'), [riskAnalysis]);
  const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
  const file = join(temporaryFolder(), 'vault.backup');
  const result = await backupVault(reader, file);
  closeVault(reader);
  return { vault, auditId, file, result };
}

type Member = { header: Header; content: Buffer };

async function membersOf(file: string): Promise<Member[]> {
  const members: Member[] = [];
  const tar = extract();
  tar.on('entry', (header, stream, next) => {
    const parts: Buffer[] = [];
    stream.on('data', (part) => parts.push(part as Buffer));
    stream.on('end', () => {
      members.push({ header, content: Buffer.concat(parts) });
      next();
    });
  });
  await pipeline(async function* () {
    yield readFileSync(file);
  }, tar);
  return members;
}

async function writeMembers(members: readonly { header: Partial<Header> & { name: string }; content: Buffer }[]): Promise<string> {
  const file = join(temporaryFolder(), 'made.backup');
  const tar = pack();
  for (const { header, content } of members) tar.entry({ ...header, size: content.length }, content);
  tar.finalize();
  await pipeline(tar, createWriteStream(file));
  return file;
}

describe('a backup', () => {
  it('made while somebody works is whole, opens elsewhere, and everything in it checks', async () => {
    const { vault, auditId, file, result } = await backedUp();
    expect(result).toMatchObject({ file, size: statSync(file).size, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    await save(vault, auditId, riskAnalysis, { verdict: 'compliant' });
    const target = join(temporaryFolder(), 'Restored.sealbook');
    await restoreVault(file, target);
    const restored = await reopen(target);
    expect((await restored.call('vault.check', undefined)).problems).toEqual([]);
    expect((await restored.call('answers.get', { auditId, ...riskAnalysis })).answer.verdict).toBe('not-assessed');
    expect((await restored.call('evidence.list', { auditId })).length).toBe(1);
    expect((await vault.call('answers.get', { auditId, ...riskAnalysis })).answer.verdict).toBe('compliant');
    expect(readdirSync(dirname(file))).toEqual(['vault.backup']);
  });

  it('is of one moment even while files are being sealed', async () => {
    const { vault, auditId } = await newAudit(['hipaa-security']);
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    const working = (async () => {
      for (let count = 0; count < 8; count += 1) await attach(vault, auditId, `${count}.bin`, Buffer.alloc(1_100_000, count));
    })();
    const files: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const file = join(temporaryFolder(), 'vault.backup');
      await backupVault(reader, file);
      files.push(file);
    }
    await working;
    closeVault(reader);
    for (const file of files) {
      const target = join(temporaryFolder(), 'R.sealbook');
      await restoreVault(file, target);
      const restored = await reopen(target);
      expect((await restored.call('vault.check', undefined)).problems).toEqual([]);
    }
  });

  it('holds nothing readable, and leaves a reading session unable to write', async () => {
    const { vault } = await backedUp();
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    const file = join(temporaryFolder(), 'b');
    await backupVault(reader, file);
    expect(() => reader.records.write((database) => database.run(sql`DELETE FROM setting`))).toThrow();
    closeVault(reader);
    expect(readFileSync(file).includes('Clinic')).toBe(false);
    expect((await membersOf(file)).map((member) => member.header.name)).toEqual(['backup.json', 'vault.json', 'vault.db', 'evidence.db']);
  });

  it('never replaces a file, and says when the place cannot be written', async () => {
    const { vault } = await newAudit();
    const session = sessionOf(vault);
    const file = join(temporaryFolder(), 'taken');
    writeFileSync(file, 'mine');
    expect(await codeOf(backupVault(session, file))).toBe('file.exists');
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await codeOf(backupVault(session, join(file, 'below')))).toBe('file.not-written');
    expect(await codeOf(backupVault(session, join(dirname(file), 'x'.repeat(300))))).toBe('file.not-written');
    expect(readdirSync(dirname(file))).toEqual(['taken']);
  });
});

describe('restoring', () => {
  it('refuses a place that is taken and a backup that is not there', async () => {
    const { file } = await backedUp();
    const folder = temporaryFolder();
    expect(await codeOf(restoreVault(file, folder))).toBe('vault.exists');
    expect(await codeOf(restoreVault(join(folder, 'none'), join(folder, 'New')))).toBe('vault.missing');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes a name that ends in a slash', async () => {
    const { file } = await backedUp();
    const folder = temporaryFolder();
    await restoreVault(file, `${join(folder, 'New.sealbook')}${sep}`);
    expect(readdirSync(join(folder, 'New.sealbook')).sort()).toEqual(['evidence.db', 'vault.db', 'vault.json']);
    expect(readdirSync(folder)).toEqual(['New.sealbook']);
  });

  it('says when the place cannot be written', async () => {
    const { file } = await backedUp();
    expect(await codeOf(restoreVault(file, join(file, 'New')))).toBe('file.not-written');
  });

  it('refuses a backup that is cut or has one bit flipped in any file, and leaves nothing', async () => {
    const { file } = await backedUp();
    const whole = readFileSync(file);
    const folder = temporaryFolder();
    const damaged = join(temporaryFolder(), 'damaged');
    const attempt = async (bytes: Uint8Array) => {
      writeFileSync(damaged, bytes);
      expect(await codeOf(restoreVault(damaged, join(folder, 'New')))).toBe('vault.damaged');
      expect(readdirSync(folder)).toEqual([]);
    };
    for (const length of [0, 10, 512, 1000, 5000, Math.floor(whole.length / 2)]) await attempt(whole.subarray(0, length));
    for (const { header, content } of await membersOf(file)) {
      if (header.name === 'backup.json') continue;
      const start = whole.indexOf(content);
      for (const offset of [0, Math.floor(content.length / 2), content.length - 1]) {
        const flipped = Buffer.from(whole);
        flipped[start + offset] = (flipped[start + offset] ?? 0) ^ 1;
        await attempt(flipped);
      }
    }
    await attempt(Buffer.from('not a tar file at all '.repeat(100)));
  });

  it.each<[string, Partial<Header> & { name: string }]>([
    ['a name that leads outside', { name: '../x' }],
    ['an absolute name', { name: '/tmp/sealbook-x' }],
    ['a file it does not know', { name: 'extra.txt' }],
    ['a member twice', { name: 'vault.json' }],
    ['a symbolic link', { name: 'vault.db', type: 'symlink', linkname: '/etc/passwd' }],
    ['a folder', { name: 'vault.db', type: 'directory' }],
  ])('refuses a backup with %s', async (_name, header) => {
    const { file } = await backedUp();
    const members = await membersOf(file);
    const folder = temporaryFolder();
    const content = header.type === undefined ? Buffer.from('x') : Buffer.alloc(0);
    for (const made of [
      [...members, { header, content }],
      [{ header, content }, ...members.filter((member) => member.header.name !== header.name || header.type === undefined)],
    ]) {
      expect(await codeOf(restoreVault(await writeMembers(made), join(folder, 'in', 'New')))).toBe('vault.damaged');
      expect(existsSync(join(folder, 'in', 'New'))).toBe(false);
      expect(existsSync(join(folder, 'x'))).toBe(false);
    }
    expect(existsSync('/tmp/sealbook-x')).toBe(false);
  });

  it('refuses a backup whose manifest is missing, foreign or names other sizes', async () => {
    const { file } = await backedUp();
    const members = await membersOf(file);
    const [manifest, ...files] = members;
    if (manifest === undefined) throw new Error('empty backup');
    const text = manifest.content.toString('utf8');
    const folder = temporaryFolder();
    const changed = [
      files,
      [manifest, ...files.slice(1)],
      ...[
        text.replace('"format": 1', '"format": 2'),
        text.replace(/"size": \d+/, '"size": 1'),
        text.replaceAll('vault.db', 'evidence.db'),
        '{',
      ].map((content) => [{ header: manifest.header, content: Buffer.from(content) }, ...files]),
    ];
    for (const made of changed) expect(await codeOf(restoreVault(await writeMembers(made), join(folder, 'New')))).toBe('vault.damaged');
    expect(readdirSync(folder)).toEqual([]);
    mkdirSync(join(folder, basename(file)));
  });
});
