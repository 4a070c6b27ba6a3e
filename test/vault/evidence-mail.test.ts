import { describe, expect, it } from 'vitest';
import { noReader } from '../../electron/vault/reader/queue.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { attach, codeOf, newAudit, riskAnalysis } from './fixture.ts';
import { tamper } from './helpers.ts';

const mail = (attachment: string) =>
  [
    'From: Jo Field <jo@example.org>',
    'Subject: The policy',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=cut',
    '',
    '--cut',
    'Content-Type: text/plain',
    '',
    'Here it is.',
    '--cut',
    'Content-Type: text/plain; name="../policy.txt"',
    'Content-Disposition: attachment; filename="../policy.txt"',
    '',
    attachment,
    '--cut--',
    '',
  ].join('\r\n');

async function withMail() {
  const { vault, auditId } = await newAudit();
  const { evidence } = await attach(vault, auditId, 'answer.eml', mail('The policy in full.'), [riskAnalysis]);
  return { vault, auditId, evidenceId: evidence?.id as EvidenceId };
}

describe('attachments of a sealed mail', () => {
  it('are listed, and each becomes a piece of its own of which both ledgers tell', async () => {
    const { vault, evidenceId } = await withMail();
    const [attachment] = await vault.call('evidence.mailAttachments', { evidenceId });
    expect(attachment).toMatchObject({ index: 0, mediaType: 'text/plain' });
    const { evidence } = await vault.call('evidence.takeAttachment', { evidenceId, index: 0 });
    expect(evidence).toMatchObject({
      originalName: 'policy.txt',
      derivedFrom: evidenceId,
      derivation: 'attachment',
      controls: [riskAnalysis],
    });
    const { custody } = await vault.call('evidence.get', { evidenceId });
    expect(custody.map(({ detail }) => detail)).toContain('attachment taken as E-002');
    const own = await vault.call('evidence.get', { evidenceId: evidence?.id as EvidenceId });
    expect(own.custody.at(-1)).toMatchObject({ action: 'received', detail: 'attachment of E-001' });
    expect(await vault.call('evidence.relations', { evidenceId })).toMatchObject({ derived: [{ number: 2, derivation: 'attachment' }] });
    const { origin } = await vault.call('evidence.relations', { evidenceId: evidence?.id as EvidenceId });
    expect(origin).toMatchObject({ id: evidenceId, number: 1 });
    expect((await vault.call('evidence.takeAttachment', { evidenceId, index: 0 })).duplicateOf).toBe(evidence?.id);
  });

  it('are none where the piece is no mail', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(vault, auditId, 'a.txt', 'no mail');
    expect(await vault.call('evidence.mailAttachments', { evidenceId: evidence?.id as EvidenceId })).toEqual([]);
  });

  it('are not said to be none where the reader ended', async () => {
    const { vault, evidenceId } = await withMail();
    Object.assign(vault.process, { reader: noReader });
    expect(await codeOf(vault.call('evidence.mailAttachments', { evidenceId }))).toBe('reader.ended');
  });

  it('are refused where there is none with this number and in a frozen audit', async () => {
    const { vault, evidenceId } = await withMail();
    expect(await codeOf(vault.call('evidence.takeAttachment', { evidenceId, index: 7 }))).toBe('reader.unreadable');
    tamper(vault, "UPDATE audit SET state = 'signed'");
    expect(await codeOf(vault.call('evidence.takeAttachment', { evidenceId, index: 0 }))).toBe('audit.frozen');
  });

  it('without content are no evidence', async () => {
    const { vault, auditId } = await newAudit();
    const { evidence } = await attach(
      vault,
      auditId,
      'empty.eml',
      mail('').replace('Content-Disposition', 'Content-Transfer-Encoding: base64\r\nContent-Disposition'),
    );
    const evidenceId = evidence?.id as EvidenceId;
    expect(await vault.call('evidence.mailAttachments', { evidenceId })).toHaveLength(1);
    expect(await codeOf(vault.call('evidence.takeAttachment', { evidenceId, index: 0 }))).toBe('evidence.empty');
    expect(await vault.call('evidence.list', { auditId })).toHaveLength(1);
  });

  it('of a mail too large to be read whole are not guessed at', async () => {
    const { vault, evidenceId } = await withMail();
    tamper(vault, 'UPDATE evidence_object SET size = 100000000');
    expect(await codeOf(vault.call('evidence.takeAttachment', { evidenceId, index: 0 }))).toBe('reader.unreadable');
  });
});
