import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assertMayTry, attemptState, clearFailures, delayAfter, recordFailure } from '../../electron/vault/attempts.ts';
import { createClock } from '../../electron/vault/clock.ts';
import { openRecords, translateOpenError, translateSqliteError } from '../../electron/vault/db/open.ts';
import { getRecord, insertRecord, updateRecord } from '../../electron/vault/db/records.ts';
import { list, name, sql } from '../../electron/vault/db/sql.ts';
import { safeFileName } from '../../electron/vault/evidence/names.ts';
import { assertAcceptableSize } from '../../electron/vault/evidence/source.ts';
import { attached, failedAttachment } from '../../electron/vault/evidence-attach.ts';
import { translateFileError, writeFileDurably } from '../../electron/vault/files.ts';
import { readHeader } from '../../electron/vault/header.ts';
import { findPack, loadShippedPacks } from '../../electron/vault/packs/shipped.ts';
import { change } from '../../electron/vault/session.ts';
import { takeWriterLock } from '../../electron/vault/writer-lock.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { newVault, temporaryFolder } from './fixture.ts';
import { sessionOf } from './helpers.ts';

describe('the clock', () => {
  it('never runs backwards whatever the machine’s clock does, also after a restart', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 47), { minLength: 1, maxLength: 30 }), (times) => {
        let now = 0;
        let clock = createClock('', () => now);
        let latest = '';
        for (const [index, time] of times.entries()) {
          now = time;
          if (index % 5 === 4) clock = createClock(latest, () => now);
          const reading = clock.next();
          expect(reading).toMatch(/^[0-9a-f]{16}$/);
          expect(reading > latest).toBe(true);
          latest = reading;
        }
      }),
    );
  });

  it('counts within one millisecond and moves on when the counter is full', () => {
    const clock = createClock('0000000000050000', () => 5);
    expect(clock.next()).toBe('0000000000050001');
    const full = createClock('000000000005ffff', () => 5);
    expect([full.next(), full.next()]).toEqual(['0000000000060000', '0000000000060001']);
    expect(createClock('', () => 9).next()).toBe('0000000000090000');
  });
});

describe('wrong attempts', () => {
  it('cost nothing at first, then twice as long each time, at most 15 minutes', () => {
    expect([0, 1, 2, 3, 4, 5, 11, 12, 13, 5000].map(delayAfter)).toEqual([0, 0, 0, 2, 4, 8, 512, 900, 900, 900]);
  });

  it('are counted for each person apart and forgotten when they get in', () => {
    const folder = temporaryFolder();
    for (let count = 0; count < 3; count += 1) recordFailure(folder, 'ada', 1000);
    expect(attemptState(folder, 'ada', 1000)).toEqual({ failed: 3, retryAt: 3000 });
    expect(attemptState(folder, 'ben', 1000)).toEqual({ failed: 0, retryAt: null });
    expect(() => assertMayTry(folder, 'ada', 1000)).toThrow(
      expect.objectContaining({ code: 'passphrase.delayed', data: { seconds: 2, failed: 3, retryAt: new Date(3000).toISOString() } }),
    );
    expect(() => assertMayTry(folder, 'ben', 1000)).not.toThrow();
    expect(() => assertMayTry(folder, 'ada', 3000)).not.toThrow();
    expect(attemptState(folder, 'ada', 3000)).toEqual({ failed: 3, retryAt: null });
    recordFailure(folder, 'ben', 1000);
    clearFailures(folder, 'ada');
    clearFailures(folder, 'nobody');
    expect([attemptState(folder, 'ada').failed, attemptState(folder, 'ben').failed]).toEqual([0, 1]);
  });

  it('keep nobody waiting longer than one delay when the clock was set back', () => {
    const folder = temporaryFolder();
    const later = 4_000_000_000_000;
    for (let count = 0; count < 3; count += 1) recordFailure(folder, 'ada', later);
    const now = 1_000_000_000_000;
    expect(() => assertMayTry(folder, 'ada', now)).toThrow(expect.objectContaining({ data: expect.objectContaining({ seconds: 2 }) }));
    expect(() => assertMayTry(folder, 'ada', now + 1999)).toThrow();
    expect(() => assertMayTry(folder, 'ada', now + 2000)).not.toThrow();
  });

  it('start anew when their file is damaged', () => {
    const folder = temporaryFolder();
    for (const text of ['', '{', '[]', '{"ada":{"failed":-1,"last":0}}', '{"ada":{"failed":"many"}}']) {
      writeFileSync(join(folder, 'attempts.json'), text);
      expect(attemptState(folder, 'ada')).toEqual({ failed: 0, retryAt: null });
    }
    writeFileSync(join(folder, 'attempts.json'), '{"ada":{"failed":0,"last":5}}');
    expect(attemptState(folder, 'ada')).toEqual({ failed: 0, retryAt: null });
  });
});

