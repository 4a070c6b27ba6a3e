import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecords } from '../../electron/vault/db/open.ts';
import { readHeader, writeHeader } from '../../electron/vault/header.ts';
import { createVault } from '../../electron/vault/vault-create.ts';
import { closeVault, unlockVault, unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import { codeOf, lead, lightKdf, newAudit, newVault, passphrase, reopen, temporaryFolder, vaultProcess } from './fixture.ts';

describe('creating a vault', () => {
  it('leaves header and both databases, and opens again with the passphrase', async () => {
    const vault = await newVault();
    vault.close();
    expect(readdirSync(vault.folder).sort()).toEqual(expect.arrayContaining(['evidence.db', 'vault.db', 'vault.json']));
    const again = await reopen(vault.folder);
    expect(await again.call('vault.current', undefined)).toMatchObject({
      name: 'Test',
      me: { ...lead, role: 'lead' },
      autoLockMinutes: 15,
    });
  });

  it('refuses a folder that has something in it and touches nothing', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'letter.txt'), 'keep me');
    expect(await codeOf(createVault({ folder, name: 'X', person: lead, passphrase, kdf: lightKdf }))).toBe('vault.exists');
    expect(readdirSync(folder)).toEqual(['letter.txt']);
  });

  it('refuses a passphrase that is easy to guess before anything is written', async () => {
    const vault = vaultProcess();
    const weak = vault.call('vault.create', {
      token: vault.hand(vault.folder, 'new-vault'),
      name: 'Test',
      person: lead,
      passphrase: 'password1234',
    });
    expect(await codeOf(weak)).toBe('passphrase.weak');
    expect(existsSync(vault.folder)).toBe(false);
  });

  it('counts the name of the person as a known word', async () => {
    const vault = vaultProcess();
    const strong = await vault.call('vault.strength', { passphrase: 'copper lantern orchard tide', userInputs: [] });
    const weak = await vault.call('vault.strength', { passphrase: 'Ada Lindqvist', userInputs: [lead.name, 'Lindqvist'] });
    expect(strong.accepted).toBe(true);
    expect(weak.accepted).toBe(false);
  });

  it('removes the folder again when the disk does not take it', async () => {
    const vault = vaultProcess('/proc/sealbook-cannot-be-here/Test.sealbook');
    expect(await codeOf(createVault({ folder: vault.folder, name: 'X', person: lead, passphrase, kdf: lightKdf }))).toBe(
      'file.not-written',
    );
  });
});

