import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { MailAttachment } from '../../shared/domain/preview.ts';
import { type ReaderFile, readerBounds } from '../../shared/domain/reader.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { AttachResult } from '../../shared/ipc/evidence.ts';
import { announce, type CallContext } from './context.ts';
import { createObject } from './evidence/store.ts';
import { recordEvidence } from './evidence-attach.ts';
import { openForReader } from './evidence-content.ts';
import { loadEvidence } from './evidence-repo.ts';
import { readMailAttachment, readPreview } from './reader-client.ts';
import { change, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Attachments of a sealed mail. The reader takes the mail apart; what it hands back is sealed as a piece of its own. */

/** What is attached to a mail; nothing where the piece is no mail. Throws `reader.ended` where it could not be read to its end. */
export async function listMailAttachments(context: CallContext, session: Session, id: EvidenceId): Promise<readonly MailAttachment[]> {
  const mail = loadEvidence(session.records, id);
  const { content, limits } = await readPreview(context.process.reader, await openMail(context, session, mail), context.signal);
  // That it has none would be a guess.
  if (limits.includes('ended')) throw new ExpectedError('reader.ended', 'Export the mail and open it with a mail program.');
  const detail = 'attachments listed';
  change(session, (tx) =>
    appendTrail(tx, { action: 'evidence.viewed', subjectKind: 'evidence', subjectId: id, auditId: mail.auditId, detail }),
  );
  announce(context, [], mail.auditId);
  return content.kind === 'mail' ? content.mail.attachments : [];
}

/** Seals one attachment. Both ledgers tell of it: what was taken out of the mail, and where the new piece comes from. */
export async function recordMailAttachment(context: CallContext, session: Session, id: EvidenceId, index: number): Promise<AttachResult> {
  const mail = loadEvidence(session.records, id);
  const attachment = await readMailAttachment(context.process.reader, await openMail(context, session, mail), index, context.signal);
  if (attachment.bytes.length === 0) throw new ExpectedError('evidence.empty', 'The attachment has no content.');
  const { auditId, source, sensitivity, collector, collectedAt } = mail;
  const writer = createObject(session.chunks, session.keys.evidence);
  writer.write(attachment.bytes);
  return recordEvidence(session, {
    auditId,
    originalName: attachment.name,
    controls: mail.controls,
    object: writer.finish(),
    details: { source, sensitivity, collector, collectedAt, derivedFrom: id, derivation: 'attachment' },
    alsoRecord(tx, newId) {
      const { number } = loadEvidence(tx.database, newId);
      const about = { subjectKind: 'evidence', auditId };
      appendTrail(tx, { ...about, action: 'evidence.viewed', subjectId: id, detail: `attachment taken as ${evidenceLabel(number)}` });
      appendTrail(tx, { ...about, action: 'evidence.received', subjectId: newId, detail: `attachment of ${evidenceLabel(mail.number)}` });
    },
  });
}

/** The whole mail: half of one could end in the middle of an attachment. */
async function openMail(context: CallContext, session: Session, mail: Evidence): Promise<ReaderFile> {
  if (mail.size > readerBounds.jobBytes)
    throw new ExpectedError('reader.unreadable', 'Export the mail and open it with a mail program.', { reason: 'size' });
  const { mediaType } = mail;
  // Texts are cut earlier; a mail is one by its type.
  const file = await openForReader(session, { ...mail, mediaType: 'application/octet-stream' }, context.signal);
  return { ...file, mediaType };
}
