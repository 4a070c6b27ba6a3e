import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract, pack } from 'tar-stream';
import { z } from 'zod';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { sql } from './db/sql.ts';
import { partialFile, removeQuietly, syncFile, syncFolder, translateFileError } from './files.ts';
import { chunksFile, headerFile, recordsFile } from './header.ts';
import type { Session } from './session.ts';

/**
 * A backup is one tar file: a manifest with sizes and SHA-256, the header, and both databases as of one moment. It holds
 * no plaintext and no key that the vault itself does not hold.
 */
const manifestFile = 'backup.json';
const members = [headerFile, recordsFile, chunksFile] as const;

const manifestSchema = z.object({
  format: z.literal(1),
  vaultId: z.uuid(),
  createdAt: z.string(),
  files: z
    .array(z.object({ name: z.enum(members), size: z.number().int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) }))
    .length(members.length),
});
type BackupManifest = z.infer<typeof manifestSchema>;

export interface BackupResult {
  readonly file: string;
  readonly size: number;
  readonly sha256: string;
}

/**
 * Writes a consistent backup, also while the vault is open elsewhere. The file appears under its name only when whole
 * and durable. Errors: `file.exists`, `disk.full`, `file.not-written`.
 */
export async function backupVault(session: Session, file: string): Promise<BackupResult> {
  if (existsSync(file)) throw new ExpectedError('file.exists', 'Choose another name; a backup never replaces a file.');
  const work = partialFile(file);
  try {
    mkdirSync(work, { mode: 0o700 });
    copyMoment(session, work);
    const files = await Promise.all(
      members.map(async (name) => ({ name, size: statSync(join(work, name)).size, sha256: await hashFile(join(work, name)) })),
    );
    const manifest: BackupManifest = { format: 1, vaultId: session.vaultId, createdAt: new Date().toISOString(), files };
    await writeTar(join(work, 'backup.tar'), work, manifest);
    const result = { file, size: statSync(join(work, 'backup.tar')).size, sha256: await hashFile(join(work, 'backup.tar')) };
    renameSync(join(work, 'backup.tar'), file);
    syncFolder(dirname(file));
    return result;
  } catch (error) {
    throw translateFileError(error);
  } finally {
    removeQuietly(work);
  }
}

/**
 * Copies header and databases as of one moment: while this read transaction holds the chunk file still, no record can
 * begin to point at a chunk that the copy does not have.
 */
function copyMoment(session: Session, work: string): void {
  session.chunks.snapshot((chunks) => {
    chunks.get(sql`SELECT count(*) AS total FROM object`);
    const queryOnly = session.records.raw.pragma('query_only', { simple: true });
    session.records.raw.pragma('query_only = OFF');
    try {
      session.records.raw.prepare('VACUUM INTO ?').run([join(work, recordsFile)]);
    } finally {
      session.records.raw.pragma(`query_only = ${queryOnly}`);
    }
    copyFileSync(join(session.folder, chunksFile), join(work, chunksFile), constants.COPYFILE_FICLONE);
    copyFileSync(join(session.folder, headerFile), join(work, headerFile));
  });
}

async function writeTar(path: string, folder: string, manifest: BackupManifest): Promise<void> {
  const tar = pack();
  const written = pipeline(tar, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  tar.entry({ name: manifestFile, mode: 0o600 }, JSON.stringify(manifest, null, 2));
  for (const { name, size } of manifest.files) await pipeline(createReadStream(join(folder, name)), tar.entry({ name, size, mode: 0o600 }));
  tar.finalize();
  await written;
  syncFile(path);
}

/**
 * Restores a backup into a new folder. Every file is compared with its recorded SHA-256 before the vault gets its name.
 * Errors: `vault.exists`, `vault.damaged` (not a whole backup), `disk.full`, `file.not-written`.
 */
export async function restoreVault(file: string, folder: string): Promise<void> {
  if (existsSync(folder)) throw new ExpectedError('vault.exists', 'Restore into a folder that does not exist yet.');
  if (!existsSync(file)) throw new ExpectedError('vault.missing', 'The backup is not at the place that was given. Nothing was restored.');
  const target = resolve(folder);
  const work = partialFile(target);
  try {
    mkdirSync(work, { recursive: true, mode: 0o700 });
    await readTar(file, work);
    const manifest = readManifest(join(work, manifestFile));
    for (const { name, size, sha256 } of manifest.files) {
      const path = join(work, name);
      if (!existsSync(path) || statSync(path).size !== size || (await hashFile(path)) !== sha256) throw notWhole();
    }
    rmSync(join(work, manifestFile));
    renameSync(work, target);
    syncFolder(dirname(target));
  } catch (error) {
    throw translateFileError(error);
  } finally {
    removeQuietly(work);
  }
}

/** Takes only the members that a backup has; anything else in the file, whatever its name, is a fault. */
async function readTar(file: string, folder: string): Promise<void> {
  const wanted = new Set<string>([manifestFile, ...members]);
  const tar = extract();
  const reading = pipeline(createReadStream(file), tar);
  // Leaving the loop early ends the reading with an error of its own; the one that led there is told.
  reading.catch(() => {});
  try {
    for await (const entry of tar) {
      const { name, type } = entry.header;
      if (type !== 'file' || !wanted.delete(name)) throw notWhole();
      const path = join(folder, name);
      await pipeline(entry, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      syncFile(path);
    }
    await reading;
  } catch (error) {
    const translated = translateFileError(error);
    throw translated instanceof ExpectedError ? translated : notWhole();
  }
}

function readManifest(path: string): BackupManifest {
  try {
    return manifestSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw notWhole();
  }
}

function notWhole(): ExpectedError {
  return new ExpectedError('vault.damaged', 'This is not a whole Sealbook backup. Nothing was restored.');
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
