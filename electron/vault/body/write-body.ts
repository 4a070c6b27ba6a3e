import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, link, mkdir, open, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { evidenceLabel } from '../../../shared/domain/evidence.ts';
import type { AuditId } from '../../../shared/domain/ids.ts';
import { CancelledError, ExpectedError } from '../../../shared/ipc/errors.ts';
import { loadAudit, loadAuditControls } from '../audit-repo.ts';
import { type CallContext, yieldToOthers } from '../context.ts';
import { readObject } from '../evidence/store.ts';
import { custodyLedger, listEvidence, loadObject } from '../evidence-repo.ts';
import { partialFile, removeQuietly, syncFolder, translateFileError } from '../files.ts';
import { change, type Session } from '../session.ts';
import { appendTrail, trailHead } from '../trail.ts';
import { type BodyHead, checksums, custodyHtml, indexCsv, indexHtml } from './documents.ts';
import { type PlacedEvidence, placeEvidence } from './layout.ts';

export interface WrittenBody {
  readonly name: string;
  readonly pieces: number;
  readonly bytes: number;
}

/**
 * Writes an audit's evidence into a new folder. The folder appears under its name only when it is whole; a cancelled or
 * failed export leaves nothing. Every piece is compared with its sealed hash on the way out and noted as exported. Errors:
 * `file.exists`, `disk.full`, `file.not-written`, `evidence.damaged`.
 */
export async function writeBody(
  context: CallContext,
  session: Session,
  auditId: AuditId,
  folder: string,
  reason: string,
): Promise<WrittenBody> {
  if (existsSync(folder))
    throw new ExpectedError('file.exists', 'Choose another name; a body of evidence never joins a folder that is there.');
  const audit = loadAudit(session.records, auditId);
  const placed = placeEvidence(listEvidence(session.records, auditId), loadAuditControls(session.records, auditId));
  const total = placed.reduce((sum, { evidence }) => sum + evidence.size, 0);
  const work = partialFile(folder);
  try {
    await mkdir(work, { mode: 0o700 });
    let done = 0;
    for (const piece of placed) {
      await writePiece(context, session, work, piece, (bytes) => {
        done += bytes;
        context.progress({ label: piece.evidence.originalName, done, total, unit: 'bytes' });
      });
    }
    noteExport(session, auditId, placed, reason);
    const head: BodyHead = {
      organisation: audit.organisation,
      audit: audit.title,
      exportedAt: new Date().toISOString(),
      exportedBy: session.me.name,
      reason,
      trailHead: trailHead(session.records).hash,
    };
    await writePapers(session, work, placed, head);
    await rename(work, folder);
    syncFolder(dirname(folder));
  } catch (error) {
    removeQuietly(work);
    throw translateFileError(error);
  }
  return { name: basename(folder), pieces: placed.length, bytes: total };
}

/** The bytes once; at further controls the same file again, without using the space twice where the file system can. */
async function writePiece(
  context: CallContext,
  session: Session,
  work: string,
  { evidence, paths }: PlacedEvidence,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const [first = '', ...others] = paths.map((path) => join(work, path));
  await mkdir(dirname(first), { recursive: true });
  const hash = createHash('sha256');
  const file = await open(first, 'wx', 0o600);
  try {
    for (const chunk of readObject(session.chunks, loadObject(session.records, evidence.id), session.keys.evidence)) {
      if (context.signal.aborted) throw new CancelledError();
      hash.update(chunk);
      await file.writeFile(chunk);
      onBytes(chunk.length);
      await yieldToOthers();
    }
    if (hash.digest('hex') !== evidence.sha256) throw new ExpectedError('evidence.damaged', 'Restore the vault from a backup.');
    await file.sync();
  } finally {
    await file.close();
  }
  for (const other of others) {
    await mkdir(dirname(other), { recursive: true });
    await link(first, other).catch(() => copyFile(first, other));
  }
}

async function writePapers(session: Session, work: string, placed: readonly PlacedEvidence[], head: BodyHead): Promise<void> {
  await mkdir(join(work, 'custody'));
  const papers = new Map([
    ['INDEX.csv', indexCsv(placed)],
    ['INDEX.html', indexHtml(placed, head)],
  ]);
  for (const piece of placed) {
    papers.set(
      `custody/${evidenceLabel(piece.evidence.number)}.html`,
      custodyHtml(piece, custodyLedger(session.records, piece.evidence.id), head),
    );
  }
  const sums = placed.flatMap(({ evidence, paths }) => paths.map((path) => ({ sha256: evidence.sha256, path })));
  for (const [path, text] of papers) {
    await writeFile(join(work, path), text, { mode: 0o600 });
    sums.push({ sha256: createHash('sha256').update(text).digest('hex'), path });
  }
  await writeFile(join(work, 'SHA256SUMS'), checksums(sums), { mode: 0o600 });
}

/** Before the papers are written, so that the custody forms tell of this very handing out. */
function noteExport(session: Session, auditId: AuditId, placed: readonly PlacedEvidence[], reason: string): void {
  change(session, (tx) => {
    for (const { evidence } of placed)
      appendTrail(tx, { action: 'evidence.exported', subjectKind: 'evidence', subjectId: evidence.id, auditId, detail: reason });
    appendTrail(tx, {
      action: 'audit.evidence-exported',
      subjectKind: 'audit',
      subjectId: auditId,
      auditId,
      detail: `${placed.length} pieces`,
      after: { reason },
    });
  });
}