describe('unlocking', () => {
  it('counts wrong passphrases, delays after the third, and remembers both after a restart', async () => {
    const vault = await newVault();
    vault.close();
    for (let attempt = 1; attempt <= 3; attempt += 1)
      expect(await codeOf(reopen(vault.folder, lead.name, 'not the passphrase'))).toBe('passphrase.wrong');
    expect(await codeOf(reopen(vault.folder))).toBe('passphrase.delayed');
    const closed = vaultProcess(vault.folder);
    const [person] = (await closed.call('vault.inspect', { token: closed.hand(vault.folder, 'vault') })).people;
    expect(person?.failedAttempts).toBe(3);
    expect(Date.parse(person?.retryAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('lets the right passphrase in again and forgets the count', async () => {
    const vault = await newVault();
    vault.close();
    await codeOf(reopen(vault.folder, lead.name, 'wrong one here'));
    const again = await reopen(vault.folder);
    const [person] = (await again.call('vault.inspect', { token: again.hand(vault.folder, 'vault') })).people;
    expect(person?.failedAttempts).toBe(0);
  });

  it('opens for two people with their own passphrases, each as themselves', async () => {
    const vault = await newVault();
    await vault.call('people.add', {
      name: 'Ben Ortiz',
      email: 'ben@example.org',
      role: 'auditor',
      passphrase: 'velvet quartz ribbon anchor',
    });
    vault.close();
    const ben = await reopen(vault.folder, 'Ben Ortiz', 'velvet quartz ribbon anchor');
    expect((await ben.call('vault.current', undefined))?.me.name).toBe('Ben Ortiz');
    ben.close();
    expect(await codeOf(reopen(vault.folder, 'Ben Ortiz', passphrase))).toBe('passphrase.wrong');
  });

  it('is refused while another process has the vault open for writing', async () => {
    const vault = await newVault();
    expect(await codeOf(reopen(vault.folder))).toBe('vault.busy');
    vault.close();
    expect(await codeOf(reopen(vault.folder))).toBe('no error');
  });

  it('reads beside a writer', async () => {
    const { vault, auditId } = await newAudit();
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    expect(() =>
      reader.records.write((database) => database.run({ text: `DELETE FROM audit WHERE id = '${auditId}'`, values: [] })),
    ).toThrow();
    closeVault(reader);
  });

  it('opens with the recovery code in any spelling and sets a new passphrase', async () => {
    const vault = await newVault();
    const me = vault.process.session?.me.id;
    vault.close();
    if (me === undefined) throw new Error('no person');
    const typed = ` ${vault.recoveryCode.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o')} `;
    const again = vaultProcess(vault.folder);
    await again.call('vault.recover', {
      token: again.hand(vault.folder, 'vault'),
      personId: me,
      code: typed,
      newPassphrase: 'walnut gravel meadow signal',
    });
    again.close();
    expect(await codeOf(reopen(vault.folder))).toBe('passphrase.wrong');
    expect(await codeOf(reopen(vault.folder, lead.name, 'walnut gravel meadow signal'))).toBe('no error');
  });

  it('refuses a wrong recovery code and an unknown person', async () => {
    const vault = await newVault();
    const personId = vault.process.session?.me.id;
    vault.close();
    if (personId === undefined) throw new Error('no person');
    expect(await codeOf(unlockVault({ folder: vault.folder, personId, secret: { kind: 'recovery', text: '0000-0000' } }))).toBe(
      'recovery.wrong',
    );
    const stranger = '00000000-0000-4000-8000-000000000000' as typeof personId;
    expect(await codeOf(unlockVault({ folder: vault.folder, personId: stranger, secret: { kind: 'passphrase', text: passphrase } }))).toBe(
      'person.unknown',
    );
  });
});

describe('looking after a vault', () => {
  it('changes the passphrase by rewriting one slot only', async () => {
    const vault = await newVault();
    const before = readHeader(vault.folder);
    await vault.call('vault.changePassphrase', { current: passphrase, next: 'walnut gravel meadow signal' });
    const after = readHeader(vault.folder);
    expect(after.slots.filter((slot) => slot.kind === 'recovery')).toEqual(before.slots.filter((slot) => slot.kind === 'recovery'));
    vault.close();
    expect(await codeOf(reopen(vault.folder))).toBe('passphrase.wrong');
    expect(await codeOf(reopen(vault.folder, lead.name, 'walnut gravel meadow signal'))).toBe('no error');
  });

  it('asks for the current passphrase, counts a wrong one, and refuses a weak new one', async () => {
    const vault = await newVault();
    expect(await codeOf(vault.call('vault.changePassphrase', { current: 'wrong', next: 'walnut gravel meadow signal' }))).toBe(
      'passphrase.wrong',
    );
    expect(await codeOf(vault.call('vault.changePassphrase', { current: passphrase, next: 'aaaaaaaaaaaa' }))).toBe('passphrase.weak');
  });

  it('replaces the recovery code', async () => {
    const vault = await newVault();
    const { recoveryCode } = await vault.call('vault.newRecoveryCode', { passphrase });
    const personId = vault.process.session?.me.id;
    vault.close();
    if (personId === undefined) throw new Error('no person');
    expect(await codeOf(unlockVault({ folder: vault.folder, personId, secret: { kind: 'recovery', text: vault.recoveryCode } }))).toBe(
      'recovery.wrong',
    );
    const session = await unlockVault({ folder: vault.folder, personId, secret: { kind: 'recovery', text: recoveryCode } });
    closeVault(session);
  });

  it('remembers the idle time', async () => {
    const vault = await newVault();
    await vault.call('vault.setAutoLock', { minutes: 3 });
    vault.close();
    expect((await (await reopen(vault.folder)).call('vault.current', undefined))?.autoLockMinutes).toBe(3);
  });

  it('lets only a lead add people, and everybody only once', async () => {
    const vault = await newVault();
    const ben = { name: 'Ben Ortiz', email: 'ben@example.org', role: 'auditor', passphrase: 'velvet quartz ribbon anchor' } as const;
    await vault.call('people.add', ben);
    expect(await codeOf(vault.call('people.add', { ...ben, name: 'BEN ORTIZ ', email: 'x@example.org' }))).toBe('person.exists');
    expect(await codeOf(vault.call('people.add', { ...ben, name: 'Cy', email: 'cy@example.org', passphrase: 'aaaaaaaaaaaa' }))).toBe(
      'passphrase.weak',
    );
    vault.close();
    const asBen = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(asBen.call('people.add', { ...ben, name: 'Cy', email: 'cy@example.org' }))).toBe('person.not-allowed');
    expect((await asBen.call('people.list', undefined)).map((person) => person.name)).toEqual([lead.name, ben.name]);
  });

  it('needs an open vault for everything inside it', async () => {
    const vault = vaultProcess();
    expect(await codeOf(vault.call('audits.list', undefined))).toBe('vault.locked');
    expect(await vault.call('vault.current', undefined)).toBeNull();
  });
});

describe('a vault that cannot be opened', () => {
  it('is told apart: no folder, no header, a missing database', async () => {
    expect(await codeOf(reopen(join(temporaryFolder(), 'nothing')))).toBe('vault.missing');
    const vault = await newVault();
    vault.close();
    const { unlinkSync } = await import('node:fs');
    unlinkSync(join(vault.folder, 'evidence.db'));
    expect(await codeOf(reopen(vault.folder))).toBe('vault.incomplete');
    expect(existsSync(join(vault.folder, 'evidence.db'))).toBe(false);
    unlinkSync(join(vault.folder, 'vault.json'));
    expect(await codeOf(reopen(vault.folder))).toBe('vault.incomplete');
  });

  it('has a damaged header', async () => {
    const vault = await newVault();
    vault.close();
    const path = join(vault.folder, 'vault.json');
    const whole = readFileSync(path, 'utf8');
    for (const text of ['', '{"format":1}', whole.slice(0, 200), whole.replace('argon2id', 'md5')]) {
      writeFileSync(path, text);
      expect(await codeOf(reopen(vault.folder))).toBe('vault.header-damaged');
    }
  });

  it('refuses a header that asks for more memory than any machine should give', async () => {
    const vault = await newVault();
    vault.close();
    const header = readHeader(vault.folder);
    writeHeader(vault.folder, { ...header, slots: header.slots.map((slot) => ({ ...slot, kdf: { ...slot.kdf, memoryKiB: 2 ** 40 } })) });
    expect(await codeOf(reopen(vault.folder))).toBe('vault.header-damaged');
  });

  it('was written by a newer version, by header or by schema, and stays as it is', async () => {
    const vault = await newVault();
    const key = vault.process.session?.keys.vault;
    if (key === undefined) throw new Error('no key');
    const { deriveKey } = await import('../../electron/vault/crypto/seal.ts');
    const recordsKey = deriveKey(key, 'sealbook/v1/records');
    vault.close();
    const records = openRecords(join(vault.folder, 'vault.db'), recordsKey, 'open');
    records.raw.pragma('user_version = 999');
    records.close();
    expect(await codeOf(reopen(vault.folder))).toBe('vault.newer');
    expect(await codeOf(unlockWithPassphrase(vault.folder, passphrase, null, 'read'))).toBe('vault.newer');
    const path = join(vault.folder, 'vault.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"format": 2', '"format": 3'));
    expect(await codeOf(reopen(vault.folder))).toBe('vault.newer');
  });

  it('is damaged: every truncation and every flipped bit of vault.db is noticed and nothing is replaced', async () => {
    const { vault } = await newAudit();
    vault.close();
    const path = join(vault.folder, 'vault.db');
    const whole = readFileSync(path);
    for (const length of [0, 10, 4096, 4097, Math.floor(whole.length / 2), whole.length - 4096]) {
      writeFileSync(path, whole.subarray(0, length));
      expect([length, await codeOf(reopen(vault.folder))]).toEqual([length, 'vault.damaged']);
      expect(readFileSync(path).length).toBe(length);
    }
    for (let step = 0; step < 12; step += 1) {
      const flipped = Buffer.from(whole);
      const offset = Math.floor(((step + 0.5) / 12) * whole.length);
      flipped[offset] = (flipped[offset] ?? 0) ^ 1;
      writeFileSync(path, flipped);
      expect([offset, await codeOf(reopen(vault.folder))]).toEqual([offset, 'vault.damaged']);
    }
    writeFileSync(path, whole);
    expect(await codeOf(reopen(vault.folder))).toBe('no error');
  });

  it('has an evidence.db that is not a database or is cut', async () => {
    const vault = await newVault();
    vault.close();
    const path = join(vault.folder, 'evidence.db');
    const whole = readFileSync(path);
    writeFileSync(path, 'not a database, but long enough to be read as one'.repeat(200));
    expect(await codeOf(reopen(vault.folder))).toBe('vault.evidence-damaged');
    writeFileSync(path, whole.subarray(0, whole.length - 65536));
    expect(await codeOf(reopen(vault.folder))).toBe('vault.evidence-damaged');
  });
});
