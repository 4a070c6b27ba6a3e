import { createHash, type Hash, randomBytes, randomUUID } from 'node:crypto';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { chunkSize, openChunk, sealChunk } from '../crypto/chunks.ts';
import { openSecret, sealSecret } from '../crypto/seal.ts';
import { translateSqliteError } from '../db/open.ts';
import { type DatabaseFile, type ReadableDatabase, sql } from '../db/sql.ts';
import { removePiece } from './space.ts';

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
}

/** Chunks committed together: bounds how long one commit can hold up other calls. */
const chunksPerCommit = 8;

/**
 * Takes plaintext piece by piece and commits sealed chunks. Nothing refers to them until `finish` returned and the
 * caller stored the object; what is left behind by a crash is collected at the next open.
 */
export interface ObjectWriter {
  write(bytes: Uint8Array): void;
  finish(): SealedObject;
  /** Removes what was written. */
  discard(): void;
}

/** Starts a new object in the chunk file. */
export function createObject(chunks: DatabaseFile, evidenceKey: Uint8Array): ObjectWriter {
  const id = randomUUID();
  const key = randomBytes(32);
  const hash: Hash = createHash('sha256');
  const pending: Buffer[] = [];
  let buffered = Buffer.alloc(0);
  let size = 0;
  let sealed = 0;
  const number = guard(() =>
    chunks.write((database) => {
      database.run(sql`INSERT INTO object (id) VALUES (${id})`);
      return Number(database.get<{ number: number }>(sql`SELECT number FROM object WHERE id = ${id}`)?.number);
    }),
  );
  const commit = () => {
    if (pending.length === 0) return;
    const first = sealed - pending.length;
    guard(() =>
      chunks.write((database) => {
        pending.forEach((data, index) => {
          database.run(sql`INSERT INTO chunk (object, position, data) VALUES (${number}, ${first + index}, ${data})`);
        });
      }),
    );
    pending.length = 0;
  };
  const seal = (plaintext: Uint8Array, final: boolean) => {
    pending.push(sealChunk(key, id, sealed, final, plaintext));
    sealed += 1;
    if (pending.length >= chunksPerCommit) commit();
  };
  return {
    write(bytes) {
      hash.update(bytes);
      size += bytes.length;
      let data = buffered.length === 0 ? bytes : Buffer.concat([buffered, bytes]);
      // A chunk is sealed only when more follows, because the last one carries the final flag.
      while (data.length > chunkSize) {
        seal(data.subarray(0, chunkSize), false);
        data = data.subarray(chunkSize);
      }
      buffered = Buffer.from(data);
    },
    finish() {
      seal(buffered, true);
      commit();
      const wrappedKey = sealSecret(evidenceKey, key, wrapContext(id));
      key.fill(0);
      return { id, sha256: hash.digest('hex'), size, chunks: sealed, wrappedKey };
    },
    discard() {
      key.fill(0);
      deleteObject(chunks, id);
    },
  };
}

/** Removes an object's chunks. The space is reused; overwritten with zeros by SQLite's secure delete. */
export function deleteObject(chunks: DatabaseFile, id: string): void {
  let more = true;
  while (more) more = removePiece(chunks, id);
}

/** Opens an object chunk by chunk, in order. Throws `evidence.damaged` at the first chunk that is not what was sealed. */
export function* readObject(chunks: ReadableDatabase, object: SealedObject, evidenceKey: Uint8Array): Generator<Buffer> {
  const key = openSecret(evidenceKey, object.wrappedKey, wrapContext(object.id));
  const number = guard(() => chunks.get<{ number: number }>(sql`SELECT number FROM object WHERE id = ${object.id}`)?.number);
  if (key === null || number === undefined) throw damaged(object, 0);
  for (let position = 0; position < object.chunks; position += 1) {
    const row = guard(() =>
      chunks.get<{ data: Uint8Array }>(sql`SELECT data FROM chunk WHERE object = ${number} AND position = ${position}`),
    );
    const opened = row === undefined ? null : openChunk(key, object.id, position, position === object.chunks - 1, row.data);
    if (opened === null) throw damaged(object, position);
    yield opened;
  }
  key.fill(0);
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

/** Ids of objects in the chunk file that no record knows: leftovers of a crash. */
export function findOrphans(chunks: ReadableDatabase, known: ReadonlySet<string>): string[] {
  return chunks
    .all<{ id: string }>(sql`SELECT id FROM object`)
    .map((row) => row.id)
    .filter((id) => !known.has(id));
}

function wrapContext(objectId: string): string {
  return `sealbook/v1/object|${objectId}`;
}

function damaged(object: SealedObject, position: number): ExpectedError {
  return new ExpectedError(
    'evidence.damaged',
    'Restore the vault from a backup, or attach the file again. Everything else stays readable.',
    {
      object: object.id,
      chunk: position,
    },
  );
}

function guard<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateSqliteError(error, 'vault.evidence-damaged');
  }
}
