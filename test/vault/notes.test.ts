import { describe, expect, it } from 'vitest';
import { noteFile } from '../../electron/vault/note-file.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { emptyNote, isBlankNote, type NoteDraft } from '../../shared/domain/note.ts';
import { codeOf, newAudit, reopen, riskAnalysis } from './fixture.ts';
import { ben, sessionOf, tamper } from './helpers.ts';

const interview = {
  title: 'Talk with the head of IT',
  at: '2026-03-01T10:00:00+02:00',
  place: 'Room 3',
  people: 'Jo Field, head of IT\nSam Reed',
  text: 'Backups run nightly.\r\n\r\nThey are tested "now and then".',
};

describe('a note', () => {
  it('is kept as it is typed, comes back after a lock, and is sealed as a text with its circumstances', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await vault.call('notes.open', { auditId, kind: 'interview', control: riskAnalysis });
    await vault.call('notes.save', { noteId: id, patch: { title: interview.title } });
    await vault.call('notes.save', { noteId: id, patch: { ...interview, title: undefined } });
    vault.close();
    const again = await reopen(vault.folder);
    expect(await again.call('notes.open', { auditId, kind: 'interview', control: riskAnalysis })).toMatchObject({ id, ...interview });
    expect((await again.call('notes.list', { auditId })).map((note) => note.id)).toEqual([id]);
    const { evidence } = await again.call('notes.seal', { noteId: id });
    expect(evidence).toMatchObject({
      title: interview.title,
      method: 'Interview',
      collectedAt: interview.at,
      source: 'Jo Field, head of IT, Sam Reed',
      mediaType: 'text/markdown',
      originalName: 'Interview record 2026-03-01 Talk with the head of IT.md',
      controls: [riskAnalysis],
    });
    expect(await again.call('notes.list', { auditId })).toEqual([]);
    expect(await codeOf(again.call('notes.seal', { noteId: id }))).toBe('note.unknown');
  });

  it('is one for each kind and control, and another person’s is not shown', async () => {
    const { vault, auditId } = await newAudit();
    const open = (kind: 'note' | 'interview', control: typeof riskAnalysis | null) => vault.call('notes.open', { auditId, kind, control });
    const ids = [await open('note', null), await open('note', riskAnalysis), await open('interview', null)].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    expect((await open('note', null)).id).toBe(ids[0]);
    await vault.call('people.add', { ...ben, role: 'auditor' });
    vault.close();
    const other = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await other.call('notes.list', { auditId })).toEqual([]);
    expect(await codeOf(other.call('notes.save', { noteId: ids[0] ?? '', patch: { text: 'x' } }))).toBe('note.unknown');
  });

  it('can be discarded, once', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await vault.call('notes.open', { auditId, kind: 'note', control: null });
    await vault.call('notes.discard', { noteId: id });
    expect(await vault.call('notes.list', { auditId })).toEqual([]);
    expect(await codeOf(vault.call('notes.discard', { noteId: id }))).toBe('note.unknown');
    const { events } = await vault.call('trail.list', { before: null, limit: 2, query: '', auditId });
    expect(events.map((event) => event.action)).toEqual(['note.discarded', 'note.started']);
  });

  it('is not sealed without title or text, twice at once, or in a frozen audit', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await vault.call('notes.open', { auditId, kind: 'note', control: null });
    expect(await codeOf(vault.call('notes.seal', { noteId: id }))).toBe('note.incomplete');
    await vault.call('notes.save', { noteId: id, patch: { title: 'T' } });
    expect(await codeOf(vault.call('notes.seal', { noteId: id }))).toBe('note.incomplete');
    await vault.call('notes.save', { noteId: id, patch: { text: 'Seen' } });
    const both = await Promise.allSettled([vault.call('notes.seal', { noteId: id }), vault.call('notes.seal', { noteId: id })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await vault.call('evidence.list', { auditId })).map((item) => item.method)).toEqual(['Note']);
    const { id: next } = await vault.call('notes.open', { auditId, kind: 'note', control: null });
    tamper(vault, "UPDATE audit SET state = 'signed'");
    expect(await codeOf(vault.call('notes.save', { noteId: next, patch: { text: 'x' } }))).toBe('audit.frozen');
    expect(await codeOf(vault.call('notes.open', { auditId, kind: 'interview', control: null }))).toBe('audit.frozen');
  });

  it('is not for those who only read, nor at a control the audit does not have', async () => {
    const { vault, auditId } = await newAudit();
    const stranger = { packId: 'hipaa-security', controlId: 'nothing' };
    expect(await codeOf(vault.call('notes.open', { auditId, kind: 'note', control: stranger }))).toBe('control.unknown');
    const session = sessionOf(vault);
    vault.process.session = { ...session, me: { ...session.me, role: 'observer' } };
    expect(await codeOf(vault.call('notes.open', { auditId, kind: 'note', control: null }))).toBe('person.not-allowed');
    vault.process.session = session;
  });
});

describe('the file of a note', () => {
  const circumstances = {
    writtenBy: { name: 'Ada', email: 'ada@example.org' },
    sealedAt: new Date('2026-03-02T00:00:00Z'),
    citations: ['164.312(b)'],
  };
  const draft: NoteDraft = { id: 'x', auditId: 'a' as AuditId, kind: 'interview', control: riskAnalysis, updatedAt: '', ...interview };

  it('has a head of one line each and the text below it', () => {
    expect(noteFile(draft, circumstances).text).toBe(
      [
        '# Talk with the head of IT',
        '',
        '- Kind: Interview record',
        '- Date and time: 2026-03-01 10:00 +02:00',
        '- Place: Room 3',
        '- Interviewed: Jo Field, head of IT, Sam Reed',
        '- Control: 164.312(b)',
        '- Written by: Ada <ada@example.org>',
        '- Sealed: 2026-03-02T00:00:00.000Z',
        '',
        '---',
        '',
        'Backups run nightly.',
        '',
        'They are tested "now and then".',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what is not known, and is named by the day it was sealed then', () => {
    const bare = { ...draft, ...emptyNote, kind: 'note' as const, title: 'a/b', text: 'x' };
    const { name, text } = noteFile(bare, { ...circumstances, citations: [] });
    expect(name).toBe('Note 2026-03-02 a-b.md');
    expect(text).not.toMatch(/Place|Present|Control|Date and time/);
    expect([isBlankNote(emptyNote), isBlankNote(bare)]).toEqual([true, false]);
  });
});
