import { unzipSync } from 'fflate';
import { readerBounds } from '../../shared/domain/reader.ts';
import { UnreadableFile } from './failure.ts';

export interface ZipEntry {
  readonly name: string;
  /** Bytes after and before unpacking, as the archive's directory says. */
  readonly size: number;
  readonly packed: number;
}

/** What the archive's directory lists; nothing is unpacked. */
export function listEntries(bytes: Uint8Array): ZipEntry[] {
  const entries: ZipEntry[] = [];
  unzipSync(bytes, {
    filter: ({ name, originalSize, size }) => {
      entries.push({ name, size: originalSize, packed: size });
      return false;
    },
  });
  return entries;
}

export function entryNames(bytes: Uint8Array): string[] {
  return listEntries(bytes).map(({ name }) => name);
}

/**
 * Unpacks the wanted parts. Each goes into a buffer of the size that the directory says, so an archive that lies about its sizes
 * gets no more than it asked for; what it asks for is bounded. Throws `bomb`, or `encrypted` for a protected archive.
 */
export function unpack(bytes: Uint8Array, wanted: (name: string) => boolean): ReadonlyMap<string, Uint8Array> {
  if (isEncryptedZip(bytes)) throw new UnreadableFile('encrypted');
  let asked = 0;
  const files = unzipSync(bytes, {
    filter: ({ name, originalSize }) => {
      if (!wanted(name)) return false;
      asked += originalSize;
      return asked <= readerBounds.unpackedBytes;
    },
  });
  if (asked > readerBounds.unpackedBytes) throw new UnreadableFile('bomb');
  return new Map(Object.entries(files));
}

/** Bit 0 of the first entry's flags. */
export function isEncryptedZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[2] === 3 && ((bytes[6] ?? 0) & 1) === 1;
}
