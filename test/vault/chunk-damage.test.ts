import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendable } from '../../electron/vault/db/chunk-file.ts';
import { openChunkFile } from '../../electron/vault/db/open.ts';
import { replaceable } from '../../electron/vault/db/replaceable.ts';
import { createObject, readObject, type SealedObject } from '../../electron/vault/evidence/store.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { temporaryFolder } from './fixture.ts';

/** Random damage to the rows of the chunk file, beside the store itself: no vault, only objects and their keys. */

const mebibyte = 1024 * 1024;
const chunkCounts = [1, 2, 3] as const;
/** Every chunk there is, as object and position. */
const places = chunkCounts.flatMap((count, object) => Array.from({ length: count }, (_, position) => ({ object, position })));

function sealedObjects() {
  const path = join(temporaryFolder(), 'evidence.db');
  const file = appendable(replaceable(openChunkFile(path, 'create')), path);
  const key = randomBytes(32);
  const contents = chunkCounts.map((count) => randomBytes((count - 1) * mebibyte + 1000));
  const objects = contents.map((content) => {
    const writer = createObject(file, key);
    writer.write(content);
    return writer.finish();
  });
  return { file, key, contents, objects };
}

type Ground = ReturnType<typeof sealedObjects>;
type Rows = Map<string, Buffer>;

/** The chunks as they lie in the file, by object and position. */
function rowsOf({ file, objects }: Ground): Rows {
  const rows = file.all<{ id: string; position: number; data: Uint8Array }>({
    text: 'SELECT object.id, position, data FROM chunk JOIN object ON object.number = chunk.object',
    values: [],
  });
  return new Map(
    rows.map(({ id, position, data }) => [`${objects.findIndex((object) => object.id === id)} ${position}`, Buffer.from(data)]),
  );
}

function write({ file, objects }: Ground, rows: Rows): void {
  file.write((database) => {
    database.run({ text: 'DELETE FROM chunk', values: [] });
    for (const [place, data] of rows) {
      const [object = 0, position = 0] = place.split(' ').map(Number);
      const number = file.get<{ number: number }>({ text: 'SELECT number FROM object WHERE id = ?', values: [objects[object]?.id ?? ''] });
      database.run({
        text: "INSERT INTO chunk (object, position, data) VALUES (?, ?, coalesce(?, x''))",
        values: [number?.number ?? 0, position, data],
      });
    }
  });
}

const place = fc.constantFrom(...places.map(({ object, position }) => `${object} ${position}`));
type Damage =
  | { readonly kind: 'flip'; readonly at: string; readonly byte: number; readonly bit: number }
  | { readonly kind: 'cut' | 'longer'; readonly at: string; readonly bytes: number }
  | { readonly kind: 'swap' | 'duplicate' | 'move'; readonly at: string; readonly with: string }
  | { readonly kind: 'remove' | 'tag'; readonly at: string };

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ kind: fc.constant('flip' as const), at: place, byte: fc.nat(), bit: fc.nat(7) }),
  fc.record({ kind: fc.constant('cut' as const), at: place, bytes: fc.integer({ min: 1, max: 2 * mebibyte }) }),
  fc.record({ kind: fc.constant('longer' as const), at: place, bytes: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant('swap' as const), at: place, with: place }),
  fc.record({ kind: fc.constant('duplicate' as const), at: place, with: place }),
  fc.record({ kind: fc.constant('move' as const), at: place, with: place }),
  fc.record({ kind: fc.constant('remove' as const), at: place }),
  fc.record({ kind: fc.constant('tag' as const), at: place }),
);
function apply(rows: Rows, item: Damage): void {
  const data = rows.get(item.at);
  if (data === undefined) return;
  switch (item.kind) {
    case 'flip':
      if (data.length > 0) data[item.byte % data.length] = (data[item.byte % data.length] ?? 0) ^ (1 << item.bit);
      return;
    case 'cut':
      rows.set(item.at, data.subarray(0, Math.max(0, data.length - item.bytes)));
      return;
    case 'longer':
      rows.set(item.at, Buffer.concat([data, randomBytes(item.bytes)]));
      return;
    case 'tag':
      rows.set(item.at, Buffer.concat([data.subarray(0, -16), randomBytes(Math.min(16, data.length))]));
      return;
    case 'remove':
      rows.delete(item.at);
      return;
    case 'duplicate':
      rows.set(item.with, Buffer.from(data));
      return;
    case 'move':
      rows.delete(item.at);
      rows.set(item.with, data);
      return;
    case 'swap': {
      const other = rows.get(item.with);
      if (other === undefined) return;
      rows.set(item.at, other);
      rows.set(item.with, data);
    }
  }
}

/** What reading gives: the content, or the object and the chunk that the error names. */
function read({ file, key }: Ground, object: SealedObject): Buffer | { object: unknown; chunk: unknown } {
  try {
    return Buffer.concat([...readObject(file, object, key)]);
  } catch (error) {
    if (!(error instanceof ExpectedError) || error.code !== 'evidence.damaged') throw error;
    return { object: error.data.object, chunk: error.data.chunk };
  }
}

describe('whatever happens to the chunks of a file', () => {
  it('an object is handed out exactly as it was sealed, or refused by name at the first chunk that is not; the others stay readable', () => {
    const ground = sealedObjects();
    const whole = rowsOf(ground);
    let refused = 0;
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        const rows: Rows = new Map([...whole].map(([at, data]) => [at, Buffer.from(data)]));
        for (const item of damages) apply(rows, item);
        write(ground, rows);
        ground.objects.forEach((object, index) => {
          const firstBad = Array.from({ length: chunkCounts[index] ?? 0 }, (_, position) => position).find(
            (position) => whole.get(`${index} ${position}`)?.equals(rows.get(`${index} ${position}`) ?? Buffer.alloc(0)) !== true,
          );
          if (firstBad === undefined) expect(ground.contents[index]?.equals(read(ground, object) as Buffer)).toBe(true);
          else {
            refused += 1;
            expect(read(ground, object)).toEqual({ object: object.id, chunk: firstBad });
          }
        });
      }),
      { numRuns: 60 },
    );
    expect(refused).toBeGreaterThan(20);
    ground.file.close();
  });

  it('an object is not read under another id, key or length', () => {
    const ground = sealedObjects();
    const [, two, three] = ground.objects as [SealedObject, SealedObject, SealedObject];
    const wrong: SealedObject[] = [
      { ...two, id: three.id },
      { ...two, wrappedKey: three.wrappedKey },
      { ...two, chunks: 1 },
      { ...two, chunks: 3 },
    ];
    for (const object of wrong) expect(read(ground, object)).toMatchObject({ object: object.id });
    expect(read({ ...ground, key: randomBytes(32) }, two)).toEqual({ object: two.id, chunk: 0 });
    ground.file.close();
  });
});
