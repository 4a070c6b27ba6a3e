import { describe, expect, it } from 'vitest';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { textMask } from '../../shared/domain/redaction.ts';
import { png } from '../e2e/sample-files.ts';
import { codeOf, newAudit, reopen } from './fixture.ts';
import { ben, sessionOf } from './helpers.ts';
import { attachOne, contentOf, copy, corner, objects, pixels, redactText } from './redaction-fixture.ts';

describe('redaction', () => {
  it('is refused for kinds in which hidden things stay hidden, and for what is too large', async () => {
    const { vault, auditId } = await newAudit();
    const mail = await attachOne(vault, auditId, 'a.eml', 'From: a@example.org\n\nwords\n');
    const archive = await attachOne(vault, auditId, 'a.bin', Buffer.from([1, 0, 2, 0, 3]));
    const text = await attachOne(vault, auditId, 'a.txt', 'x'.repeat(17 * 1024 * 1024));
    expect(await codeOf(vault.call('redaction.open', { evidenceId: mail.id }))).toBe('redaction.unsupported');
    expect(await codeOf(vault.call('redaction.open', { evidenceId: archive.id }))).toBe('redaction.unsupported');
    expect(await codeOf(vault.call('redaction.open', { evidenceId: text.id }))).toBe('redaction.too-large');
    expect(await codeOf(vault.call('redaction.open', { evidenceId: auditId as string }))).toBe('evidence.unknown');
  });

  it('is refused to whoever only reads, and in a frozen audit', async () => {
    const { vault, auditId } = await newAudit();
    const { id } = await attachOne(vault, auditId, 'a.txt', 'secret word');
    await vault.call('people.add', { ...ben, role: 'observer' });
    const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
    sessionOf(vault).records.raw.exec(`UPDATE audit SET state = 'signed'`);
    const places = [{ start: 0, end: 6, reason: 'phi' as const }];
    expect(await codeOf(vault.call('redaction.maskText', { redactionId, copy, places }))).toBe('audit.frozen');
    expect(await codeOf(vault.call('redaction.open', { evidenceId: id }))).toBe('audit.frozen');
    sessionOf(vault).records.raw.exec(`UPDATE audit SET state = 'fieldwork'`);
    vault.close();
    const other = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(other.call('redaction.open', { evidenceId: id }))).toBe('person.not-allowed');
  });

  it('keeps nothing when the original was destroyed or the audit frozen while the copy was made', async () => {
    const { vault, auditId } = await newAudit();
    for (const meanwhile of ['destroy', 'freeze'] as const) {
      const { id } = await attachOne(vault, auditId, 'screen.png', png(41, 31));
      const { redactionId } = await vault.call('redaction.open', { evidenceId: id });
      await vault.call('redaction.startCopy', { redactionId, copy, pages: 1, places: [corner] });
      await vault.call('redaction.startPage', { redactionId, width: 41, height: 31, pageWidth: 41, pageHeight: 31 });
      await vault.call('redaction.pixels', { redactionId, bytes: pixels(41, 31) });
      if (meanwhile === 'destroy') await vault.call('evidence.destroy', { evidenceId: id, reason: 'test' });
      else sessionOf(vault).records.raw.exec(`UPDATE audit SET state = 'signed'`);
      expect(await codeOf(vault.call('redaction.finish', { redactionId }))).toBe(
        meanwhile === 'destroy' ? 'evidence.unknown' : 'audit.frozen',
      );
      expect(objects(vault)).toBe(meanwhile === 'destroy' ? 0 : 1);
    }
  });

  it('is told from both sides, also when the original is gone', async () => {
    const { vault, auditId } = await newAudit();
    const original = await attachOne(vault, auditId, 'a.txt', 'secret word');
    const nothing = { origin: null, originGone: false, copies: [] };
    expect(await vault.call('redaction.related', { evidenceId: original.id })).toEqual(nothing);
    const { evidence } = await redactText(vault, original.id, [{ start: 0, end: 6, reason: 'secret' }]);
    expect(await vault.call('redaction.related', { evidenceId: original.id })).toEqual({
      ...nothing,
      copies: [{ id: evidence.id, label: 'E-002', title: 'Screen (redacted)', places: 1 }],
    });
    expect(await vault.call('redaction.related', { evidenceId: evidence.id })).toEqual({
      ...nothing,
      origin: { id: original.id, label: 'E-001', title: 'a', places: 0 },
    });
    await vault.call('evidence.destroy', { evidenceId: original.id as EvidenceId, reason: 'test' });
    expect(await vault.call('redaction.related', { evidenceId: evidence.id })).toEqual({ ...nothing, originGone: true });
    expect((await contentOf(vault, evidence.id)).toString('utf8')).toBe(`${textMask} word`);
  });
});
