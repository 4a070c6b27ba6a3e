import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { AuditId, ReportId } from '../../shared/domain/ids.ts';
import { maySign } from '../../shared/domain/person.ts';
import type { ReportModel } from '../../shared/domain/report-model.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import type { ReportOptions, reportsFeature, StoredReport } from '../../shared/ipc/reports.ts';
import { loadAudit, requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, objectStore, openSession, takeFile } from './context.ts';
import { describeCertificate } from './crypto/identity.ts';
import { updateRecord } from './db/records.ts';
import { type ReadableDatabase, type Row, sql } from './db/sql.ts';
import { openContent } from './evidence/content.ts';
import { readSmallFile } from './evidence/source.ts';
import { createObject, deleteObject, readObject, type SealedObject } from './evidence/store.ts';
import { insertObject } from './evidence-attach.ts';
import { decodeObject, findObjectByHash } from './evidence-repo.ts';
import { exportFile } from './file-export.ts';
import { giveWay } from './give-way.ts';
import { renderInWorker } from './report/render/in-worker.ts';
import { signPdf } from './report/sign/sign-pdf.ts';
import { largestReport, verifyReport } from './report/verify/verify.ts';
import { isReady, takeSnapshot } from './report-snapshot.ts';
import { change, requireWriter, type Session } from './session.ts';
import { currentIdentity, mySigningKey } from './signing.ts';
import { appendTrail, trailHead, verifyTrail } from './trail.ts';
import { listTrail } from './trail-list.ts';

/** Reports: preview, signing, handing out; verification of any PDF; the trail as a list. */
export const reportsHandlers: Handlers<typeof reportsFeature> = {
  'reports.list': (context, { auditId }) => {
    const { records } = openSession(context);
    return records
      .all(sql`SELECT report.*, evidence_object.sha256, evidence_object.size FROM report JOIN evidence_object ON evidence_object.id = report.object_id
               WHERE report.audit_id = ${auditId} ORDER BY report.created_at DESC`)
      .map(decodeReport);
  },

  'reports.preview': async (context, { auditId, options }) => {
    const session = openSession(context);
    const fingerprint = currentIdentity(session.records, session.me.id)?.fingerprint ?? '';
    const model = await takeSnapshot(session, auditId, options, fingerprint, () => giveWay(context));
    const { bytes, pages } = await render(context, model);
    return { bytes, pages, checks: [...model.checks] };
  },

  'reports.sign': async (context, { auditId, options }) => {
    const report = await signReport(context, auditId, options);
    announce(context, ['reports', 'audits', 'people'], auditId);
    return report;
  },

  'reports.export': async (context, { reportId, token }) => {
    const session = openSession(context);
    const { object, row } = findReport(session.records, reportId);
    const path = takeFile(context, token, 'write');
    await exportFile(path, openContent(objectStore(context), object), {
      total: object.size,
      label: basename(path),
      expectedSha256: object.sha256,
      context,
    });
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'report.exported',
        subjectKind: 'report',
        subjectId: reportId,
        auditId: String(row.audit_id),
        detail: String(row.number),
      }),
    );
    announce(context, ['reports'], String(row.audit_id));
    return { name: basename(path), size: object.size };
  },

  'reports.read': (context, { reportId }) => {
    const session = openSession(context);
    const { object } = findReport(session.records, reportId);
    return { bytes: new Uint8Array(Buffer.concat([...readObject(session.chunks, object, session.keys.evidence)])) };
  },

  'reports.reopen': (context, { auditId, reason }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => {
      const audit = loadAudit(tx.database, auditId);
      if (audit.state !== 'signed' && audit.state !== 'archived') return;
      updateRecord(tx, 'audit', auditId, { state: 'fieldwork', revision: audit.revision + 1 });
      appendTrail(tx, {
        action: 'audit.reopened',
        subjectKind: 'audit',
        subjectId: auditId,
        auditId,
        detail: `revision ${audit.revision + 1}`,
        before: audit.revision,
        after: { revision: audit.revision + 1, reason },
      });
    });
    announce(context, ['audits', 'answers', 'reports'], auditId);
    return null;
  },

  'verify.picked': async (context, { token }) => {
    const path = takeFile(context, token, 'read');
    return { name: basename(path), verification: await verifyReport(await readReport(path)) };
  },

  'verify.bytes': async (_context, { name, bytes }) => ({ name, verification: await verifyReport(bytes) }),

  'trail.list': (context, query) => listTrail(openSession(context).records, query),

  'trail.verify': (context) => {
    const session = openSession(context);
    return verifyTrail(session.records, session.keys.trail, (checked) => {
      context.progress({ label: 'trail', done: checked, total: null, unit: 'items' });
      return giveWay(context);
    });
  },

  'trail.head': (context) => trailHead(openSession(context).records),
};

/**
 * Renders, signs and keeps a report. The model is frozen before rendering; when the audit changed meanwhile, the work
 * starts over, so that a signed report never says less than the audit knew at signing.
 */
