import { basename } from 'node:path';
import { isReversedPeriod } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { evidenceFeature } from '../../shared/ipc/evidence.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { readBody } from './body/read-body.ts';
import { writeBody } from './body/write-body.ts';
import { announce, type CallContext, type Handlers, objectStore, openSession, takeFile } from './context.ts';
import { custodyLedger } from './custody.ts';
import { emptyLog } from './db/open.ts';
import { updateRecord } from './db/records.ts';
import { sql } from './db/sql.ts';
import { openContent } from './evidence/content.ts';
import { previewKind } from './evidence/media-type.ts';
import { removeObjects } from './evidence/space.ts';
import type { AttachmentDetails } from './evidence-attach.ts';
import { evidenceChanges } from './evidence-changes.ts';
import { openForReader } from './evidence-content.ts';
import { destroyPiece } from './evidence-destroy.ts';
import { attachFiles, type FileToAttach } from './evidence-files.ts';
import { noteIdentifiers } from './evidence-identifiers.ts';
import { readAttached } from './evidence-index.ts';
import { assertControls, linkToControl } from './evidence-links.ts';
import { listEvidence, loadEvidence, loadObject } from './evidence-repo.ts';
import { beginUpload, cancelUpload, finishUpload, uploadChunk } from './evidence-uploads.ts';
import { verifyPiece } from './evidence-verify.ts';
import { exportFile } from './file-export.ts';
import { readPreview, readScan } from './reader-client.ts';
import { change, requireWriter, type Session } from './session.ts';
import { appendTrail } from './trail.ts';

