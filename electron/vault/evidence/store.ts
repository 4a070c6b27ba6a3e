import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { chunkSize, chunkTagLength, openChunk, releaseMemory, sealChunk } from '../crypto/chunks.ts';
import { openSecret, sealSecret } from '../crypto/seal.ts';
import type { ChunkFile } from '../db/chunk-file.ts';
import { translateSqliteError } from '../db/open.ts';
import { type DatabaseFile, type ReadableDatabase, sql } from '../db/sql.ts';
import { sniffLength } from './media-type.ts';
import { removeTogether } from './space.ts';

/** A sealed object as the records know it. */
export interface SealedObject {
  readonly id: string;
  /** SHA-256 of the plaintext, hex. */
  readonly sha256: string;
  /** Bytes of plaintext. */
  readonly size: number;
  readonly chunks: number;
  /** The object's own key, wrapped under the vault's evidence key. */
  readonly wrappedKey: Uint8Array;
  /** The first `headLength` bytes of plaintext; only of an object that was sealed just now. */
  readonly head?: Uint8Array;
}

/** Where objects are kept, and what it takes to seal and open them. */
export interface ObjectStore {
  readonly chunks: ChunkFile;
  readonly evidenceKey: Uint8Array;
  /** The program of the threads for large objects. */
  readonly workerPath: string;
}

/** Bytes of plaintext that a freshly sealed object still carries, by which its type is told. */
export const headLength = sniffLength;

/** Bytes dropped together while other calls wait. */
const bytesPerDrop = 64 * chunkSize;

/**
 * Takes plaintext piece by piece and appends sealed chunks. They become durable with the record: `insertObject` settles them
 * first. Until then nothing refers to them; what a crash leaves behind is collected at the next open.
 */
export interface ObjectWriter {
  write(bytes: Uint8Array): void;
  finish(): SealedObject;
  /** Removes what was written. */
  discard(): void;
}

/**
 * Where a chunk is sealed before it is appended. Memory that is new for each chunk would make the collector go through the whole heap
 * every few files.
 */
const sealedMemory = Buffer.allocUnsafeSlow(chunkSize + chunkTagLength);

/** Starts a new object, hashed and sealed in this thread. For content of any size see `startObject`. */
export function createObject(chunks: ChunkFile, evidenceKey: Uint8Array): ObjectWriter {
  const id = randomUUID();
  const key = randomBytes(32);
  const hash = createHash('sha256');
  const rows = chunkRows(chunks, id);
  const head = collectHead();
  /** Plaintext that waits until more follows: the last chunk of an object carries the final flag. */
  let held = new Uint8Array();
  let heldBytes = 0;
  let size = 0;
  const hold = (bytes: Uint8Array) => {
    if (heldBytes + bytes.length > held.length) {
      // As much as is needed for a small object, and always the same memory for a larger one.
      const larger = Buffer.allocUnsafeSlow(heldBytes === 0 ? bytes.length : chunkSize);
      larger.set(held.subarray(0, heldBytes));
      releaseMemory(held);
      held = larger;
    }
    held.set(bytes, heldBytes);
    heldBytes += bytes.length;
  };
  const seal = (plaintext: Uint8Array, final: boolean) => {
    const chunk = sealedMemory.subarray(0, plaintext.length + chunkTagLength);
    sealChunk(key, { objectId: id, index: rows.count(), final }, plaintext, chunk);
    rows.append([chunk]);
  };
  return {
    write(bytes) {
      hash.update(bytes);
      head.add(bytes);
      size += bytes.length;
      let rest = bytes;
      while (heldBytes + rest.length > chunkSize) {
        const part = rest.subarray(0, chunkSize - heldBytes);
        if (heldBytes === 0) seal(part, false);
        else {
          hold(part);
          seal(held.subarray(0, heldBytes), false);
          heldBytes = 0;
        }
        rest = rest.subarray(part.length);
      }
      // A copy, because the caller may use its memory again.
      hold(rest);
    },
    finish() {
      seal(held.subarray(0, heldBytes), true);
      releaseMemory(held);
      held = new Uint8Array();
      const wrappedKey = wrapObjectKey(evidenceKey, key, id);
      key.fill(0);
      return { id, sha256: hash.digest('hex'), size, chunks: rows.count(), wrappedKey, head: head.bytes() };
    },
    discard() {
      key.fill(0);
      chunks.takeBack(id);
      deleteObject(chunks, id);
    },
  };
}

/** Appends the sealed chunks of one object, in order. */
export function chunkRows(chunks: ChunkFile, id: string): { append(sealed: readonly Uint8Array[]): void; count(): number } {
  let number: number | null = null;
  let count = 0;
  return {
    append(sealed) {
      const bytes = sealed.reduce((sum, { length }) => sum + length, 0);
      guard(() =>
        chunks.append(id, bytes, (database) => {
          if (number === null) {
            database.run(sql`INSERT INTO object (id) VALUES (${id})`);
            number = Number(database.get<{ number: number }>(sql`SELECT number FROM object WHERE id = ${id}`)?.number);
          }
          for (const data of sealed) {
            database.run(sql`INSERT INTO chunk (object, position, data) VALUES (${number}, ${count}, ${data})`);
            count += 1;
          }
        }),
      );
    },
    count: () => count,
  };
}

