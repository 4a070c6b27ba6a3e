import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { noReader } from '../../electron/vault/reader/queue.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { attach, newAudit, reopen, type TestVault } from './fixture.ts';

/** Waits until the content of every piece was read. */
async function searched(vault: TestVault, auditId: AuditId, query: string, limit = 100) {
  return vi.waitFor(
    async () => {
      const found = await vault.call('evidence.search', { auditId, query, limit });
      if (found.waiting > 0) throw new Error('still reading');
      return found;
    },
    { timeout: 20_000, interval: 10 },
  );
}

const marked = (parts: readonly { text: string; found: boolean }[]) =>
  parts.map(({ text, found }) => (found ? `[${text}]` : text)).join('');

async function idOf(vault: TestVault, auditId: AuditId, name: string, content: string | Uint8Array): Promise<EvidenceId> {
  return (await attach(vault, auditId, name, content)).evidence?.id ?? ('' as never);
}

const mail =
  'From: Ada <ada@example.org>\r\nTo: b@example.org\r\nSubject: Firewall rules\r\nDate: Mon, 4 May 2026 10:00:00 +0000\r\n\r\nThe perimeter was reviewed.\r\n';

describe('searching evidence', () => {
  it('finds words in titles, names, notes and content, and says where', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const byName = await idOf(vault, auditId, 'quartz export.txt', 'nothing');
    const byContent = await idOf(vault, auditId, 'log.txt', 'first line\nthe quartz crystal was replaced\n');
    const byNotes = await idOf(vault, auditId, 'c.txt', 'c');
    await vault.call('evidence.update', { evidenceId: byNotes, patch: { description: 'About quartz', tags: ['mineral'] } });
    const byTitle = await idOf(vault, auditId, 'd.txt', 'd');
    await vault.call('evidence.update', { evidenceId: byTitle, patch: { title: 'Quartz' } });
    const { hits, more } = await searched(vault, auditId, 'quartz');
    expect(hits.map(({ evidenceId, field, snippet }) => [evidenceId, field, marked(snippet)])).toEqual([
      [byTitle, 'title', '[Quartz]'],
      [byName, 'title', '[quartz] export'],
      [byNotes, 'notes', expect.stringContaining('About [quartz]')],
      [byContent, 'content', expect.stringContaining('the [quartz] crystal')],
    ]);
    expect(more).toBe(false);
    expect((await searched(vault, auditId, 'mineral')).hits[0]?.field).toBe('notes');
    expect((await searched(vault, auditId, 'log.txt')).hits[0]).toMatchObject({ evidenceId: byContent, field: 'names' });
  });

  it('takes the last word as a beginning, folds accents and case, and wants every word', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const id = await idOf(vault, auditId, 'report.txt', 'Die Überprüfung der Zugänge im März');
    for (const query of ['uberpr', 'ÜBERPRÜFUNG', 'zugange marz', 'marz zug', 'überprüfung']) {
      const { hits } = await searched(vault, auditId, query);
      expect([query, hits.map(({ evidenceId }) => evidenceId)]).toEqual([query, [id]]);
    }
    expect(marked((await searched(vault, auditId, 'uberpr')).hits[0]?.snippet ?? [])).toContain('[Überpr]üfung');
    expect((await searched(vault, auditId, 'zugange april')).hits).toEqual([]);
    expect((await searched(vault, auditId, 'report marz')).hits).toMatchObject([{ evidenceId: id, field: 'several' }]);
    expect((await searched(vault, auditId, 'Zugäng ende')).hits).toEqual([]);
  });

  it.each([
    '"',
    '""',
    '*',
    'a AND',
    'NOT',
    'NEAR(a b)',
    'title:a',
    '^a',
    '(',
    ')',
    '-a',
    'a"b',
    '{title} : a',
    '\0',
    "';--",
    '+',
    'a*b*',
    '%',
    '',
    '   ',
  ])('takes %j for words and never for syntax', async (query) => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'a.txt', 'plain content');
    await expect(searched(vault, auditId, query)).resolves.toMatchObject({ more: false });
  });

  it('takes what stands between quotation marks as it stands', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'one.txt', 'All privileged access was reviewed.');
    await attach(vault, auditId, 'two.txt', 'Access of privileged accounts, accessible to all.');
    const found = async (query: string) => (await searched(vault, auditId, query)).hits.map(({ number }) => number).sort();
    expect(await found('privileged access')).toEqual([1, 2]);
    expect(await found('"privileged access"')).toEqual([1]);
    expect(await found('"privileged access" reviewed')).toEqual([1]);
    expect(await found('"privileged acc"')).toEqual([]);
    expect(await found('"privileged acc')).toEqual([1, 2]);
  });

  it('finds every run of letters of scripts without spaces, in titles, names, notes and content', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const title = await idOf(vault, auditId, '監査証跡の写し.txt', 'nothing');
    const content = await idOf(vault, auditId, 'log.txt', 'AWS監査2026年のログは六年保存される。');
    const thai = await idOf(vault, auditId, 'thai.txt', 'บันทึกการตรวจสอบภายใน');
    const korean = await idOf(vault, auditId, 'korean.txt', '내부감사보고서를 보관');
    const notes = await idOf(vault, auditId, 'c.txt', 'c');
    await vault.call('evidence.update', { evidenceId: notes, patch: { description: '利用者登録の手順', tags: ['承認済み'] } });
    const found = async (query: string) =>
      (await searched(vault, auditId, query)).hits.map(({ evidenceId, field, snippet }) => [evidenceId, field, marked(snippet)]);
    expect(await found('証跡')).toEqual([[title, 'title', '監査[証跡]の写し']]);
    expect(await found('跡')).toEqual([[title, 'title', '監査証[跡]の写し']]);
    expect(await found('"跡の写"')).toEqual([[title, 'title', '監査証[跡の写]し']]);
    expect(await found('監査')).toEqual([
      [title, 'title', '[監査]証跡の写し'],
      [content, 'content', 'AWS[監査]2026年のログは六年保存される。'],
    ]);
    expect(await found('2026')).toEqual([[content, 'content', 'AWS監査[2026]年のログは六年保存される。']]);
    expect(await found('監査 ログ 保')).toEqual([[content, 'content', 'AWS[監査]2026年の[ログ]は六年[保]存される。']]);
    expect(await found('査監')).toEqual([]);
    expect(await found('ตรวจสอบ')).toEqual([[thai, 'content', 'บันทึกการ[ตรวจสอบ]ภายใน']]);
    expect(await found('감사')).toEqual([[korean, 'content', '내부[감사]보고서를 보관']]);
    expect(await found('登録')).toEqual([[notes, 'notes', expect.stringContaining('利用者[登録]の手順')]]);
    expect(await found('承認')).toEqual([[notes, 'notes', expect.stringContaining('[承認]済み')]]);
    await vault.call('evidence.update', { evidenceId: title, patch: { title: '別の題名' } });
    expect(await found('題名')).toEqual([[title, 'title', '別の[題名]']]);
    expect(await found('跡')).toEqual([[title, 'names', expect.stringContaining('監査証[跡]の写し.txt')]]);
    vault.close();
  });

  it('shows the place of a word in a long text without spaces', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'long.txt', `${'監視の記録は毎日見直す。'.repeat(500)}ここで証跡監査が始まる。${'以下余白'.repeat(200)}`);
    const [hit] = (await searched(vault, auditId, '証跡監査')).hits;
    expect(marked(hit?.snippet ?? [])).toContain('ここで[証跡監査]が始まる');
    expect(marked(hit?.snippet ?? [])).not.toContain('\u200b');
    vault.close();
  });

  it.each([
    ['a German sharp s', 'Die Straße', ['strasse', 'STRASSE', 'straße', 'strass', 'straß']],
    ['a sharp s typed as two', 'DIE STRASSE', ['straße', 'strasse']],
    ['a Turkish i', 'ISPARTA İzmir ığdır', ['ısparta', 'isparta', 'izmir', 'İZMİR', 'iğdir', 'igdir', 'IĞDIR']],
    ['Greek sigmas and accents', 'Ο Οδυσσέας στην ΟΔΟΣ', ['οδυσσεας', 'ΟΔΥΣΣΈΑΣ', 'οδός', 'οδος', 'οδοσ']],
    ['Cyrillic accents', 'Всё проверено', ['все', 'ВСЁ']],
    ['letters of full width', 'ＡＷＳ ２０２６ ｶﾞｲﾄﾞ', ['aws', '2026', 'ａｗｓ', 'ガイド', 'イド', 'ｲﾄﾞ']],
    [
      'names as macOS writes them',
      'Prüfung 監査ログが 감사 é'.normalize('NFD'),
      ['prüfung', 'prufung', 'が', 'ログが', '감사', 'é', 'é'.normalize('NFD')],
    ],
    ['Arabic with vowel signs', 'أيضًا مُدِير النظام', ['أيضا', 'مدير', 'النظام', 'النظا']],
    ['Hebrew with points', 'בִּקֹּרֶת פנים', ['בקרת', 'פנים']],
  ])('finds %s however it is typed', async (_, written, queries) => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const inContent = await idOf(vault, auditId, 'content.txt', written);
    const inTitle = await idOf(vault, auditId, 'title.txt', '-');
    await vault.call('evidence.update', { evidenceId: inTitle, patch: { title: written } });
    for (const query of queries) {
      const { hits } = await searched(vault, auditId, query);
      expect([query, hits.map(({ evidenceId }) => evidenceId)]).toEqual([query, [inTitle, inContent]]);
      for (const { snippet } of hits) expect([query, snippet.some(({ found }) => found)]).toEqual([query, true]);
    }
    vault.close();
  });

  it('stops at the limit and says that there is more', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    for (const name of ['1', '2', '3']) await attach(vault, auditId, `${name}.txt`, `granite ${name}`);
    const { hits, more } = await searched(vault, auditId, 'granite', 2);
    expect([hits.length, more]).toEqual([2, true]);
    expect((await searched(vault, auditId, 'granite', 3)).more).toBe(false);
  });

  it('looks no further once titles alone are more than the limit', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    for (const name of ['1', '2', '3']) await attach(vault, auditId, `basalt ${name}.txt`, `nothing else ${name}`);
    await attach(vault, auditId, 'other.txt', 'basalt within');
    const { hits, more } = await searched(vault, auditId, 'basalt', 2);
    expect([hits.map(({ field }) => field), more]).toEqual([['title', 'title'], true]);
    expect((await searched(vault, auditId, 'basalt', 9)).hits.map(({ field }) => field)).toEqual(['title', 'title', 'title', 'content']);
  });

  it('looks in one audit only, and is no custody event', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const other = await vault.call('audits.create', {
      title: 'Other',
      organisation: 'B',
      periodFrom: '2026-01-01',
      periodTo: '2026-12-31',
      packIds: ['production-readiness'],
    });
    const id = await idOf(vault, auditId, 'a.txt', 'basalt');
    await attach(vault, other.id, 'b.txt', 'basalt');
    expect((await searched(vault, auditId, 'basalt')).hits).toMatchObject([{ evidenceId: id }]);
    expect((await vault.call('evidence.get', { evidenceId: id })).custody.map(({ action }) => action)).toEqual(['collected']);
  });

  it('shows the place of a word far down a long text, also when it is written with accents', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(
      vault,
      auditId,
      'long.txt',
      `${'filler words here\n'.repeat(2000)}then obsidian came${' and more'.repeat(100)}\nund Müßiggang\n`,
    );
    expect(marked((await searched(vault, auditId, 'obsidian')).hits[0]?.snippet ?? [])).toContain('then [obsidian] came');
    expect(marked((await searched(vault, auditId, 'mußiggang')).hits[0]?.snippet ?? [])).toContain('[Müßiggang]');
  });
});