async function signReport(context: CallContext, auditId: AuditId, options: ReportOptions): Promise<StoredReport> {
  const session = openSession(context);
  if (!maySign(session.me.role)) throw new ExpectedError('person.not-allowed', 'Observers read; ask an auditor or a reviewer to sign.');
  requireOpenAudit(session.records, auditId);
  const key = await mySigningKey(session);
  const { fingerprint } = describeCertificate(key.certificateDer);
  for (;;) {
    const model = await takeSnapshot(session, auditId, options, fingerprint, () => giveWay(context));
    if (options.final && !isReady(model.checks)) {
      throw new ExpectedError('report.open-checks', 'Close them, or sign a draft.', {
        open: model.checks.filter((check) => check.severity === 'blocking').length,
      });
    }
    const { bytes, signatureBox } = await render(context, model);
    const signed = await signPdf({
      pdf: bytes,
      box: signatureBox,
      ...key,
      signedAt: new Date(model.createdAt),
      name: session.me.name,
      reason: model.draft ? 'Draft report' : 'Final report',
    });
    if (context.signal.aborted) throw new CancelledError();
    const object = sealBytes(session, signed);
    let stored: StoredReport | null = null;
    try {
      stored = keepReport(session, auditId, model, object);
    } finally {
      if (stored === null) deleteObject(session.chunks, object.id);
    }
    if (stored !== null) return stored;
  }
}

async function render(context: CallContext, model: ReportModel) {
  const { assets } = context.process;
  const total = model.sections.reduce((sum, section) => sum + section.controls.length, 0);
  context.progress({ label: 'report', done: 0, total, unit: 'items' });
  const rendered = await renderInWorker(model, { workerPath: assets.reportWorker, fontsDirectory: assets.fonts, signal: context.signal });
  context.progress({ label: 'report', done: total, total, unit: 'items' });
  return rendered;
}

function sealBytes(session: Session, bytes: Uint8Array): SealedObject {
  const writer = createObject(session.chunks, session.keys.evidence);
  writer.write(bytes);
  return writer.finish();
}

/** Records the report, freezes the audit when final; null when the audit changed since the snapshot. */
function keepReport(session: Session, auditId: AuditId, model: ReportModel, object: SealedObject): StoredReport | null {
  const id = randomUUID() as ReportId;
  return change(session, (tx) => {
    requireOpenAudit(tx.database, auditId);
    const newer = tx.database.get(
      sql`SELECT 1 FROM trail WHERE audit_id = ${auditId} AND sequence > ${model.trailHead.sequence} AND action NOT IN ('evidence.viewed', 'evidence.verified', 'evidence.exported', 'evidence.not-exported', 'report.exported') LIMIT 1`,
    );
    if (newer !== undefined) return null;
    const stored = findObjectByHash(tx.database, object.sha256) ?? insertObject(tx, object);
    tx.database.run(
      sql`INSERT INTO report (id, audit_id, number, revision, draft, created_at, signer, fingerprint, model, trail_sequence, trail_hash, object_id)
          VALUES (${id}, ${auditId}, ${model.number}, ${model.revision}, ${model.draft ? 1 : 0}, ${model.createdAt}, ${model.signer.name}, ${model.signer.fingerprint},
            ${JSON.stringify(model)}, ${model.trailHead.sequence}, ${model.trailHead.hash}, ${stored.id})`,
    );
    if (!model.draft) updateRecord(tx, 'audit', auditId, { state: 'signed' });
    appendTrail(tx, {
      action: 'report.signed',
      subjectKind: 'report',
      subjectId: id,
      auditId,
      detail: `${model.number} r${model.revision}, ${model.draft ? 'draft' : 'final'}, SHA-256 ${object.sha256}`,
      after: { sha256: object.sha256, trailHead: model.trailHead, model: createHash('sha256').update(JSON.stringify(model)).digest('hex') },
    });
    return decodeReport({
      ...tx.database.get(sql`SELECT * FROM report WHERE id = ${id}`),
      sha256: object.sha256,
      size: object.size,
    } as Row);
  });
}

function findReport(database: ReadableDatabase, reportId: ReportId): { row: Row; object: SealedObject } {
  const row = database.get(sql`SELECT * FROM report WHERE id = ${reportId}`);
  if (row === undefined) throw new ExpectedError('report.unknown', 'Go back to the list of reports.');
  const object = database.get(sql`SELECT * FROM evidence_object WHERE id = ${String(row.object_id)}`);
  return { row, object: decodeObject(object as Row) };
}

function decodeReport(row: Row): StoredReport {
  return {
    id: String(row.id) as ReportId,
    number: String(row.number),
    revision: Number(row.revision),
    draft: row.draft === 1,
    createdAt: String(row.created_at),
    signer: String(row.signer),
    fingerprint: String(row.fingerprint),
    sha256: String(row.sha256),
    size: Number(row.size),
    trailHead: { sequence: Number(row.trail_sequence), hash: String(row.trail_hash) },
  };
}

/** The bytes of a file given to verify. Errors: `verify.unreadable`. */
export async function readReport(path: string): Promise<Uint8Array> {
  const bytes = await readSmallFile(path, largestReport);
  if (bytes === null)
    throw new ExpectedError(
      'verify.unreadable',
      'Check that the file exists, that you may open it, and that it is no larger than a report can be.',
    );
  return bytes;
}