/** Keeps a copy of the first `headLength` bytes. */
export function collectHead(): { add(bytes: Uint8Array): void; bytes(): Uint8Array } {
  const parts: Uint8Array[] = [];
  let length = 0;
  return {
    add(bytes) {
      if (length >= headLength) return;
      parts.push(Buffer.from(bytes.subarray(0, headLength - length)));
      length += parts.at(-1)?.length ?? 0;
    },
    bytes: () => (parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts)),
  };
}

/** Makes an object's chunks durable, before a record refers to them. */
export function settleObject(chunks: ChunkFile, id: string): void {
  guard(() => chunks.settle(id));
}

/** Removes an object's chunks. The space is reused; overwritten with zeros by SQLite's secure delete. */
export function deleteObject(chunks: DatabaseFile, id: string): void {
  while (removeTogether(chunks, [id]) === 0);
}

/**
 * Removes an object that was never recorded, while other calls are answered. Its key is in no record, so its chunks are noise:
 * nothing is written over them.
 */
export async function dropObject(chunks: ChunkFile, id: string): Promise<void> {
  chunks.takeBack(id);
  for (let gone = 0; gone === 0; await pause()) {
    chunks.raw.pragma('secure_delete = OFF');
    try {
      gone = removeTogether(chunks, [id], bytesPerDrop);
    } finally {
      chunks.raw.pragma('secure_delete = ON');
    }
  }
}

/**
 * Opens an object chunk by chunk, in order. A chunk stays as it is only until the next one is asked for. Throws `evidence.damaged` at
 * the first chunk that is not what was sealed.
 */
export function* walkObject(chunks: ReadableDatabase, object: SealedObject, evidenceKey: Uint8Array): Generator<Buffer> {
  const key = openObjectKey(evidenceKey, object);
  const sealedChunk = sealedChunks(chunks, object);
  const memory = Buffer.allocUnsafeSlow(object.chunks > 1 ? chunkSize : Math.min(object.size, chunkSize));
  try {
    for (let position = 0; position < object.chunks; position += 1) {
      const sealed = sealedChunk(position);
      const opened = memory.subarray(0, Math.max(0, sealed.length - chunkTagLength));
      const place = { objectId: object.id, index: position, final: position === object.chunks - 1 };
      if (!openChunk(key, place, sealed, opened)) throw damaged(object, position);
      releaseMemory(sealed);
      yield opened;
    }
  } finally {
    key.fill(0);
    releaseMemory(memory);
  }
}

/** The same in chunks of which each is the caller's own. */
export function* readObject(chunks: ReadableDatabase, object: SealedObject, evidenceKey: Uint8Array): Generator<Buffer> {
  for (const chunk of walkObject(chunks, object, evidenceKey)) yield Buffer.from(chunk);
}

/** An object's own key wrapped under another evidence key; null when it does not open. */
export function rewrapKey(objectId: string, wrapped: Uint8Array, from: Uint8Array, to: Uint8Array): Buffer | null {
  const key = openSecret(from, wrapped, wrapContext(objectId));
  if (key === null) return null;
  const anew = sealSecret(to, key, wrapContext(objectId));
  key.fill(0);
  return anew;
}

/** Whether an object's own key opens under an evidence key. */
export function isWrappedUnder(object: Pick<SealedObject, 'id' | 'wrappedKey'>, evidenceKey: Uint8Array): boolean {
  const key = openSecret(evidenceKey, object.wrappedKey, wrapContext(object.id));
  key?.fill(0);
  return key !== null;
}

/** Reads sealed chunks of an object by their position. Throws `evidence.damaged` where there is none. */
export function sealedChunks(chunks: ReadableDatabase, object: SealedObject): (position: number) => Uint8Array<ArrayBuffer> {
  const number = guard(() => objectNumber(chunks, object.id));
  if (number === undefined) throw damaged(object, 0);
  return (position) => {
    const row = guard(() =>
      chunks.get<{ data: Uint8Array<ArrayBuffer> }>(sql`SELECT data FROM chunk WHERE object = ${number} AND position = ${position}`),
    );
    if (row === undefined) throw damaged(object, position);
    return row.data;
  };
}

/** Ids of objects in the chunk file that no record knows: leftovers of a crash. */
export function findOrphans(chunks: ReadableDatabase, known: ReadonlySet<string>): string[] {
  return chunks
    .all<{ id: string }>(sql`SELECT id FROM object`)
    .map((row) => row.id)
    .filter((id) => !known.has(id));
}

/** Wraps an object's own key under the vault's evidence key. */
export function wrapObjectKey(evidenceKey: Uint8Array, key: Uint8Array, id: string): Uint8Array {
  return sealSecret(evidenceKey, key, wrapContext(id));
}

/** Opens an object's own key. Throws `evidence.damaged` when it is not the object's. */
export function openObjectKey(evidenceKey: Uint8Array, object: SealedObject): Buffer {
  const key = openSecret(evidenceKey, object.wrappedKey, wrapContext(object.id));
  if (key === null) throw damaged(object, 0);
  return key;
}

/** The error that names the object and the first chunk of it that is not what was sealed. */
export function damaged(object: SealedObject, position: number): ExpectedError {
  return new ExpectedError(
    'evidence.damaged',
    'Restore the vault from a backup, or attach the file again. Everything else stays readable.',
    {
      object: object.id,
      chunk: position,
    },
  );
}

function objectNumber(chunks: ReadableDatabase, id: string): number | undefined {
  return chunks.get<{ number: number }>(sql`SELECT number FROM object WHERE id = ${id}`)?.number;
}

function wrapContext(objectId: string): string {
  return `sealbook/v1/object|${objectId}`;
}

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqliteError(error, 'vault.evidence-damaged');
  }
}
