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

  it('takes a single Chinese character as the beginning of what is written without spaces', async () => {
    const { vault, auditId } = await newAudit(['production-readiness']);
    await attach(vault, auditId, 'log.txt', '監査ログ保存期間は六年。');
    await attach(vault, auditId, 'other.txt', 'audit');
    const found = async (query: string) => (await searched(vault, auditId, query)).hits.map(({ number }) => number);
    expect(await found('監')).toEqual([1]);
    expect(await found('監査')).toEqual([1]);
    expect(await found('a')).toEqual([]);
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
