import { constants, type FileHandle, open } from 'node:fs/promises';

/** A new file that is written from its first byte to its last. */
export interface SequentialFile {
  write(piece: Uint8Array): Promise<void>;
  /** Makes everything written durable. Nothing can be written after it. */
  finish(): Promise<void>;
  close(): Promise<void>;
  /** Whether it goes past the system's cache. Becomes false where that is refused, or the disk is slow. */
  isDirect(): boolean;
}

/** Writing past the system's cache takes memory, lengths and places in the file that are multiples of this. */
export const directAlignment = 4096;

/** Bytes by which a disk is tried, and bytes a millisecond from which it is fast: then it is waited for less long than a copy takes. */
const trial = { bytes: 32 * 1024 * 1024, fast: (700 * 1024 * 1024) / 1000 };
/** Bytes after which the disk is asked to begin writing, so that the end finds little left to wait for. */
const flushStep = 32 * 1024 * 1024;
/** Bytes written at a time. From 2 MiB on Linux takes huge pages for its cache, which a virtual machine's host may have to find first. */
const writeStep = 512 * 1024;

/**
 * Creates a file past the system's cache (`O_DIRECT`) where there is such a thing and the disk is fast, and as any other where not: what
 * is written goes from memory to disk without a copy, and pushes nothing else out of the cache. A slow disk is better kept busy from
 * the cache, which takes pieces while it writes. Every piece but the last has to be of a multiple of `directAlignment` bytes, in memory of
 * which the same is true up to the end of the last one. The rest of its last `directAlignment` bytes is set to zero.
 */
export async function createDirectFile(path: string): Promise<SequentialFile> {
  const handle = await openDirect(path);
  if (handle === null) return createCachedFile(path);
  let direct: FileHandle | null = handle;
  let cached: SequentialFile | null = null;
  let size = 0;
  let written = 0;
  /** Milliseconds that the disk took for what was written, until it is known to be fast. */
  let taken: number | null = 0;
  const goOnCached = async () => {
    direct = null;
    await handle.close();
    cached = cachedFile(await open(path, 'r+'), written);
    return cached;
  };
  const write = async (piece: Uint8Array) => {
    const whole = padded(piece);
    for (let at = 0; at < whole.length; ) at += (await handle.write(whole, at, whole.length - at, written + at)).bytesWritten;
    written += whole.length;
    size += piece.length;
  };
  const isSlow = async (writing: number) => {
    const begun = performance.now();
    await handle.datasync();
    return written / (writing + performance.now() - begun) < trial.fast;
  };
  return {
    async write(piece) {
      if (cached !== null) return cached.write(piece);
      try {
        const begun = performance.now();
        await write(piece);
        if (taken === null) return;
        taken += performance.now() - begun;
      } catch (error) {
        // Some file systems open the file and refuse the first piece.
        if (written > 0 || !isRefusal(error)) throw error;
        return (await goOnCached()).write(piece);
      }
      if (written < trial.bytes || written !== size) return;
      const writing = taken;
      taken = null;
      if (await isSlow(writing)) await goOnCached();
    },
    async finish() {
      if (cached !== null) return cached.finish();
      if (written !== size) await handle.truncate(size);
      await handle.sync();
    },
    async close() {
      await direct?.close();
      await cached?.close();
    },
    isDirect: () => direct !== null,
  };
}

/** Creates a file that is written by way of the system's cache, in pieces of any length. */
export async function createCachedFile(path: string): Promise<SequentialFile> {
  return cachedFile(await open(path, 'wx', 0o600), 0);
}

/** Writes on from a place in the file. */
function cachedFile(file: FileHandle, from: number): SequentialFile {
  let position = from;
  let unflushed = 0;
  let flushing: Promise<unknown> = Promise.resolve();
  return {
    async write(piece) {
      for (let at = 0; at < piece.length; ) {
        const { bytesWritten } = await file.write(piece, at, Math.min(writeStep, piece.length - at), position);
        at += bytesWritten;
        position += bytesWritten;
      }
      unflushed += piece.length;
      if (unflushed < flushStep) return;
      unflushed = 0;
      // Beside the next pieces; what fails here fails again at the end.
      flushing = flushing.then(() => file.datasync()).catch(() => undefined);
    },
    async finish() {
      await flushing;
      await file.sync();
    },
    async close() {
      await flushing;
      await file.close();
    },
    isDirect: () => false,
  };
}

/** Null where there is no such way to write. */
async function openDirect(path: string): Promise<FileHandle | null> {
  // Linux alone has it; elsewhere the constant is not there.
  if (constants.O_DIRECT === undefined) return null;
  try {
    return await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_DIRECT, 0o600);
  } catch (error) {
    if (isRefusal(error)) return null;
    throw error;
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EINVAL';
}

/** The piece with what follows it in its memory, zeroed, up to the next multiple. */
function padded(piece: Uint8Array): Uint8Array {
  const length = Math.ceil(piece.length / directAlignment) * directAlignment;
  if (length === piece.length) return piece;
  const whole = new Uint8Array(piece.buffer, piece.byteOffset, length);
  whole.fill(0, piece.length);
  return whole;
}
