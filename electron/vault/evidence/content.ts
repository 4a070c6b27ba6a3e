import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { type ObjectContent, readLargeObject } from './large-reader.ts';
import { createLargeObject, type LargeObjectWriter } from './large-writer.ts';
import { createObject, type ObjectStore, type ObjectWriter, type SealedObject, walkObject } from './store.ts';

/** Objects of any size, in and out: small ones in this thread, large ones in threads beside it. */

/** Bytes from which the threads are worth their start. */
const largeObject = 16 * 1024 * 1024;
/** Large objects at a time. Further ones go the small way, so that memory stays bounded. */
const mostLarge = 2;
let largeNow = 0;

/** Starts an object that will have about `size` bytes. */
export function startObject(store: ObjectStore, size: number): ObjectWriter | LargeObjectWriter {
  return isLarge(size) ? createLargeObject(store, countLarge()) : createObject(store.chunks, store.evidenceKey);
}

/** Opens an object. Other calls run between its pieces. */
export function openContent(store: ObjectStore, object: SealedObject): ObjectContent {
  if (isLarge(object.size)) return readLargeObject(store, object, countLarge);
  const hash = createHash('sha256');
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (const chunk of walkObject(store.chunks, object, store.evidenceKey)) {
      hash.update(chunk);
      yield chunk;
      await pause();
    }
  }
  return { pieces: pieces(), sha256: () => hash.digest('hex'), isAligned: false };
}

function isLarge(size: number): boolean {
  return size >= largeObject && largeNow < mostLarge;
}

/** Counts one more. Returns what takes it off the count again. */
function countLarge(): () => void {
  largeNow += 1;
  let counted = true;
  return () => {
    if (counted) largeNow -= 1;
    counted = false;
  };
}
