import { basename } from 'node:path';
import { isCollectedLate } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { mostFolderFiles, type waysInFeature } from '../../shared/ipc/ways-in.ts';
import { requireOpenAudit } from './audit-repo.ts';
import { announce, type CallContext, type Handlers, lookAtFile, objectStore, openSession, takeFile } from './context.ts';
import { startObject } from './evidence/content.ts';
import { walkFolder } from './evidence/folder.ts';
import { safeRelativePath } from './evidence/names.ts';
import { sealFile } from './evidence/source.ts';
import { attachFiles, type FileToAttach } from './evidence-files.ts';
import { listTemplate, type ReadList, readList } from './evidence-import-list.ts';
import { assertControls } from './evidence-links.ts';
import { listMailAttachments, recordMailAttachment } from './evidence-mail.ts';
import { loadEvidence } from './evidence-repo.ts';
import { recordRevision, relationsOf, requireNewest } from './evidence-revisions.ts';
import { writeFileDurably } from './files.ts';
import { requireWriter, type Session } from './session.ts';

/** Evidence in by folder, by a list of files, and as a newer revision. */
export const waysInHandlers: Handlers<typeof waysInFeature> = {
  'evidence.attachFolder': async (context, { auditId, token, controls }) => {
    const session = writableSession(context);
    requireOpenAudit(session.records, auditId);
    assertControls(session.records, auditId, controls);
    const folder = takeFile(context, token, 'read-folder');
    context.progress({ label: basename(folder), done: 0, total: null, unit: 'bytes' });
    const entries = await walkFolder(folder, mostFolderFiles, context.signal);
    if (entries.length > mostFolderFiles) {
      throw new ExpectedError('evidence.too-many', 'Nothing was attached. Attach the folders in it one after the other.', {
        most: mostFolderFiles,
      });
    }
    const files = entries.map(
      ({ path, relativePath, refused }): FileToAttach => ({
        path: () => path,
        shownAs: safeRelativePath(relativePath),
        refused,
        details: { relativePath: `${basename(folder)}/${relativePath}` },
      }),
    );
    const results = await attachFiles(context, session, { auditId, controls, files });
    return { folder: basename(folder), results, notReached: files.length - results.length };
  },

  'evidence.replace': async (context, { evidenceId, token, reason }) => {
    const session = writableSession(context);
    const earlier = loadEvidence(session.records, evidenceId);
    requireOpenAudit(session.records, earlier.auditId);
    requireNewest(session.records, evidenceId);
    const path = takeFile(context, token, 'read');
    const object = await sealFile(
      path,
      (size) => startObject(objectStore(context), size),
      context.signal,
      (done, total) => context.progress({ label: basename(path), done, total, unit: 'bytes' }),
    );
    const result = await recordRevision(session, { earlier, originalName: basename(path), object, reason });
    announce(context, ['evidence', 'answers', 'findings'], earlier.auditId);
    return result;
  },

  'evidence.checkList': async (context, { auditId, token }) => {
    const session = writableSession(context);
    requireOpenAudit(session.records, auditId);
    const { name, entries, problems, ignored } = await judgeList(context, session, auditId, lookAtFile(context, token, 'read-list'));
    const receivedAt = new Date().toISOString();
    const late = entries.flatMap(({ line, details: { collectedAt = '' } }) =>
      isCollectedLate({ collectedAt, receivedAt }) ? [{ line, collectedAt }] : [],
    );
    return { name, rows: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0), problems, ignored, late };
  },

  'evidence.importList': async (context, { auditId, token }) => {
    const session = writableSession(context);
    requireOpenAudit(session.records, auditId);
    const { entries, problems } = await judgeList(context, session, auditId, takeFile(context, token, 'read-list'));
    if (problems.length > 0) return { problems, results: [], notReached: 0 };
    const files = entries.map(
      ({ path, relativePath, controls, details }): FileToAttach => ({
        path: () => path,
        shownAs: safeRelativePath(relativePath),
        details: { ...details, relativePath },
        controls,
      }),
    );
    const results = await attachFiles(context, session, { auditId, controls: [], files });
    return { problems, results, notReached: files.length - results.length };
  },

  'evidence.listTemplate': (context, { token }) => {
    openSession(context);
    const path = takeFile(context, token, 'write');
    writeFileDurably(path, listTemplate());
    return { name: basename(path) };
  },

  'evidence.mailAttachments': (context, { evidenceId }) => listMailAttachments(context, openSession(context), evidenceId),

  'evidence.takeAttachment': async (context, { evidenceId, index }) => {
    const session = writableSession(context);
    const { auditId } = loadEvidence(session.records, evidenceId);
    requireOpenAudit(session.records, auditId);
    const result = await recordMailAttachment(context, session, evidenceId, index);
    announce(context, ['evidence', 'answers'], auditId);
    return result;
  },

  'evidence.relations': (context, { evidenceId }) => relationsOf(openSession(context).records, evidenceId),
};

function writableSession(context: CallContext): Session {
  const session = openSession(context);
  requireWriter(session);
  return session;
}

function judgeList(context: CallContext, session: Session, auditId: AuditId, path: string): Promise<ReadList> {
  return readList(session.records, auditId, path, context.process.reader, context.signal);
}