describe('the content of evidence', () => {
  it('is read with its facts and identifiers in the background, whatever way it came in', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const result = await attach(vault, auditId, 'm.eml', mail);
    expect(result.identifiers).toEqual([{ kind: 'email', count: 2 }]);
    const { hits } = await searched(vault, auditId, 'perimeter');
    expect(hits).toMatchObject([{ evidenceId: result.evidence?.id, field: 'content' }]);
    const { evidence } = await vault.call('evidence.get', { evidenceId: result.evidence?.id as never });
    expect(evidence.facts).toContainEqual({ name: 'mail-subject', value: 'Firewall rules' });
    expect(await vault.call('trail.verify', undefined)).toMatchObject({ ok: true });
  });

  it('is read later when the vault was closed before it could be, and when it was attached before there was a search', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const process = { ...vault.process, reader: noReader };
    const { dispatch } = await import('../../electron/vault/dispatch.ts');
    await dispatch({ process, signal: new AbortController().signal, progress: () => {} }, 'evidence.attachPicked', {
      auditId,
      tokens: [vault.file('late.txt', 'feldspar')],
      controls: [],
    });
    expect(vault.process.session?.records.raw.prepare('SELECT state FROM evidence_index').all()).toEqual([{ state: 'waiting' }]);
    vault.close();
    const again = await reopen(vault.folder);
    expect((await searched(again, auditId, 'feldspar')).hits).toHaveLength(1);
    again.close();
  });

  it('is looked at once more where a vault comes from before scripts without spaces were found, and its facts stay as they were told', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const title = await idOf(vault, auditId, '監査証跡.txt', 'nothing');
    const content = await idOf(vault, auditId, 'm.eml', mail.replace('Firewall rules', 'x').replace('perimeter', '監査証跡'));
    const plain = await idOf(vault, auditId, 'plain.txt', 'marble');
    await searched(vault, auditId, 'marble');
    // As the version before kept them.
    vault.process.session?.records.raw.exec(`
      UPDATE evidence_text SET title = '監査証跡', names = '監査証跡.txt ' WHERE rowid = 1;
      UPDATE evidence_content SET content = 'The 監査証跡 was reviewed.' WHERE rowid = 2;
      UPDATE evidence_index SET words_waiting = 1 WHERE row = 1;
      UPDATE evidence_index SET state = 'waiting'`);
    const events = async (open: TestVault) => {
      const listed = await open.call('trail.list', { before: null, limit: 100, query: '', auditId });
      return listed.events.filter(({ action }) => action === 'evidence.described');
    };
    const before = await events(vault);
    expect(before).toHaveLength(1);
    vault.close();
    const again = await reopen(vault.folder);
    expect((await searched(again, auditId, '証跡')).hits.map(({ evidenceId, field }) => [evidenceId, field])).toEqual([
      [title, 'title'],
      [content, 'content'],
    ]);
    expect((await searched(again, auditId, 'marble')).hits).toMatchObject([{ evidenceId: plain }]);
    expect(again.process.session?.records.raw.prepare('SELECT DISTINCT state, words_waiting AS words FROM evidence_index').all()).toEqual([
      { state: 'done', words: 0 },
    ]);
    expect(await events(again)).toEqual(before);
    again.close();
  });

  it('that cannot be read is told apart from what has no words', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'broken.pdf', '%PDF-1.7\nnothing');
    await attach(vault, auditId, 'x.bin', new Uint8Array([0, 1, 2]));
    const damaged = await idOf(vault, auditId, 'y.txt', 'y');
    await searched(vault, auditId, 'y');
    const { session } = vault.process;
    session?.records.raw.exec(`UPDATE evidence_index SET state = 'waiting' WHERE evidence_id = '${damaged}'; DELETE FROM evidence_content`);
    session?.chunks.raw.exec('DELETE FROM chunk');
    await searched(vault, auditId, 'y');
    expect(session?.records.raw.prepare('SELECT state FROM evidence_index ORDER BY row').all()).toEqual([
      { state: 'failed' },
      { state: 'none' },
      { state: 'failed' },
    ]);
  });

  it('that was destroyed leaves no word behind, neither in the index nor in the file', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    const kept = await idOf(vault, auditId, 'kept.txt', 'malachite stays');
    const gone = await idOf(vault, auditId, 'gone.txt', 'rhodonite and malachite go');
    await searched(vault, auditId, 'rhodonite');
    await vault.call('evidence.destroy', { evidenceId: gone, reason: 'Asked to' });
    expect((await searched(vault, auditId, 'rhodonite')).hits).toEqual([]);
    expect((await searched(vault, auditId, 'malachite')).hits).toMatchObject([{ evidenceId: kept }]);
    const { session } = vault.process;
    if (session === null) throw new Error('closed');
    const { raw } = session.records;
    raw.exec(
      "INSERT INTO evidence_content (evidence_content) VALUES ('integrity-check'); INSERT INTO evidence_text (evidence_text) VALUES ('integrity-check')",
    );
    raw.exec(`CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'evidence_content', 'row')`);
    const words = raw
      .prepare('SELECT term FROM temp.words')
      .all()
      .map(({ term }) => term);
    expect(words).toContain('malachite');
    expect(words).not.toContain('rhodonite');
    // Every byte of every page: the index writes its own pages, and freed ones are zeroed.
    raw.exec(
      `ATTACH DATABASE '${join(vault.folder, '..', 'plain.db')}' AS plain KEY ''; SELECT sqlcipher_export('plain'); DETACH DATABASE plain`,
    );
    const bytes = readFileSync(join(vault.folder, '..', 'plain.db'));
    expect(bytes.includes('malachite')).toBe(true);
    expect(bytes.includes('rhodonite')).toBe(false);
    expect(
      raw
        .prepare('SELECT hex(block) AS block FROM evidence_content_data')
        .all()
        .some(({ block }) => String(block).includes(Buffer.from('hodonite').toString('hex').toUpperCase())),
    ).toBe(false);
  });

  it('is not read any more once another vault is open, and facts are not added to a signed audit or by a reader', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'late.txt', 'hematite');
    const { session } = vault.process;
    if (session === null) throw new Error('closed');
    await searched(vault, auditId, 'hematite');
    session.records.raw.exec("DELETE FROM evidence_content; UPDATE evidence_index SET state = 'waiting'");
    const { wakeIndexing } = await import('../../electron/vault/evidence-index.ts');
    wakeIndexing(vault.process);
    vault.process.session = null;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(session.records.raw.prepare('SELECT state FROM evidence_index').all()).toEqual([{ state: 'waiting' }]);
    closeVault(session);
  });
});