describe('writing a file durably', () => {
  it('replaces the old content by the new and leaves nothing else', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'f');
    writeFileDurably(path, 'old');
    writeFileDurably(path, new Uint8Array([110, 101, 119]));
    expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['new', ['f']]);
    writeFileDurably(path, '');
    expect(readFileSync(path, 'utf8')).toBe('');
  });

  it('leaves the old content when it fails', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
    expect(() => writeFileDurably(join(folder, 'taken'), 'x')).toThrow(expect.objectContaining({ code: 'file.not-written' }));
    expect(() => writeFileDurably(join(folder, 'missing', 'f'), 'x')).toThrow(expect.objectContaining({ code: 'file.not-written' }));
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('takes a name as long as the file system does', () => {
    const folder = temporaryFolder();
    writeFileDurably(join(folder, 'n'.repeat(255)), 'x');
    expect(existsSync(join(folder, 'n'.repeat(255)))).toBe(true);
  });

  it('translates what an auditor can act on and nothing else', () => {
    const failure = (code: string) => Object.assign(new Error('x'), { code });
    for (const code of ['ENOSPC', 'EDQUOT', 'EFBIG']) expect(translateFileError(failure(code))).toMatchObject({ code: 'disk.full' });
    for (const code of ['EACCES', 'EROFS', 'ENOENT'])
      expect(translateFileError(failure(code))).toMatchObject({ code: 'file.not-written', data: { reason: code } });
    const bug = new TypeError('x');
    expect(translateFileError(bug)).toBe(bug);
    expect(translateFileError('text')).toBe('text');
  });
});

describe('errors of the database', () => {
  it.each([
    ['SQLITE_NOTADB', 'vault.damaged'],
    ['SQLITE_CORRUPT_INDEX', 'vault.damaged'],
    ['database disk image is malformed', 'vault.damaged'],
    ['SQLITE_FULL', 'disk.full'],
    ['SQLITE_IOERR_WRITE', 'disk.full'],
    ['SQLITE_READONLY', 'vault.read-only'],
    ['unable to open database file', 'vault.read-only'],
    ['SQLITE_BUSY', 'vault.busy'],
  ])('%s becomes %s', (text, code) => {
    expect(translateSqliteError(new Error(text))).toMatchObject({ code });
    expect(translateSqliteError(Object.assign(new Error('x'), { code: text }))).toMatchObject({ code });
  });

  it('others pass through, and the damage names its file', () => {
    const bug = new Error('UNIQUE constraint failed');
    expect(translateSqliteError(bug)).toBe(bug);
    expect(translateSqliteError('SQLITE_FULL')).toBe('SQLITE_FULL');
    expect(translateOpenError(new ExpectedError('vault.damaged', 'h'), 'vault.evidence-damaged')).toMatchObject({
      code: 'vault.evidence-damaged',
      hint: 'h',
    });
    expect(translateOpenError(new ExpectedError('vault.newer'), 'vault.evidence-damaged')).toMatchObject({ code: 'vault.newer' });
    expect(translateOpenError(new Error('SQLITE_NOTADB'), 'vault.evidence-damaged')).toMatchObject({ code: 'vault.evidence-damaged' });
  });

  it('never creates over a file nor opens a missing one', () => {
    const folder = temporaryFolder();
    const key = Buffer.alloc(32);
    expect(() => openRecords(join(folder, 'none.db'), key, 'open')).toThrow(
      expect.objectContaining({ code: 'vault.incomplete', data: { file: 'none.db' } }),
    );
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, 'there.db'), 'x');
    expect(() => openRecords(join(folder, 'there.db'), key, 'create')).toThrow(expect.objectContaining({ code: 'vault.exists' }));
    mkdirSync(join(folder, 'dir.db'));
    expect(() => openRecords(join(folder, 'dir.db'), key, 'open')).toThrow(expect.objectContaining({ code: 'vault.read-only' }));
  });

  it('of the writer’s lock: taken once, free again after release, told apart from a missing folder', () => {
    const folder = temporaryFolder();
    const lock = takeWriterLock(folder);
    expect(() => takeWriterLock(folder)).toThrow(expect.objectContaining({ code: 'vault.busy' }));
    lock.release();
    takeWriterLock(folder).release();
    expect(() => takeWriterLock(join(folder, 'none'))).toThrow(expect.objectContaining({ code: 'vault.read-only' }));
    writeFileSync(join(folder, 'writer.lock'), 'somebody wrote text into the lock file'.repeat(300));
    expect(() => takeWriterLock(folder)).toThrow(expect.objectContaining({ code: 'vault.busy' }));
  });
});

