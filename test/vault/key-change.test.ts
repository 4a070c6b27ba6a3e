import { copyFileSync, cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { backupVault, restoreVault } from '../../electron/vault/backup.ts';
import { stretch } from '../../electron/vault/crypto/kdf.ts';
import { createSlot } from '../../electron/vault/crypto/key-slots.ts';
import { deriveKey, sealSecret } from '../../electron/vault/crypto/seal.ts';
import { openRecords } from '../../electron/vault/db/open.ts';
import { createObject } from '../../electron/vault/evidence/store.ts';
import { insertObject } from '../../electron/vault/evidence-attach.ts';
import * as headers from '../../electron/vault/header.ts';
import { changeVaultKey } from '../../electron/vault/key-change.ts';
import { change } from '../../electron/vault/session.ts';
import { unlockWithPassphrase } from '../../electron/vault/vault-file.ts';
import type { EvidenceId, PersonId } from '../../shared/domain/ids.ts';
import { attach, codeOf, lightKdf, passphrase, reopen, riskAnalysis, type TestVault, temporaryFolder } from './fixture.ts';
import { ben, errorOf, longWork, save, sessionOf, tamper } from './helpers.ts';
import { besides, changeKey, expectWhole, filled } from './key-change-fixture.ts';

const { readHeader } = headers;

describe('changing the vault key', () => {
  it('encrypts everything anew, keeps everybody in, and goes on at once', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const before = readHeader(vault.folder);
    const oldKey = deriveKey(sessionOf(vault).keys.vault, 'sealbook/v1/records');
    const head = await vault.call('trail.head', undefined);
    expect(await vault.call('vault.keyState', undefined)).toEqual({ generation: 1, changedAt: '', waiting: [] });
    const state = await changeKey(vault);
    expect(state).toEqual({ generation: 2, changedAt: expect.stringMatching(/^20/), waiting: [] });
    const labels = new Set(vault.progress.filter(({ unit }) => unit === 'items').map(({ label }) => label));
    expect([...labels]).toEqual(['verify', 'copy', 'evidence', 'trail', 'commit']);
    expect(besides(vault.folder)).toEqual([]);
    // Slots are as they were: nobody needed a passphrase but the one who changed it.
    const after = readHeader(vault.folder);
    expect([after.keyGeneration, after.slots]).toEqual([2, before.slots]);
    expect(after.sealedKeys.map(({ sealed }) => sealed)).not.toEqual(before.sealedKeys.map(({ sealed }) => sealed));
    await save(vault, auditId, riskAnalysis, { rationale: 'after' });
    const second = (await attach(vault, auditId, 'b.txt', 'more')).evidence?.id as EvidenceId;
    await expectWhole(vault, evidenceId);
    expect(() => openRecords(join(vault.folder, 'vault.db'), oldKey, 'read')).toThrow(expect.objectContaining({ code: 'vault.damaged' }));
    vault.close();
    const asBen = await reopen(vault.folder, ben.name, ben.passphrase);
    await expectWhole(asBen, second);
    expect((await asBen.call('answers.get', { auditId, ...riskAnalysis })).answer.rationale).toBe('after');
    // The chain itself is the same: heads in reports given away still fit.
    const kept = sessionOf(asBen).records.get({ text: `SELECT hash FROM trail WHERE sequence = ${head.sequence}`, values: [] });
    expect(kept).toEqual({ hash: head.hash });
    const { events } = await asBen.call('trail.list', { before: null, limit: 10, query: 'key', auditId: null });
    expect(events[0]).toMatchObject({ action: 'vault.key-changed', detail: 'key 2' });
    expect(() => asBen.process.session?.records.raw.exec("UPDATE trail SET detail = 'x' WHERE sequence = 1")).toThrow(/append-only/);
    asBen.close();
    const again = await reopen(vault.folder);
    expect((await changeKey(again)).generation).toBe(3);
    await expectWhole(again, evidenceId);
  });

  it('keeps recovery codes, new passphrases and signing identities working', async () => {
    const { vault, benId, benCode } = await filled();
    await vault.call('identity.issue', undefined);
    const { fingerprint } = (await vault.call('identity.get', undefined)) ?? {};
    await changeKey(vault);
    await vault.call('vault.changePassphrase', { current: passphrase, next: 'marble harbour pencil storm' });
    vault.close();
    const token = vault.hand(vault.folder, 'vault');
    const newPassphrase = 'timber violet compass grain';
    const opened = await vault.call('vault.recover', { token, personId: benId, code: benCode, newPassphrase });
    expect(opened.me.name).toBe(ben.name);
    vault.close();
    const mine = await reopen(vault.folder, undefined, 'marble harbour pencil storm');
    expect((await mine.call('identity.get', undefined))?.fingerprint).toBe(fingerprint);
  });

  it('needs a lead and their passphrase', async () => {
    const { vault } = await filled();
    expect(await codeOf(vault.call('vault.changeKey', { passphrase: 'wrong', remove: [] }))).toBe('passphrase.wrong');
    vault.close();
    const asBen = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(asBen.call('vault.changeKey', { passphrase: ben.passphrase, remove: [] }))).toBe('person.not-allowed');
    expect(readHeader(vault.folder).keyGeneration).toBe(1);
  });

  it('refuses a trail that does not fit, because it would vouch for it', async () => {
    const { vault } = await filled();
    tamper(vault, "UPDATE trail SET detail = 'x' WHERE sequence = 2");
    expect(await codeOf(changeKey(vault))).toBe('vault.trail-broken');
    expect(besides(vault.folder)).toEqual([]);
  });

  it('leaves a damaged object as it is, and named', async () => {
    const { vault, evidenceId } = await filled();
    tamper(vault, "UPDATE evidence_object SET wrapped_key = x'00'");
    await changeKey(vault);
    expect(await codeOf(vault.call('evidence.verify', { evidenceId }))).toBe('evidence.damaged');
    expect((await vault.call('vault.check', undefined)).problems.map(({ code }) => code)).toEqual(['evidence.damaged']);
  });

  it.each(['verify', 'copy', 'evidence', 'trail', 'commit'])('cancelled at "%s" leaves everything as it was', async (at) => {
    const { vault, auditId, evidenceId } = await filled();
    const controller = new AbortController();
    const work = changeVaultKey(
      sessionOf(vault),
      [],
      longWork({
        signal: controller.signal,
        report: ({ label }) => {
          if (label === at) controller.abort();
        },
      }),
    );
    // The last label is told when there is nothing left to cancel.
    if (at === 'commit') expect((await work).generation).toBe(2);
    else {
      await expect(work).rejects.toMatchObject({ name: 'CancelledError' });
      expect(readHeader(vault.folder).keyGeneration).toBe(1);
    }
    expect(besides(vault.folder)).toEqual([]);
    await save(vault, auditId, riskAnalysis, { rationale: 'goes on' });
    await expectWhole(vault, evidenceId);
  });

  it('answers readers meanwhile, and refuses changes and a second change of the key', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const session = sessionOf(vault);
    const codes: string[] = [];
    let seen = '';
    let attached: ReturnType<typeof attach> | null = null;
    await changeVaultKey(
      session,
      [],
      longWork({
        report: ({ label }) => {
          if (label !== 'trail') return;
          seen = String(session.records.get({ text: `SELECT title FROM evidence WHERE id = '${evidenceId}'`, values: [] })?.title);
          void codeOf(save(vault, auditId, riskAnalysis, { rationale: 'lost?' })).then((code) => codes.push(code));
          void codeOf(changeVaultKey(session, [], longWork())).then((code) => codes.push(code));
          attached = attach(vault, auditId, 'c.txt', 'c');
        },
      }),
    );
    await vi.waitFor(() => expect(codes).toHaveLength(2));
    expect([seen, new Set(codes)]).toEqual(['a', new Set(['vault.key-changing'])]);
    // Whichever came first: attached whole under the new key, or not at all with the reason.
    const result = await (attached as ReturnType<typeof attach> | null);
    expect([undefined, 'vault.key-changing']).toContain(result?.error?.code);
    await expectWhole(vault, evidenceId);
  });

  it('never records a file whose key was wrapped before', async () => {
    const { vault } = await filled();
    const session = sessionOf(vault);
    const seal = () => {
      const writer = createObject(session.chunks, session.keys.evidence);
      writer.write(Buffer.from('sealed'));
      return writer;
    };
    const before = seal().finish();
    const half = seal();
    await changeKey(vault);
    expect(() => change(session, (tx) => insertObject(tx, before))).toThrow(expect.objectContaining({ code: 'vault.key-changing' }));
    // What was only half sealed is wrapped under the new key.
    change(session, (tx) => insertObject(tx, half.finish()));
  });

  it('waits for a check or a backup in another process, and says so', async () => {
    const { vault, evidenceId } = await filled();
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    expect(await codeOf(changeKey(vault))).toBe('vault.busy');
    reader.records.close();
    reader.chunks.close();
    expect(besides(vault.folder)).toEqual([]);
    await expectWhole(vault, evidenceId);
    expect((await changeKey(vault)).generation).toBe(2);
  });

  it('a header that cannot be written leaves the old key in use', async () => {
    const { vault, auditId, evidenceId } = await filled();
    const write = vi.spyOn(headers, 'writeHeader').mockImplementation(() => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    });
    const code = await codeOf(changeKey(vault));
    write.mockRestore();
    expect([code, besides(vault.folder)]).toEqual(['disk.full', []]);
    await save(vault, auditId, riskAnalysis, { rationale: 'goes on' });
    await expectWhole(vault, evidenceId);
    vault.close();
    await expectWhole(await reopen(vault.folder), evidenceId);
  });

  it('a backup made before opens with its own header', async () => {
    const { vault, evidenceId } = await filled();
    const folder = temporaryFolder();
    await backupVault(sessionOf(vault), join(folder, 'old.backup'));
    await changeKey(vault);
    await backupVault(sessionOf(vault), join(folder, 'new.backup'));
    vault.close();
    for (const [name, generation] of [
      ['old', 1],
      ['new', 2],
    ] as const) {
      await restoreVault(join(folder, `${name}.backup`), join(folder, `${name}.sealbook`));
      const restored = await reopen(join(folder, `${name}.sealbook`));
      expect((await restored.call('vault.keyState', undefined)).generation).toBe(generation);
      await expectWhole(restored, evidenceId);
    }
  });
});

