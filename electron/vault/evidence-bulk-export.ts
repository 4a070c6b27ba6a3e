import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { checksums } from './body/documents.ts';
import { type CallContext, objectStore } from './context.ts';
import { openContent } from './evidence/content.ts';
import { writableName } from './evidence/names.ts';
import { handOut } from './evidence-exported.ts';
import { loadObject } from './evidence-repo.ts';
import { exportFile } from './file-export.ts';
import { partialFile, removeQuietly, syncFolder, translateFileError } from './files.ts';
import type { Session } from './session.ts';

export interface PiecesOut {
  readonly auditId: AuditId;
  readonly pieces: readonly Evidence[];
  readonly folder: string;
  readonly reason: string;
}

/**
 * Writes originals side by side into a new folder, with `SHA256SUMS`. The folder appears under its name only when it is whole and each
 * piece was noted as exported; a cancelled or failed export leaves nothing. Errors: `file.exists`, `disk.full`, `file.not-written`,
 * `evidence.damaged`.
 */
export async function exportPieces(
  context: CallContext,
  session: Session,
  { auditId, pieces, folder, reason }: PiecesOut,
): Promise<{ name: string; pieces: number; bytes: number }> {
  if (existsSync(folder)) throw new ExpectedError('file.exists', 'Choose another name; originals never join a folder that is there.');
  const total = pieces.reduce((sum, { size }) => sum + size, 0);
  const work = partialFile(folder);
  try {
    await mkdir(work, { mode: 0o700 });
    const sums: { sha256: string; path: string }[] = [];
    let before = 0;
    for (const evidence of pieces) {
      const name = writableName(`${evidenceLabel(evidence.number)} ${evidence.originalName}`);
      const content = openContent(objectStore(context), loadObject(session.records, evidence.id));
      await exportFile(join(work, name), content, {
        total,
        label: evidence.originalName,
        expectedSha256: evidence.sha256,
        context: { ...context, progress: (step) => context.progress({ ...step, done: before + step.done }) },
      });
      before += evidence.size;
      sums.push({ sha256: evidence.sha256, path: name });
    }
    await writeFile(join(work, 'SHA256SUMS'), checksums(sums), { mode: 0o600 });
    const ids = pieces.map(({ id }) => id);
    await handOut(context, session, auditId, { ids, reason }, async () => {
      await rename(work, folder);
      syncFolder(dirname(folder));
    });
  } catch (error) {
    removeQuietly(work);
    throw translateFileError(error);
  }
  return { name: basename(folder), pieces: pieces.length, bytes: total };
}