describe('the sql template', () => {
  it('binds every value and splices fragments with theirs', () => {
    const filter = sql`role = ${'lead'} AND name = ${"'; DROP TABLE person; --"}`;
    expect(sql`SELECT ${name('id')} FROM person WHERE ${filter} LIMIT ${1}`).toEqual({
      text: 'SELECT id FROM person WHERE role = ? AND name = ? LIMIT ?',
      values: ['lead', "'; DROP TABLE person; --", 1],
    });
    expect(list([sql`${1}`, sql`${null}`, name('a_b')])).toEqual({ text: '?, ?, a_b', values: [1, null] });
  });

  it('takes no object for a fragment that it did not make itself', () => {
    const forged = { text: '1; DROP TABLE person', values: [] };
    expect(sql`SELECT ${forged}`).toEqual({ text: 'SELECT ?', values: [forged] });
  });

  it('takes only plain names of columns', () => {
    for (const text of ['', 'a b', 'a;', 'A', '1a', 'a--', '"a"', 'a.b', 'é']) expect(() => name(text)).toThrow();
  });

  it('keeps injected text as text in a real vault', async () => {
    const vault = await newVault();
    const { records } = sessionOf(vault);
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(records.get(sql`SELECT ${text} AS text`)).toEqual({ text });
      }),
      { examples: [["' OR 1=1 --"], ['\0'], ['a\0b'], ['"'], ['?']] },
    );
  });
});

describe('records', () => {
  it('log each changed field with its value before and after, and derived ones not', async () => {
    const vault = await newVault();
    const session = sessionOf(vault);
    const fields = { name: 'Cy', email: 'cy@example.org', role: 'auditor', createdAt: '2026', removedAt: '' };
    change(session, (tx) => insertRecord(tx, 'person', 'cy', fields));
    expect(getRecord(session.records, 'person', 'cy')).toEqual({ id: 'cy', ...fields });
    expect(getRecord(session.records, 'person', 'nobody')).toBeUndefined();
    expect(change(session, (tx) => updateRecord(tx, 'person', 'cy', { name: 'Cyd', role: 'lead' }))).toEqual({
      name: 'Cy',
      role: 'auditor',
    });
    expect(change(session, (tx) => updateRecord(tx, 'person', 'cy', {}))).toEqual({});
    expect(session.records.all(sql`SELECT field, before, after FROM change WHERE entity_id = ${'cy'} ORDER BY sequence`)).toEqual([
      { field: '*', before: 'null', after: JSON.stringify(fields) },
      { field: 'name', before: '"Cy"', after: '"Cyd"' },
      { field: 'role', before: '"auditor"', after: '"lead"' },
    ]);
  });

  it('refuse a field the table does not have and a record that is not there', async () => {
    const session = sessionOf(await newVault());
    expect(() => change(session, (tx) => updateRecord(tx, 'person', 'cy', { name: 'x' }))).toThrow('No person');
    expect(() => change(session, (tx) => updateRecord(tx, 'person', session.me.id, { wages: 1 } as never))).toThrow('No field wages');
  });
});