describe('ending a person’s access', () => {
  it('changes the key, closes the vault to them, and keeps what they did', async () => {
    const { vault, evidenceId, benId, benCode } = await filled();
    const copy = join(temporaryFolder(), 'Copy.sealbook');
    vault.close();
    cpSync(vault.folder, copy, { recursive: true });
    const again = await reopen(vault.folder);
    await changeKey(again, [benId]);
    const people = await again.call('people.list', undefined);
    expect(people.find(({ id }) => id === benId)?.removedAt).toMatch(/^20/);
    expect(readHeader(vault.folder).slots.some(({ personId }) => personId === benId)).toBe(false);
    const { events } = await again.call('trail.list', { before: null, limit: 2, query: '', auditId: null });
    expect(events.map(({ action }) => action)).toEqual(['vault.key-changed', 'person.removed']);
    await expectWhole(again, evidenceId);
    expect(await codeOf(changeKey(again, [benId]))).toBe('person.unknown');
    again.close();
    const theirs = { folder: vault.folder, hand: vault.hand };
    const token = theirs.hand(theirs.folder, 'vault');
    expect(await codeOf(vault.call('vault.unlock', { token, personId: benId, passphrase: ben.passphrase }))).toBe('person.unknown');
    expect(await codeOf(vault.call('vault.recover', { token, personId: benId, code: benCode, newPassphrase: passphrase }))).toBe(
      'person.unknown',
    );
    // An old header beside the new records gives them nothing, and neither does the vault key they once had.
    copyFileSync(join(copy, 'vault.json'), join(vault.folder, 'vault.json'));
    expect(await codeOf(reopen(vault.folder, ben.name, ben.passphrase))).toBe('vault.damaged');
    // Their own copy stays what it was.
    await expectWhole(await reopen(copy, ben.name, ben.passphrase), evidenceId);
  });

  it('lets somebody come back under the same name, with new keys', async () => {
    const { vault, benId } = await filled();
    expect(await codeOf(vault.call('people.add', { ...ben, role: 'auditor' }))).toBe('person.exists');
    await changeKey(vault, [benId]);
    const { person } = await vault.call('people.add', { ...ben, role: 'auditor' });
    expect(person.id).not.toBe(benId);
    vault.close();
    expect((await reopen(vault.folder, ben.name, ben.passphrase)).process.session?.me.id).toBe(person.id);
  });

  it('is not for oneself, and not for strangers', async () => {
    const { vault } = await filled();
    expect(await codeOf(changeKey(vault, [sessionOf(vault).me.id]))).toBe('person.not-allowed');
    expect(await codeOf(changeKey(vault, ['33333333-3333-4333-8333-333333333333' as PersonId]))).toBe('person.unknown');
  });
});

