import { renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chunkSize } from '../crypto/chunks.ts';
import { openChunkFile, translateSqliteError } from '../db/open.ts';
import type { ReplaceableFile } from '../db/replaceable.ts';
import { type DatabaseFile, sql } from '../db/sql.ts';
import { removeQuietly, syncFile, syncFolder, translateFileError } from '../files.ts';
import { yieldToOthers } from '../give-way.ts';
import { chunksFile } from '../header.ts';

/**
 * Space in the chunk file: taking chunks out piece by piece, and giving the room they leave back to the disk. A page moves in a
 * transaction of SQLite's own, so a power cut leaves every page in its old place or in its new one, and what was given back so
 * far stays given back.
 */

/** Bytes removed together. They are overwritten with zeros, which the journal has to hold until the commit. */
const bytesPerRemoval = 8 * chunkSize;
/** What the removal of a chunk costs at the least, in bytes: a page of the file. */
const leastCost = 64 * 1024;

/** How long one step may hold up other calls, and the pages of the first one. */
const stepMilliseconds = 40;
const firstStep = 8;
const largestStep = 512;

/** Pages of a file and how many of them hold nothing. */
export function pagesOf(chunks: DatabaseFile): { readonly pageSize: number; readonly pages: number; readonly unused: number } {
  const pragma = (name: string) => Number(chunks.raw.pragma(name, { simple: true }));
  return { pageSize: pragma('page_size'), pages: pragma('page_count'), unused: pragma('freelist_count') };
}

/**
 * Removes chunks of the objects in their order, about `bytes` together, and each object after its last chunk. Returns how many of the
 * objects are gone; the next one may have lost some of its chunks.
 */
export function removeTogether(chunks: DatabaseFile, ids: readonly string[], bytes = bytesPerRemoval): number {
  try {
    return chunks.write((database) => {
      let room = bytes;
      for (const [index, id] of ids.entries()) {
        if (room <= 0) return index;
        const most = Math.ceil(room / chunkSize);
        const rows = database.all<{ number: number; bytes: number }>(
          sql`SELECT number, length(data) AS bytes FROM chunk WHERE object = (SELECT number FROM object WHERE id = ${id})
              ORDER BY position DESC LIMIT ${most}`,
        );
        const numbers = JSON.stringify(rows.map(({ number }) => number));
        database.run(sql`DELETE FROM chunk WHERE number IN (SELECT value FROM json_each(${numbers}))`);
        if (rows.length === most) return index;
        database.run(sql`DELETE FROM object WHERE id = ${id}`);
        room -= rows.reduce((sum, row) => sum + Math.max(row.bytes, leastCost), leastCost);
      }
      return ids.length;
    });
  } catch (error) {
    throw translateSqliteError(error, 'vault.evidence-damaged');
  }
}

/** Removes objects while other calls are answered, small ones together. What a crash leaves of them is collected at the next open. */
export async function removeObjects(chunks: DatabaseFile, ids: readonly string[]): Promise<void> {
  for (let gone = 0; gone < ids.length; await yieldToOthers()) gone += removeTogether(chunks, ids.slice(gone));
}

/**
 * Gives unused pages back to the disk in steps, until none is left or the signal comes; returns the bytes given back. Errors:
 * `disk.full` (a step needs room for a journal of a few pages), `vault.busy` (a backup reads the file), both with everything whole.
 */
export async function giveBackSpace(
  chunks: DatabaseFile,
  signal: AbortSignal,
  onBytes: (done: number, total: number) => void,
): Promise<number> {
  const { pageSize, pages, unused: total } = pagesOf(chunks);
  let step = firstStep;
  for (let left = total; left > 0 && !signal.aborted; ) {
    const started = performance.now();
    shrink(chunks, step);
    const before = left;
    left = pagesOf(chunks).unused;
    // Something else may take or leave pages meanwhile; a step that gained nothing is the last.
    if (left >= before) break;
    onBytes(Math.max(0, total - left) * pageSize, total * pageSize);
    step = nextStep(step, performance.now() - started);
    await yieldToOthers();
  }
  return Math.max(0, pages - pagesOf(chunks).pages) * pageSize;
}

function shrink(chunks: DatabaseFile, pages: number): void {
  try {
    chunks.write(() => chunks.raw.pragma(`incremental_vacuum(${pages})`));
  } catch (error) {
    throw translateSqliteError(error, 'vault.evidence-damaged');
  }
}

function nextStep(step: number, milliseconds: number): number {
  return milliseconds > stepMilliseconds ? Math.max(1, step >> 1) : Math.min(largestStep, step << 1);
}

/** What a chunk file is called while it is written anew. Never opened: at the next open it is removed. */
const nextChunksFile = `${chunksFile}.next`;

/** Whether the file can give pages back. Files of the first Sealbook cannot, until they were written anew once. */
export function canGiveBack(chunks: DatabaseFile): boolean {
  return Number(chunks.raw.pragma('auto_vacuum', { simple: true })) === 2;
}

/**
 * Writes the chunk file anew without its unused pages, in the form that can give pages back later. Needs the room of what is
 * kept; other calls wait. The old file stays until the new one is whole and durable.
 */
export function writeAnew(chunks: ReplaceableFile, folder: string): void {
  const path = join(folder, chunksFile);
  const next = join(folder, nextChunksFile);
  try {
    removeQuietly(next);
    chunks.raw.pragma('auto_vacuum = INCREMENTAL');
    chunks.raw.prepare('VACUUM INTO ?').run([next]);
    syncFile(next);
    const open = () => openChunkFile(path, 'open');
    chunks.replace(() => {
      renameSync(next, path);
      syncFolder(dirname(path));
      return open();
    }, open);
  } catch (error) {
    removeQuietly(next);
    throw translateFileError(translateSqliteError(error, 'vault.evidence-damaged'));
  }
}

/** Removes what a crash left of writing the file anew. */
export function removeUnfinished(folder: string): void {
  removeQuietly(join(folder, nextChunksFile));
}