describe('names of files', () => {
  it('are never empty, never lead anywhere, and stay as they are when they are harmless', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (original) => {
        const safe = safeFileName(original);
        expect(safe).not.toMatch(/[/\\:*?"<>|\p{Cc}]/u);
        expect(['', '.', '..']).not.toContain(safe);
        expect([...safe].length).toBeLessThanOrEqual(200);
        expect(safeFileName(safe)).toBe(safe);
      }),
      { endOnFailure: true, examples: [[`${'a'.repeat(195)}    .pdf`], ['a '.repeat(150)], [`${'.'.repeat(300)}x`]] },
    );
  });
});

describe('attachments', () => {
  it('that failed for a reason are results; bugs and cancellations are thrown on', () => {
    expect(failedAttachment('../a', new ExpectedError('evidence.empty', 'h'))).toMatchObject({
      name: 'a',
      error: { code: 'evidence.empty', hint: 'h' },
    });
    expect(() => failedAttachment('a', new TypeError('x'))).toThrow(TypeError);
    expect(() => failedAttachment('a', new CancelledError())).toThrow(CancelledError);
    expect(() => attached(failedAttachment('a', new ExpectedError('evidence.empty')))).toThrow('Nothing was attached');
  });

  it('are at most 64 GiB', () => {
    expect(() => assertAcceptableSize(2 ** 36)).not.toThrow();
    expect(() => assertAcceptableSize(2 ** 36 + 1)).toThrow(expect.objectContaining({ code: 'evidence.too-large' }));
  });
});

describe('the folder of checklists', () => {
  it('may hold compiled ones and other files, or not exist', () => {
    const folder = temporaryFolder();
    expect(loadShippedPacks(join(folder, 'none'))).toEqual([]);
    writeFileSync(join(folder, 'one.json'), JSON.stringify({ id: 'one', sections: [] }));
    writeFileSync(join(folder, 'tsconfig.json'), '{}');
    writeFileSync(join(folder, 'readme.txt'), 'x');
    const packs = loadShippedPacks(folder);
    expect(packs.map((pack) => pack.id)).toEqual(['one']);
    expect(loadShippedPacks(folder)).toBe(packs);
    expect(() => findPack(packs, 'two')).toThrow(expect.objectContaining({ code: 'pack.unknown', data: { id: 'two' } }));
  });
});

describe('the header', () => {
  it('is refused when any of its fields is not what it must be', async () => {
    const vault = await newVault();
    vault.close();
    const header = readHeader(vault.folder);
    const [slot] = header.slots;
    if (slot === undefined) throw new Error('no slots');
    const path = join(vault.folder, 'vault.json');
    const changes = [
      { vaultId: 'x' },
      { slots: [] },
      { slots: [{ ...slot, kind: 'other' }] },
      { slots: [{ ...slot, personId: 'x' }] },
      { slots: [{ ...slot, salt: '***' }] },
      { slots: [{ ...slot, wrapped: 'A'.repeat(2000) }] },
      { slots: [{ ...slot, kdf: { ...slot.kdf, iterations: 0 } }] },
      { name: 5 },
      { format: 0 },
      { keyGeneration: 0 },
      { sealedKeys: [{ personId: 'x', sealed: '' }] },
    ];
    for (const wrong of changes) {
      writeFileSync(path, JSON.stringify({ ...header, ...wrong }));
      expect(() => readHeader(vault.folder)).toThrow(expect.objectContaining({ code: 'vault.header-damaged' }));
    }
    for (const text of ['null', '[]', '"x"', '5']) {
      writeFileSync(path, text);
      expect(() => readHeader(vault.folder)).toThrow(expect.objectContaining({ code: 'vault.header-damaged' }));
    }
  });
});