describe('a vault of header format 1', () => {
  /** Puts the header back into what the first Sealbook wrote: the vault key in every slot, nothing sealed. */
  async function makeOld(vault: TestVault, secrets: ReadonlyMap<string, string>) {
    const session = sessionOf(vault);
    const header = readHeader(vault.folder);
    const people = new Map<string, Buffer>();
    people.set(session.me.id, Buffer.from(session.keys.person));
    const vaultKey = Buffer.from(session.keys.vault);
    session.records.raw.exec('DELETE FROM person_key');
    vault.close();
    const slots = [];
    for (const slot of header.slots) {
      const secret = secrets.get(`${slot.personId} ${slot.kind}`);
      if (secret === undefined) continue;
      const personKey = people.get(slot.personId) ?? Buffer.alloc(32, 9);
      const made = await createSlot({ ...slot, secret, personKey, vaultId: header.vaultId, kdf: lightKdf });
      const key = await stretch(secret, Buffer.from(made.salt, 'base64'), made.kdf);
      const context = `sealbook/v1/slot|${header.vaultId}|${made.id}|${made.kind}|${made.personId}`;
      slots.push({ ...made, wrapped: sealSecret(key, Buffer.concat([vaultKey, personKey]), context).toString('base64') });
    }
    const { vaultId, name, createdAt } = header;
    writeFileSync(join(vault.folder, 'vault.json'), JSON.stringify({ format: 1, vaultId, name, createdAt, slots }));
  }

  it('opens as it is, is made ready person by person, and names those who have to unlock first', async () => {
    const { vault, evidenceId, benId } = await filled();
    const { me } = sessionOf(vault);
    await makeOld(
      vault,
      new Map([
        [`${me.id} passphrase`, passphrase],
        [`${benId} passphrase`, ben.passphrase],
      ]),
    );
    const reader = await unlockWithPassphrase(vault.folder, passphrase, null, 'read');
    reader.records.close();
    reader.chunks.close();
    expect(readHeader(vault.folder).format).toBe(1);
    const again = await reopen(vault.folder);
    expect(readHeader(vault.folder)).toMatchObject({ format: 2, keyGeneration: 1, sealedKeys: [{ personId: me.id }] });
    expect((await again.call('vault.keyState', undefined)).waiting).toEqual([{ id: benId, name: ben.name }]);
    const refused = await errorOf(changeKey(again));
    expect([refused.code, refused.data]).toEqual(['vault.key-waits', { people: ben.name }]);
    again.close();
    (await reopen(vault.folder, ben.name, ben.passphrase)).close();
    const ready = await reopen(vault.folder);
    expect((await changeKey(ready)).generation).toBe(2);
    ready.close();
    // The old slot still holds the first vault key; it is not what opens the vault any more.
    await expectWhole(await reopen(vault.folder, ben.name, ben.passphrase), evidenceId);
  });

  it('may end the access of those who never unlocked it', async () => {
    const { vault, evidenceId, benId } = await filled();
    const { me } = sessionOf(vault);
    await makeOld(
      vault,
      new Map([
        [`${me.id} passphrase`, passphrase],
        [`${benId} passphrase`, ben.passphrase],
      ]),
    );
    const again = await reopen(vault.folder);
    expect(await changeKey(again, [benId])).toMatchObject({ generation: 2, waiting: [] });
    again.close();
    await expectWhole(await reopen(vault.folder), evidenceId);
  });
});
