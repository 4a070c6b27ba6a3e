import { basename } from 'node:path';
import { counted } from '../../shared/domain/count.ts';
import type { CustodyRecord } from '../../shared/domain/custody.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { custodyFeature } from '../../shared/ipc/custody.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAudit } from './audit-repo.ts';
import { announce, type Handlers, openSession, takeFile } from './context.ts';
import { auditOfPiece, controlNames, custodyRecord, listDestroyed, noteHandOver } from './custody.ts';
import { listEvidenceIds } from './evidence-repo.ts';
import { writeFileDurably } from './files.ts';
import { giveWay } from './give-way.ts';
import { openCustodyPrinter } from './report/render/custody-printer.ts';
import { change, requireWriter, type Session } from './session.ts';
import { appendTrail, trailHead } from './trail.ts';

/** Custody: what happened to a piece, what people note about it, and the form of it on paper. */
export const custodyHandlers: Handlers<typeof custodyFeature> = {
  'custody.get': (context, { evidenceId }) => {
    const session = openSession(context);
    return custodyRecord(session, evidenceId, controlNames(session.records, auditOfPiece(session.records, evidenceId)));
  },

  'custody.destroyed': (context, { auditId }) => listDestroyed(openSession(context).records, auditId),

  'custody.handOver': (context, { evidenceIds, action, ...note }) => {
    const session = openSession(context);
    requireWriter(session);
    // A signed audit keeps its evidence, and what happens to that goes on being noted.
    const audits = change(session, (tx) => new Set(evidenceIds.map((id) => noteHandOver(tx, id, action, note))));
    for (const auditId of audits) announce(context, ['evidence'], auditId);
    return null;
  },

  'custody.export': async (context, { auditId, evidenceId, token }) => {
    const session = openSession(context);
    const path = takeFile(context, token, 'write');
    const audit = loadAudit(session.records, auditId);
    const names = controlNames(session.records, auditId);
    if (evidenceId !== null && auditOfPiece(session.records, evidenceId) !== auditId)
      throw new ExpectedError('evidence.unknown', 'It belongs to another audit.');
    const wanted = evidenceId === null ? everyPiece(session, auditId) : [evidenceId];
    const records: CustodyRecord[] = [];
    for (const id of wanted) {
      records.push(custodyRecord(session, id, names));
      await giveWay(context);
    }
    const { fonts: fontsDirectory, reportWorker: workerPath } = context.process.assets;
    const printer = openCustodyPrinter({ workerPath, fontsDirectory, signal: context.signal });
    try {
      const { organisation, title } = audit;
      const head = { organisation, audit: title, printedAt: new Date().toISOString(), printedBy: session.me.name };
      writeFileDurably(path, await printer.print({ ...head, trail: trailHead(session.records), records }));
    } finally {
      printer.close();
    }
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'custody.exported',
        subjectKind: evidenceId === null ? 'audit' : 'evidence',
        subjectId: evidenceId ?? auditId,
        auditId,
        detail: counted(records.length, 'form'),
      }),
    );
    announce(context, [], auditId);
    return { name: basename(path), forms: records.length };
  },
};

/** Those that are there by number, then those that are gone: a ledger that leaves them out would not be whole. */
function everyPiece({ records }: Session, auditId: AuditId): EvidenceId[] {
  return [...listEvidenceIds(records, auditId), ...listDestroyed(records, auditId).map(({ id }) => id as EvidenceId)];
}
