import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { counted } from '../../../shared/domain/count.ts';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../../shared/domain/evidence.ts';
import type { AuditId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import type { BodyOptions } from '../../../shared/ipc/evidence.ts';
import { loadAudit, loadAuditControls } from '../audit-repo.ts';
import { type CallContext, objectStore } from '../context.ts';
import { controlNames, custodyRecord } from '../custody.ts';
import { openContent } from '../evidence/content.ts';
import { handOut } from '../evidence-exported.ts';
import { readEvidenceAhead } from '../evidence-reading.ts';
import { loadObject } from '../evidence-repo.ts';
import { translateFileError } from '../files.ts';
import { giveWay } from '../give-way.ts';
import { openCustodyPrinter } from '../report/render/custody-printer.ts';
import { change, type Session } from '../session.ts';
import { appendTrail, trailHead } from '../trail.ts';
import { choosePieces } from './choice.ts';
import { type BodyHead, checksums, custodyPath, indexCsv, indexHtml } from './documents.ts';
import { openFolderSink } from './folder-sink.ts';
import { type PlacedEvidence, placeEvidence } from './layout.ts';
import { type BodySink, wholeFile } from './sink.ts';
import { openZipSink } from './zip-sink.ts';

export interface WrittenBody {
  readonly name: string;
  readonly pieces: number;
  readonly bytes: number;
  /** Pieces that stayed out by choice. */
  readonly leftOut: number;
}

/**
 * Writes an audit's evidence into a new folder or one zip file. It appears under its name only when it is whole; a cancelled or
 * failed export leaves nothing. Every piece is compared with its sealed hash on the way out and noted as exported. Errors:
 * `file.exists`, `disk.full`, `file.not-written`, `evidence.damaged`.
 */
export async function writeBody(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  path: string,
  reason: string,
  options: BodyOptions,
): Promise<WrittenBody> {
  const audit = loadAudit(session.records, auditId);
  const evidence = await readEvidenceAhead(session.records, auditId, () => giveWay(context));
  const all = evidence(session.records);
  const { pieces, leftOut } = choosePieces(all, options);
  const placed = placeEvidence(pieces, loadAuditControls(session.records, auditId), all);
  // A zip file cannot point at the same bytes twice.
  const times = (piece: PlacedEvidence) => (options.form === 'zip' ? piece.paths.length : 1);
  const total = placed.reduce((sum, piece) => sum + piece.evidence.size * times(piece), 0);
  let done = 0;
  let sink: BodySink | null = null;
  try {
    sink = options.form === 'zip' ? await openZipSink(path) : await openFolderSink(path);
    for (const { evidence, paths } of placed) {
      const onBytes = (bytes: number) => {
        done += bytes;
        context.progress({ label: evidence.originalName, done, total, unit: 'bytes' });
      };
      const read = () => readWhole(context, session, evidence, onBytes);
      await sink.add({ paths, size: evidence.size, mediaType: evidence.mediaType, read });
    }
    const head = { organisation: audit.organisation, audit: audit.title, exportedBy: session.me.name, reason, leftOut };
    await finishBody(context, session, sink, auditId, placed, head);
  } catch (error) {
    await sink?.discard();
    throw translateFileError(error);
  }
  change(session, (tx) =>
    appendTrail(tx, {
      action: 'audit.evidence-exported',
      subjectKind: 'audit',
      subjectId: auditId,
      auditId,
      detail: `${counted(placed.length, 'piece')}, ${options.form}`,
      after: { reason, ...options },
    }),
  );
  return { name: basename(path), pieces: placed.length, bytes: placed.reduce((sum, { evidence }) => sum + evidence.size, 0), leftOut };
}

/** The content in pieces; throws at its end when it is not what was sealed. */
async function* readWhole(context: CallContext, session: Session, evidence: Evidence, onBytes: (bytes: number) => void) {
  const content = openContent(objectStore(context), loadObject(session.records, evidence.id));
  for await (const piece of content.pieces) {
    if (context.signal.aborted) throw new CancelledError();
    yield piece;
    onBytes(piece.length);
  }
  if (content.sha256() !== evidence.sha256) throw new ExpectedError('evidence.damaged', 'Restore the vault from a backup.');
}

/**
 * The index, a custody form for each piece, and the checksums of everything; with that the body is whole and gets its name. The handing
 * out is noted first, so that the forms tell of this very one.
 */
async function finishBody(
  context: CallContext,
  session: Session,
  sink: BodySink,
  auditId: AuditId,
  placed: readonly PlacedEvidence[],
  head: Omit<BodyHead, 'exportedAt' | 'trail'>,
): Promise<void> {
  const ids = placed.map(({ evidence }) => evidence.id);
  await handOut(context, session, auditId, { ids, reason: head.reason }, async () => {
    const now = { exportedAt: new Date().toISOString(), trail: trailHead(session.records) };
    await writePapers(context, session, sink, auditId, placed, { ...head, ...now });
    await sink.finish();
  });
}

async function writePapers(
  context: CallContext,
  session: Session,
  sink: BodySink,
  auditId: AuditId,
  placed: readonly PlacedEvidence[],
  head: BodyHead,
): Promise<void> {
  const sums = placed.flatMap(({ evidence, paths }) => paths.map((path) => ({ sha256: evidence.sha256, path })));
  const put = async (path: string, content: string | Uint8Array, mediaType: string) => {
    await sink.add(wholeFile(path, content, mediaType));
    sums.push({ sha256: createHash('sha256').update(content).digest('hex'), path });
  };
  await put('INDEX.csv', indexCsv(placed), 'text/csv');
  await put('INDEX.html', indexHtml(placed, head), 'text/html');
  if (placed.length > 0) {
    const { fonts: fontsDirectory, reportWorker: workerPath } = context.process.assets;
    const printer = openCustodyPrinter({ workerPath, fontsDirectory, signal: context.signal });
    try {
      const { organisation, audit, exportedAt: printedAt, exportedBy: printedBy, trail } = head;
      const names = controlNames(session.records, auditId);
      const documentOf = ({ evidence }: PlacedEvidence) => {
        const records = [custodyRecord(session, evidence.id, names)];
        return { organisation, audit, printedAt, printedBy, trail, records };
      };
      let done = 0;
      for await (const [{ evidence }, form] of printer.printEach(placed, documentOf)) {
        await put(custodyPath(evidence), form, 'application/pdf');
        done += 1;
        context.progress({ label: evidenceLabel(evidence.number), done, total: placed.length, unit: 'items' });
      }
    } finally {
      printer.close();
    }
  }
  await sink.add(wholeFile('SHA256SUMS', checksums(sums)));
}