/** Evidence: in, described, linked, looked at, verified, out. */
export const evidenceHandlers: Handlers<typeof evidenceFeature> = {
  'evidence.list': (context, { auditId, after, limit }) => listEvidence(openSession(context).records, auditId, { after, limit }),

  'evidence.changed': (context, { auditId, since }) => evidenceChanges(openSession(context).records, auditId, since),

  'evidence.get': (context, { evidenceId }) => {
    const { records } = openSession(context);
    const evidence = loadEvidence(records, evidenceId);
    const receivedBy = records.get<{ name: string }>(sql`SELECT name FROM person WHERE id = ${evidence.receivedBy}`);
    return {
      evidence,
      custody: custodyLedger(records, evidenceId, evidence.sha256),
      preview: previewKind(evidence.mediaType),
      receivedByName: receivedBy?.name ?? '',
    };
  },

  'evidence.attachPicked': (context, { auditId, tokens, controls }) => {
    const session = openSession(context);
    requireWriter(session);
    requireOpenAudit(session.records, auditId);
    const files = tokens.map((token): FileToAttach => ({ path: () => takeFile(context, token, 'read'), details: {} }));
    return attachFiles(context, session, { auditId, controls, files });
  },

  'evidence.beginUpload': (context, payload) => {
    const session = openSession(context);
    requireWriter(session);
    // The dispatcher took out members that are there but undefined.
    const details = (payload.details ?? {}) as AttachmentDetails;
    return { uploadId: beginUpload(context.process.uploads, session, objectStore(context), { ...payload, details }) };
  },

  'evidence.uploadChunk': async (context, { uploadId, bytes }) => {
    openSession(context);
    await uploadChunk(context.process.uploads, uploadId, bytes);
    return null;
  },

  'evidence.finishUpload': async (context, { uploadId }) => {
    const session = openSession(context);
    const result = await finishUpload(context.process.uploads, session, uploadId);
    const { evidence } = result;
    const identifiers = evidence === null ? [] : await readAttached(context.process, session, evidence);
    announce(context, ['evidence', 'answers'], evidence?.auditId ?? null);
    return { ...result, identifiers };
  },

  'evidence.cancelUpload': async (context, { uploadId }) => {
    openSession(context);
    await cancelUpload(context.process.uploads, uploadId);
    return null;
  },

  'evidence.update': (context, { evidenceId, patch }) => {
    const session = openSession(context);
    const { auditId } = editable(session, evidenceId);
    const evidence = change(session, (tx) => {
      const before = updateRecord(tx, 'evidence', evidenceId, patch);
      const evidence = loadEvidence(tx.database, evidenceId);
      const periodChanged = patch.effectiveFrom !== undefined || patch.effectiveTo !== undefined;
      if (periodChanged && isReversedPeriod(evidence)) throw new ExpectedError('evidence.period-reversed', 'Nothing was changed.');
      appendTrail(tx, {
        action: 'evidence.described',
        subjectKind: 'evidence',
        subjectId: evidenceId,
        auditId,
        detail: Object.keys(patch).join(', '),
        before,
        after: patch,
      });
      return evidence;
    });
    announce(context, ['evidence'], auditId);
    return evidence;
  },

  'evidence.link': (context, { evidenceId, controls }) => setControlLinks(context, evidenceId, controls, true),
  'evidence.unlink': (context, { evidenceId, controls }) => setControlLinks(context, evidenceId, controls, false),

  'evidence.destroy': async (context, { evidenceId, reason }) => {
    const session = openSession(context);
    const { auditId } = editable(session, evidenceId);
    const unused = change(session, (tx) => destroyPiece(tx, evidenceId, reason));
    emptyLog(session.records);
    if (unused !== null) await removeObjects(session.chunks, [unused]);
    announce(context, ['evidence'], auditId);
    return null;
  },

  'evidence.preview': async (context, { evidenceId }) => {
    const session = openSession(context);
    const evidence = loadEvidence(session.records, evidenceId);
    const file = await openForReader(session, evidence, context.signal);
    const preview = await readPreview(context.process.reader, file, context.signal);
    noteCustody(session, evidenceId, 'viewed', '');
    announce(context, [], evidence.auditId);
    return { ...preview, mediaType: evidence.mediaType };
  },

  'evidence.scan': async (context, { evidenceId }) => {
    const session = openSession(context);
    const evidence = loadEvidence(session.records, evidenceId);
    const file = await openForReader(session, evidence, context.signal);
    const { scan, cut } = await readScan(context.process.reader, file, context.signal);
    if (scan === null) return { hits: [], counts: [], looked: false, truncated: false };
    noteCustody(session, evidenceId, 'viewed', 'searched for identifiers');
    change(session, (tx) => noteIdentifiers(tx, evidence.auditId, evidenceId, scan.counts));
    announce(context, [], evidence.auditId);
    return { ...scan, looked: true, truncated: cut };
  },

  'evidence.verify': async (context, { evidenceId }) => {
    const session = openSession(context);
    const evidence = loadEvidence(session.records, evidenceId);
    let done = 0;
    const verification = await verifyPiece(context, session, evidence, (bytes) => {
      done += bytes;
      context.progress({ label: evidence.originalName, done, total: evidence.size, unit: 'bytes' });
    });
    announce(context, ['evidence'], evidence.auditId);
    return verification;
  },

  'evidence.exportBody': async (context, { auditId, token, reason, ...options }) => {
    const session = openSession(context);
    const written = await writeBody(context, session, auditId, takeFile(context, token, 'write'), reason, options);
    announce(context, ['evidence'], auditId);
    return written;
  },

  'evidence.importBody': async (context, { auditId, token }) => {
    const session = openSession(context);
    requireWriter(session);
    requireOpenAudit(session.records, auditId);
    const taken = await readBody(context, session, auditId, takeFile(context, token, 'read'));
    announce(context, ['evidence', 'answers'], auditId);
    return taken;
  },

  'evidence.exportOriginal': async (context, { evidenceId, token, reason }) => {
    const session = openSession(context);
    const evidence = loadEvidence(session.records, evidenceId);
    const path = takeFile(context, token, 'write');
    const object = loadObject(session.records, evidenceId);
    await exportFile(path, openContent(objectStore(context), object), {
      total: evidence.size,
      label: evidence.originalName,
      expectedSha256: evidence.sha256,
      context,
    });
    noteCustody(session, evidenceId, 'exported', reason);
    announce(context, ['evidence'], evidence.auditId);
    return { name: basename(path), size: evidence.size };
  },
};

function setControlLinks(context: CallContext, evidenceId: EvidenceId, controls: Parameters<typeof assertControls>[2], present: boolean) {
  const session = openSession(context);
  const { auditId } = editable(session, evidenceId);
  const evidence = change(session, (tx) => {
    assertControls(tx.database, auditId, controls);
    for (const control of controls) linkToControl(tx, auditId, evidenceId, control, present);
    return loadEvidence(tx.database, evidenceId);
  });
  announce(context, ['evidence', 'answers'], auditId);
  return evidence;
}

/** The evidence when this person may change it and its audit is not frozen. */
function editable(session: Session, evidenceId: EvidenceId) {
  requireWriter(session);
  const evidence = loadEvidence(session.records, evidenceId);
  requireOpenAudit(session.records, evidence.auditId);
  return evidence;
}

/** Adds a custody event: who did what with the content. Returns its time. */
function noteCustody(session: Session, evidenceId: EvidenceId, action: 'viewed' | 'exported', detail: string): string {
  const { auditId } = loadEvidence(session.records, evidenceId);
  return change(session, (tx) => {
    appendTrail(tx, { action: `evidence.${action}`, subjectKind: 'evidence', subjectId: evidenceId, auditId, detail });
    return tx.at;
  });
}
