import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { maskText, rangeToPlace, redactionHindrance, redactionKind } from '../../shared/domain/redaction.ts';
import { applyProfile } from '../../shared/domain/redaction-profile.ts';
import { type DecodedText, decodeText } from '../../shared/domain/text-encoding.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { pixelChunkLimit, type RedactionResult, type RelatedPiece, type redactionFeature } from '../../shared/ipc/redaction.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, openSession } from './context.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { createObject, readObject } from './evidence/store.ts';
import { listSensitivities, loadEvidence, loadObject } from './evidence-repo.ts';
import { giveWay } from './give-way.ts';
import { keepMarks, loadMarks } from './redaction-drafts.ts';
import { closeJob, findJob, finishCopy, openJob, startCopy, startPage, takePixels } from './redaction-jobs.ts';
import { nothingRedacted, recordCopy } from './redaction-record.ts';
import { withheldChecks } from './report-redaction.ts';
import { change, requireWriter, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Redacted copies: the window marks, the vault blacks out, seals and records. The original is only read. */
export const redactionHandlers: Handlers<typeof redactionFeature> = {
  'redaction.open': async (context, { evidenceId }) => {
    const session = openSession(context);
    const evidence = redactable(session, evidenceId);
    const kind = redactionKind(evidence.mediaType) ?? 'text';
    const read = () => readObject(session.chunks, loadObject(session.records, evidenceId), session.keys.evidence);
    const text = kind === 'text' ? (await readText(context, read())).text : null;
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'evidence.viewed',
        subjectKind: 'evidence',
        subjectId: evidenceId,
        auditId: evidence.auditId,
        detail: 'opened to make a redacted copy',
      }),
    );
    announce(context, ['evidence'], evidence.auditId);
    const job = openJob(session, { evidenceId, number: evidence.number, kind, source: read() });
    return { redactionId: job.id, kind, size: evidence.size, text, marks: loadMarks(session, evidenceId) };
  },

  'redaction.keepMarks': (context, { redactionId, marks }) => {
    const session = openSession(context);
    const { evidenceId } = findJob(session, redactionId);
    change(session, (tx) => {
      loadEvidence(tx.database, evidenceId);
      keepMarks(tx, evidenceId, marks);
    });
    return null;
  },

  'redaction.read': (context, { redactionId }) => {
    const { source } = findJob(openSession(context), redactionId);
    const parts: Buffer[] = [];
    let length = 0;
    while (length < pixelChunkLimit) {
      const { value, done } = source.next();
      if (done === true) return { bytes: new Uint8Array(Buffer.concat(parts)), done: true };
      parts.push(value);
      length += value.length;
    }
    return { bytes: new Uint8Array(Buffer.concat(parts)), done: false };
  },

  'redaction.close': (context, { redactionId }) => {
    closeJob(openSession(context), redactionId);
    return null;
  },

  'redaction.maskText': async (context, { redactionId, copy, places }) => {
    const session = openSession(context);
    const job = findJob(session, redactionId);
    redactable(session, job.evidenceId);
    if (job.kind !== 'text') throw new ExpectedError('redaction.incomplete', 'Nothing was kept. Save the copy again.');
    const object = loadObject(session.records, job.evidenceId);
    const { text, encoding } = await readText(context, readObject(session.chunks, object, session.keys.evidence));
    if (places.some(({ start, end }) => start >= end || end > text.length)) throw nothingRedacted();
    const writer = createObject(session.chunks, session.keys.evidence);
    // A page or table that says another encoding, or none, is read rightly elsewhere by the mark at its beginning.
    const mark = encoding === 'UTF-8' ? '' : '\ufeff';
    writer.write(new TextEncoder().encode(mark + maskText(text, places)));
    const original = loadEvidence(session.records, job.evidenceId);
    return announced(
      context,
      recordCopy(session, {
        originalId: job.evidenceId,
        object: writer.finish(),
        copy,
        places: places.map((place) => rangeToPlace(place, place.reason)),
        mediaType: original.mediaType,
        extension: /\.[a-z0-9]{1,8}$/i.exec(original.originalName)?.[0] ?? '.txt',
      }),
    );
  },

  'redaction.startCopy': (context, { redactionId, ...input }) => {
    const session = openSession(context);
    const job = findJob(session, redactionId);
    redactable(session, job.evidenceId);
    startCopy(session, job, input);
    return null;
  },

  'redaction.startPage': (context, { redactionId, ...page }) => {
    startPage(findJob(openSession(context), redactionId), page);
    return null;
  },

  'redaction.pixels': async (context, { redactionId, bytes }) => {
    await takePixels(findJob(openSession(context), redactionId), bytes);
    return null;
  },

  'redaction.finish': async (context, { redactionId }) => {
    const session = openSession(context);
    const job = findJob(session, redactionId);
    const { object, copy, places } = await finishCopy(job);
    const isPdf = job.kind === 'pdf';
    return announced(
      context,
      recordCopy(session, {
        originalId: job.evidenceId,
        object,
        copy,
        places,
        mediaType: isPdf ? 'application/pdf' : 'image/png',
        extension: isPdf ? '.pdf' : '.png',
      }),
    );
  },

  'redaction.related': (context, { evidenceId }) => {
    const { records } = openSession(context);
    const { derivation, derivedFrom } = loadEvidence(records, evidenceId);
    const made = derivation === 'redacted' && derivedFrom !== '';
    const [origin] = made ? listPieces(records, sql`evidence.id = ${derivedFrom}`) : [];
    return {
      origin: origin ?? null,
      originGone: made && origin === undefined,
      copies: listPieces(records, sql`evidence.derived_from = ${evidenceId} AND evidence.derivation = 'redacted'`),
    };
  },

  'redaction.checks': (context, { auditId }) => {
    const { records } = openSession(context);
    return withheldChecks(applyProfile(listSensitivities(records, auditId), 'redacted'));
  },
};

/** The evidence when a copy of it may be made by this person. Errors: `redaction.unsupported`, `redaction.too-large`. */
function redactable(session: Session, evidenceId: EvidenceId) {
  requireWriter(session);
  const evidence = loadEvidence(session.records, evidenceId);
  requireOpenAudit(session.records, evidence.auditId);
  const hindrance = redactionHindrance(evidence);
  if (hindrance === 'size') throw new ExpectedError('redaction.too-large', 'Split the file, and redact the part that is needed.');
  if (hindrance !== null) throw new ExpectedError('redaction.unsupported', 'Make a PDF or a picture of it, attach that, and redact it.');
  return evidence;
}

function announced(context: CallContext, result: RedactionResult): RedactionResult {
  announce(context, ['evidence', 'answers'], result.evidence.auditId);
  return result;
}

/** The text as the preview shows it. */
async function readText(context: CallContext, source: Iterable<Buffer>): Promise<DecodedText> {
  const parts: Buffer[] = [];
  for (const chunk of source) {
    parts.push(chunk);
    await giveWay(context);
  }
  return decodeText(Buffer.concat(parts), TextDecoder);
}

function listPieces(database: ReadableDatabase, condition: ReturnType<typeof sql>): RelatedPiece[] {
  return database
    .all<{ id: EvidenceId; number: number; title: string; redactions: string }>(
      sql`SELECT id, number, title, redactions FROM evidence WHERE ${condition} ORDER BY number`,
    )
    .map(({ id, number, title, redactions }) => ({
      id,
      label: evidenceLabel(number),
      title,
      places: (JSON.parse(redactions) as unknown[]).length,
    }));
}
