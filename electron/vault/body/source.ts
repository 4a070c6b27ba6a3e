import type { LargeObjectWriter } from '../evidence/large-writer.ts';
import type { ObjectWriter, SealedObject } from '../evidence/store.ts';

/** Where a body of evidence is taken from: a folder or a zip file. */
export interface BodySource {
  /** The bytes of `INDEX.csv`. Error: `evidence.unreadable`. */
  readonly index: () => Promise<Uint8Array>;
  /** The bytes of `SHA256SUMS`, or null where there is none that can be read. */
  readonly checksums: () => Promise<Uint8Array | null>;
  /** Seals one file by its path in the index. Throws expected errors, each with the reason; nothing is kept then. */
  readonly seal: (
    path: string,
    startObject: (size: number) => ObjectWriter | LargeObjectWriter,
    signal: AbortSignal,
  ) => Promise<SealedObject>;
  readonly close: () => void;
}

/** Bytes of an index; one of 100,000 pieces has about 50 million. */
export const largestIndex = 256 * 1024 * 1024;
